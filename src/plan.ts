/**
 * Geometry: a plan says, for each output position on each axis, which input positions it covers. It is made of numbers
 * alone: it knows no data, no backend and no kernel. Every rule about shapes is in this file.
 */
import { OPS, type Op, type PoolFunction, type Rank, resultDType } from './ops.js';
import type { FractionalGeometry, Geometry, NaNRule, Rounding, Settings } from './options.js';
import { DTYPES, type DType, describe, elementCount, floatNames, sameShape } from './tensor.js';

const LAYOUTS_OF = {
  1: ['ncw', 'nwc', 'cw', 'wc', 'w'],
  2: ['nchw', 'nhwc', 'chw', 'hwc', 'hw'],
  3: ['ncdhw', 'ndhwc', 'cdhw', 'dhwc', 'dhw'],
} as const;

/** Spatial axes; a tensor has the last of them. */
export const AXIS_NAMES: readonly string[] = ['depth', 'height', 'width'];

/** Names of the axes, in the order of the shape. */
export type Layout<R extends Rank = Rank> = (typeof LAYOUTS_OF)[R][number];

/** The axes of a layout, by their place in the shape. */
interface LayoutRow {
  /** Axes that are pooled one by one, in front of the spatial ones (batch, channels first). */
  readonly outer: readonly number[];
  /** Spatial axes. */
  readonly spatial: readonly number[];
  /** The channels axis when it comes last. */
  readonly inner: readonly number[];
}

/** Every layout: a tensor of any of them is `[outer, depth, height, width, inner]` to the kernels. */
export const LAYOUTS: Readonly<Record<Layout, LayoutRow>> = /* @__PURE__ */ readLayouts();

function readLayouts(): Record<Layout, LayoutRow> {
  const rows: Record<string, LayoutRow> = {};
  for (const name of Object.values(LAYOUTS_OF).flat()) {
    const [outer, spatial, inner]: number[][] = [[], [], []];
    for (let place = 0; place < name.length; place++) {
      const axes = 'dhw'.includes(name[place]) ? spatial : spatial.length === 0 ? outer : inner;
      axes.push(place);
    }
    rows[name] = { outer, spatial, inner };
  }
  return rows;
}

/** Elements added (or, when negative, cropped) per axis; `'same'` forms are worked out from the sizes. */
export type Padding = { readonly before: readonly number[]; readonly after: readonly number[] } | 'same' | 'same-lower';

/**
 * The windows of one axis. Window `o` covers the taps `starts[o] + t·dilation` for t from 0 to `counts[o]` − 1, all of
 * them inside the input: padding is already gone. `divisors[o]` is this axis' factor of an average's divisor.
 */
export interface Axis {
  readonly input: number;
  readonly output: number;
  readonly dilation: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly divisors: Float64Array;
  /**
   * How the windows came about, where one rule gives them all and they do not lie mostly outside the input; kernels
   * that want equal windows start from it.
   */
  readonly rule: WindowRule | undefined;
  /** The same, also where they do lie mostly outside. */
  readonly origin: WindowRule | undefined;
}

/** Before clipping, window `o` has `kernelSize` taps from `o·stride − before`; inputs outside `[low, high)` do not count. */
export interface WindowRule {
  readonly kernelSize: number;
  readonly stride: number;
  readonly before: number;
  readonly low: number;
  readonly high: number;
  /** Of a strip of columns: which window of the whole plan is its first. */
  readonly from?: number;
}

/** Everything derived from op, dtype, shape and options. */
export interface Plan {
  readonly op: Op;
  readonly dtype: DType;
  /** Differs from `dtype` where sums of integers need more room. */
  readonly resultDType: DType;
  readonly nan: NaNRule;
  /** Of averages of integers. */
  readonly rounding: Rounding;
  /** The exponent of lp; 1 for all other ops. */
  readonly p: number;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly inputCount: number;
  readonly outputCount: number;
  readonly outer: number;
  /** Depth, height, width; an axis that the tensor does not have is one position long. */
  readonly axes: Axes;
  readonly inner: number;
  /** The axes of each plane, in the order of outer and inner, where windows differ from plane to plane. */
  readonly planes: readonly Axes[] | undefined;
  /** Axes whose windows the elements are results of, and by whose divisors they are divided: in gradients of averages. */
  readonly dividesBy: Axes | undefined;
}

export type Axes = readonly [depth: Axis, height: Axis, width: Axis];

