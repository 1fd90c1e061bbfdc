/**
 * The loops of the ts backend. They all work within one array of 64-bit floats, which hold the elements of every dtype,
 * so that engines compile each loop for that one kind of array, and for one array: it is a constant of theirs.
 */
import type { Axes, Axis } from '../plan.js';

/** Windows along one row: their taps. */
export type Windows = Pick<Axis, 'output' | 'dilation' | 'starts' | 'counts'>;

/**
 * An op. All places are indices into the array `m` that it was made for. No fraction is handed to or from a loop: engines
 * may allocate a number that is not a small integer each time.
 */
export interface Fold {
  /** m[to + i] = m[a + i] ∘ m[b + i] for i < n. `to` may be `a`, and `b` may lie behind it in the same row. */
  two(to: number, a: number, b: number, n: number): void;
  /** m[to + i] = m[a + i] ∘ m[a + step + i] ∘ m[a + 2·step + i] for i < n. */
  three(to: number, a: number, step: number, n: number): void;
  /** m[to + o] = the fold of window o's taps in the row at `row`; of a window that has none, anything. */
  taps(to: number, row: number, windows: Windows): void;
}

export interface Folds {
  readonly numbers: Float64Array;
  /** The largest; NaN wins. */
  readonly max: Fold;
  readonly sum: Fold;
  /** m[to + o·inner + c] is divided by the divisor of the window at `od`, `oh`, o. */
  divide(to: number, axes: Axes, inner: number, od: number, oh: number): void;
}

/** Makes the loops for an array of `length` numbers. */
export function makeFolds(length: number): Folds {
  const m = new Float64Array(length);

  const sum: Fold = {
    two(to, a, b, n) {
      for (let i = 0; i < n; i++) m[to + i] = m[a + i] + m[b + i];
    },
    three(to, a, step, n) {
      const b = a + step;
      const c = b + step;
      for (let i = 0; i < n; i++) m[to + i] = m[a + i] + m[b + i] + m[c + i];
    },
    taps(to, row, windows) {
      const { starts, counts, output, dilation: step } = windows;
      for (let o = 0; o < output; o++) {
        const count = counts[o];
        const at = row + starts[o];
        let total = 0;
        if (count === 2) total = m[at] + m[at + step];
        else if (count === 3) total = m[at] + m[at + step] + m[at + 2 * step];
        else for (let t = 0, tap = at; t < count; t++, tap += step) total += m[tap];
        m[to + o] = total;
      }
    },
  };

  // A maximum picks its elements without branches, which real data makes the processor guess wrong every other time: which
  // of two places holds the larger element, or a NaN, is worked out by arithmetic on the places. It is written out in each
  // loop, since engines inline only so much into one function.
  const max: Fold = {
    two(to, a, b, n) {
      const step = b - a;
      for (let i = 0; i < n; i++) {
        let at = a + i;
        const x = m[b + i];
        at += step & (-(x > m[at]) | (+(x >= x) - 1));
        m[to + i] = m[at];
      }
    },
    three(to, a, step, n) {
      const b = a + step;
      const c = b + step;
      for (let i = 0; i < n; i++) {
        let at = a + i;
        const x = m[b + i];
        at += step & (-(x > m[at]) | (+(x >= x) - 1));
        const y = m[c + i];
        at += (c + i - at) & (-(y > m[at]) | (+(y >= y) - 1));
        m[to + i] = m[at];
      }
    },
    taps(to, row, windows) {
      const { starts, counts, output, dilation: step } = windows;
      for (let o = 0; o < output; o++) {
        const count = counts[o];
        const first = row + starts[o];
        let at = first;
        if (count === 2) {
          const x = m[first + step];
          at += step & (-(x > m[at]) | (+(x >= x) - 1));
          m[to + o] = m[at];
        } else if (count === 3) {
          const x = m[first + step];
          at += step & (-(x > m[at]) | (+(x >= x) - 1));
          const y = m[first + 2 * step];
          at += (first + 2 * step - at) & (-(y > m[at]) | (+(y >= y) - 1));
          m[to + o] = m[at];
        } else {
          for (let t = 1, tap = at + step; t < count; t++, tap += step) {
            const x = m[tap];
            at += (tap - at) & (-(x > m[at]) | (+(x >= x) - 1));
          }
          m[to + o] = m[at];
        }
      }
    },
  };

  return {
    numbers: m,
    max,
    sum,
    divide(to, [depth, height, { divisors, output }], inner, od, oh) {
      const divisor = depth.divisors[od] * height.divisors[oh];
      for (let o = 0, at = to; o < output; o++) {
        const by = divisor * divisors[o];
        for (const end = at + inner; at < end; at++) m[at] /= by;
      }
    },
  };
}

/** m[to + i] = the fold of `count` ≥ 1 numbers from m[from + i] on, `step` apart, joined to what is there if `join`. */
export function foldAll(
  m: Float64Array,
  fold: Fold,
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
    else if (count === 2) fold.two(to, from, from + step, n);
    else fold.three(to, from, step, n);
    t = Math.min(count, 3);
  }
  for (; t < count; t++) fold.two(to, to, from + t * step, n);
}
