/**
 * The user's words: every option, its default and its check. Nothing behind this file sees a value it has not accepted.
 */
import { INDEXINGS, type Indexing } from './indexing.js';
import { type GeometryKind, OPS, type Op, type PoolFunction, type Rank } from './ops.js';
import { AXIS_NAMES, LAYOUTS, type Layout, type Padding } from './plan.js';
import {
  alternatives,
  checkChoice,
  checkDType,
  checkNumber,
  checkOptions,
  checkShape,
  checkTensor,
  type DType,
  describe,
  elementCount,
  isArrayLike,
  type Tensor,
  type TypedArray,
} from './tensor.js';

/** One value per spatial axis. */
type Each<R extends Rank, T> = R extends 1
  ? readonly [T]
  : R extends 2
    ? readonly [T, T]
    : R extends 3
      ? readonly [T, T, T]
      : never;

/** One number for every spatial axis, or one per axis: `[width]`, `[height, width]` or `[depth, height, width]`. */
export type PerAxis<R extends Rank> = number | Each<R, number>;

/** `n` and `[h, w]` pad both ends alike; pairs give `[[top, bottom], [left, right]]`; negative numbers crop. */
export type PaddingOption<R extends Rank> =
  | PerAxis<R>
  | Each<R, readonly [number, number]>
  | 'valid'
  | 'same'
  | 'same-lower';

/** What to do with NaN in a maximum or minimum. */
export type NaNRule = 'propagate' | 'ignore';

/** How the average of integers becomes an integer. */
export type Rounding = 'half-away' | 'trunc' | 'half-even';

interface CommonOptions<R extends Rank> {
  /** Names the axes. Required, except for bare spatial axes (`'hw'`), because frameworks disagree about the order. */
  layout?: Layout<R>;
  /** `'propagate'` (default): a NaN in the window is the result. `'ignore'` (max and min): NaN never wins. */
  nan?: NaNRule;
}

interface WindowOptions<R extends Rank> {
  /** Size of the window, in elements. */
  kernelSize: PerAxis<R>;
  /** Distance between windows, in elements. Default: `kernelSize`. */
  stride?: PerAxis<R>;
  /** Distance between the taps of a window, in elements. Default 1. */
  dilation?: PerAxis<R>;
  /** Elements added around the input, which never win a maximum and add 0 to a sum. Default 0. */
  padding?: PaddingOption<R>;
  /** Round the output size up, as long as the last window starts inside the input or the padding before it. Default false. */
  ceilMode?: boolean;
  /** Sets the output size directly; wins over `ceilMode`. */
  outputSize?: PerAxis<R>;
}

interface AdaptiveOptions<R extends Rank> {
  /** Size of the output; `null` keeps the input's size on that axis. */
  outputSize: number | Each<R, number | null>;
}

/** Random numbers of a fractional pooling, as PyTorch's `_random_samples`. */
export interface Samples {
  /** Numbers of at least 0 and under 1. */
  readonly data: ArrayLike<number>;
  /** `[n, c, 2]` or `[n, c, 3]`; axes that the input does not have are 1 or left out. */
  readonly shape: readonly number[];
}

interface FractionalOptions<R extends Rank> {
  /** Size of the window. */
  kernelSize: PerAxis<R>;
  /** Size of the output. Either this or `outputRatio` is required. */
  outputSize?: PerAxis<R>;
  /** Size of the output as a part of the input's, above 0 and under 1; rounded down. */
  outputRatio?: number | Each<R, number>;
  /**
   * Where windows lie in each plane, one number per spatial axis: `[width, height]`, in this order, which is PyTorch's, or
   * `[depth, height, width]`. Default: drawn from `seed`.
   */
  samples?: Samples;
  /** Which samples are drawn, a whole number under 2³¹; the same seed gives the same windows. Default 0. */
  seed?: number;
}

