/**
 * Indices in WebAssembly, where there is a kernel for them; the ts backend has the rest.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import type { FindPlaces } from './argmax.js';
import { align } from './program.js';
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

/** The kernels; addresses are those of whole tensors, of which only the rows of a band need to be there. */
export interface ArgmaxKernels {
  /** Takes the taps of windows one by one. */
  readonly argmax: (
    x: number,
    y: number,
    places: number,
    from: number,
    to: number,
    ...windows: readonly [...WindowWords, flip: number]
  ) => void;
  /** Shares them between windows, `strip` columns at a time, in rows of `line` bytes, whose places are `apart` bytes behind. */
  readonly argmaxSliding: (
    x: number,
    y: number,
    places: number,
    from: number,
    to: number,
    ...windows: readonly [...WindowWords, flip: number, scratch: number, apart: number, line: number, strip: number]
  ) => void;
}

/** Finds the places of a band; addresses are those of whole tensors, of which only the rows of the band need to be there. */
export type FindInBand = (x: number, y: number, places: number, from: number, to: number) => void;

/** A kernel for a plan, the bytes of its own at the beginning of the workspace, and how many bands should hold. */
export interface Search {
  readonly find: FindInBand;
  readonly scratch: number;
  readonly bandBytes: number;
}

/** Windows that have each element more often than this share their taps: one by one these would cost more. */
const MOST_SHARED = 9;
/** Strips are so narrow that the rows that windows share stay in second-level caches, ... */
const SHARED_BYTES = 2 ** 18;
/** ... but have so many columns, and no fewer than a window, since strips overlap by as many. */
const FEW_COLUMNS = 64;
const SIGN_BITS = -(2 ** 31);
const BYTES = 4;

/** Finds places. Undefined if it has no kernel for `plan`. */
export function findPlaces(plan: Plan, room: Room): FindPlaces | undefined {
  const search = searchOf(plan, room);
  if (search === undefined) return undefined;
  const { find, scratch, bandBytes } = search;
  const found = results(plan, false);
  const { run } = stream(plan, { ...room, bandBytes }, find, [input(plan, true), found, found], scratch);
  return (x, y, places) => run(x, y as TypedArray, places);
}

/** How places are found in `plan`, if there is a kernel for it. */
export function searchOf(plan: Plan, { kernels, taskWorkspace, bandBytes }: Room): Search | undefined {
  const { inner, axes } = plan;
  const [, height, width] = axes;
  const words = windowWords(plan);
  if (!isPlain(plan) || words === undefined) return undefined;
  const windows = [...words, flipOf(plan)] as const;
  const [, , , , kernelHeight, kernelWidth, strideDown, stride] = words;
  const { argmax, argmaxSliding } = kernels;
  // Two or three channels fill no vector, of which the other kernel takes positions.
  const isVector = inner === 1 || inner >= 4;
  if (isVector && kernelHeight * kernelWidth <= MOST_SHARED * strideDown * stride) {
    return { find: (x, y, places, from, to) => argmax(x, y, places, from, to, ...windows), scratch: 0, bandBytes };
  }
  if (![height, width].every(({ counts }) => counts.every((count) => count > 0))) return undefined;
  const position = inner * BYTES;
  const columns = Math.floor(SHARED_BYTES / (2 * kernelHeight * position));
  const strip = Math.min(width.output, Math.max(FEW_COLUMNS, Math.ceil(kernelWidth / stride), columns));
  const line = align(strip * position + 16);
  const apart = align((kernelHeight + 1) * line + ((strip - 1) * stride + kernelWidth) * position + 16);
  return {
    find: (x, y, places, from, to) =>
      argmaxSliding(x, y, places, from, to, ...windows, taskWorkspace.address, apart, line, strip),
    scratch: 2 * apart,
    bandBytes: Math.max(bandBytes, 3 * kernelHeight * (width.input + width.output) * position),
  };
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
