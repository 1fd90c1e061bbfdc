/**
 * Ops on dtypes: a fold of 64-bit floats, and what is done to elements before and to results after it. Setting an array
 * of one type to one of another converts most dtypes by itself. Integers, and their sums up to 2^53, are exact.
 */
import { OPS } from '../ops.js';
import type { Rounding } from '../options.js';
import type { Plan } from '../plan.js';
import { DTYPES } from '../tensor.js';
import { halfBits, halfValues } from './float16.js';

/** Changes m[i] in place for from ≤ i < to. */
export type Pass = (m: Float64Array, from: number, to: number) => void;

export interface Reduction {
  readonly op: 'max' | 'sum';
  /** What a window without elements gives; folding it with others changes nothing. */
  readonly empty: number;
  /** The fold is divided by the number of its elements. */
  readonly divides: boolean | undefined;
  readonly decode: readonly Pass[];
  readonly encode: readonly Pass[];
}

// Not for…of: its iterator is an allocation wherever the engine has not optimised it away.
export function passAll(passes: readonly Pass[], m: Float64Array, from: number, to: number): void {
  for (let i = 0; i < passes.length; i++) passes[i](m, from, to);
}

export function reductionOf({ op: name, dtype, resultDType, nan, p, rounding }: Plan): Reduction {
  const decode: Pass[] = [];
  const encode: Pass[] = [];
  let op: Reduction['op'] = 'sum';
  let empty = 0;
  if (dtype === 'float16') decode.push(valuesOfHalves);
  if (name === 'lp') {
    decode.push(p === 2 ? squares : absolutes);
    if (p === 2) encode.push(squareRoots);
    else if (p === Infinity) op = 'max';
    else if (p !== 1) {
      decode.push(powers(p));
      encode.push(powers(1 / p));
    }
  }
  if (OPS[name].orders) {
    const { lowest, highest } = DTYPES[dtype];
    op = 'max';
    empty = name === 'min' ? -highest : lowest;
    if (name === 'min') {
      decode.push(opposites);
      encode.push(opposites);
    }
    if (nan === 'ignore') decode.push(withoutNaN);
  }
  if (name === 'avg' && !DTYPES[dtype].float) encode.push(ROUNDED[rounding], within(DTYPES[dtype]));
  if (resultDType === 'float16') encode.push(bitsOfHalves);
  return { op, empty, divides: OPS[name].divides, decode, encode };
}

const valuesOfHalves: Pass = (m, from, to) => {
  const values = halfValues();
  for (let i = from; i < to; i++) m[i] = values[m[i]];
};

const bitsOfHalves: Pass = (m, from, to) => {
  for (let i = from; i < to; i++) m[i] = halfBits(m[i]);
};

const opposites: Pass = (m, from, to) => {
  for (let i = from; i < to; i++) m[i] = -m[i];
};

const withoutNaN: Pass = (m, from, to) => {
  for (let i = from; i < to; i++) if (m[i] !== m[i]) m[i] = -Infinity;
};

const absolutes: Pass = (m, from, to) => {
  for (let i = from; i < to; i++) m[i] = Math.abs(m[i]);
};

const squares: Pass = (m, from, to) => {
  for (let i = from; i < to; i++) m[i] *= m[i];
};

const squareRoots: Pass = (m, from, to) => {
  for (let i = from; i < to; i++) m[i] = Math.sqrt(m[i]);
};

function powers(exponent: number): Pass {
  return (m, from, to) => {
    for (let i = from; i < to; i++) m[i] **= exponent;
  };
}

/**
 * Whole numbers from quotients. A quotient of a sum below 2^52 and a count is never rounded onto a half or a whole number
 * that it is not: it is 1/(2·count) or more away from one, which is more than half the distance to the next float.
 */
const ROUNDED: Readonly<Record<Rounding, Pass>> = {
  'half-away': (m, from, to) => {
    for (let i = from; i < to; i++) m[i] = m[i] < 0 ? -Math.round(-m[i]) : Math.round(m[i]);
  },
  trunc: (m, from, to) => {
    for (let i = from; i < to; i++) m[i] = Math.trunc(m[i]);
  },
  'half-even': (m, from, to) => {
    for (let i = from; i < to; i++) {
      const rounded = Math.round(m[i]);
      m[i] = rounded - m[i] === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
    }
  },
};

/** A divisor of the user's own can lead out of the type. The NaN of an empty window becomes 0 when it is stored. */
function within({ lowest, highest }: { readonly lowest: number; readonly highest: number }): Pass {
  return (m, from, to) => {
    for (let i = from; i < to; i++) m[i] = Math.min(Math.max(m[i], lowest), highest);
  };
}
