/**
 * Indices and gradients of maxima in WebAssembly, where there is a kernel for them; the ts backend has the rest. Tensors are
 * worked on where they are if all of them are in the wasm memory, else they pass through it in bands.
 */
import { mostTaps, type Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { type Arena, EXTERNAL, OutOfMemory, Workspace } from './arena.js';
import type { FindPlaces } from './argmax.js';
import { type Band, cutBands } from './bands.js';
import type { Backward, LinearBackward } from './gradients.js';
import { Passage } from './passage.js';
import { type QuotientKernels, Quotients, type Spacing } from './quotients.js';
import { type FindInBand, ScatterInWasm, type ScatterKernels } from './scatter-wasm.js';

/** The kernels; addresses are those of whole tensors, of which only the rows of a band need to be there. */
export interface PlaceKernels extends ScatterKernels, QuotientKernels {
  readonly argmax: (
    x: number,
    y: number,
    places: number,
    from: number,
    to: number,
    height: number,
    width: number,
    rows: number,
    columns: number,
    kernelHeight: number,
    kernelWidth: number,
    strideDown: number,
    stride: number,
    above: number,
    before: number,
    inner: number,
    flip: number,
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
const ALIGNMENT = 64;

/** Rows of a tensor that a band reads or writes. */
interface Side {
  readonly rowLength: number;
  /** Of the input, or of the results. */
  readonly ofInput: boolean;
  readonly reads: boolean;
}

/** Elements of a tensor that a band reads or writes. */
interface Part {
  readonly reads: boolean;
  readonly first: number;
  readonly last: number;
}

export class PlacesInWasm {
  readonly #arena: Arena;
  readonly #kernels: PlaceKernels;
  readonly #bandBytes: number;
  readonly #workspace: Workspace;
  #wanted = 0;

  constructor(arena: Arena, kernels: PlaceKernels, bandBytes: number) {
    this.#arena = arena;
    this.#workspace = new Workspace(arena);
    this.#kernels = kernels;
    this.#bandBytes = bandBytes;
  }

  /**
   * Sums by place: the gradient of maxima whose places are given. What that returns is false, with nothing written, if a place
   * is none of its window's or if there is no room. Undefined if there is no kernel for `plan`.
   */
  byPlaces(plan: Plan): AddByPlaces | undefined {
    const scatter = this.#scatter(plan);
    if (scatter === undefined) return undefined;
    const sides = [resultSide(plan, true), resultSide(plan, true), gradientSide(plan)] as const;
    const stream =
      isFlat(plan) && isSideBySide(plan) ? new Stream(plan, this.#arena, this.#bandBytes, sides) : undefined;
    const call = this.#expansion(plan, Source.Places, 1);
    const bytes = Math.max(scatter.bytes, stream?.bytes ?? 0);
    return (dy, places, dx) => {
      if (!this.#hasRoom(bytes, dy, places, dx) || !scatter.inside(places)) return false;
      if (stream === undefined || !this.#run(stream, call, places, dy, dx)) scatter.run(dy, places, dx);
      return true;
    };
  }

  /** The gradient of maxima by the input, of a plan that `argmax` has a kernel for. */
  byInput(plan: Plan, otherwise: Backward): Backward | undefined {
    const scatter = this.#scatter(plan);
    const find = this.#search(plan);
    if (scatter === undefined || find === undefined) return undefined;
    return (dy, x, dx) => {
      if (this.#hasRoom(scatter.bytes, dy, x, dx)) scatter.run(dy, x, dx, find);
      else otherwise(dy, x, dx);
    };
  }

  #scatter(plan: Plan): ScatterInWasm | undefined {
    const { dtype, planes, inputCount, outputCount } = plan;
    const isFloat = dtype === 'float32' || dtype === 'float64';
    if (!isFloat || planes !== undefined || inputCount === 0 || outputCount === 0) return undefined;
    return new ScatterInWasm(plan, this.#arena, this.#workspace, this.#kernels, this.#bandBytes);
  }

  /** Finds places; what it cannot run at some call, `otherwise` does. Undefined if it has no kernel for `plan`. */
  argmax(plan: Plan, otherwise: FindPlaces): FindPlaces | undefined {
    const call = this.#search(plan);
    if (call === undefined) return undefined;
    const results = resultSide(plan, false);
    const stream = new Stream(plan, this.#arena, this.#bandBytes, [inputSide(plan), results, results]);
    return (x, y, places) => {
      if (!this.#run(stream, call, x, y as TypedArray, places)) otherwise(x, y, places);
    };
  }

  /** The kernel that finds the places of a band, if there is one. */
  #search(plan: Plan): FindInBand | undefined {
    const [, height, width] = plan.axes;
    const rows = height.origin;
    const columns = width.origin;
    if (!isPlain(plan) || rows === undefined || columns === undefined) return undefined;
    const { inner } = plan;
    if ((inner > 1 && inner < 4) || mostTaps(height) * mostTaps(width) > MOST_TAPS) return undefined;
    const { argmax } = this.#kernels;
    const { input: h, output: oh } = height;
    const { input: w, output: ow } = width;
    const { kernelSize: kh, stride: sh, before: ph } = rows;
    const { kernelSize: kw, stride: sw, before: pw } = columns;
    const flip = plan.op === 'min' ? SIGN_BITS : 0;
    return (x, y, places, from, to) =>
      argmax(x, y, places, from, to, h, w, oh, ow, kh, kw, sh, sw, ph, pw, inner, flip);
  }

  /** The gradient of windows of 2 x 2 side by side. */
  expand(plan: Plan, otherwise: Backward): Backward | undefined {
    if (!isPlain(plan) || !isSideBySide(plan)) return undefined;
    const stream = new Stream(plan, this.#arena, this.#bandBytes, [
      inputSide(plan),
      resultSide(plan, true),
      gradientSide(plan),
    ]);
    const call = this.#expansion(plan, Source.Input, 1);
    return (dy, x, dx) => {
      if (!this.#run(stream, call, x, dy, dx)) otherwise(dy, x, dx);
    };
  }

  /** The gradient of sums, divided by `divisor`, over windows of 2 x 2 side by side; `otherwise` as for `argmax`. */
  spread(plan: Plan, divisor: number, otherwise: LinearBackward['run']): LinearBackward['run'] | undefined {
    if (!isFlat(plan) || !isSideBySide(plan) || Math.fround(divisor) !== divisor) return undefined;
    const stream = new Stream(plan, this.#arena, this.#bandBytes, [
      NOTHING,
      resultSide(plan, true),
      gradientSide(plan),
    ]);
    const call = this.#expansion(plan, Source.None, divisor);
    return (dy, dx) => {
      if (!this.#run(stream, call, dy, dy, dx)) otherwise(dy, dx);
    };
  }

  #expansion({ axes, inner, op }: Plan, source: Source, divisor: number): Call {
    const [, height, width] = axes;
    const { expand } = this.#kernels;
    const { input: h, output: oh } = height;
    const { input: w, output: ow } = width;
    const flip = op === 'min' ? SIGN_BITS : 0;
    return (x, dy, dx, from, to) => expand(source, x, dy, dx, from, to, h, w, oh, ow, inner, flip, divisor);
  }

  /**
   * Results as the sums of their gradients read them, if there is a kernel for it. If `divides`, divisors have to be the numbers
   * of elements of windows, and the sums have yet to be divided by that of a whole one.
   */
  quotients(plan: Plan, divides: boolean, spacing: Spacing): Quotients | undefined {
    const [, height, width] = plan.axes;
    const isCounted = [height, width].every(({ divisors, counts }) => divisors.every((n, o) => n === counts[o]));
    if (!isFlat(plan) || (divides && !isCounted)) return undefined;
    return new Quotients(plan, divides, spacing, this.#arena, this.#workspace, this.#kernels);
  }

  /** Reads results from now on, if there is room for what `quotients` needs beside `dx`. */
  begin(quotients: Quotients, dy: TypedArray, dx: TypedArray): boolean {
    if (!this.#hasRoom(quotients.bytes, dy, dy, dx)) return false;
    quotients.begin(dy);
    return true;
  }

  /** Whether there is room, or can be made now: not while some of the tensors are in the memory, which would lose their place. */
  #hasRoom(bytes: number, a: TypedArray, b: TypedArray, c: TypedArray): boolean {
    if (bytes <= this.#workspace.bytes) return true;
    const { buffer } = this.#arena;
    if (a.buffer !== buffer && b.buffer !== buffer && c.buffer !== buffer) return this.#reserve(bytes);
    this.#wanted = Math.max(this.#wanted, bytes);
    return false;
  }

  /** Runs on copies outside of the memory, which can grow then, and puts the result where it belongs. */
  aside(from: TypedArray, to: TypedArray, run: (from: TypedArray, to: TypedArray) => void): void {
    const at = this.#arena.addressOf(to);
    const result = to.slice();
    run(from.slice(), result);
    if (at === EXTERNAL) to.set(result);
    else new Float32Array(this.#arena.buffer, at, result.length).set(result as Float32Array);
  }

  /**
   * Makes room that there was not, now that no tensor is in use, unless one was given as an array that
   * would lose its place.
   */
  makeRoom(a: unknown, b: unknown, c: unknown): void {
    if (this.#wanted === 0) return;
    const { buffer } = this.#arena;
    if ([a, b, c].some((given) => ArrayBuffer.isView(given) && given.buffer === buffer)) return;
    if (this.#wanted > this.#workspace.bytes) this.#reserve(this.#wanted);
    this.#wanted = 0;
  }

  /**
   * Runs all bands; false if it cannot, since the kernel gives 0 or there is no room, and making it would move tensors that are
   * in the memory.
   */
  #run(stream: Stream, call: Call, a: TypedArray, b: TypedArray, c: TypedArray): boolean {
    if (!this.#isThere(a, b, c) && !this.#hasRoom(stream.bytes, a, b, c)) return false;
    const at = this.#workspace.address;
    for (let i = 0; i < stream.bands.length; i++) {
      const { from, to } = stream.bands[i];
      const done = call(stream.in(0, i, a, at), stream.in(1, i, b, at), stream.in(2, i, c, at), from, to);
      if (done === 0) return false;
      stream.out(1, i, b, at);
      stream.out(2, i, c, at);
    }
    return true;
  }

  #isThere(a: TypedArray, b: TypedArray, c: TypedArray): boolean {
    const arena = this.#arena;
    return arena.addressOf(a) !== EXTERNAL && arena.addressOf(b) !== EXTERNAL && arena.addressOf(c) !== EXTERNAL;
  }

  #reserve(bytes: number): boolean {
    try {
      this.#workspace.reserve(bytes);
      return true;
    } catch (error) {
      if (error instanceof OutOfMemory) return false;
      throw error;
    }
  }
}

export type AddByPlaces = (dy: TypedArray, places: Int32Array, dx: TypedArray) => boolean;

type Call = (a: number, b: number, c: number, from: number, to: number) => unknown;

/** Whether it has maxima, of windows as below. */
const isPlain = (plan: Plan): boolean =>
  (plan.op === 'max' || plan.op === 'min') && plan.nan === 'propagate' && isFlat(plan);

/** Whether it is of float32 over two axes, of windows that the ends of those alone cut off. */
function isFlat({ dtype, planes, axes, outputCount }: Plan): boolean {
  const [depth, height, width] = axes;
  const uncropped = [height, width].every(
    ({ origin, dilation, input }) => origin?.low === 0 && origin.high === input && dilation === 1,
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

const NOTHING: Side = { rowLength: 0, ofInput: false, reads: false };

const resultSide = ({ axes: [, , width], inner }: Plan, reads: boolean): Side => ({
  rowLength: width.output * inner,
  ofInput: false,
  reads,
});

const inputSide = ({ axes: [, , width], inner }: Plan): Side => ({
  rowLength: width.input * inner,
  ofInput: true,
  reads: true,
});

const gradientSide = (plan: Plan): Side => ({ ...inputSide(plan), reads: false });

/** The bands of a plan and where the rows of three tensors go while one of them is worked on. */
class Stream {
  readonly bands: readonly Band[];
  /** Bytes that all take at the most. */
  readonly bytes: number;
  /** Elements of the three tensors, band after band. */
  readonly #parts: readonly Part[];
  /** In bytes from the workspace. */
  readonly #starts: readonly number[];
  readonly #passage: Passage;

  constructor(plan: Plan, arena: Arena, bandBytes: number, sides: readonly [Side, Side, Side]) {
    this.#passage = new Passage(arena);
    this.bands = wholePlanes(plan, cutBands(plan, BYTES, bandBytes, false));
    const starts: number[] = [];
    let end = 0;
    for (const side of sides) {
      starts.push(end);
      const rows = this.bands.reduce((most, band) => Math.max(most, toOf(side, band) - fromOf(side, band)), 0);
      end += Math.ceil((rows * side.rowLength * BYTES) / ALIGNMENT) * ALIGNMENT;
    }
    this.#starts = starts;
    this.bytes = end;
    this.#parts = this.bands.flatMap((band) =>
      sides.map((side) => ({
        reads: side.reads,
        first: fromOf(side, band) * side.rowLength,
        last: toOf(side, band) * side.rowLength,
      })),
    );
  }

  /** Where tensor `i` would begin if all of it were there. The rows of a band are, if they are read. */
  in(i: number, index: number, tensor: TypedArray, workspace: number): number {
    const { reads, first, last } = this.#part(i, index);
    const address = workspace + this.#starts[i];
    if (!reads) return this.#passage.at(tensor, first, address);
    return this.#passage.in(tensor, 3 * index + i, first, last, address);
  }

  /** Copies the rows of a band out, if they are written. */
  out(i: number, index: number, tensor: TypedArray, workspace: number): void {
    const { reads, first, last } = this.#part(i, index);
    if (!reads) this.#passage.out(tensor, 3 * index + i, first, last, workspace + this.#starts[i]);
  }

  #part(i: number, index: number): Part {
    return this.#parts[3 * index + i];
  }
}

const fromOf = ({ ofInput }: Side, band: Band): number => (ofInput ? band.inputFrom : band.from);
const toOf = ({ ofInput }: Side, band: Band): number => (ofInput ? band.inputTo : band.to);

/** Bands with all rows of the input between them: also those behind the last window of a plane, where gradients are zero. */
function wholePlanes({ axes: [, height] }: Plan, bands: readonly Band[]): readonly Band[] {
  return bands.map((band) => {
    const planes = band.to / height.output;
    return Number.isInteger(planes) ? { ...band, inputTo: Math.max(band.inputTo, planes * height.input) } : band;
  });
}
