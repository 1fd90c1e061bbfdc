/**
 * What the kernels compute with: few ops on few element types. Every other op and type is one of these behind a
 * conversion of what goes in and of what comes out, a band at a time.
 */
import { OPS } from '../ops.js';
import type { Rounding } from '../options.js';
import { mostTaps, type Plan, type WindowRule } from '../plan.js';
import { DTYPES, type DType } from '../tensor.js';
import { Convert, Reduction } from './conversions.js';

/** One pass over elements. */
export interface Conversion {
  readonly number: number;
  /** The words of a mask, for every other word of the elements, where the conversion has one. */
  readonly low: number;
  readonly high: number;
}

/** How a kernel comes to pool a tensor: with which op on which lanes, and what is done before and after. */
export interface Lanes {
  readonly reduction: Reduction;
  /** Bytes of an element in the kernel. */
  readonly bytes: number;
  readonly decode: readonly Conversion[];
  readonly encode: readonly Conversion[];
}

const convert = (number: number, mask: number = 0): Conversion => ({ number, low: mask, high: mask });
const keep = (low: number, high: number = low): Conversion => ({ number: Convert.Keep, low, high });
const flip = (low: number, high: number = low): Conversion => ({ number: Convert.Flip, low, high });

/** To float32, and back from it; what has 32 bits or more does not go there. */
const FLOATS: Readonly<Partial<Record<DType, readonly [number, number]>>> = {
  float16: [Convert.F32OfF16, Convert.F16OfF32],
  int8: [Convert.F32OfI8, Convert.I8OfF32],
  uint8: [Convert.F32OfU8, Convert.U8OfF32],
  'uint8-clamped': [Convert.F32OfU8, Convert.U8OfF32],
  int16: [Convert.F32OfI16, Convert.I16OfF32],
  uint16: [Convert.F32OfU16, Convert.U16OfF32],
};

/** To the floats that a dtype is summed up in: float64 if `wide`, which the narrow types reach by way of float32. */
function toFloats(dtype: DType, wide: boolean): number[] {
  if (dtype === 'float64') return [];
  if (dtype === 'int32') return [Convert.F64OfI32];
  if (dtype === 'uint32') return [Convert.F64OfU32];
  const steps = FLOATS[dtype]?.slice(0, 1) ?? [];
  return wide ? [...steps, Convert.F64OfF32] : steps;
}

/** From those floats to the dtype of the results. */
function ofFloats(dtype: DType, wide: boolean): number[] {
  if (dtype === 'float64') return [];
  if (dtype === 'int32') return [wide ? Convert.I32OfF64 : Convert.I32OfF32];
  if (dtype === 'uint32') return [wide ? Convert.U32OfF64 : Convert.U32OfF32];
  const steps = FLOATS[dtype]?.slice(1) ?? [];
  if (!wide) return steps;
  return [...(dtype === 'float16' ? [Convert.TracedF64] : []), Convert.F32OfF64, ...steps];
}

const ROUND: Readonly<Record<Rounding, number>> = {
  'half-away': Convert.HalfAwayF32,
  'half-even': Convert.HalfEvenF32,
  trunc: Convert.TruncF32,
};

/** The flips that make the larger of a type the larger of the kernel's, and for minima the smaller one. */
const FLIPS: Readonly<Partial<Record<DType, Readonly<Record<'max' | 'min', readonly [Reduction, number]>>>>> = {
  uint8: { max: [Reduction.MaxU8, 0], min: [Reduction.MinU8, 0] },
  'uint8-clamped': { max: [Reduction.MaxU8, 0], min: [Reduction.MinU8, 0] },
  int8: { max: [Reduction.MaxU8, 0x80808080], min: [Reduction.MinU8, 0x80808080] },
  int16: { max: [Reduction.MaxI16, 0], min: [Reduction.MaxI16, -1] },
  uint16: { max: [Reduction.MaxI16, 0x80008000], min: [Reduction.MaxI16, 0x7fff7fff] },
  int32: { max: [Reduction.MaxI32, 0], min: [Reduction.MaxI32, -1] },
  uint32: { max: [Reduction.MaxI32, 0x80000000], min: [Reduction.MaxI32, 0x7fffffff] },
};

const BYTES: Readonly<Partial<Record<Reduction, number>>> = {
  [Reduction.MaxF64]: 8,
  [Reduction.SumF64]: 8,
  [Reduction.MaxU8]: 1,
  [Reduction.MinU8]: 1,
  [Reduction.MaxI16]: 2,
  [Reduction.AverageU8]: 1,
};

function lanesOf(reduction: Reduction, decode: readonly Conversion[], encode: readonly Conversion[]): Lanes {
  return { reduction, bytes: BYTES[reduction] ?? 4, decode, encode };
}