interface RoundingOption {
  /**
   * How averages of integers are rounded to integers: to the nearest, halves away from zero (`'half-away'`, the default)
   * or to even ones (`'half-even'`), or towards zero (`'trunc'`). Floats are not rounded.
   */
  rounding?: Rounding;
}

interface DivisorOptions {
  /** Count padding in the divisor (PyTorch's default). Default false: divide by the number of input elements. */
  countIncludePad?: boolean;
  /** Divide by this number instead; not 0. Averages of integers stay within their type. */
  divisorOverride?: number;
}

interface NormOptions {
  /** The exponent of (Σ|x|^p)^(1/p), above 0; `Infinity` is the largest |x|. Default 2. */
  p?: number;
}

interface OptionsOfGeometry<R extends Rank> {
  window: WindowOptions<R>;
  global: unknown;
  adaptive: AdaptiveOptions<R>;
  fractional: FractionalOptions<R>;
}

interface OptionsOfOp<G extends GeometryKind> {
  max: unknown;
  min: unknown;
  avg: RoundingOption & (G extends 'window' ? DivisorOptions : unknown);
  sum: unknown;
  lp: NormOptions;
}

/** What a function and its plan have in common: shape and rules. */
type PoolOptions<O extends Op, G extends GeometryKind, R extends Rank> = CommonOptions<R> &
  OptionsOfGeometry<R>[G] &
  OptionsOfOp<G>[O];

/** Options of a function that pools an array of type `A` with dtype `D` into one of type `Y`. */
export type FunctionOptions<
  O extends Op,
  G extends GeometryKind,
  R extends Rank,
  Y extends TypedArray = TypedArray,
  D extends DType = DType,
> = PoolOptions<O, G, R> & {
  /** The input's element type where its array does not tell: `'float16'` for bits in a `Uint16Array`. */
  dtype?: D;
  /** Where to write the result: its exact shape and dtype, not overlapping the input. Default: a new array. */
  out?: Tensor<Y> | Y;
};

/** Options of the plan of a function. */
export type PlanOptions<O extends Op, G extends GeometryKind, R extends Rank> = PoolOptions<O, G, R> & {
  /** The element type that `run` will be given. Default `'float32'`. */
  dtype?: DType;
};

/** Who gets the gradient of a maximum or minimum of several equal elements: the first one, or all of them equal parts. */
export type Ties = 'first' | 'share';

interface IndexingOption {
  /** What an index counts. Default `'plane'`: the place in its plane, row-major, as in PyTorch. */
  indexing?: Indexing;
}

/** Options of a function that gives indices as well. */
export type IndicesOptions<
  O extends Op,
  G extends GeometryKind,
  R extends Rank,
  Y extends TypedArray = TypedArray,
  D extends DType = DType,
> = FunctionOptions<O, G, R, Y, D> &
  IndexingOption & {
    /** Where to write the indices; their exact shape. Default: a new array. */
    outIndices?: Tensor<Int32Array> | Int32Array;
  };

interface BackwardOfOp<A extends TypedArray> {
  ordered: IndexingOption & {
    /** The input of the pooling. Either this, or `indices` and `inputShape`, is required. */
    x?: Tensor<A>;
    /** What the pooling with indices gave. */
    indices?: Tensor<Int32Array>;
    /** Shape of the pooling's input: required with `indices`, of no use with `x`. */
    inputShape?: readonly number[];
    /** `'first'` (default): all to the element with the index. `'share'`: equal parts to all equals; this needs `x`. */
    ties?: Ties;
  };
  linear: {
    /** Shape of the pooling's input. */
    inputShape: readonly number[];
  };
  lp: {
    /** The input of the pooling. */
    x: Tensor<A>;
  };
}

type BackwardKind<O extends Op> = O extends 'max' | 'min' ? 'ordered' : O extends 'lp' ? 'lp' : 'linear';

/** Options of a gradient: those of the pooling, and what the gradient depends on. */
export type BackwardOptions<
  O extends Op,
  G extends GeometryKind,
  R extends Rank,
  A extends TypedArray = TypedArray,
