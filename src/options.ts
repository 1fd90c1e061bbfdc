/**
 * The user's words: every option, its default and its check. Nothing behind this file sees a value it has not accepted.
 */
import type { Layout, Padding } from './plan.js';
import { LAYOUTS } from './plan.js';
import { checkDType, type DType, describe, type Tensor, type TypedArray } from './tensor.js';

/** One number for every spatial axis, or one per axis, `[height, width]`. */
export type PerAxis2d = number | readonly [number, number];

/** `n` and `[h, w]` pad both ends alike; pairs give `[[top, bottom], [left, right]]`; negative numbers crop. */
export type Padding2d =
  | PerAxis2d
  | readonly [readonly [number, number], readonly [number, number]]
  | 'valid'
  | 'same'
  | 'same-lower';

export type Layout2d = 'nchw' | 'nhwc' | 'chw' | 'hwc' | 'hw';

/** What to do with NaN in a maximum. */
export type NaNRule = 'propagate' | 'ignore';

interface LayoutOption {
  /** Names the axes. Required, except for plain matrices (`'hw'`), because frameworks disagree about the order. */
  layout?: Layout2d;
}

interface NaNOption {
  /** `'propagate'` (default): a NaN in the window is the result. `'ignore'` (max only): NaN never wins. */
  nan?: NaNRule;
}

interface OutOption<A extends TypedArray> {
  /** Where to write the result: its exact shape and dtype, not overlapping the input. Default: a new array. */
  out?: Tensor<A> | A;
}

interface DTypeOption {
  /** The element type that `run` will be given. Default `'float32'`. */
  dtype?: DType;
}

interface WindowOptions {
  /** Size of the window. */
  kernelSize: PerAxis2d;
  /** Distance between windows. Default: `kernelSize`. */
  stride?: PerAxis2d;
  /** Distance between the taps of a window. Default 1. */
  dilation?: PerAxis2d;
  /** Elements added around the input, which never win a maximum and add 0 to a sum. Default 0. */
  padding?: Padding2d;
  /** Round the output size up, as long as the last window starts inside the input or the padding before it. Default false. */
  ceilMode?: boolean;
  /** Sets the output size directly; wins over `ceilMode`. */
  outputSize?: PerAxis2d;
}

interface AverageOptions {
  /** Count padding in the divisor (PyTorch's default). Default false: divide by the number of input elements. */
  countIncludePad?: boolean;
  /** Divide by this number instead; not 0. */
  divisorOverride?: number;
}

interface AdaptiveOptions {
  /** Size of the output; `null` keeps the input's size on that axis. */
  outputSize: number | readonly [number | null, number | null];
}

/** Shape and rules of a max pooling, as a plan takes them. */
export interface MaxPool2dPlanOptions extends LayoutOption, WindowOptions, NaNOption, DTypeOption {}
/** Shape and rules of an average pooling, as a plan takes them. */
export interface AvgPool2dPlanOptions extends LayoutOption, WindowOptions, AverageOptions, NaNOption, DTypeOption {}
/** Rules of a global pooling, as a plan takes them. */
export interface GlobalPool2dPlanOptions extends LayoutOption, NaNOption, DTypeOption {}
/** Rules of an adaptive pooling, as a plan takes them. */
export interface AdaptivePool2dPlanOptions extends LayoutOption, AdaptiveOptions, NaNOption, DTypeOption {}

/** Options of `maxPool2d`. */
export interface MaxPool2dOptions<A extends TypedArray = TypedArray>
  extends LayoutOption,
    WindowOptions,
    NaNOption,
    OutOption<A> {}
/** Options of `avgPool2d`. */
export interface AvgPool2dOptions<A extends TypedArray = TypedArray>
  extends LayoutOption,
    WindowOptions,
    AverageOptions,
    NaNOption,
    OutOption<A> {}
