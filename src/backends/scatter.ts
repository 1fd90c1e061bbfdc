/**
 * Sums by place, on the ts backend: the gradient of a maximum. Added up in 64-bit floats, in the order of the results, and
 * rounded once.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { passAll, type Reduction, reductionOf } from './reductions.js';
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
export class Scatter {
  readonly #plan: Plan;
  readonly #reduction: Reduction;
  readonly #reads = new Views();
  readonly #writes = new Views();
  /** Elements of a plane, or of an item of channels last, and results. */
  readonly #positions: number;
  readonly #results: number;
  /** How many planes are done at a time, or how many elements of one. */
  readonly #planes: number;
  readonly #size: number;
  /** Results that are read at a time: whole positions of all channels. */
  readonly #chunk: number;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#reduction = reductionOf({ ...plan, op: 'sum', resultDType: plan.dtype });
    this.#positions = plan.outer === 0 ? 0 : plan.inputCount / plan.outer;
    this.#results = plan.outer === 0 ? 0 : plan.outputCount / plan.outer;
    this.#planes = Math.max(1, Math.min(plan.outer, Math.floor(GROUP / Math.max(1, this.#positions))));
    this.#size = Math.min(this.#positions, MOST_POSITIONS);
    this.#chunk = Math.max(1, Math.floor(CHUNK / Math.max(1, plan.inner))) * plan.inner;
  }

  run(dy: TypedArray, places: Int32Array, dx: TypedArray): void {
    if (this.#plan.inputCount === 0) return;
    const loops = loopsOver(this.#planes * this.#size + Math.min(this.#chunk, this.#results));
    let part = 0;
    for (let plane = 0; plane < this.#plan.outer; plane += this.#planes) {
      const planes = Math.min(this.#planes, this.#plan.outer - plane);
      for (let from = 0; from < this.#positions; from += this.#size) {
        this.#runPart(loops, part++, plane, planes, from, dy, places, dx);
      }
    }
  }

  #runPart(
    loops: Loops,
    part: number,
    plane: number,
    planes: number,
    from: number,
    dy: TypedArray,
    places: Int32Array,
    dx: TypedArray,
  ): void {
    const m = loops.numbers;
    const size = Math.min(this.#size, this.#positions - from);
    const at = planes * size;
    m.fill(0, 0, at);
    for (let p = 0; p < planes; p++) {
      const first = (plane + p) * this.#results;
      for (let done = 0; done < this.#results; done += this.#chunk) {
        const i = first + done;
        const end = Math.min(i + this.#chunk, first + this.#results);
        const index = (plane + p) * Math.ceil(this.#results / this.#chunk) + done / this.#chunk;
        m.set(this.#reads.part(dy, index, i, end), at);
        passAll(this.#reduction.decode, m, at, at + end - i);
        loops.add(places, i, end, at, p * size, from, size, this.#plan.inner);
      }
    }
    passAll(this.#reduction.encode, m, 0, at);
    dx.set(this.#writes.part(m, part, 0, at), plane * this.#positions + from);
  }
}
