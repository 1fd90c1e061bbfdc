/**
 * The ts backend: the same plans in plain TypeScript, for when there is no WebAssembly or no kernel. Separable like the
 * kernels: the rows of a window are folded into one row, then the taps along it.
 */
import { type Axis, mostTaps, type Plan, type WindowRule } from '../plan.js';
import { Strided } from '../strided.js';
import type { TypedArray } from '../tensor.js';
import type { Run } from './backend.js';
import { type Band, cutBands, mostBandRows } from './bands.js';
import { type Fold, type Folds, foldAll, makeFolds, type Windows } from './folds.js';
import { inPlanes } from './planes.js';
import { passAll, type Reduction, reductionOf } from './reductions.js';
import { sharedLoops, Views } from './views.js';

/** Bytes of input and output that are worked on at a time: well within a second-level cache. */
const BAND_BYTES = 256 * 1024;
/** How many numbers the memory has at the least, so that bands of the usual size do not make it grow. */
const LEAST_LENGTH = 2 ** 16;
/** From this many taps on, windows of one axis are folded by way of each other where they overlap as much. */
const MANY_TAPS = 9;
/** How many numbers overlapping windows may keep. */
const MOST_KEPT = 2 ** 23;

const foldsOver = /* @__PURE__ */ sharedLoops(makeFolds, LEAST_LENGTH);

export function prepareTs(plan: Plan): Run {
  if (plan.outputCount === 0) return () => true;
  if (plan.planes !== undefined) return inPlanes(plan, plan.planes, prepareTs);
  const pool = new TsPool(plan);
  return (x, y) => {
    pool.run(foldsOver(pool.length), x, y);
    return true;
  };
}

/** A plan with its places in the numbers: input rows, a row folded from them, an output. */
class TsPool {
  readonly #reduction: Reduction;
  /** How many numbers it works on. */
  readonly length: number;
  readonly #plan: Plan;
  /** Elements of an input and an output row. */
  readonly #rowLength: number;
  readonly #outLength: number;
  readonly #bands: readonly Band[];
  readonly #along: Along;
  readonly #rowAt: number;
  readonly #outAt: number;
  readonly #keptAt: number;
  readonly #slides: boolean;
  readonly #inputs = new Views();
  readonly #outputs = new Views();

