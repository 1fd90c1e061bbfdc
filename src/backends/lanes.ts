/**
 * What the kernels compute with: few ops on few element types. Every other op and type is one of these behind a
 * conversion of what goes in and of what comes out, a band at a time.
 */
import { OPS } from '../ops.js';
import type { Rounding } from '../options.js';
import { mostTaps, type Plan } from '../plan.js';
import type { DType } from '../tensor.js';

/** Ops on lanes, by number: the mirror of Reduction in assembly/plan.ts. */
export const REDUCTIONS = [
  'MaxF32',
  'MaxF32UnlessNaN',
  'MinF32UnlessNaN',
  'SumF32',
  'NormF32',
  'MaxF64',
  'SumF64',
  'MaxU8',
  'MinU8',
  'MaxPixel',
  'MaxI16',
  'MaxI32',
] as const;

export type Reduction = (typeof REDUCTIONS)[number];

export const reductionNumber = (reduction: Reduction): number => REDUCTIONS.indexOf(reduction);

/** Conversions, by number: the mirror of Conversion in assembly/conversions.ts. */
export const CONVERSIONS = [
  'Keep',
  'Flip',
  'F32OfU8',
  'F32OfI8',
  'F32OfU16',
  'F32OfI16',
  'F32OfF16',
  'F64OfU8',
  'F64OfI8',
  'F64OfU16',
  'F64OfI16',
  'F64OfF16',
  'F64OfF32',
  'F64OfI32',
  'F64OfU32',
  'U8OfF32',
  'I8OfF32',
  'U16OfF32',
  'I16OfF32',
  'F16OfF32',
  'I32OfF32',
  'U32OfF32',
  'U8OfF64',
  'I8OfF64',
  'U16OfF64',
  'I16OfF64',
  'F16OfF64',
  'F32OfF64',
  'I32OfF64',
  'U32OfF64',
  'DropNaNF32',
  'DropNaNF64',
  'SquareF32',
  'SquareF64',
  'RootF32',
  'RootF64',
  'HalfAwayF32',
  'HalfAwayF64',
  'HalfEvenF32',
  'HalfEvenF64',
  'TruncF32',
  'TruncF64',
  'OrderedF16',
  'ReversedF16',
  'F16Ordered',
  'F16Reversed',
  'DropNaNOrdered',
  'NotNegativeF64',
] as const;

type ConversionName = (typeof CONVERSIONS)[number];

/** One pass over elements. */
export interface Conversion {
  readonly number: number;
  /** Of conversions of bits: the words of the mask, for every other word of the elements. */
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

const convert = (name: ConversionName): Conversion => ({ number: CONVERSIONS.indexOf(name), low: 0, high: 0 });
const keep = (low: number, high: number = low): Conversion => ({ ...convert('Keep'), low, high });
const flip = (low: number, high: number = low): Conversion => ({ ...convert('Flip'), low, high });

/** How dtypes are called in the names of conversions. */
const SHORT: Readonly<Record<DType, string>> = {
  float32: 'F32',
  float64: 'F64',
  float16: 'F16',
  int8: 'I8',
  uint8: 'U8',
  'uint8-clamped': 'U8',
  int16: 'I16',
  uint16: 'U16',
  int32: 'I32',
  uint32: 'U32',
};

const ROUND: Readonly<Record<Rounding, string>> = { 'half-away': 'HalfAway', 'half-even': 'HalfEven', trunc: 'Trunc' };

/** The flips that make the larger of a type the larger of the kernel's, and for minima the smaller one. */
const FLIPS: Readonly<Partial<Record<DType, Readonly<Record<'max' | 'min', readonly [Reduction, number]>>>>> = {
  uint8: { max: ['MaxU8', 0], min: ['MinU8', 0] },
  'uint8-clamped': { max: ['MaxU8', 0], min: ['MinU8', 0] },
  int8: { max: ['MaxU8', 0x80808080], min: ['MinU8', 0x80808080] },
  int16: { max: ['MaxI16', 0], min: ['MaxI16', -1] },
  uint16: { max: ['MaxI16', 0x80008000], min: ['MaxI16', 0x7fff7fff] },
  int32: { max: ['MaxI32', 0], min: ['MaxI32', -1] },
  uint32: { max: ['MaxI32', 0x80000000], min: ['MaxI32', 0x7fffffff] },
};

const BYTES: Readonly<Partial<Record<Reduction, number>>> = { MaxF64: 8, SumF64: 8, MaxU8: 1, MinU8: 1, MaxI16: 2 };

const bytesOf = (reduction: Reduction): number => BYTES[reduction] ?? 4;

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
  return sumLanes(plan, isFloat32 || isNarrow(plan) ? 'F32' : 'F64');
}

