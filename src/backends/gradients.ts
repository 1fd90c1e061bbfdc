/**
 * Gradients. Those of sums and averages are sums themselves (transpose.ts), which the kernels take where they are faster;
 * those of maxima and minima are added up by place (scatter.ts); here are the ones that need more than that.
 */
import { type Axes, type Axis, mostTaps, type Plan } from '../plan.js';
import { DTYPES, type TypedArray } from '../tensor.js';
import { transposePlan } from '../transpose.js';
import { type FindPlaces, prepareArgmax } from './argmax.js';
import { type AddByPlaces, quotientsOf, spread } from './gradients-wasm.js';
import { isSpaced, type Spacing } from './quotients.js';
import { passAll, reductionOf } from './reductions.js';
import { prepareScatter } from './scatter.js';
import { prepareTs } from './ts.js';
import { Views } from './views.js';
import type { WasmBackend } from './wasm.js';

/** Fills `dx`, from the gradient `dy` with respect to the results and the input. float16 comes as bits. False as of `Run`. */
export type Backward = (dy: TypedArray, x: TypedArray, dx: TypedArray) => boolean;

/** Elements that are worked on at a time, if a plane has no more. */
const GROUP = 2 ** 15;

/** A gradient ready to run that does not depend on the input. */
export interface LinearBackward {
  readonly run: (dy: TypedArray, dx: TypedArray) => boolean;
  /** As of plans. */
  readonly path: string;
}

/** The gradient of a sum or an average on the ts backend. */
export function prepareLinearBackward(plan: Plan): LinearBackward {
  return { run: prepareTs(transposePlan(plan)), path: 'ts' };
}

/**
 * The same on `wasm`, if its kernels are faster: they take equal windows or several channels at a time; windows of other shapes
 * over planes are faster on the ts backend.
 */
export function linearBackwardInWasm(plan: Plan, wasm: WasmBackend): LinearBackward | undefined {
  const divisor = plan.op === 'avg' ? sameDivisor(plan.axes) : 1;
  const spreads = divisor && spread(plan, wasm, divisor);
  if (spreads) return { run: spreads, path: 'spread' };
  const divides = divisor === undefined;
  const spacing = spacingOf(plan);
  const quotients = isSpaced(spacing) || divides ? quotientsOf(plan, wasm, divides, spacing) : undefined;
  const turned = transposePlan(quotients && isSpaced(spacing) ? spacedPlan(plan, spacing) : plan);
  const sums = summed(turned, quotients && divides ? windowSize(plan) : divisor);
  const [, height, width] = sums.axes;
  const fits = sums.inner >= FEW_CHANNELS || width.rule !== undefined;
  // Quotients are kept in the type of the result, which would be a second rounding to half-precision floats.
  if (!fits || !wasm.serves(sums) || (divides && plan.dtype === 'float16')) return undefined;
  // Quotients are of whole rows, as many at least as a window has.
  const held = mostTaps(height) * (width.input + width.output) * sums.inner;
  if (quotients !== undefined && held > MOST_HELD) return undefined;
  const sum = wasm.prepare(sums, quotients === undefined);
  let divided: TypedArray | undefined;
  const run: LinearBackward['run'] = (dy, dx) => {
    if (quotients !== undefined) return quotients.begin(dy) && sum(quotients, dx);
    if (!divides) return sum(dy, dx);
    divided ??= new DTYPES[plan.dtype].Elements(plan.outputCount);
    divide(plan, dy, divided);
    return sum(divided, dx);
  };
  return { run, path: wasm.pathOf(sums) };
}

/** The sums of `turned`, of quotients; a sum of quotients by one number is an average by that number. */
function summed(turned: Plan, divisor: number | undefined): Plan {
  if (divisor === undefined) return { ...turned, dividesBy: undefined };
  const [depth, height, width] = turned.axes;
  const divided = { ...width, divisors: new Float64Array(width.output).fill(divisor) };
  return { ...turned, op: divisor === 1 ? 'sum' : 'avg', axes: [depth, height, divided], dividesBy: undefined };
}

/** How many elements a window over two axes has that is not clipped. */
const windowSize = ({ axes: [, height, width] }: Plan): number =>
  (height.origin?.kernelSize ?? 1) * (width.origin?.kernelSize ?? 1);

const NO_SPACING: Spacing = { down: 1, right: 1, left: 0, rest: 0 };

/**
 * Windows that are some positions apart are as those one apart with zeros between their results. Over planes columns of zeros
 * beside them come for free, and leave one column of padding, which is fast.
 */