/** Works out the plan of a function, called `fn`, for a tensor of `shape`. */
export function makePlan(fn: string, words: PoolFunction, shape: readonly number[], settings: Settings): Plan {
  const { op } = words;
  const { dtype, nan, rounding, p, geometry, divisorOverride } = settings;
  if (OPS[op].floatsOnly && !DTYPES[dtype].float) {
    throw new TypeError(`${fn}: data must be ${floatNames()}, got ${dtype}`);
  }
  const layout: LayoutRow = LAYOUTS[settings.layout];
  const product = (axes: readonly number[]) => axes.reduce((total, axis) => total * shape[axis], 1);
  const inputCount = elementCount(fn, 'input', shape);

  // Sizes of all axes come first: nothing is allocated for a result that cannot be held.
  const sizes = layout.spatial.map((place, axis) => sizeOf(fn, geometry, axis, shape[place]));
  const outputShape = shape.slice();
  layout.spatial.forEach((place, axis) => {
    outputShape[place] = sizes[axis].output;
  });
  const outputCount = elementCount(fn, 'output', outputShape);

  const outer = product(layout.outer);
  const inner = product(layout.inner);
  const axesOf = (sampleOf: (axis: number) => number): Axes => {
    const axes = layout.spatial.map((place, axis) => {
      const input = shape[place];
      const { output } = sizes[axis];
      if (geometry.kind === 'adaptive') return adaptiveAxis(fn, input, output);
      if (geometry.kind === 'window')
        return windowAxis(fn, settings.countIncludePad, geometry, axis, input, sizes[axis]);
      return fractionalAxis(fn, input, output, geometry.kernelSize[axis], sampleOf(axis));
    });
    if (divisorOverride !== undefined) {
      // It replaces the product of the axes' divisors: the last axis carries it, the others carry 1.
      for (const { divisors } of axes) divisors.fill(1);
      axes[axes.length - 1].divisors.fill(divisorOverride);
    }
    while (axes.length < 3) axes.unshift(SINGLE);
    return axes as unknown as Axes;
  };
  let planes: Axes[] | undefined;
  if (geometry.kind === 'fractional') {
    const sizeOfAxis = (letter: string) => shape[settings.layout.indexOf(letter)];
    const sample = sampler(fn, geometry, sizeOfAxis('n'), sizeOfAxis('c'));
    planes = Array.from({ length: outer * inner }, (_, plane) => axesOf((axis) => sample(plane, axis)));
  }
  const given = planes?.[0] ?? axesOf(() => 0);
  const axes = words.geometry === 'global' ? wholeAxes(fn, given, inner) : given;
  const result = resultDType(op, dtype);
  if (op === 'sum') checkSums(fn, dtype, result, axes);
  return {
    op,
    dtype,
    resultDType: result,
    nan,
    rounding,
    p,
    inputShape: shape,
    outputShape,
    inputCount,
    outputCount,
    outer,
    axes,
    inner,
    planes,
    dividesBy: undefined,
  };
}

/** Rows of more elements would take more memory than bands are meant to; many of fewer would take more time. */
const LONGEST_ROW = 65536;
const SHORTEST_ROW = 64;

/**
 * A window that is all of the input does not care for its shape: where its rows are very long, or many and very short, it
 * is planned as one of others.
 */
function wholeAxes(fn: string, axes: Axes, inner: number): Axes {
  const positions = axes.reduce((product, axis) => product * axis.input, 1);
  const row = axes[2].input * inner;
  const few = positions * inner <= LONGEST_ROW;
  if (positions === 0 || inner === 0 || (row <= LONGEST_ROW && (row >= SHORTEST_ROW || few))) return axes;
  let length = Math.max(1, Math.min(positions, Math.floor(4096 / inner)));
  while (positions % length !== 0) length--;
  return [SINGLE, adaptiveAxis(fn, positions / length, 1), adaptiveAxis(fn, length, 1)];
}

/** Whether each of the axis' windows is one of its elements, and all are divided by the same. */
export const isPointwise = ({ input, output, starts, counts, divisors }: Axis): boolean =>
  input === output && starts.every((start, o) => start === o && counts[o] === 1 && divisors[o] === divisors[0]);

/** Rows of so many elements are joined, and give rows of so many: kernels keep some of them in their working space. */
const MOST_JOINED = 256;
const LONGEST_JOINED_ROW = 2 ** 20;

/**
 * Where rows are short and their windows are their elements, a row is like so many channels of one position, and the rows of
 * the same plan are those of the next axis.
 */
export function joinRows(plan: Plan): Plan {
  const [depth, height, width] = plan.axes;
  const inner = plan.inner * width.input;
  const isShort = inner <= MOST_JOINED && height.input * inner <= LONGEST_JOINED_ROW && plan.planes === undefined;
  const joins = isShort && height !== SINGLE && isPointwise(width) && width.divisors[0] === 1;
  return joins ? joinRows({ ...plan, axes: [SINGLE, depth, height], inner }) : plan;
}

/** The most that `of` gives for one of `items`, or 0. */
export function most<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((result, item) => Math.max(result, of(item)), 0);
}

/** The largest of `numbers`, or 0. */
export function largest(numbers: Int32Array): number {
  return numbers.reduce((result, number) => Math.max(result, number), 0);
}

