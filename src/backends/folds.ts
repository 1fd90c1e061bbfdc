/**
 * The loops of the ts backend. They all work within one array of 64-bit floats, which hold the elements of every dtype,
 * so that engines compile each loop for that one kind of array.
 *
 * A maximum picks its elements without branches, which real data makes the processor guess wrong every other time.
 */
import type { Axis } from '../plan.js';

/** Windows along one row: their taps and divisors. */
export type Windows = Pick<Axis, 'output' | 'dilation' | 'starts' | 'counts' | 'divisors'>;

/** An op on an array `m`. All positions are indices into it. */
export interface Fold {
  /** What a window without elements gives; joining it to anything changes nothing. */
  readonly empty: number;
  /** Divides by the number of elements. */
  readonly divides: boolean;
  /** m[to + i] = m[a + i] ∘ m[b + i] for i < n. `to` may be `a`, and `b` may lie behind it in the same row. */
  two(m: Float64Array, to: number, a: number, b: number, n: number): void;
  /** m[to + i] = m[a + i] ∘ m[a + step + i] ∘ m[a + 2·step + i] for i < n. */
  three(m: Float64Array, to: number, a: number, step: number, n: number): void;
  /** m[to + o] = the fold of window o's taps in the row at `row`, divided by `divisor` times the window's own, if it divides. */
  taps(m: Float64Array, to: number, row: number, windows: Windows, divisor: number): void;
}

/** m[to + i] = the fold of `count` ≥ 1 numbers from m[from + i] on, `step` apart, joined to what is there if `join`. */
export function foldAll(
  fold: Fold,
  m: Float64Array,
  to: number,
  from: number,
  step: number,
  count: number,
  n: number,
  join: boolean,
): void {
  let t = 0;
  if (!join) {
    if (count === 1) m.copyWithin(to, from, from + n);
    else if (count === 2) fold.two(m, to, from, from + step, n);
    else fold.three(m, to, from, step, n);
    t = Math.min(count, 3);
  }
  for (; t < count; t++) fold.two(m, to, to, from + t * step, n);
}

/**
 * The maximum of floats; NaN wins. Which of two places holds the larger one is worked out by arithmetic on the places. It
 * is written out in each loop, since engines inline only so much into one function.
 */
class Max implements Fold {
  readonly divides = false;
  readonly empty: number;

  constructor(empty: number) {
    this.empty = empty;
  }

  two(m: Float64Array, to: number, a: number, b: number, n: number): void {
    const step = b - a;
    for (let i = 0; i < n; i++) {
      let at = a + i;
      const x = m[b + i];
      at += step & -(+(x > m[at]) | +(x !== x));
      m[to + i] = m[at];
    }
  }

  three(m: Float64Array, to: number, a: number, step: number, n: number): void {
    const b = a + step;
    const c = b + step;
    for (let i = 0; i < n; i++) {
      let at = a + i;
      const x = m[b + i];
      at += step & -(+(x > m[at]) | +(x !== x));
      const y = m[c + i];
      at += (c + i - at) & -(+(y > m[at]) | +(y !== y));
      m[to + i] = m[at];
    }
  }

  taps(m: Float64Array, to: number, row: number, windows: Windows): void {
    const { starts, counts, output, dilation: step } = windows;
    for (let o = 0; o < output; o++) {
      const count = counts[o];
      let at = row + starts[o];
      if (count === 0) {
        m[to + o] = this.empty;
        continue;
      }
      if (count > 1) {
        const x = m[at + step];
        const y = at + 2 * step;
        at += step & -(+(x > m[at]) | +(x !== x));
        for (let t = 2, tap = y; t < count; t++, tap += step) {
          const x = m[tap];
          at += (tap - at) & -(+(x > m[at]) | +(x !== x));
        }
      }
      m[to + o] = m[at];
    }
  }
}

class Sum implements Fold {
  readonly empty = 0;
  readonly divides: boolean;

  constructor(divides: boolean) {
    this.divides = divides;
  }

  two(m: Float64Array, to: number, a: number, b: number, n: number): void {
    for (let i = 0; i < n; i++) m[to + i] = m[a + i] + m[b + i];
  }

  three(m: Float64Array, to: number, a: number, step: number, n: number): void {
    const b = a + step;
    const c = b + step;
    for (let i = 0; i < n; i++) m[to + i] = m[a + i] + m[b + i] + m[c + i];
  }

  taps(m: Float64Array, to: number, row: number, windows: Windows, divisor: number): void {
    const { starts, counts, divisors, output, dilation: step } = windows;
    const { divides } = this;
    for (let o = 0; o < output; o++) {
      const count = counts[o];
      const at = row + starts[o];
      let sum = 0;
      if (count === 2) sum = m[at] + m[at + step];
      else if (count === 3) sum = m[at] + m[at + step] + m[at + 2 * step];
      else for (let t = 0, tap = at; t < count; t++, tap += step) sum += m[tap];
      m[to + o] = divides ? sum / (divisor * divisors[o]) : sum;
    }
  }
}

export const SUM: Fold = new Sum(false);
export const AVERAGE: Fold = new Sum(true);

/** The maximum of floats, and of none of them `empty`. */
export function max(empty: number): Fold {
  return new Max(empty);
}
