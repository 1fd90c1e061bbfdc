/**
 * Indices and gradients of maxima in WebAssembly, where there is a kernel for them; the ts backend has the rest. Tensors in
 * the wasm memory are worked on where they are, others pass through it in bands.
 */
import { most, mostTaps, type Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { EXTERNAL } from './arena.js';
import type { FindPlaces } from './argmax.js';
import { type Band, cutBands } from './bands.js';
import type { Backward, LinearBackward } from './gradients.js';
import { Passage } from './passage.js';
import { align } from './program.js';
import { type QuotientKernels, Quotients, type Spacing, type WindowWords, windowWords } from './quotients.js';
import { type FindInBand, prepareScatterInWasm, type ScatterInWasm, type ScatterKernels } from './scatter-wasm.js';
import type { Room } from './wasm.js';

/** The kernels; addresses are those of whole tensors, of which only the rows of a band need to be there. */
export interface PlaceKernels extends ScatterKernels, QuotientKernels {
  readonly argmax: (
    x: number,
    y: number,
    places: number,
    from: number,
    to: number,
    ...windows: readonly [...WindowWords, flip: number]
  ) => void;
  /** Returns 0 where places are those of other windows. */
  readonly expand: (
    source: Source,
    x: number,
    dy: number,
    dx: number,
    from: number,
    to: number,
    height: number,
    width: number,
    rows: number,
    columns: number,
    inner: number,
    flip: number,
    divisor: number,
  ) => number;
}

/** What says where the gradient of a window goes, as in assembly/expand.ts. */
export enum Source {
  Input,
  Places,
  None,
}

/** Taps are taken one by one; from so many on, TypeScript's folds of rows are faster. */
const MOST_TAPS = 49;
const SIGN_BITS = -(2 ** 31);
const BYTES = 4;

/** Elements of a tensor that a band reads or writes. */
interface Part {
  readonly reads: boolean;
  readonly first: number;
  readonly last: number;
}

/** One of the tensors that a kernel has. */
type Side = (band: Band) => Part;

/** Sums by place: the gradient of maxima whose places are given. Undefined if there is no kernel for `plan`. */
export function addByPlaces(plan: Plan, room: Room): AddByPlaces | undefined {
  const scatter = scatterOf(plan, room);
  if (scatter === undefined) return undefined;
  const places = results(plan, true);
  const call = expansion(plan, room, Source.Places, 1);
  const isExpanded = isFlat(plan) && isSideBySide(plan);
  const expand = isExpanded ? stream(plan, room, call, [places, places, input(plan, false)]) : undefined;
  const bytes = Math.max(scatter.bytes, expand?.bytes ?? 0);
  return {
    hasRoom: () => room.taskWorkspace.has(bytes),
    run: (dy, places, dx) => scatter.inside(places) && (expand?.run(places, dy, dx) || scatter.run(dy, places, dx)),
  };
}

/** The gradient of maxima by the input, of a plan that `findPlaces` has a kernel for. */
export function backwardByInput(plan: Plan, room: Room): Backward | undefined {
  const scatter = scatterOf(plan, room);
  const find = search(plan, room);
  if (scatter === undefined || find === undefined) return undefined;
  return (dy, x, dx) => room.taskWorkspace.has(scatter.bytes) && scatter.run(dy, x, dx, find);
}

function scatterOf(plan: Plan, room: Room): ScatterInWasm | undefined {
  const { dtype, planes, inputCount, outputCount } = plan;
  const isFloat = dtype === 'float32' || dtype === 'float64';
  if (!isFloat || planes !== undefined || inputCount === 0 || outputCount === 0) return undefined;
  return prepareScatterInWasm(plan, room);
}

/** Finds places. Undefined if it has no kernel for `plan`. */
export function findPlaces(plan: Plan, room: Room): FindPlaces | undefined {
  const call = search(plan, room);
  if (call === undefined) return undefined;
  const found = results(plan, false);
  const { run } = stream(plan, room, call, [input(plan, true), found, found]);
  return (x, y, places) => run(x, y as TypedArray, places);
}

/** The kernel that finds the places of a band, if there is one. */
function search(plan: Plan, { kernels: { argmax } }: Room): FindInBand | undefined {
  const { inner, axes } = plan;
  const words = windowWords(plan);
  if (!isPlain(plan) || words === undefined) return undefined;
  if ((inner > 1 && inner < 4) || mostTaps(axes[1]) * mostTaps(axes[2]) > MOST_TAPS) return undefined;
  const windows = [...words, flipOf(plan)] as const;
  return (x, y, places, from, to) => argmax(x, y, places, from, to, ...windows);
}

/** The gradient of windows of 2 x 2 side by side. */
export function expandByInput(plan: Plan, room: Room): Backward | undefined {
  if (!isPlain(plan) || !isSideBySide(plan)) return undefined;
  const call = expansion(plan, room, Source.Input, 1);
  const { run } = stream(plan, room, call, [input(plan, true), results(plan, true), input(plan, false)]);
  return (dy, x, dx) => run(x, dy, dx);
}

/** The gradient of sums, divided by `divisor`, over windows of 2 x 2 side by side. */
export function spread(plan: Plan, room: Room, divisor: number): LinearBackward['run'] | undefined {
  if (!isFlat(plan) || !isSideBySide(plan) || Math.fround(divisor) !== divisor) return undefined;
  const call = expansion(plan, room, Source.None, divisor);
  const { run } = stream(plan, room, call, [nothing, results(plan, true), input(plan, false)]);
  return (dy, dx) => run(dy, dy, dx);
}

function expansion(plan: Plan, { kernels: { expand } }: Room, source: Source, divisor: number): Call {
  const { axes, inner } = plan;
  const [, height, width] = axes;
  const { input: h, output: oh } = height;
  const { input: w, output: ow } = width;
  const flip = flipOf(plan);
  return (x, dy, dx, from, to) => expand(source, x, dy, dx, from, to, h, w, oh, ow, inner, flip, divisor);
}

const flipOf = ({ op }: Plan): number => (op === 'min' ? SIGN_BITS : 0);

/**
 * Results as the sums of their gradients read them, if there is a kernel for it. If `divides`, divisors have to be the numbers
 * of elements of windows, and the sums have yet to be divided by that of a whole one.
 */
export function quotientsOf(plan: Plan, room: Room, divides: boolean, spacing: Spacing): Quotients | undefined {
  const [, height, width] = plan.axes;
  const isCounted = [height, width].every(({ divisors, counts }) => divisors.every((n, o) => n === counts[o]));
  return isFlat(plan) && (isCounted || !divides) ? new Quotients(plan, room, divides, spacing) : undefined;
}

/** Sums by place. */
export interface AddByPlaces {
  /** Whether it can be run; as of `Run`. */
  readonly hasRoom: () => boolean;
  /** False if a place is none of its window's: nothing is written, unless it was one before it was read again. */
  readonly run: (dy: TypedArray, places: Int32Array, dx: TypedArray) => boolean;
}

type Call = (a: number, b: number, c: number, from: number, to: number) => unknown;

/** Whether it has maxima, of windows as below. */
const isPlain = (plan: Plan): boolean =>
  (plan.op === 'max' || plan.op === 'min') && plan.nan === 'propagate' && isFlat(plan);

/** Whether it is of float32 over two axes, of windows that the ends of those alone cut off. */
function isFlat({ dtype, planes, axes, outputCount }: Plan): boolean {
  const [depth, height, width] = axes;
  const uncropped = [height, width].every(
    ({ rule, dilation, input }) => rule?.low === 0 && rule.high === input && dilation === 1,
  );
  return (
    dtype === 'float32' &&
    planes === undefined &&
    depth.input === 1 &&
    depth.output === 1 &&
    depth.counts[0] === 1 &&
    depth.divisors[0] === 1 &&
    uncropped &&
    outputCount > 0
  );
}

/** Whether windows are 2 x 2, whole and side by side, of as many columns or channels as a vector takes. */
const isSideBySide = ({ inner, axes: [, height, width] }: Plan): boolean =>
  [height, width].every(
    ({ origin, counts }) =>
      origin?.kernelSize === 2 && origin.stride === 2 && origin.before === 0 && counts.every((count) => count === 2),
  ) && (inner === 1 ? width.output : inner) >= 4;

const nothing: Side = () => ({ reads: false, first: 0, last: 0 });

function results({ axes: [, , width], inner }: Plan, reads: boolean): Side {
  const row = width.output * inner;
  return ({ from, to }) => ({ reads, first: from * row, last: to * row });
}

/** The input, or its gradient. */
function input({ axes: [, , width], inner }: Plan, reads: boolean): Side {
  const row = width.input * inner;
  return ({ inputFrom, inputTo }) => ({ reads, first: inputFrom * row, last: inputTo * row });
}

/** A kernel on the bands of a plan. */
interface Stream {
  /** Bytes of the workspace that it takes, if not all tensors are in the memory. */
  readonly bytes: number;
  /** Runs all bands. False, as of `Run`, if there is too little room, and if the kernel gives 0. */
  readonly run: (a: TypedArray, b: TypedArray, c: TypedArray) => boolean;
}

function stream(plan: Plan, { arena, taskWorkspace, bandBytes }: Room, call: Call, sides: readonly Side[]): Stream {
  const passage = new Passage(arena);
  const bands = wholePlanes(plan, cutBands(plan, BYTES, bandBytes, false));
  // Elements of the three tensors, band after band, and where those go, in bytes from the workspace.
  const parts = bands.flatMap((band) => sides.map((side) => side(band)));
  let bytes = 0;
  const starts = sides.map((side) => {
    const start = bytes;
    bytes += align(most(bands.map(side), ({ first, last }) => last - first) * BYTES);
    return start;
  });

  const isThere = (tensor: TypedArray) => arena.addressOf(tensor) !== EXTERNAL;

  /** Where the tensor of a part would begin if all of it were there. The part is, if it is read. */
  const enter = (part: number, tensor: TypedArray): number => {
    const { reads, first, last } = parts[part];
    const address = taskWorkspace.address + starts[part % 3];
    return reads ? passage.in(tensor, part, first, last, address) : passage.at(tensor, first, address);
  };

  /** Copies a part out, if it is written. */
  const leave = (part: number, tensor: TypedArray) => {
    const { reads, first, last } = parts[part];
    if (!reads) passage.out(tensor, part, first, last, taskWorkspace.address + starts[part % 3]);
  };

  return {
    bytes,
    run(a, b, c) {
      if (!(isThere(a) && isThere(b) && isThere(c)) && !taskWorkspace.has(bytes)) return false;
      for (let i = 0; i < bands.length; i++) {
        const { from, to } = bands[i];
        const part = 3 * i;
        if (call(enter(part, a), enter(part + 1, b), enter(part + 2, c), from, to) === 0) return false;
        leave(part + 1, b);
        leave(part + 2, c);
      }
      return true;
    },
  };
}

/** Bands with all rows of the input between them: also those behind the last window of a plane, where gradients are zero. */
function wholePlanes({ axes: [, height] }: Plan, bands: readonly Band[]): readonly Band[] {
  return bands.map((band) => {
    const planes = band.to / height.output;
    return Number.isInteger(planes) ? { ...band, inputTo: Math.max(band.inputTo, planes * height.input) } : band;
  });
}