> = FunctionOptions<O, G, R, A> & BackwardOfOp<A>[BackwardKind<O>];

/** Options of the plan of a gradient. */
export type BackwardPlanOptions<O extends Op, G extends GeometryKind, R extends Rank> = PlanOptions<O, G, R> &
  (O extends 'max' | 'min'
    ? IndexingOption & {
        /** `'first'` (default): all to the element with the index. `'share'`: equal parts to all equals; `run` needs `x` then. */
        ties?: Ties;
      }
    : unknown);

/** Options of the plan of a function that gives or takes indices. */
export type IndicesPlanOptions<O extends Op, G extends GeometryKind, R extends Rank> = PlanOptions<O, G, R> &
  IndexingOption;

/** Options of the plan of an unpooling. */
export interface UnpoolPlanOptions<R extends Rank> extends IndexingOption {
  /** Names the axes; see `maxPool2d`. */
  layout?: Layout<R>;
  /** Size of the window. Required unless `outputSize` is given. */
  kernelSize?: PerAxis<R>;
  /** Distance between windows. Default: `kernelSize`. */
  stride?: PerAxis<R>;
  /** Distance between the taps of a window. Default 1. */
  dilation?: PerAxis<R>;
  /** The pooling's padding. Default 0. */
  padding?: PaddingOption<R>;
  /** Size of the result. Default: (o − 1)·stride + extent − padding. */
  outputSize?: PerAxis<R>;
  /** The element type. Default: the array's; for plans `'float32'`. */
  dtype?: DType;
}

/** Options of an unpooling. */
export type UnpoolOptions<R extends Rank, A extends TypedArray = TypedArray> = UnpoolPlanOptions<R> & {
  /** Where to write the result: its exact shape and dtype, not overlapping the inputs. Default: a new array. */
  out?: Tensor<A> | A;
};

/** How the windows of a pooling are laid out. */
export type Geometry =
  | {
      readonly kind: 'window';
      readonly kernelSize: readonly number[];
      readonly stride: readonly number[];
      readonly dilation: readonly number[];
      readonly padding: Padding;
      readonly ceilMode: boolean;
      readonly outputSize: readonly number[] | undefined;
    }
  | { readonly kind: 'adaptive'; readonly outputSize: readonly (number | null)[] }
  | FractionalGeometry;

export interface FractionalGeometry {
  readonly kind: 'fractional';
  readonly kernelSize: readonly number[];
  /** One of the two is undefined. */
  readonly outputSize: readonly number[] | undefined;
  readonly outputRatio: readonly number[] | undefined;
  /** Undefined if they are to be drawn. */
  readonly samples: Samples | undefined;
  readonly seed: number;
}

/** Options with every default filled in and every value checked. */
export interface Settings {
  readonly layout: Layout;
  readonly dtype: DType;
  readonly nan: NaNRule;
  readonly geometry: Geometry;
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | undefined;
  readonly rounding: Rounding;
  /** The exponent of lp; 1 for all other ops. */
  readonly p: number;
}

/** What is known of the input when its options are read. */
export interface Input {
  readonly rank: number;
  /** What its array says; a plan, which sees no data yet, takes a dtype option and has this as its default. */
  readonly dtype: DType;
  readonly isImage: boolean;
}

const EVERYWHERE = ['layout', 'nan', 'dtype'];
const OF_GEOMETRY: Readonly<Record<GeometryKind, readonly string[]>> = {
  window: ['kernelSize', 'stride', 'dilation', 'padding', 'ceilMode', 'outputSize'],
  global: [],
  adaptive: ['outputSize'],
  fractional: ['kernelSize', 'outputSize', 'outputRatio', 'samples', 'seed'],
};

