/**
 * Sums by place, on the ts backend: the gradient of a maximum. Added up in 64-bit floats, in the order of the results, and
 * rounded once.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { passAll, reductionOf } from './reductions.js';
import { sharedLoops, Views } from './views.js';

/** Elements of the input that sums are kept of at a time, if a plane has no more. */
const GROUP = 2 ** 15;
/** Larger planes are done in parts, each of which goes through all of the results. */
const MOST_POSITIONS = 2 ** 20;
/** Results that are read at a time. */
const CHUNK = 2 ** 15;

interface Loops {
  readonly numbers: Float64Array;
  /**
   * Adds the numbers from `at` on, whose places are those from `i` to `end`, to those at `to`, of which there are `size`,
   * the first of them element `from` of a plane. `inner` channels lie beside each other.
   */
  add(
    places: Int32Array,
    i: number,
    end: number,
    at: number,
    to: number,
    from: number,
    size: number,
    inner: number,
  ): void;
}

const loopsOver = /* @__PURE__ */ sharedLoops(makeLoops, 0);

function makeLoops(length: number): Loops {
  const m = new Float64Array(length);
  return {
    numbers: m,
    add(places, i, end, at, to, from, size, inner) {
      if (inner === 1) {
        for (; i < end; i++, at++) {
          const place = places[i] - from;
          if (place >= 0 && place < size) m[to + place] += m[at];
        }
        return;
      }
      while (i < end) {
        for (let channel = 0; channel < inner; channel++, i++, at++) {
          // That of an empty window, −1, comes out negative as well.
          const place = places[i] * inner + channel - from;
          if (place >= 0 && place < size) m[to + place] += m[at];
        }
      }
    },
  };
}

/** dx = 0, then dx[place of result i] += dy[i] for each i in order. */
export function prepareScatter(plan: Plan): (dy: TypedArray, places: Int32Array, dx: TypedArray) => void {
  const { outer, inner, inputCount, outputCount } = plan;
  if (inputCount === 0) return () => {};
  const { decode, encode } = reductionOf({ ...plan, op: 'sum', resultDType: plan.dtype });
  const reads = new Views();
  const writes = new Views();
  // Elements of a plane, or of an item of channels last, and results.
  const positions = inputCount / outer;
  const results = outputCount / outer;
  // How many planes are done at a time, or how many elements of one, and whole positions of all channels that are read.
  const most = Math.max(1, Math.min(outer, Math.floor(GROUP / positions)));
  const longest = Math.min(positions, MOST_POSITIONS);
  const chunk = Math.max(1, Math.floor(CHUNK / inner)) * inner;

  return (dy, places, dx) => {
    const { numbers: m, add } = loopsOver(most * longest + Math.min(chunk, results));
    let part = 0;
    for (let plane = 0; plane < outer; plane += most) {
      const planes = Math.min(most, outer - plane);
      for (let from = 0; from < positions; from += longest) {
        const size = Math.min(longest, positions - from);
        const at = planes * size;
        m.fill(0, 0, at);
        for (let p = 0; p < planes; p++) {
          const first = (plane + p) * results;
          for (let done = 0; done < results; done += chunk) {
            const i = first + done;
            const end = Math.min(i + chunk, first + results);
            m.set(reads.part(dy, (plane + p) * Math.ceil(results / chunk) + done / chunk, i, end), at);
            passAll(decode, m, at, at + end - i);
            add(places, i, end, at, p * size, from, size, inner);
          }
        }
        passAll(encode, m, 0, at);
        dx.set(writes.part(m, part++, 0, at), plane * positions + from);
      }
    }
  };
}
