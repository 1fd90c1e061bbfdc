/**
 * The loops that find where the largest element of each window is. Like those of folds.ts they work within one array of
 * 64-bit floats, which holds places as well: row-major positions in the plane, all of them less than 2^31.
 *
 * Of equal elements the first wins, and of several NaN the last. A row of results is `n` values and, behind them, as many
 * places.
 */
import type { Windows } from './folds.js';

export interface Places {
  readonly numbers: Float64Array;
  /**
   * Folds the windows of the row at `row`, whose first element is at place `base`, to `to`; windows without taps are left
   * alone. `inner` channels lie beside each other.
   */
  along(to: number, row: number, base: number, windows: Windows, inner: number): void;
  /** Joins the `n` results at `from` to those of the rows before them at `to`. */
  join(to: number, from: number, n: number): void;
}

/** The loops for an array of `length` numbers: those where NaN wins, and those where it never does. */
export function makePlaces(length: number): { readonly propagate: Places; readonly ignore: Places } {
  const m = new Float64Array(length);

  // Which of two elements is taken is worked out without branches, as in folds.ts: −1 to take the second, else 0.
  const propagate: Places = {
    numbers: m,
    along(to, row, base, windows, inner) {
      const { starts, counts, output, dilation } = windows;
      const n = output * inner;
      if (inner === 1) {
        for (let o = 0; o < output; o++) {
          const count = counts[o];
          if (count === 0) continue;
          let at = row + starts[o];
          for (let t = 1, tap = at + dilation; t < count; t++, tap += dilation) {
            const x = m[tap];
            at += (tap - at) & (-(x > m[at]) | (+(x >= x) - 1));
          }
          m[to + o] = m[at];
          m[to + n + o] = base + at - row;
        }
        return;
      }
      for (let o = 0, out = to; o < output; o++, out += inner) {
        const first = row + starts[o] * inner;
        const end = out + inner;
        for (let t = 0; t < counts[o]; t++) {
          const place = base + starts[o] + t * dilation;
          const step = first + t * dilation * inner - out;
          if (t === 0) {
            m.copyWithin(out, first, first + inner);
            m.fill(place, out + n, end + n);
            continue;
          }
          for (let c = out; c < end; c++) {
            const x = m[c + step];
            const take = -(x > m[c]) | (+(x >= x) - 1);
            m[c] = m[c + (step & take)];
            m[c + n] += (place - m[c + n]) & take;
          }
        }
      }
    },
    join(to, from, n) {
      const step = from - to;
      for (let i = to; i < to + n; i++) {
        const x = m[i + step];
        const at = i + (step & (-(x > m[i]) | (+(x >= x) - 1)));
        m[i] = m[at];
        m[i + n] = m[at + n];
      }
    },
  };

  const ignore: Places = {
    numbers: m,
    along(to, row, base, windows, inner) {
      const { starts, counts, output, dilation } = windows;
      const n = output * inner;
      for (let o = 0; o < output; o++) {
        for (let c = 0; c < inner && counts[o] > 0; c++) {
          let value = -Infinity;
          let place = -1;
          for (let t = 0, w = starts[o]; t < counts[o]; t++, w += dilation) {
            const x = m[row + w * inner + c];
            if (x > value || (place < 0 && x === x)) {
              value = x;
              place = base + w;
            }
          }
          m[to + o * inner + c] = value;
          m[to + n + o * inner + c] = place;
        }
      }
    },
    join(to, from, n) {
      for (let i = 0; i < n; i++) {
        if (m[from + n + i] < 0 || (m[to + n + i] >= 0 && !(m[from + i] > m[to + i]))) continue;
        m[to + i] = m[from + i];
        m[to + n + i] = m[from + n + i];
      }
    },
  };
  return { propagate, ignore };
}
