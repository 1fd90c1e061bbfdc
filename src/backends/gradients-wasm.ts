/**
 * Gradients in WebAssembly, where there is a kernel for them; the ts backend has the rest.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { flipOf, isFlat, isPlain, type Search, searchOf } from './argmax-wasm.js';
import { gradientKernels, Source } from './gradient-kernels.js';
import type { Backward, LinearBackward } from './gradients.js';
import { Quotients, type Spacing } from './quotients.js';
import { prepareScatterInWasm, type ScatterInWasm } from './scatter-wasm.js';
import { type Call, input, results, type Side, stream } from './stream.js';
import type { Room } from './wasm.js';

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
  const search = searchOf(plan, room);
  const scatter = search && scatterOf(plan, room, search);
  if (scatter === undefined) return undefined;
  return (dy, x, dx) => room.taskWorkspace.has(scatter.bytes) && scatter.run(dy, x, dx);
}

function scatterOf(plan: Plan, room: Room, search?: Search): ScatterInWasm | undefined {
  const { dtype, planes, inputCount, outputCount } = plan;
  const isFloat = dtype === 'float32' || dtype === 'float64';
  if (!isFloat || planes !== undefined || inputCount === 0 || outputCount === 0) return undefined;
  return prepareScatterInWasm(plan, room, search);
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

function expansion(plan: Plan, room: Room, source: Source, divisor: number): Call {
  const { expand } = gradientKernels(room);
  const { axes, inner } = plan;
  const [, height, width] = axes;
  const { input: h, output: oh } = height;
  const { input: w, output: ow } = width;
  const flip = flipOf(plan);
  return (x, dy, dx, from, to) => expand(source, x, dy, dx, from, to, h, w, oh, ow, inner, flip, divisor);
}

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

/** Whether windows are 2 x 2, whole and side by side, of as many columns or channels as a vector takes. */
const isSideBySide = ({ inner, axes: [, height, width] }: Plan): boolean =>
  [height, width].every(
    ({ origin, counts }) =>
      origin?.kernelSize === 2 && origin.stride === 2 && origin.before === 0 && counts.every((count) => count === 2),
  ) && (inner === 1 ? width.output : inner) >= 4;

const nothing: Side = () => ({ reads: false, first: 0, last: 0 });