function spacingOf({ axes: [, height, width], inner }: Plan): Spacing {
  const { origin } = width;
  if (origin === undefined || height.origin === undefined) return NO_SPACING;
  const { kernelSize, stride, before } = origin;
  const most = stride === 1 || inner > 1 ? 0 : Math.max(0, kernelSize - 2);
  const reach = width.input - 1 + before - (width.output - 1) * stride;
  return {
    down: height.origin.stride,
    right: stride,
    left: Math.min(most, Math.max(0, kernelSize - 2 - before)),
    rest: Math.min(most, Math.max(0, reach - 1)),
  };
}

/** The plan of windows one apart, some of whose results are those of `plan`; its windows are known by their rule alone. */
function spacedPlan(plan: Plan, { down, right, left, rest }: Spacing): Plan {
  const spaced = (axis: Axis, stride: number, start: number, end: number): Axis => ({
    ...axis,
    output: start + (axis.output - 1) * stride + 1 + end,
    origin: axis.origin && { ...axis.origin, stride: 1, before: axis.origin.before + start },
  });
  const [depth, height, width] = plan.axes;
  const axes: Axes = [depth, spaced(height, down, 0, 0), spaced(width, right, left, rest)];
  return { ...plan, axes, outputCount: plan.outer * axes[1].output * axes[2].output * plan.inner };
}

/** Quotients and sums of rows so long would take much memory. */
const MOST_HELD = 2 ** 22;

/** As many channels are worth a vector of the kernels. */
const FEW_CHANNELS = 4;

/**
 * The number that all windows are divided by, if it is one; there is none for windows without elements, which are divided by
 * 0, and where there are no windows.
 */
function sameDivisor(axes: Axes): number | undefined {
  let product = 1;
  for (const { divisors } of axes) {
    if (divisors.length === 0 || divisors.some((divisor) => divisor !== divisors[0])) return undefined;
    product *= divisors[0];
  }
  return product === 0 ? undefined : product;
}

/** Divides results of `plan` by the divisors of their windows. */
function divide({ axes: [depth, height, width], outer, inner }: Plan, dy: TypedArray, quotients: TypedArray): void {
  for (let row = 0, i = 0; row < outer * depth.output * height.output; row++) {
    const oh = row % height.output;
    const divisor = height.divisors[oh] * depth.divisors[((row - oh) / height.output) % depth.output];
    for (let ow = 0; ow < width.output; ow++) {
      const by = divisor * width.divisors[ow];
      for (const end = i + inner; i < end; i++) quotients[i] = dy[i] / by;
    }
  }
}

/** The gradient of a maximum or minimum, all of it to one element; `add` adds up where it can. */
export function prepareFirstBackward(plan: Plan, find: FindPlaces, add?: AddByPlaces): Backward {
  const scatter = prepareScatter(plan);
  let places: Int32Array | undefined;
  return (dy, x, dx) => {
    if (add?.hasRoom() === false) return false;
    places ??= new Int32Array(plan.outputCount);
    find(x, undefined, places);
    if (!add?.run(dy, places, dx)) scatter(dy, places, dx);
    return true;
  };
}

/** The gradient of a maximum or minimum, in equal parts to all elements that are as large. */
export function prepareSharedBackward(plan: Plan): Backward {
  return inGroups(plan, (part) => {
    const planes = part.planes ?? [part.axes];
    return (dy, x, dx) => {
      dx.fill(0);
      for (let plane = 0; plane < part.outer; plane++) {
        for (let channel = 0; channel < part.inner; channel++) {
          share(part, planes[planes.length === 1 ? 0 : plane * part.inner + channel], plane, channel, dy, x, dx);
        }
      }
    };
  });
}

/** One plane. A NaN is as large as another; where NaN is ignored, and the largest is none, nothing is. */
function share(
  { nan, outer, inner, inputCount, outputCount }: Plan,
  [depth, height, width]: Axes,
  plane: number,
  channel: number,
  dy: Float64Array,
  x: Float64Array,
  dx: Float64Array,
): void {
  const first = (plane * inputCount) / outer + channel;
  let i = (plane * outputCount) / outer + channel;
  for (let od = 0; od < depth.output; od++) {
    for (let oh = 0; oh < height.output; oh++) {
      for (let ow = 0; ow < width.output; ow++, i += inner) {
        let most = -Infinity;
        let equals = 0;
        let giving = false;
        // Twice over the same taps: to count the largest, and to give to each its part.
        for (let pass = 0; pass < 2; pass++, giving = true) {
          for (let td = 0; td < depth.counts[od]; td++) {
            const d = depth.starts[od] + td * depth.dilation;
            for (let th = 0; th < height.counts[oh]; th++) {
              const row = (d * height.input + height.starts[oh] + th * height.dilation) * width.input;
              for (let tw = 0; tw < width.counts[ow]; tw++) {
                const at = first + (row + width.starts[ow] + tw * width.dilation) * inner;
                const value = x[at];
                const equal = value === most || (value !== value && most !== most);
                if (giving) {
                  if (equal) dx[at] += dy[i] / equals;
                } else if (value !== value && nan === 'ignore') continue;
                else if (equal) equals++;
                else if (value > most || value !== value) {
                  most = value;
                  equals = 1;
                }
              }
            }
          }
        }
      }
    }
  }
}

