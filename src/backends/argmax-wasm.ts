/**
 * Indices in WebAssembly, where there is a kernel for them; the ts backend has the rest.
 */
import { mostTaps, type Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import type { FindPlaces } from './argmax.js';
import { input, results, stream } from './stream.js';
import type { Room } from './wasm.js';

/** What kernels are told of windows over two axes, and of channels. */
export type WindowWords = readonly [
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
];

/** Undefined if no rule gives them all. */
export function windowWords({ axes, inner }: Plan): WindowWords | undefined {
  const [, height, width] = axes;
  const [down, along] = [height.origin, width.origin];
  if (down === undefined || along === undefined) return undefined;
  return [
    height.input,
    width.input,
    height.output,
    width.output,
    down.kernelSize,
    along.kernelSize,
    down.stride,
    along.stride,
    down.before,
    along.before,
    inner,
  ];
}

/** The kernel; addresses are those of whole tensors, of which only the rows of a band need to be there. */
export type ArgmaxKernel = (
  x: number,
  y: number,
  places: number,
  from: number,
  to: number,
  ...windows: readonly [...WindowWords, flip: number]
) => void;

/** Finds the places of a band; addresses are those of whole tensors, of which only the rows of the band need to be there. */
export type FindInBand = (x: number, y: number, places: number, from: number, to: number) => void;

/** Taps are taken one by one; from so many on, TypeScript's folds of rows are faster. */
const MOST_TAPS = 49;
const SIGN_BITS = -(2 ** 31);

/** Finds places. Undefined if it has no kernel for `plan`. */
export function findPlaces(plan: Plan, room: Room): FindPlaces | undefined {
  const call = findInBand(plan, room);
  if (call === undefined) return undefined;
  const found = results(plan, false);
  const { run } = stream(plan, room, call, [input(plan, true), found, found]);
  return (x, y, places) => run(x, y as TypedArray, places);
}

/** The kernel that finds the places of a band, if there is one. */
export function findInBand(plan: Plan, { kernels: { argmax } }: Room): FindInBand | undefined {
  const { inner, axes } = plan;
  const words = windowWords(plan);
  if (!isPlain(plan) || words === undefined) return undefined;
  if ((inner > 1 && inner < 4) || mostTaps(axes[1]) * mostTaps(axes[2]) > MOST_TAPS) return undefined;
  const windows = [...words, flipOf(plan)] as const;
  return (x, y, places, from, to) => argmax(x, y, places, from, to, ...windows);
}

/** What makes the smallest the largest. */
export const flipOf = ({ op }: Plan): number => (op === 'min' ? SIGN_BITS : 0);

/** Whether it has maxima, of windows as below. */
export const isPlain = (plan: Plan): boolean =>
  (plan.op === 'max' || plan.op === 'min') && plan.nan === 'propagate' && isFlat(plan);

/** Whether it is of float32 over two axes, of windows that the ends of those alone cut off. */
export function isFlat({ dtype, planes, axes, outputCount }: Plan): boolean {
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
