/**
 * Where the largest or least element of each window is, on the ts backend. Separable: the windows along an input row are
 * folded first, then the rows of a window, in this order, so that of equal elements the first one in the row-major order
 * of the input wins. Rows are kept for the windows that share them.
 */
import { mostTaps, type Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { type Band, cutBands, mostBandRows } from './bands.js';
import { makePlaces, type Places } from './places.js';
import { inPlanes } from './planes.js';
import { passAll, type Reduction, reductionOf } from './reductions.js';
import { sharedLoops, Views } from './views.js';

/**
 * Fills `places`, and `y` if there is one. All have been checked against the plan; float16 comes as bits. False as of `Run`.
 */
export type FindPlaces = (x: TypedArray, y: TypedArray | undefined, places: Int32Array) => boolean;

/** Bytes of input and output that are worked on at a time. */
const BAND_BYTES = 256 * 1024;
const LEAST_LENGTH = 2 ** 16;
/** How many numbers shared rows may take. */
const MOST_KEPT = 2 ** 21;

const loopsOver = /* @__PURE__ */ sharedLoops(makePlaces, LEAST_LENGTH);

export function prepareArgmax(plan: Plan): FindPlaces {
  if (plan.outputCount === 0) return () => true;
  if (plan.planes !== undefined) return inPlanes(plan, plan.planes, prepareArgmax);
  const argmax = new Argmax(plan);
  return (x, y, places) => {
    argmax.run(loopsOver(argmax.length)[plan.nan], x, y, places);
    return true;
  };
}

class Argmax {
  /** How many numbers it works on. */
  readonly length: number;
  readonly #plan: Plan;
  readonly #reduction: Reduction;
  readonly #bands: readonly Band[];
  /** Elements of an input row, and of a row of results. */
  readonly #rowLength: number;
  readonly #outLength: number;
  /** Windows along a row that have no elements. */
  readonly #empty: readonly number[];
  /** Where rows folded along themselves are kept: slot d % depths · heights + h % heights, of input row d, h. */
  readonly #depths: number;
  readonly #heights: number;
  /** The input row that each slot holds, among those of the whole tensor. */
  readonly #held: Float64Array;
  readonly #slotsAt: number;
  /** The row that is being folded, the values that are done and their places. */
  readonly #rowAt: number;
  readonly #outAt: number;
  readonly #placesAt: number;
  readonly #inputs = new Views();
  readonly #outputs = new Views();

  constructor(plan: Plan) {
    const [depth, height, width] = plan.axes;
    this.#plan = plan;
    // NaN is left to the loops.
    this.#reduction = reductionOf({ ...plan, nan: 'propagate' });
    this.#rowLength = width.input * plan.inner;
    this.#outLength = width.output * plan.inner;
    this.#empty = Array.from(width.counts.keys()).filter((o) => width.counts[o] === 0);
    this.#bands = cutBands(plan, Float64Array.BYTES_PER_ELEMENT, BAND_BYTES, true);
    const { inputs, outputs } = mostBandRows(this.#bands);
    const shared = [depth, height].some(({ counts, input }) => counts.reduce((sum, n) => sum + n, 0) > input);
    const reach = (axis: typeof depth) => Math.max(1, (mostTaps(axis) - 1) * axis.dilation + 1);
    const keeps = shared && reach(depth) * reach(height) * 2 * this.#outLength <= MOST_KEPT;
    this.#depths = keeps ? reach(depth) : 1;
    this.#heights = keeps ? reach(height) : 1;
    this.#held = new Float64Array(this.#depths * this.#heights);
    this.#slotsAt = inputs * this.#rowLength;
    this.#rowAt = this.#slotsAt + this.#held.length * 2 * this.#outLength;
    this.#outAt = this.#rowAt + 2 * this.#outLength;
    this.#placesAt = this.#outAt + outputs * this.#outLength;
    this.length = this.#placesAt + outputs * this.#outLength;
  }

  run(loops: Places, x: TypedArray, y: TypedArray | undefined, places: Int32Array): void {
    this.#held.fill(-1);
    for (let i = 0; i < this.#bands.length; i++) this.#runBand(loops, i, x, y, places);
  }

  #runBand(loops: Places, index: number, x: TypedArray, y: TypedArray | undefined, places: Int32Array): void {
    const band = this.#bands[index];
    const m = loops.numbers;
    const [depth, height] = this.#plan.axes;
    const n = this.#outLength;
    const inputs = (band.inputTo - band.inputFrom) * this.#rowLength;
    m.set(this.#inputs.part(x, index, band.inputFrom * this.#rowLength, band.inputTo * this.#rowLength));
    passAll(this.#reduction.decode, m, 0, inputs);
    let done = 0;
    for (let row = band.from; row < band.to; row++) {
      const oh = row % height.output;
      const slice = (row - oh) / height.output;
      const od = slice % depth.output;
      const outer = (slice - od) / depth.output;
      const rows = height.counts[oh];
      const taps = Math.min(rows * depth.counts[od], band.tapTo);
      if (rows * depth.counts[od] === 0) this.#clear(m, this.#rowAt, 0, n);
      for (let tap = band.tapFrom; tap < taps; tap++) {
        const th = tap % rows;
        const d = depth.starts[od] + ((tap - th) / rows) * depth.dilation;
        const h = height.starts[oh] + th * height.dilation;
        const from = this.#fold(loops, band, outer, d, h);
        if (tap === 0) m.copyWithin(this.#rowAt, from, from + 2 * n);
        else loops.join(this.#rowAt, from, n);
      }
      if (!band.completes) continue;
      m.copyWithin(this.#outAt + done, this.#rowAt, this.#rowAt + n);
      m.copyWithin(this.#placesAt + done, this.#rowAt + n, this.#rowAt + 2 * n);
      done += n;
    }
    if (!band.completes) return;
    const at = band.from * n;
    places.set(this.#outputs.part(m, 2 * index, this.#placesAt, this.#placesAt + done), at);
    if (y === undefined) return;
    passAll(this.#reduction.encode, m, this.#outAt, this.#outAt + done);
    y.set(this.#outputs.part(m, 2 * index + 1, this.#outAt, this.#outAt + done), at);
  }

  /** The slot with input row `d`, `h` folded along itself. */
  #fold(loops: Places, band: Band, outer: number, d: number, h: number): number {
    const [depth, height, width] = this.#plan.axes;
    const row = (outer * depth.input + d) * height.input + h;
    const slot = (d % this.#depths) * this.#heights + (h % this.#heights);
    const to = this.#slotsAt + slot * 2 * this.#outLength;
    if (this.#held[slot] === row) return to;
    this.#held[slot] = row;
    const { inner } = this.#plan;
    const from = (row - band.inputFrom) * this.#rowLength;
    loops.along(to, from, (d * height.input + h) * width.input, width, inner);
    for (let i = 0; i < this.#empty.length; i++) this.#clear(loops.numbers, to, this.#empty[i] * inner, inner);
    return to;
  }

  /** Puts what empty windows give to `count` results of the row at `row`. */
  #clear(m: Float64Array, row: number, from: number, count: number): void {
    m.fill(this.#reduction.empty, row + from, row + from + count);
    m.fill(-1, row + this.#outLength + from, row + this.#outLength + from + count);
  }
}