/** Options of `globalMaxPool2d` and `globalAvgPool2d`. */
export interface GlobalPool2dOptions<A extends TypedArray = TypedArray> extends LayoutOption, NaNOption, OutOption<A> {}
/** Options of `adaptiveMaxPool2d` and `adaptiveAvgPool2d`. */
export interface AdaptivePool2dOptions<A extends TypedArray = TypedArray>
  extends LayoutOption,
    AdaptiveOptions,
    NaNOption,
    OutOption<A> {}

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
  | { readonly kind: 'global' }
  | { readonly kind: 'adaptive'; readonly outputSize: readonly (number | null)[] };

/** Options with every default filled in and every value checked. */
export interface Settings {
  readonly layout: Layout;
  readonly dtype: DType;
  readonly nan: NaNRule;
  readonly geometry: Geometry;
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | undefined;
}

/** What `options.ts` has to know of a public function. */
export interface FunctionWords {
  readonly name: string;
  readonly geometry: Geometry['kind'];
  /** Number of spatial axes. */
  readonly spatial: 2;
  /** The op divides by a count, and so takes the options that choose it. */
  readonly averages: boolean;
  /** The op orders its elements, and so can leave NaN out. */
  readonly orders: boolean;
}

const EVERYWHERE = ['layout', 'nan'];
const OF_GEOMETRY: Readonly<Record<Geometry['kind'], readonly string[]>> = {
  window: ['kernelSize', 'stride', 'dilation', 'padding', 'ceilMode', 'outputSize'],
  global: [],
  adaptive: ['outputSize'],
};
const OF_AVERAGES = ['countIncludePad', 'divisorOverride'];

/**
 * Checks `options` for a public function and fills in the defaults. `rank` is the input's; `data` is the option that
 * says where data lives: a function takes `out`, a plan, which sees no data yet, a `dtype`.
 */
export function readOptions(words: FunctionWords, rank: number, options: unknown, data: 'out' | 'dtype'): Settings {
  const fn = words.name;
  if (options === null || typeof options !== 'object') {
    throw new TypeError(`${fn}: options must be an object, got ${describe(options)}`);
  }
  checkNames(words, options, data);
  const given = options as Record<string, unknown>;
  return {
    layout: readLayout(fn, words.spatial, rank, given.layout),
    dtype: given.dtype === undefined ? 'float32' : checkDType(fn, given.dtype),
    nan: readNaN(words, given.nan),
    geometry: readGeometry(words, given),
    countIncludePad: readBoolean(fn, 'countIncludePad', given.countIncludePad),
    divisorOverride: readDivisor(fn, given.divisorOverride),
  };
}

function checkNames(words: FunctionWords, options: object, data: string): void {
  const known = [...EVERYWHERE, ...OF_GEOMETRY[words.geometry], data];
  if (words.averages && words.geometry === 'window') known.push(...OF_AVERAGES);
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new TypeError(`${words.name}: there is no option '${name}'; the options are ${known.join(', ')}`);
    }
  }
}

function readLayout(fn: string, spatial: number, rank: number, layout: unknown): Layout {
  const fitting = Object.keys(LAYOUTS).filter((name) => LAYOUTS[name as Layout].spatial.length === spatial);
  if (layout === undefined) {
    // A wrong guess between nchw and nhwc gives plausible garbage; only the bare spatial layout has one reading.
    const names = fitting.filter((name) => name.length === rank);
    if (rank === spatial) return names[0] as Layout;
    if (names.length === 0) {
      throw new RangeError(`${fn}: input must have ${spatial} to ${spatial + 2} axes, got ${rank}`);
    }
    throw new TypeError(`${fn}: layout is required for ${rank} axes: ${names.map((name) => `'${name}'`).join(' or ')}`);
  }
  if (typeof layout !== 'string') throw new TypeError(`${fn}: layout must be a string, got ${describe(layout)}`);
  if (!fitting.includes(layout)) {
    throw new RangeError(`${fn}: layout must be one of ${fitting.join(', ')}, got ${describe(layout)}`);
  }
  if (layout.length !== rank) {
    throw new RangeError(`${fn}: layout '${layout}' has ${layout.length} axes but the input has ${rank}`);
  }
  return layout as Layout;
}