function extremeLanes(op: 'max' | 'min', dtype: DType, ignoresNaN: boolean): Lanes {
  if (dtype === 'float16') {
    const decode = [convert(op === 'max' ? 'OrderedF16' : 'ReversedF16')];
    if (ignoresNaN) decode.push(convert('DropNaNOrdered'));
    const encode = [convert(op === 'max' ? 'F16Ordered' : 'F16Reversed')];
    return { reduction: 'MaxI16', bytes: 2, decode, encode };
  }
  if (dtype === 'float32' || dtype === 'float64') {
    const short = SHORT[dtype] as 'F32' | 'F64';
    const opposite = op === 'max' ? [] : [dtype === 'float32' ? flip(0x80000000) : flip(0, 0x80000000)];
    const decode = ignoresNaN ? [...opposite, convert(`DropNaN${short}`)] : opposite;
    return { reduction: `Max${short}`, bytes: bytesOf(`Max${short}`), decode, encode: opposite };
  }
  const [reduction, mask] = (FLIPS[dtype] as NonNullable<(typeof FLIPS)[DType]>)[op];
  const flips = mask === 0 ? [] : [flip(mask)];
  return { reduction, bytes: bytesOf(reduction), decode: flips, encode: flips };
}

function sumLanes({ op, dtype, resultDType, p, rounding }: Plan, lanes: 'F32' | 'F64'): Lanes {
  const decode: Conversion[] = [];
  const encode: Conversion[] = [];
  if (SHORT[dtype] !== lanes) decode.push(convert(`${lanes}Of${SHORT[dtype]}` as ConversionName));
  if (op === 'lp') {
    decode.push(p === 2 ? convert(`Square${lanes}`) : absolute(lanes));
    if (p === 2) encode.push(convert(`Root${lanes}`));
  }
  if (op === 'avg' && !'F32 F64 F16'.includes(SHORT[dtype]))
    encode.push(convert(`${ROUND[rounding]}${lanes}` as ConversionName));
  if (SHORT[resultDType] !== lanes) encode.push(convert(`${SHORT[resultDType]}Of${lanes}` as ConversionName));
  return { reduction: `Sum${lanes}`, bytes: bytesOf(`Sum${lanes}`), decode, encode };
}

const absolute = (lanes: 'F32' | 'F64'): Conversion => (lanes === 'F32' ? keep(0x7fffffff) : keep(-1, 0x7fffffff));

/**
 * The largest magnitude, by the bits: without their sign they are in order, NaN last. What an empty window gives, the lowest
 * integer, is 0 without its sign. There are no integers of 64 bits; those are floats.
 */
function magnitudeLanes({ dtype }: Plan): Lanes {
  if (dtype === 'float64') {
    return { reduction: 'MaxF64', bytes: 8, decode: [absolute('F64')], encode: [convert('NotNegativeF64')] };
  }
  const magnitude = [keep(dtype === 'float16' ? 0x7fff7fff : 0x7fffffff)];
  const reduction = dtype === 'float16' ? 'MaxI16' : 'MaxI32';
  return { reduction, bytes: bytesOf(reduction), decode: magnitude, encode: magnitude };
}

/**
 * The way at the least cost, of a kernel that `has` more ops: those may lose a NaN, or squares that are too large for the
 * type, and say so; then `exactLanes` is the way.
 */
export function fastLanes(plan: Plan, has: readonly Reduction[]): Lanes | undefined {
  const lanes = exactLanes(plan);
  const { op, dtype, p } = plan;
  let fast = lanes;
  if (dtype === 'float32' && op === 'min') fast = { reduction: 'MinF32UnlessNaN', bytes: 4, decode: [], encode: [] };
  else if (dtype === 'float32' && op === 'max')
    fast = { reduction: 'MaxF32UnlessNaN', bytes: 4, decode: [], encode: [] };
  else if (dtype === 'float32' && op === 'lp' && p === 2 && lanes?.reduction === 'SumF32') {
    fast = { reduction: 'NormF32', bytes: 4, decode: [], encode: [] };
  }
  return fast !== undefined && has.includes(fast.reduction) ? fast : lanes;
}

/** Whether a kernel may have lost what `exactLanes` does not. */
export const mayLose = ({ reduction }: Lanes): boolean => reduction.endsWith('UnlessNaN') || reduction === 'NormF32';