/** The most taps that a window of `axis` has. */
export const mostTaps = ({ counts }: Axis): number => largest(counts);

/** Refuses sums of integers that could leave their type. Sums in float64 never do: they are exact up to 2^53. */
function checkSums(fn: string, dtype: DType, result: DType, axes: readonly Axis[]): void {
  if (DTYPES[result].float) return;
  const taps = axes.reduce((total, axis) => total * mostTaps(axis), 1);
  const { lowest, highest } = DTYPES[dtype];
  if (taps * highest > DTYPES[result].highest || taps * lowest < DTYPES[result].lowest) {
    throw new RangeError(`${fn}: a sum of ${taps} ${dtype} elements may not fit ${result}, the type of the result`);
  }
}

interface AxisSize {
  readonly output: number;
  readonly before: number;
  readonly after: number;
}

/** Output size and padding of one axis. */
function sizeOf(fn: string, geometry: Geometry, axis: number, input: number): AxisSize {
  if (geometry.kind === 'adaptive') return { output: geometry.outputSize[axis] ?? input, before: 0, after: 0 };
  const name = AXIS_NAMES.at(axis - geometry.kernelSize.length);
  if (geometry.kind === 'fractional') {
    const output = geometry.outputSize?.[axis] ?? Math.floor(input * (geometry.outputRatio?.[axis] ?? 0));
    const kernelSize = geometry.kernelSize[axis];
    if (output < 1 || output + kernelSize - 1 > input) {
      throw new RangeError(
        `${fn}: ${output} windows of ${kernelSize} elements, each one further on, do not fit a ${name} of ${input}`,
      );
    }
    return { output, before: 0, after: 0 };
  }

  const stride = geometry.stride[axis];
  const extent = (geometry.kernelSize[axis] - 1) * geometry.dilation[axis] + 1;
  let before: number;
  let after: number;
  if (typeof geometry.padding === 'string') {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + extent - input, 0);
    before = geometry.padding === 'same' ? Math.floor(total / 2) : Math.ceil(total / 2);
    after = total - before;
  } else {
    before = geometry.padding.before[axis];
    after = geometry.padding.after[axis];
  }
  if (geometry.outputSize !== undefined) return { output: geometry.outputSize[axis], before, after };

  const room = input + before + after - extent;
  let output = Math.floor((room + (geometry.ceilMode ? stride - 1 : 0)) / stride) + 1;
  // Rounding up must not add a window that starts behind the input and the padding before it (PyTorch, ONNX).
  if (geometry.ceilMode && (output - 1) * stride >= input + before) output -= 1;
  if (output < 1) {
    throw new RangeError(
      `${fn}: a window of extent ${extent} does not fit a ${name} of ${input} elements with padding ${describe([before, after])}`,
    );
  }
  return { output, before, after };
}

function windowAxis(
  fn: string,
  countIncludePad: boolean,
  geometry: Extract<Geometry, { kind: 'window' }>,
  axis: number,
  input: number,
  { output, before, after }: AxisSize,
): Axis {
  const { starts, counts, divisors } = makeTable(fn, output);
  const kernelSize = geometry.kernelSize[axis];
  const stride = geometry.stride[axis];
  // Where there is one tap, there is no next one.
  const dilation = kernelSize > 1 ? geometry.dilation[axis] : 1;
  const extent = (kernelSize - 1) * dilation + 1;
  // Negative padding is a crop: what it cuts off is as absent as what lies outside.
  const low = Math.min(Math.max(0, -before), input);
  const high = Math.max(Math.min(input, input + after), low);
  for (let o = 0; o < output; o++) {
    const first = o * stride - before;
    const skipped = first < low ? Math.min(Math.ceil((low - first) / dilation), kernelSize) : 0;
    const end = Math.min(kernelSize, Math.max(0, Math.ceil((high - first) / dilation)));
    const count = Math.max(0, end - skipped);
    starts[o] = count > 0 ? first + skipped * dilation : low;
    counts[o] = count;
    // Padding counts up to its own end, so that what ceilMode adds behind it never does; a window beyond even that
    // divides its sum, 0, by 1.
    const padded = 1 + Math.floor((Math.min(first + extent, input + after) - 1 - first) / dilation);
    divisors[o] = countIncludePad ? Math.max(1, padded) : count;
  }
  const origin: WindowRule = { kernelSize, stride, before, low, high };
  const span = (output - 1) * stride + extent;
  // Nor are its numbers so large that kernels, which have 32 bits for their sums, could not add them up.
  const rule = output > 0 && Math.max(span, stride, Math.abs(before)) <= 2 * input + 64 ? origin : undefined;
  return { input, output, dilation, starts, counts, divisors, rule, origin };
}