/**
 * The gradient of a norm: y = (Σ|x|^p)^(1/p) has ∂y/∂x = sign(x)·|x|^(p−1)·y^(1−p), of which the first two are the same for
 * all windows of x. For p = Infinity it is that of the maximum of |x|, times its sign. That of 0 is 0.
 */
export function prepareNormBackward(plan: Plan): Backward {
  const { p } = plan;
  const isLargest = p === Infinity;
  return inGroups(
    { ...plan, dtype: 'float64', resultDType: 'float64' },
    (part) => {
      const give = isLargest ? prepareFirstBackward(part, prepareArgmax(part)) : prepareSumBackward(part);
      return (dy, x, dx) => {
        give(dy, x, dx);
        for (let i = 0; i < dx.length; i++) {
          const at = x[i];
          // Also where there is no window, whatever the element is.
          if (at === 0 || dx[i] === 0) dx[i] = 0;
          else if (p === 2) dx[i] *= at;
          else if (p === 1 || isLargest) dx[i] *= Math.sign(at);
          else dx[i] *= Math.sign(at) * Math.abs(at) ** (p - 1);
        }
      };
    },
    plan,
  );
}

/** What a norm's gradient has of windows: the sum of dy·y^(1−p) over those that an element is in. */
function prepareSumBackward(plan: Plan): Backward {
  const { p } = plan;
  const norm = prepareTs(plan);
  const sum = prepareTs(transposePlan({ ...plan, op: 'sum' }));
  const weights = new Float64Array(plan.outputCount);
  return (dy, x, dx) => {
    norm(x, weights);
    for (let i = 0; i < weights.length; i++) {
      const y = weights[i];
      weights[i] = y === 0 ? 0 : p === 2 ? dy[i] / y : dy[i] * y ** (1 - p);
    }
    return sum(weights, dx);
  };
}

type InFloats = (dy: Float64Array, x: Float64Array, dx: Float64Array) => void;

/** A gradient in 64-bit floats, a few planes at a time: `make` is given their plan. The tensors are of `stored`'s dtype. */
function inGroups(plan: Plan, make: (part: Plan) => InFloats, stored: Plan = plan): Backward {
  const { outer, inner, inputCount, outputCount } = plan;
  if (inputCount === 0) return () => true;
  const positions = inputCount / outer;
  const results = outputCount / outer;
  const planes = Math.max(1, Math.min(outer, Math.floor(GROUP / positions)));
  const { decode } = reductionOf({ ...stored, op: plan.op === 'min' ? 'min' : 'max', nan: 'propagate' });
  const gradients = reductionOf({ ...stored, op: 'sum', resultDType: stored.dtype });
  const made = new Map<number, InFloats>();
  const views = new Views();
  const [dys, xs, dxs] = [planes * results, planes * positions, planes * positions].map((n) => new Float64Array(n));
  const partOf = (from: number, count: number): InFloats => {
    // Groups are alike but for the last, which may be smaller, and those whose planes differ.
    const key = plan.planes === undefined ? count : from;
    let part = made.get(key);
    if (part === undefined) {
      part = make({
        ...plan,
        outer: count,
        inputCount: count * positions,
        outputCount: count * results,
        planes: plan.planes?.slice(from * inner, (from + count) * inner),
      });
      made.set(key, part);
    }
    return part;
  };
  return (dy, x, dx) => {
    for (let from = 0, index = 0; from < outer; from += planes, index++) {
      const count = Math.min(planes, outer - from);
      const [y, n] = [count * results, count * positions];
      dys.set(views.part(dy, index, from * results, from * results + y));
      passAll(gradients.decode, dys, 0, y);
      xs.set(views.part(x, index, from * positions, from * positions + n));
      passAll(decode, xs, 0, n);
      const last = count < planes ? 1 : 0;
      const partial = views.part(dxs, last, 0, n);
      partOf(from, count)(views.part(dys, last, 0, y), views.part(xs, last, 0, n), partial);
      passAll(gradients.encode, partial, 0, n);
      dx.set(partial, from * positions);
    }
    return true;
  };
}
