/**
 * The reductions of the ts backend, as loops over rows; where rows and windows are is up to ts.ts.
 *
 * Maxima compare integers where an element fits one. A float's bits, with those below the sign flipped in negative
 * numbers, have the float's order, and the larger of two integers can be had without a branch, which real data makes
 * the processor guess wrong every other time. That alone makes these loops three to five times as fast.
 */
import type { Axis, Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';

/** What a reducer reads and writes elements as. */
export type Elements = Float32Array | Float64Array | Int32Array;
/** Partial results. */
export type Row = Float64Array | Int32Array;

export interface Reducer {
  /** A row of `length` partial results. */
  makeRow(length: number): Row;
  /** The elements of a tensor, as the loops read and write them. */
  elementsOf(data: TypedArray): Elements;
  /** row[i] = what an empty window gives. */
  clear(row: Row): void;
  /** row[i] = x[at + i] ∘ x[at + step + i] ∘ …, `count` ≥ 1 of them, joined to row[i] if `join`. */
  foldRows(row: Row, x: Elements, at: number, step: number, count: number, join: boolean): void;
  /**
   * One output row: y[out + o·inner + c] is the fold of window o's taps in channel c of `row`, divided by its divisor
   * (times `divisor`, the other axes' share) if the op divides.
   */
  foldTaps(y: Elements, out: number, row: Row, width: Axis, inner: number, divisor: number): void;
}

export function reducerOf(plan: Plan): Reducer {
  const { op, dtype, nan } = plan;
  if (op === 'avg') return AVERAGE;
  if (dtype === 'float64') return nan === 'ignore' ? MAX_FLOAT64_IGNORING_NAN : MAX_FLOAT64;
  return nan === 'ignore' ? MAX_FLOAT32_IGNORING_NAN : MAX_FLOAT32;
}

class Average implements Reducer {
  makeRow(length: number): Float64Array {
    return new Float64Array(length);
  }

  elementsOf(data: TypedArray): Elements {
    return data;
  }

  clear(row: Float64Array): void {
    row.fill(0);
  }

  foldRows(row: Float64Array, x: Elements, at: number, step: number, count: number, join: boolean): void {
    const n = row.length;
    let t = 0;
    if (!join) {
      if (count === 1) for (let i = 0; i < n; i++) row[i] = x[at + i];
      else for (let i = 0, b = at + step; i < n; i++) row[i] = x[at + i] + x[b + i];
      t = count === 1 ? 1 : 2;
    }
    for (; t < count; t++) for (let i = 0, from = at + t * step; i < n; i++) row[i] += x[from + i];
  }

  foldTaps(y: Elements, out: number, row: Float64Array, width: Axis, inner: number, divisor: number): void {
    const { starts, counts, divisors, output } = width;
    const step = width.dilation * inner;
    for (let o = 0; o < output; o++) {
      const count = counts[o];
      const by = divisor * divisors[o];
      let at = starts[o] * inner;
      const end = at + inner;
      if (count === 2) {
        for (; at < end; at++) y[out++] = (row[at] + row[at + step]) / by;
      } else if (count === 3) {
        for (; at < end; at++) y[out++] = (row[at] + row[at + step] + row[at + 2 * step]) / by;
      } else {
        for (; at < end; at++) {
          let sum = 0;
          for (let t = 0, tap = at; t < count; t++, tap += step) sum += row[tap];
          y[out++] = sum / by;
        }
      }
    }
  }
}

/** How an element's bits become an integer of the same order, and back. */
interface Key {
  /** Bits that are flipped in negative numbers. */
  readonly flip: number;
  /** Added, and wraps around: it decides at which end of the order NaN is. */
  readonly shift: number;
  /** The key of what an empty window gives; only NaN that is to be ignored comes below. */
  readonly empty: number;
}

/** +NaN is above +∞ and −NaN below −∞; with −∞ shifted down to −2³¹, −NaN wraps around to the top. */
const NAN_WINS: Key = { flip: 0x7fffffff, shift: 0xff800001 | 0, empty: 0x80000000 | 0 };
/** With +∞ shifted up to 2³¹ − 1, +NaN wraps around to the bottom. */
const NAN_LOSES: Key = { flip: 0x7fffffff, shift: 0x007fffff, empty: 0x80fffffe | 0 };

function keyOf(bits: number, flip: number, shift: number): number {
  return ((bits ^ ((bits >> 31) & flip)) + shift) | 0;
}

function larger(a: number, b: number): number {
  return a ^ ((a ^ b) & -(a < b));
}

/** Integer views of tensors, kept as long as those, so that running a plan again makes no new ones. */
const integerViews = new WeakMap<TypedArray, Int32Array>();

/** The maximum of elements of 32 bits. */
class MaxByKey implements Reducer {
  readonly #key: Key;

  constructor(key: Key) {
    this.#key = key;
  }

  makeRow(length: number): Int32Array {
    return new Int32Array(length);
  }

  elementsOf(data: TypedArray): Int32Array {
    let view = integerViews.get(data);
    if (view === undefined || view.length !== data.length) {
      view = new Int32Array(data.buffer, data.byteOffset, data.length);
      integerViews.set(data, view);
    }
    return view;
  }

  clear(row: Int32Array): void {
    row.fill(this.#key.empty);
  }

  foldRows(row: Int32Array, x: Int32Array, at: number, step: number, count: number, join: boolean): void {
    const { flip, shift } = this.#key;
    const n = row.length;
    let t = 0;
    if (!join) {
      const b = at + step;
      const c = b + step;
      if (count === 1) {
        for (let i = 0; i < n; i++) row[i] = keyOf(x[at + i], flip, shift);
      } else if (count === 2) {
        for (let i = 0; i < n; i++) row[i] = larger(keyOf(x[at + i], flip, shift), keyOf(x[b + i], flip, shift));
      } else {
        for (let i = 0; i < n; i++) {
          const key = larger(keyOf(x[at + i], flip, shift), keyOf(x[b + i], flip, shift));
          row[i] = larger(key, keyOf(x[c + i], flip, shift));
        }
      }
      t = Math.min(count, 3);
    }
    for (; t < count; t++) {
      for (let i = 0, from = at + t * step; i < n; i++) row[i] = larger(row[i], keyOf(x[from + i], flip, shift));
    }
  }

  foldTaps(y: Int32Array, out: number, row: Int32Array, width: Axis, inner: number): void {
    const { flip, shift, empty } = this.#key;
    const { starts, counts, output } = width;
    const step = width.dilation * inner;
    for (let o = 0; o < output; o++) {
      const count = counts[o];
      let at = starts[o] * inner;
      const end = at + inner;
      if (count === 2) {
        for (; at < end; at++) {
          const bits = (larger(empty, larger(row[at], row[at + step])) - shift) | 0;
          y[out++] = bits ^ ((bits >> 31) & flip);
        }
      } else if (count === 3) {
        for (; at < end; at++) {
          const key = larger(larger(row[at], row[at + step]), row[at + 2 * step]);
          const bits = (larger(empty, key) - shift) | 0;
          y[out++] = bits ^ ((bits >> 31) & flip);
        }
      } else {
        for (; at < end; at++) {
          let key = empty;
          for (let t = 0, tap = at; t < count; t++, tap += step) key = larger(key, row[tap]);
          const bits = (key - shift) | 0;
          y[out++] = bits ^ ((bits >> 31) & flip);
        }
      }
    }
  }
}

/** The maximum of elements that no integer holds. */
class MaxFloat64 implements Reducer {
  /** 1 if NaN wins, 0 if it never does. */
  readonly #nanWins: number;

  constructor(nanWins: boolean) {
    this.#nanWins = nanWins ? 1 : 0;
  }

  makeRow(length: number): Float64Array {
    return new Float64Array(length);
  }

  elementsOf(data: TypedArray): Elements {
    return data;
  }

  clear(row: Float64Array): void {
    row.fill(-Infinity);
  }

  foldRows(row: Float64Array, x: Float64Array, at: number, step: number, count: number, join: boolean): void {
    const n = row.length;
    const nanWins = this.#nanWins;
    if (!join) this.clear(row);
    for (let t = 0; t < count; t++) {
      for (let i = 0, from = at + t * step; i < n; i++) {
        const value = x[from + i];
        // Greater, or NaN, which then stays since nothing is greater than it.
        if (value > row[i] || (nanWins && value !== value)) row[i] = value;
      }
    }
  }

  foldTaps(y: Float64Array, out: number, row: Float64Array, width: Axis, inner: number): void {
    const { starts, counts, output } = width;
    const step = width.dilation * inner;
    for (let o = 0; o < output; o++) {
      let at = starts[o] * inner;
      for (const end = at + inner; at < end; at++) {
        let max = -Infinity;
        // What is NaN in the row is there because it wins.
        for (let t = 0, tap = at; t < counts[o]; t++, tap += step) {
          if (row[tap] > max || row[tap] !== row[tap]) max = row[tap];
        }
        y[out++] = max;
      }
    }
  }
}

const AVERAGE = new Average();
const MAX_FLOAT32 = new MaxByKey(NAN_WINS);
const MAX_FLOAT32_IGNORING_NAN = new MaxByKey(NAN_LOSES);
const MAX_FLOAT64 = new MaxFloat64(true);
const MAX_FLOAT64_IGNORING_NAN = new MaxFloat64(false);