/** Windows of an axis that is divided into `output` parts: the only one is all of it. */
function adaptiveAxis(fn: string, input: number, output: number): Axis {
  const { starts, counts, divisors } = makeTable(fn, output);
  // floor(o·L/O) and ceil((o+1)·L/O): the whole part and the rest of L/O apart, so that no product passes 2^53.
  const whole = Math.floor(input / output);
  const rest = input % output;
  for (let o = 0; o < output; o++) {
    starts[o] = o * whole + Math.floor((o * rest) / output);
    counts[o] = (o + 1) * whole + Math.ceil(((o + 1) * rest) / output) - starts[o];
    divisors[o] = counts[o];
  }
  return { input, output, dilation: 1, starts, counts, divisors, rule: undefined, origin: undefined };
}

/**
 * One axis of one plane of a fractional pooling (PyTorch): `output` windows of `kernelSize` elements at steps of
 * alpha = (L − k) / (O − 1), rounded down after they were moved by the sample; the last one ends with the input.
 */
function fractionalAxis(fn: string, input: number, output: number, kernelSize: number, sample: number): Axis {
  const { starts, counts, divisors } = makeTable(fn, output);
  const alpha = (input - kernelSize) / (output - 1);
  for (let o = 0; o < output - 1; o++) starts[o] = Math.trunc((o + sample) * alpha) - Math.trunc(sample * alpha);
  starts[output - 1] = input - kernelSize;
  counts.fill(kernelSize);
  divisors.fill(kernelSize);
  return { input, output, dilation: 1, starts, counts, divisors, rule: undefined, origin: undefined };
}

/** The sample of each plane and spatial axis, as given or as drawn. `n` and `c` are undefined where the input has none. */
function sampler(
  fn: string,
  { kernelSize, samples, seed }: FractionalGeometry,
  n: number | undefined,
  c: number | undefined,
): (plane: number, axis: number) => number {
  const rank = kernelSize.length;
  // PyTorch's order: width and height, but depth, height and width.
  const place = (plane: number, axis: number) => plane * rank + (rank === 2 ? 1 - axis : axis);
  if (samples === undefined) return (plane, axis) => draw(seed, place(plane, axis));
  const { data, shape } = samples;
  const full = [n ?? 1, c ?? 1, rank];
  const short = [n, c, rank].filter((length) => length !== undefined);
  if (!sameShape(shape, full) && !sameShape(shape, short)) {
    throw new RangeError(`${fn}: samples must have shape ${describe(full)}, got ${describe(shape)}`);
  }
  return (plane, axis) => data[place(plane, axis)];
}

/** Number `i` of the sequence that `seed` stands for, at least 0 and under 1: a counter whose bits are mixed (mulberry32). */
function draw(seed: number, i: number): number {
  const state = (seed + Math.imul(i + 1, 0x6d2b79f5)) | 0;
  let bits = Math.imul(state ^ (state >>> 15), state | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
}

function makeTable(fn: string, output: number): Pick<Axis, 'starts' | 'counts' | 'divisors'> {
  try {
    return { starts: new Int32Array(output), counts: new Int32Array(output), divisors: new Float64Array(output) };
  } catch {
    throw new RangeError(
      `${fn}: no memory for the windows of an output axis of ${output} positions (${output * 16} bytes)`,
    );
  }
}

const ONE: WindowRule = { kernelSize: 1, stride: 1, before: 0, low: 0, high: 1 };

/** The axis of a tensor that does not have it. */
const SINGLE: Axis = {
  input: 1,
  output: 1,
  dilation: 1,
  starts: Int32Array.of(0),
  counts: Int32Array.of(1),
  divisors: Float64Array.of(1),
  rule: ONE,
  origin: ONE,
};

/** The plan of output columns `from` to `to` alone, on input columns `column` to `end`, which are all that they read. */
export function sliceColumns(plan: Plan, from: number, to: number, column: number, end: number): Plan {
  const [depth, height, width] = plan.axes;
  const starts = width.starts.subarray(from, to);
  const counts = width.counts.subarray(from, to);
  const input = end - column;
  const rule = width.rule && {
    ...width.rule,
    before: width.rule.before - from * width.rule.stride + column,
    low: Math.max(0, width.rule.low - column),
    high: Math.min(input, width.rule.high - column),
    from,
  };
  const axis: Axis = {
    input,
    output: to - from,
    dilation: width.dilation,
    starts: starts.map((start, o) => (counts[o] === 0 ? 0 : start - column)),
    counts,
    divisors: width.divisors.subarray(from, to),
    rule,
    origin: rule,
  };
  const outputRows = depth.output * height.output * plan.outer;
  return {
    ...plan,
    axes: [depth, height, axis],
    inputCount: plan.outer * depth.input * height.input * input * plan.inner,
    outputCount: outputRows * axis.output * plan.inner,
  };
}