  constructor(plan: Plan) {
    const [, height, width] = plan.axes;
    this.#plan = plan;
    this.#reduction = reductionOf(plan);
    this.#rowLength = width.input * plan.inner;
    this.#outLength = width.output * plan.inner;
    const kept = mostTaps(height) * this.#rowLength;
    this.#slides = height.dilation === 1 && overlaps(height, 1) && kept <= MOST_KEPT;
    this.#bands = this.#slides ? [] : cutBands(plan, Float64Array.BYTES_PER_ELEMENT, BAND_BYTES, true);
    const { inputs, outputs } = mostBandRows(this.#bands);
    this.#along = new Along(width, plan.inner);
    this.#rowAt = Math.max(1, inputs) * this.#rowLength;
    this.#outAt = this.#rowAt + this.#along.length;
    this.#keptAt = this.#outAt + Math.max(1, outputs) * this.#outLength;
    this.length = this.#keptAt + (this.#slides ? this.#rowLength + kept : 0);
  }

  run(folds: Folds, x: TypedArray | Strided, y: TypedArray): void {
    if (this.#slides) this.#slide(folds, x, y);
    else for (let i = 0; i < this.#bands.length; i++) this.#runBand(folds, i, x, y);
  }

  #runBand(folds: Folds, index: number, x: TypedArray | Strided, y: TypedArray): void {
    const band = this.#bands[index];
    const { numbers: m, [this.#reduction.op]: fold } = folds;
    const [depth, height, width] = this.#plan.axes;
    const n = this.#rowLength;
    this.#read(folds, x, index, band.inputFrom, band.inputTo);
    let out = this.#outAt;
    for (let row = band.from; row < band.to; row++) {
      const oh = row % height.output;
      const slice = (row - oh) / height.output;
      const od = slice % depth.output;
      const outer = (slice - od) / depth.output;
      const rows = height.counts[oh];
      const first = (outer * depth.input + depth.starts[od]) * height.input + height.starts[oh] - band.inputFrom;
      const rowStep = height.dilation * n;
      const at = this.#rowAt;
      if (rows * depth.counts[od] === 0) clear(m, this.#reduction, at, n);
      // Of the rows of all slices, the band's; it has some of one slice alone, or all of them.
      const slices = Math.min(depth.counts[od], Math.ceil(band.tapTo / rows));
      for (let td = Math.floor(band.tapFrom / rows); td < slices; td++) {
        const low = Math.max(0, band.tapFrom - td * rows);
        const high = Math.min(rows, band.tapTo - td * rows);
        // An integer to the engine as well, or it would reckon with places as floats from here on.
        const base = ((first + td * depth.dilation * height.input) * n) | 0;
        foldAll(m, fold, at, base + low * rowStep, rowStep, high - low, n, td > 0 || low > 0);
      }
      if (!band.completes) continue;
      this.#foldAlong(folds, out, od, oh);
      out += width.output * this.#plan.inner;
    }
    if (band.completes) this.#write(m, y, index, band.from, band.to);
  }

  /**
   * Windows of many rows that overlap: each is the fold of two, of the rows up to a mark, kept for every row to start at,
   * and of the rows behind it, added to as windows move on. Where a window has left the mark behind, its end is the new
   * one. So each row is folded three times, however many windows it is in, and nothing is ever taken out of a fold again.
   */
  #slide(folds: Folds, x: TypedArray | Strided, y: TypedArray): void {
    const { numbers: m, [this.#reduction.op]: fold } = folds;
    const [depth, height] = this.#plan.axes;
    const n = this.#rowLength;
    const at = this.#rowAt;
    const behind = this.#keptAt;
    const kept = behind + n;
    for (let slice = 0; slice < this.#plan.outer * depth.output; slice++) {
      const od = slice % depth.output;
      const firstSlice = ((slice - od) / depth.output) * depth.input + depth.starts[od];
      /** m[to + i] = the fold of input row h of all slices of the window, joined to m[joined + i] if that is a place. */
      const foldRow = (to: number, h: number, joined: number) => {
        for (let td = 0; td < depth.counts[od]; td++) {
          const row = (firstSlice + td * depth.dilation) * height.input + h;
          this.#read(folds, x, row, row, row + 1);
          if (td > 0) fold.two(to, to, 0, n);
          else if (joined >= 0) fold.two(to, joined, 0, n);
          else m.copyWithin(to, 0, n);
        }
      };
      let base = 0;
      let mark = 0;
      let end = 0;
      for (let oh = 0; oh < height.output; oh++) {
        const start = height.starts[oh];
        const until = start + height.counts[oh];
        if (height.counts[oh] === 0 || depth.counts[od] === 0) clear(m, this.#reduction, at, n);
        else {
          if (start >= mark) {
            base = start;
            mark = until;
            end = until;
            for (let h = until - 1; h >= start; h--) {
              foldRow(kept + (h - base) * n, h, h === until - 1 ? -1 : kept + (h + 1 - base) * n);
            }
          }
          for (; end < until; end++) foldRow(behind, end, end === mark ? -1 : behind);
          const front = kept + (start - base) * n;
          if (end === mark) m.copyWithin(at, front, front + n);
          else fold.two(at, front, behind, n);
        }
        this.#foldAlong(folds, this.#outAt, od, oh);
        const row = slice * height.output + oh;
        this.#write(m, y, 0, row, row + 1);
      }
    }
  }

  /** Folds the row of output row `od`, `oh` along itself. */
  #foldAlong(folds: Folds, to: number, od: number, oh: number): void {
    const reduction = this.#reduction;
    this.#along.fold(folds.numbers, folds[reduction.op], reduction, to, this.#rowAt);
    if (reduction.divides) folds.divide(to, this.#plan.axes, this.#plan.inner, od, oh);
  }

  /** Reads input rows to the beginning of the numbers; `index` names these rows among all that a run reads. */
  #read(folds: Folds, x: TypedArray | Strided, index: number, from: number, to: number): void {
    const m = folds.numbers;
    const n = this.#rowLength;
    if (x instanceof Strided) x.pack(m, 0, from * n, to * n);
    else m.set(this.#inputs.part(x, index, from * n, to * n));
    passAll(this.#reduction.decode, m, 0, (to - from) * n);
    const { dividesBy, inner } = this.#plan;
    if (dividesBy === undefined) return;
    const [depth, height] = dividesBy;
    for (let row = from; row < to; row++) {
      const oh = row % height.output;
      folds.divide((row - from) * n, dividesBy, inner, ((row - oh) / height.output) % depth.output, oh);
    }
  }

  /** Writes output rows from their place in the numbers; `index` names that. */
  #write(m: Float64Array, y: TypedArray, index: number, from: number, to: number): void {
    const n = this.#outLength;
    const end = this.#outAt + (to - from) * n;
    passAll(this.#reduction.encode, m, this.#outAt, end);
    y.set(this.#outputs.part(m, index, this.#outAt, end), from * n);
  }
}

/** Whether windows have many taps and share most of them, `passes` being what it costs to make use of that. */
function overlaps(axis: Axis, passes: number): boolean {
  const taps = axis.counts.reduce((total, count) => total + count, 0);
  return mostTaps(axis) >= MANY_TAPS && taps >= MANY_TAPS * passes * axis.input;
}

/** The windows along a row, and the room that folding them takes: the row itself and, behind it, what comes of it. */
class Along {
  /** How many numbers that is. */
  readonly length: number;
  readonly #windows: Windows;
  readonly #inner: number;
  readonly #doubling: Doubling | undefined;
  /** Windows without elements. */
  readonly #empty: readonly number[];

  constructor(axis: Axis, inner: number) {
    const { rule, output } = axis;
    const row = axis.input * inner;
    this.#inner = inner;
    this.#empty = Array.from(axis.counts.keys()).filter((o) => axis.counts[o] === 0);
    if (rule !== undefined && overlaps(axis, 0.5)) {
      this.#doubling = new Doubling(rule, axis, inner);
      this.length = row + 2 * this.#doubling.length;
      const starts = Int32Array.from({ length: output }, (_, o) => o * rule.stride);
      this.#windows = { output, dilation: 1, starts, counts: new Int32Array(output).fill(1) };
    } else {
      this.length = row;
      this.#windows = axis;
    }
  }

  /** Folds the windows of the row at `row` to `to`. */
  fold(m: Float64Array, fold: Fold, reduction: Reduction, to: number, row: number): void {
    const inner = this.#inner;
    const at = this.#doubling === undefined ? row : this.#doubling.run(m, fold, reduction, row);
    if (inner === 1) fold.taps(to, at, this.#windows);
    else foldChannels(m, fold, to, at, this.#windows, inner);
    for (let i = 0; i < this.#empty.length; i++) clear(m, reduction, to + this.#empty[i] * inner, inner);
  }
}

/** Puts what an empty window gives to `n` places. */
function clear(m: Float64Array, reduction: Reduction, from: number, n: number): void {
  const { empty } = reduction;
  for (let i = from; i < from + n; i++) m[i] = empty;
}

/** `fold.taps` of `inner` channels at a time. */
function foldChannels(
  m: Float64Array,
  fold: Fold,
  to: number,
  row: number,
  { output, dilation, starts, counts }: Windows,
  inner: number,
): void {
  for (let o = 0; o < output; o++) {
    if (counts[o] > 0)
      foldAll(m, fold, to + o * inner, row + starts[o] * inner, dilation * inner, counts[o], inner, false);
  }
}

/**
 * Equal windows of many taps at every position of a row, out of windows of 1, 2, 4 … taps that are twice the one before.
 * The row is padded first, with what changes nothing.
 */
class Doubling {
  /** Elements of the padded row. */
  readonly length: number;
  readonly #taps: number;
  /** Elements from tap to tap. */
  readonly #step: number;
  /** Elements of the row that windows read: from `from` to `to`, to be put at `at` in the padded row. */
  readonly #from: number;
  readonly #to: number;
  readonly #at: number;
  readonly #row: number;

  constructor(rule: WindowRule, axis: Axis, inner: number) {
    const span = (axis.output - 1) * rule.stride + (rule.kernelSize - 1) * axis.dilation + 1;
    this.length = span * inner;
    this.#taps = rule.kernelSize;
    this.#step = axis.dilation * inner;
    this.#row = axis.input * inner;
    const from = Math.max(rule.low, -rule.before);
    const to = Math.max(from, Math.min(rule.high, span - rule.before));
    this.#from = from * inner;
    this.#to = to * inner;
    this.#at = (from + rule.before) * inner;
  }

  /** Returns where the windows are. */
  run(m: Float64Array, fold: Fold, reduction: Reduction, row: number): number {
    const taps = this.#taps;
    const step = this.#step;
    const n = this.length;
    const part = row + this.#row;
    const whole = part + n;
    clear(m, reduction, part, n);
    m.copyWithin(part + this.#at, row + this.#from, row + this.#to);
    let taken = 0;
    for (let size = 1; size <= taps; size *= 2) {
      // Every element of `part` is the fold of `size` taps now.
      if (taps & size) {
        if (taken === 0) m.copyWithin(whole, part, part + n - (size - 1) * step);
        else fold.two(whole, whole, part + taken * step, n - (taken + size - 1) * step);
        taken += size;
      }
      if (2 * size <= taps) fold.two(part, part, part + size * step, n - (2 * size - 1) * step);
    }
    return whole;
  }
}