/** Checks `options` for a public function, called `fn`, and fills in the defaults. `others` are options it has besides. */
export function readOptions(
  fn: string,
  words: PoolFunction,
  input: Input,
  options: unknown,
  others: readonly string[],
): Settings {
  const { orders, options: ofOp = [], windowOptions = [] } = OPS[words.op];
  const ofGeometry = OF_GEOMETRY[words.geometry];
  const ofWindow = words.geometry === 'window' ? windowOptions : [];
  const given = readNames(fn, [EVERYWHERE, ofGeometry, ofOp, ofWindow, others], options);
  const nan = readChoice(fn, 'nan', NAN_RULES, given.nan);
  if (nan === 'ignore' && !orders) {
    throw new RangeError(`${fn}: nan: 'ignore' is for maxima and minima only`);
  }
  return {
    layout: readLayout(fn, words.rank, input, given.layout),
    dtype: given.dtype === undefined ? input.dtype : checkDType(fn, given.dtype),
    nan,
    geometry: readGeometry(fn, words, given),
    countIncludePad: readBoolean(fn, 'countIncludePad', given.countIncludePad),
    divisorOverride: optional(given.divisorOverride, (value) =>
      checkNumber(fn, 'divisorOverride', value, 'a finite number other than 0', (n) => Number.isFinite(n) && n !== 0),
    ),
    rounding: readChoice(fn, 'rounding', ROUNDINGS, given.rounding),
    p: words.op !== 'lp' ? 1 : given.p === undefined ? 2 : checkNumber(fn, 'p', given.p, 'above 0', (p) => p > 0),
  };
}

const NAN_RULES: readonly NaNRule[] = ['propagate', 'ignore'];
const ROUNDINGS: readonly Rounding[] = ['half-away', 'trunc', 'half-even'];

/** What `read` makes of an option, if it is given. */
function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

/** `options`, once it is known to have no others than those of the lists. */
export function readNames(
  fn: string,
  known: readonly (readonly string[])[],
  options: unknown,
): Record<string, unknown> {
  checkOptions(fn, options);
  const names = known.flat();
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    // 'pad', 'strides', 'kernel_size'
    const meant = names.find((other) => other.slice(0, 3) === name.slice(0, 3).toLowerCase());
    const question = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw new TypeError(`${fn}: there is no option '${name}'; the options are ${names.join(', ')}${question}`);
  }
  return options as Record<string, unknown>;
}

export const TIES: readonly Ties[] = ['first', 'share'];

/** Options of an unpooling with every default filled in. */
export interface UnpoolSettings {
  /** Those of the pooling. */
  readonly settings: Settings;
  readonly indexing: Indexing;
  /** Undefined if only the output size was given. */
  readonly window: Extract<Geometry, { kind: 'window' }> | undefined;
  readonly outputSize: readonly number[] | undefined;
}

/** Checks the options of an unpooling. */
export function readUnpoolOptions(
  fn: string,
  words: PoolFunction,
  input: Input,
  options: unknown,
  others: readonly string[],
): UnpoolSettings {
  const ofWindow = ['kernelSize', 'stride', 'dilation', 'padding', 'outputSize'];
  const given = readNames(fn, [['layout', 'dtype'], ofWindow, others], options);
  const indexing = readChoice(fn, 'indexing', INDEXINGS, given.indexing);
  const bare = given.kernelSize === undefined && given.outputSize !== undefined;
  if (bare) {
    const idle = ofWindow.slice(1, 4).find((name) => given[name] !== undefined);
    if (idle !== undefined) throw new TypeError(`${fn}: ${idle} has no use without kernelSize`);
    if (indexing === 'window') throw new TypeError(`${fn}: kernelSize is required for indexing: 'window'`);
  }
  // Any window does where there is none.
  const pooling = { ...given, outputSize: undefined, ...(bare && { kernelSize: 1 }) };
  const settings = readOptions(fn, words, input, pooling, others);
  const { geometry } = settings;
  return {
    settings,
    indexing,
    window: !bare && geometry.kind === 'window' ? geometry : undefined,
    outputSize: optional(given.outputSize, (value) => readPerAxis(fn, 'outputSize', words.rank, value, 1)),
  };
}

