/**
 * `wasm-pooling/flax`: the arguments of Flax' pooling functions as options of this library, with Flax' defaults. JAX'
 * arrays are channels last there, and strides are 1.
 */
import type { Rank } from '../ops.js';
import type { PlanOptions } from '../options.js';
import { describe, isArrayLike } from '../tensor.js';
import { readBoolean, readChoice, readIntegers, readNames } from './attributes.js';

/** A function of `flax.linen`, `flax.nnx` or `flax.linen.pooling`. */
export type FlaxFunction = 'max_pool' | 'min_pool' | 'avg_pool';

/** One entry per spatial axis. */
type Each<R extends Rank, T> = { 1: readonly [T]; 2: readonly [T, T]; 3: readonly [T, T, T] }[R];

/** A window of one, two or three axes. */
type Window = Each<Rank, number>;

/** The keyword arguments of a function, for windows as `W`. */
export type FlaxArguments<N extends FlaxFunction, W extends Window, R extends Rank = W['length']> = {
  /** Size of the window, a number per spatial axis. */
  window_shape: W;
  /** Default 1 on each axis. */
  strides?: Each<R, number> | null;
  /** Default `'VALID'`; negative numbers crop. */
  padding?: 'VALID' | 'SAME' | 'SAME_LOWER' | Each<R, readonly [low: number, high: number]>;
} & (N extends 'avg_pool'
  ? {
      /** Default true. */
      count_include_pad?: boolean;
    }
  : unknown);

/** Options of `maxPool1d`, `maxPool2d` or `maxPool3d`, and so on, by how many axes the window has. */
export type FlaxOptions<N extends FlaxFunction, R extends Rank> = Omit<
  PlanOptions<N extends 'max_pool' ? 'max' : N extends 'min_pool' ? 'min' : 'avg', 'window', R>,
  'dtype'
>;

const PADDING = { VALID: 'valid', SAME: 'same', SAME_LOWER: 'same-lower' } as const;
const LETTERS = ['', 'w', 'hw', 'dhw'];

/**
 * The options that mean what `args` mean to function `name` of Flax.
 *
 * @param name `'max_pool'`, say, whose function here is `maxPool1d`, `maxPool2d` or `maxPool3d`.
 * @param args Keyword arguments, by their names; `null` is None. `window_shape` is required; defaults are Flax', strides of 1
 * and no padding.
 * @param axes Number of axes of the input: as many as the window has and two (default), or one without the batch.
 * @returns Options, with the layout of `[n, …, c]` or `[…, c]`.
 * @throws TypeError and RangeError for arguments that are none.
 * @example
 * const options = fromFlax('avg_pool', { window_shape: [2, 2], strides: [2, 2], padding: 'SAME' });
 * options; // → { layout: 'nhwc', kernelSize: [2, 2], stride: [2, 2], padding: 'same', countIncludePad: true }
 * @see https://flax-linen.readthedocs.io/en/latest/api_reference/flax.linen/layers.html#pooling
 */
export function fromFlax<N extends FlaxFunction, const W extends Window>(
  name: N,
  args: FlaxArguments<N, W>,
  axes?: number,
): FlaxOptions<N, W['length']> {
  if (name !== 'max_pool' && name !== 'min_pool' && name !== 'avg_pool') {
    throw new RangeError(`fromFlax: name must be "max_pool", "min_pool" or "avg_pool", got ${describe(name)}`);
  }
  const averages = name === 'avg_pool';
  const known = ['window_shape', 'strides', 'padding', ...(averages ? ['count_include_pad'] : [])];
  const { window_shape, strides, padding, count_include_pad } = readNames(name, 'argument', args, known);
  if (window_shape === undefined) throw new TypeError(`${name}: window_shape is required`);
  const rank = isArrayLike(window_shape) ? window_shape.length : 0;
  if (rank < 1 || rank > 3) {
    throw new RangeError(`${name}: window_shape must be a list of 1 to 3 numbers, got ${describe(window_shape)}`);
  }
  const hasStrides = strides !== undefined && strides !== null;
  return {
    layout: readLayout(name, rank, axes),
    kernelSize: readIntegers(name, 'window_shape', window_shape, rank, 1),
    stride: hasStrides ? readIntegers(name, 'strides', strides, rank, 1) : new Array(rank).fill(1),
    padding: readPadding(name, rank, padding),
    ...(averages ? { countIncludePad: readBoolean(name, 'count_include_pad', count_include_pad, true) } : {}),
  } as unknown as FlaxOptions<N, W['length']>;
}

function readLayout(fn: string, rank: number, axes: unknown): string {
  if (axes === undefined || axes === rank + 2) return `n${LETTERS[rank]}c`;
  if (axes === rank + 1) return `${LETTERS[rank]}c`;
  throw new RangeError(`${fn}: the input must have ${rank + 1} or ${rank + 2} axes, got ${describe(axes)}`);
}

function readPadding(fn: string, rank: number, value: unknown): string | number[][] {
  if (!isArrayLike(value)) return PADDING[readChoice(fn, 'padding', value, ['VALID', 'SAME', 'SAME_LOWER'])];
  const pairs = Array.from(value);
  if (pairs.length !== rank) {
    throw new RangeError(`${fn}: padding must have ${rank} pairs of numbers, got ${describe(pairs)}`);
  }
  return pairs.map((pair) => readIntegers(fn, 'padding', pair, 2, -(2 ** 31)));
}