/**
 * Up to here a float32 sum, added up four at a time, is exact enough on one axis: a constant plane averages to itself
 * within 2 ulp (from 11 x 15 on, within 3).
 */
const NARROW_TAPS = 10;
/** Sums of so many integers of 16 bits are exact in float32, and so are their quotients once they are rounded. */
const NARROW_INTEGERS = 128;

/** Rows of the largest window. */
export const mostRows = ({ axes: [depth, height] }: Plan): number => mostTaps(depth) * mostTaps(height);

/** Whether float32 is exact enough for the plan's sums. */
export function isNarrow(plan: Plan): boolean {
  const { axes, dtype, op } = plan;
  if (dtype === 'float64' || dtype === 'int32' || dtype === 'uint32') return false;
  if (dtype === 'float32' || dtype === 'float16')
    return mostTaps(axes[2]) <= NARROW_TAPS && mostRows(plan) <= NARROW_TAPS;
  if (mostTaps(axes[2]) * mostRows(plan) > NARROW_INTEGERS) return false;
  if (!OPS[op].divides) return true;
  // A divisor of the user's own may be a fraction.
  return axes.every(({ divisors }) => divisors.every((d) => Number.isInteger(d) && Math.abs(d) <= NARROW_INTEGERS));
}

/** The ops that the sliding kernel has besides the exact ones, which it does a few columns at a time. */
export const SLIDING: readonly Reduction[] = [
  Reduction.MaxF32UnlessNaN,
  Reduction.MinF32UnlessNaN,
  Reduction.SumF32InF64,
];

/** How that kernel may fold rows: as rows alone, exchanged with columns, position by position, or whole planes at once. */
export enum Along {
  Rows,
  Turned,
  Positions,
  Planes,
}

/** A position of so many elements of 32 bits is done at a time. */
const MANY_CHANNELS = 16;
/** A window of so many elements is short enough to be exchanged with a column, ... */
const MOST_ELEMENTS = 4096;
/** ... of which this many at least are worth it. */
const FEW_ROWS = 8;

export function alongOf({ axes, inner, outer }: Plan): Along {
  const [depth, height, width] = axes;
  const { kernelSize, stride } = width.rule as WindowRule;
  if (inner >= MANY_CHANNELS) return width.dilation === 1 || stride === 1 ? Along.Positions : Along.Rows;
  const isShort = ((kernelSize - 1) * width.dilation + 1) * inner <= MOST_ELEMENTS;
  return isShort && outer * depth.output * height.output >= FEW_ROWS ? Along.Turned : Along.Rows;
}

/** Sums of so many integers of 8 bits are exact in float32, and their quotients once they are rounded. */
const MOST_BYTES = 2 ** 15;

/** Whether the plan's sums are those of float32 in float64, along either axis. */
function isInF64(plan: Plan): boolean {
  const { axes, dtype, op } = plan;
  if (axes[2].rule === undefined || alongOf(plan) === Along.Rows) return false;
  if (dtype === 'float64' || dtype === 'int32' || dtype === 'uint32') return false;
  const taps = axes.reduce((product, axis) => product * mostTaps(axis), 1);
  const { float, bytes } = DTYPES[dtype];
  const most = bytes === 1 ? MOST_BYTES : NARROW_INTEGERS;
  if (!float && taps > most) return false;
  // Sums of the columns are made so small that they cannot be too large, and could lose what averages do not show.
  const isMean = axes.every(({ counts, divisors }) => counts.every((count, o) => Math.abs(divisors[o]) >= count));
  const least = axes
    .map(({ divisors }) => divisors.reduce((a, b) => Math.min(a, Math.abs(b)), Infinity))
    .reduce((a, b) => a * b);
  if (dtype === 'float32' && !(OPS[op].divides && (isMean || least >= taps))) return false;
  // A divisor of the user's own may be anything, and it is multiplied by reciprocals.
  const isUsual = (d: number) =>
    d === 0 || (float ? Math.abs(Math.log2(Math.abs(d))) < 100 : Number.isInteger(d) && Math.abs(d) <= most);
  return !OPS[op].divides || axes.every(({ divisors }) => divisors.every(isUsual));
}

/**
 * The way of every plan that has a kernel; undefined of those that have none. It is exact.
 * @param wide Where long sums are made wide enough: by conversion, or in the kernel.
 */
export function exactLanes(plan: Plan, wide: 'byConversion' | 'inKernel' = 'byConversion'): Lanes | undefined {
  if (plan.planes !== undefined) return undefined;
  const { op, dtype, nan, p } = plan;
  if (op === 'max' || op === 'min') return extremeLanes(op, dtype, nan === 'ignore');
  if (op === 'lp' && p === Infinity) return magnitudeLanes(plan);
  if (op === 'lp' && p !== 1 && p !== 2) return undefined;
  const isFloat32 = wide === 'inKernel' && plan.dtype === 'float32';
  return sumLanes(plan, !isFloat32 && !isNarrow(plan));
}