function readLayout(fn: string, spatial: Rank, { rank, isImage }: Input, given: unknown): Layout {
  const fitting = (Object.keys(LAYOUTS) as Layout[]).filter((name) => LAYOUTS[name].spatial.length === spatial);
  if (isImage && spatial !== 2) throw new TypeError(`${fn}: an image has 2 spatial axes, not ${spatial}`);
  if (given === undefined && isImage) return 'hwc';
  if (given === undefined) {
    // A wrong guess between nchw and nhwc gives plausible garbage; only the bare spatial layout has one reading.
    const names = fitting.filter((name) => name.length === rank);
    if (rank === spatial) return names[0];
    if (names.length === 0) {
      throw new RangeError(`${fn}: input must have ${spatial} to ${spatial + 2} axes, got ${rank}`);
    }
    throw new TypeError(`${fn}: layout is required for ${rank} axes: ${alternatives(names)}`);
  }
  const layout = checkChoice(fn, 'layout', fitting, given);
  if (layout.length !== rank) {
    const single = layout.length === rank + 1 ? `; without a batch it is '${layout.slice(1)}'` : '';
    throw new RangeError(`${fn}: layout '${layout}' has ${layout.length} axes but the input has ${rank}${single}`);
  }
  if (isImage && layout !== 'hwc') throw new RangeError(`${fn}: an image has layout 'hwc', got ${describe(layout)}`);
  return layout;
}

/** One of `choices`; the first is the default. */
export function readChoice<T extends string>(fn: string, name: string, choices: readonly T[], value: unknown): T {
  return value === undefined ? choices[0] : checkChoice(fn, name, choices, value);
}

function readGeometry(fn: string, words: PoolFunction, given: Record<string, unknown>): Geometry {
  const { rank } = words;
  if (words.geometry === 'global') return { kind: 'adaptive', outputSize: new Array(rank).fill(1) };
  if (words.geometry === 'adaptive') {
    const keeps = Array.isArray(given.outputSize);
    const read = (size: unknown) => (size === null && keeps ? null : readInteger(fn, 'outputSize', size, 0));
    return { kind: 'adaptive', outputSize: readEach(fn, 'outputSize', rank, given.outputSize, read) };
  }
  const perAxis = (name: string) => readPerAxis(fn, name, rank, given[name], 1);
  const kernelSize = perAxis('kernelSize');
  const outputSize = optional(given.outputSize, () => perAxis('outputSize'));
  if (words.geometry === 'fractional') return readFractional(fn, rank, kernelSize, outputSize, given);
  return {
    kind: 'window',
    kernelSize,
    stride: optional(given.stride, () => perAxis('stride')) ?? kernelSize,
    dilation: optional(given.dilation, () => perAxis('dilation')) ?? new Array(rank).fill(1),
    padding: readPadding(fn, rank, given.padding === undefined ? 0 : given.padding),
    ceilMode: readBoolean(fn, 'ceilMode', given.ceilMode),
    outputSize,
  };
}

function readFractional(
  fn: string,
  rank: Rank,
  kernelSize: readonly number[],
  outputSize: readonly number[] | undefined,
  { outputRatio, samples, seed }: Record<string, unknown>,
): FractionalGeometry {
  if ((outputSize === undefined) === (outputRatio === undefined)) {
    const got = outputSize === undefined ? 'neither' : 'both';
    throw new TypeError(`${fn}: either outputSize or outputRatio must be given, got ${got}`);
  }
  if (samples !== undefined && seed !== undefined) throw new TypeError(`${fn}: samples are given, so seed has no use`);
  const readRatio = (ratio: unknown) =>
    checkNumber(fn, 'outputRatio', ratio, 'between 0 and 1', (value) => value > 0 && value < 1);
  return {
    kind: 'fractional',
    kernelSize,
    outputSize,
    outputRatio: optional(outputRatio, (value) => readEach(fn, 'outputRatio', rank, value, readRatio)),
    samples: optional(samples, (value) => readSamples(fn, rank, value)),
    seed: seed === undefined ? 0 : readInteger(fn, 'seed', seed, 0),
  };
}