function readNaN(words: FunctionWords, nan: unknown): NaNRule {
  if (nan === undefined) return 'propagate';
  if (typeof nan !== 'string') throw new TypeError(`${words.name}: nan must be a string, got ${describe(nan)}`);
  if (nan !== 'propagate' && nan !== 'ignore') {
    throw new RangeError(`${words.name}: nan must be 'propagate' or 'ignore', got ${describe(nan)}`);
  }
  if (nan === 'ignore' && !words.orders) {
    throw new RangeError(`${words.name}: nan: 'ignore' is for maxima and minima only`);
  }
  return nan;
}

function readGeometry(words: FunctionWords, given: Record<string, unknown>): Geometry {
  const { name: fn, spatial } = words;
  if (words.geometry === 'global') return { kind: 'global' };
  if (words.geometry === 'adaptive') {
    return { kind: 'adaptive', outputSize: readAdaptiveSize(fn, spatial, given.outputSize) };
  }
  const kernelSize = readPerAxis(fn, 'kernelSize', spatial, given.kernelSize, 1);
  return {
    kind: 'window',
    kernelSize,
    stride: given.stride === undefined ? kernelSize : readPerAxis(fn, 'stride', spatial, given.stride, 1),
    dilation: readPerAxis(fn, 'dilation', spatial, given.dilation ?? 1, 1),
    padding: readPadding(fn, spatial, given.padding ?? 0),
    ceilMode: readBoolean(fn, 'ceilMode', given.ceilMode),
    outputSize:
      given.outputSize === undefined ? undefined : readPerAxis(fn, 'outputSize', spatial, given.outputSize, 1),
  };
}

function readInteger(fn: string, name: string, value: unknown, least: number): number {
  if (typeof value !== 'number') throw new TypeError(`${fn}: ${name} must be a number, got ${describe(value)}`);
  if (!Number.isInteger(value) || value < least || Math.abs(value) >= 2 ** 31) {
    const range = least > -Infinity ? ` of at least ${least}` : '';
    throw new RangeError(`${fn}: ${name} must be a whole number${range} and under 2^31, got ${value}`);
  }
  return value;
}

function readPerAxis(fn: string, name: string, spatial: number, value: unknown, least: number): number[] {
  if (value === undefined) throw new TypeError(`${fn}: ${name} is required`);
  if (!Array.isArray(value)) return new Array(spatial).fill(readInteger(fn, name, value, least));
  if (value.length !== spatial) {
    throw new RangeError(`${fn}: ${name} must be one number or ${spatial}, got ${describe(value)}`);
  }
  return value.map((item) => readInteger(fn, name, item, least));
}

function readAdaptiveSize(fn: string, spatial: number, value: unknown): (number | null)[] {
  if (!Array.isArray(value)) return readPerAxis(fn, 'outputSize', spatial, value, 0);
  if (value.length !== spatial) {
    throw new RangeError(`${fn}: outputSize must be one number or ${spatial}, got ${describe(value)}`);
  }
  return value.map((item) => (item === null ? null : readInteger(fn, 'outputSize', item, 0)));
}

function readPadding(fn: string, spatial: number, value: unknown): Padding {
  if (typeof value === 'string') {
    if (value === 'valid') return { before: new Array(spatial).fill(0), after: new Array(spatial).fill(0) };
    if (value === 'same' || value === 'same-lower') return value;
    throw new RangeError(`${fn}: padding must be 'valid', 'same', 'same-lower' or numbers, got ${describe(value)}`);
  }
  if (Array.isArray(value) && value.some(Array.isArray)) {
    if (value.length !== spatial || value.some((pair) => !Array.isArray(pair) || pair.length !== 2)) {
      throw new RangeError(
        `${fn}: padding must have one [before, after] pair for each of ${spatial} axes, got ${describe(value)}`,
      );
    }
    const side = (i: 0 | 1) => value.map((pair) => readInteger(fn, 'padding', pair[i], -Infinity));
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

function readDivisor(fn: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw new TypeError(`${fn}: divisorOverride must be a number, got ${describe(value)}`);
  if (!Number.isFinite(value) || value === 0) {
    throw new RangeError(`${fn}: divisorOverride must be a finite number other than 0, got ${value}`);
  }
  return value;
}