function extremeLanes(op: 'max' | 'min', dtype: DType, ignoresNaN: boolean): Lanes {
  if (dtype === 'float16') {
    const reversed = op === 'max' ? 0 : -1;
    const decode = [convert(Convert.OrderedF16, reversed)];
    if (ignoresNaN) decode.push(convert(Convert.DropNaNOrdered));
    return lanesOf(Reduction.MaxI16, decode, [convert(Convert.F16Ordered, reversed)]);
  }
  if (dtype === 'float32' || dtype === 'float64') {
    const wide = dtype === 'float64';
    const opposite = op === 'max' ? [] : [wide ? flip(0, 0x80000000) : flip(0x80000000)];
    const decode = ignoresNaN ? [...opposite, convert(Convert.DropNaNF32 + Number(wide))] : opposite;
    return lanesOf(wide ? Reduction.MaxF64 : Reduction.MaxF32, decode, opposite);
  }
  const [reduction, mask] = (FLIPS[dtype] as NonNullable<(typeof FLIPS)[DType]>)[op];
  const flips = mask === 0 ? [] : [flip(mask)];
  return lanesOf(reduction, flips, flips);
}

/** Sums in float32, or in float64 if `wide`. */
function sumLanes({ op, dtype, resultDType, p, rounding }: Plan, wide: boolean): Lanes {
  const lanes = Number(wide);
  const decode = toFloats(dtype, wide).map((number) => convert(number));
  const encode: Conversion[] = [];
  if (op === 'lp') {
    decode.push(p === 2 ? convert(Convert.SquareF32 + lanes) : absolute(wide));
    if (p === 2) encode.push(convert(Convert.RootF32 + lanes));
  }
  if (op === 'avg' && !DTYPES[dtype].float) encode.push(convert(ROUND[rounding] + lanes));
  encode.push(...ofFloats(resultDType, wide).map((number) => convert(number)));
  return lanesOf(wide ? Reduction.SumF64 : Reduction.SumF32, decode, encode);
}

const absolute = (wide: boolean): Conversion => (wide ? keep(-1, 0x7fffffff) : keep(0x7fffffff));

/**
 * The largest magnitude, by the bits: without their sign they are in order, NaN last. What an empty window gives, the lowest
 * integer, is 0 without its sign. There are no integers of 64 bits; those are floats.
 */
function magnitudeLanes({ dtype }: Plan): Lanes {
  if (dtype === 'float64') return lanesOf(Reduction.MaxF64, [absolute(true)], [convert(Convert.NotNegativeF64)]);
  const half = dtype === 'float16';
  const magnitude = [keep(half ? 0x7fff7fff : 0x7fffffff)];
  return lanesOf(half ? Reduction.MaxI16 : Reduction.MaxI32, magnitude, magnitude);
}

/**
 * The way at the least cost, of a kernel that `has` more ops: those may lose a NaN, or squares that are too large for the
 * type, and say so; then `exactLanes` is the way.
 */
export function fastLanes(plan: Plan, has: readonly Reduction[]): Lanes | undefined {
  const lanes = exactLanes(plan);
  const { op, dtype, p, nan } = plan;
  // Where NaN are ignored they are gone before the kernel, which would keep one that is a window's first element.
  if (nan === 'ignore' && lanes?.reduction === Reduction.MaxF32 && has.includes(Reduction.MaxF32UnlessNaN)) {
    return { ...lanes, reduction: Reduction.MaxF32UnlessNaN };
  }
  let fast: Reduction | undefined;
  if (op === 'max') fast = Reduction.MaxF32UnlessNaN;
  if (op === 'min') fast = Reduction.MinF32UnlessNaN;
  if (op === 'lp' && p === 2 && lanes?.reduction === Reduction.SumF32) fast = Reduction.NormF32;
  if (has.includes(Reduction.SumF32InF64) && (op === 'avg' || op === 'sum') && isInF64(plan)) {
    return { ...sumLanes(plan, false), reduction: Reduction.SumF32InF64 };
  }
  return dtype === 'float32' && fast !== undefined && has.includes(fast) ? lanesOf(fast, [], []) : lanes;
}

/** The way of averages of bytes that a kernel takes as they are. */
export const byteLanes = (): Lanes => lanesOf(Reduction.AverageU8, [], []);

const LOSSY: readonly Reduction[] = [Reduction.MaxF32UnlessNaN, Reduction.MinF32UnlessNaN, Reduction.NormF32];

/** Whether a kernel may have lost what `exactLanes` does not. */
export const mayLose = ({ reduction }: Lanes): boolean => LOSSY.includes(reduction);