function readSamples(fn: string, rank: Rank, value: unknown): Samples {
  checkTensor(fn, 'samples', value);
  const data: ArrayLike<unknown> = value.data;
  const shape = checkShape(`${fn}: samples`, value.shape);
  if (!isArrayLike(data)) throw new TypeError(`${fn}: samples must hold an array of numbers, got ${describe(data)}`);
  const count = elementCount(fn, 'samples', shape);
  if (data.length !== count) {
    throw new RangeError(`${fn}: samples have ${data.length} elements but shape ${describe(shape)} needs ${count}`);
  }
  if (shape.at(-1) !== rank) {
    throw new RangeError(`${fn}: samples must have a last axis of ${rank}, got shape ${describe(shape)}`);
  }
  const accepts = (sample: number) => sample >= 0 && sample < 1;
  for (let i = 0; i < count; i++) checkNumber(fn, 'each sample', data[i], 'from 0 to under 1', accepts);
  return { data: data as ArrayLike<number>, shape };
}

function readInteger(fn: string, name: string, value: unknown, least: number): number {
  const range = least > -Infinity ? ` of at least ${least}` : '';
  return checkNumber(
    fn,
    name,
    value,
    `a whole number${range} and under 2^31`,
    (n) => Number.isInteger(n) && n >= least && Math.abs(n) < 2 ** 31,
  );
}

/** One value for every spatial axis, or one per axis. */
function readEach<T>(fn: string, name: string, rank: number, value: unknown, read: (item: unknown) => T): T[] {
  if (value === undefined) throw new TypeError(`${fn}: ${name} is required`);
  if (!Array.isArray(value)) return new Array(rank).fill(read(value));
  if (value.length !== rank) {
    const axes = AXIS_NAMES.slice(-rank);
    const pairs = name === 'padding' ? ` or ${describe(axes.map(() => ['before', 'after']))}` : '';
    const each = `[${axes.join(', ')}]${pairs}`.replaceAll('"', '');
    throw new RangeError(`${fn}: ${name} must be a number or ${each}, got ${describe(value)}`);
  }
  // Array.from also visits holes, which map leaves out.
  return Array.from(value, read);
}

function readPerAxis(fn: string, name: string, rank: number, value: unknown, least: number): number[] {
  return readEach(fn, name, rank, value, (item) => readInteger(fn, name, item, least));
}

function readPadding(fn: string, spatial: number, value: unknown): Padding {
  if (typeof value === 'string') {
    if (value === 'valid') return { before: new Array(spatial).fill(0), after: new Array(spatial).fill(0) };
    if (value === 'same' || value === 'same-lower') return value;
    throw new RangeError(`${fn}: padding must be 'valid', 'same', 'same-lower' or numbers, got ${describe(value)}`);
  }
  if (Array.isArray(value) && value.some(Array.isArray)) {
    const pairs = Array.from(value);
    if (pairs.length !== spatial || pairs.some((pair) => !Array.isArray(pair) || pair.length !== 2)) {
      throw new RangeError(
        `${fn}: padding must have one [before, after] pair for each of ${spatial} axes, got ${describe(value)}`,
      );
    }
    const side = (i: 0 | 1) => pairs.map((pair) => readInteger(fn, 'padding', pair[i], -Infinity));
    return { before: side(0), after: side(1) };
  }
  const both = readPerAxis(fn, 'padding', spatial, value, -Infinity);
  return { before: both, after: both };
}

function readBoolean(fn: string, name: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new TypeError(`${fn}: ${name} must be true or false, got ${describe(value)}`);
  return value;
}
