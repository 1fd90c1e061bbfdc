/**
 * The ts backend: the same plans in plain TypeScript, for when there is no WebAssembly or no kernel. Separable like the
 * kernels: the rows of a window are folded into one row, then the taps along it.
 */
import { type Axis, mostTaps, type Plan, type WindowRule } from '../plan.js';
import { Strided } from '../strided.js';
import type { TypedArray } from '../tensor.js';
import type { Run } from './backend.js';
import { cutBands, mostBandRows } from './bands.js';
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

/** `plan` with its places in the numbers: input rows, a row folded from them, an output, and what overlapping windows keep. */
export function prepareTs(plan: Plan): Run {
  if (plan.outputCount === 0) return () => true;
  if (plan.planes !== undefined) return inPlanes(plan, plan.planes, prepareTs);
  const { axes, inner, dividesBy } = plan;
  const [depth, height, width] = axes;
  const reduction = reductionOf(plan);
  // Elements of an input and an output row.
  const n = width.input * inner;
  const outLength = width.output * inner;
  const kept = mostTaps(height) * n;
  const slides = height.dilation === 1 && overlaps(height, 1) && kept <= MOST_KEPT;
  const bands = slides ? [] : cutBands(plan, Float64Array.BYTES_PER_ELEMENT, BAND_BYTES, true);
  const most = mostBandRows(bands);
  const along = prepareAlong(width, inner);
  const rowAt = Math.max(1, most.inputs) * n;
  const outAt = rowAt + along.length;
  const keptAt = outAt + Math.max(1, most.outputs) * outLength;
  const length = keptAt + (slides ? n + kept : 0);
  const inputs = new Views();
  const outputs = new Views();

  /** Reads input rows to the beginning of the numbers; `index` names these rows among all that a run reads. */
  const read = (folds: Folds, x: TypedArray | Strided, index: number, from: number, to: number) => {
    const m = folds.numbers;
    if (x instanceof Strided) x.pack(m, 0, from * n, to * n);
    else m.set(inputs.part(x, index, from * n, to * n));
    passAll(reduction.decode, m, 0, (to - from) * n);
    if (dividesBy === undefined) return;
    const [depth, height] = dividesBy;
    for (let row = from; row < to; row++) {
      const oh = row % height.output;
      folds.divide((row - from) * n, dividesBy, inner, ((row - oh) / height.output) % depth.output, oh);
    }
  };

  /** Folds the row of output row `od`, `oh` along itself. */
  const foldAlong = (folds: Folds, to: number, od: number, oh: number) => {
    along.fold(folds.numbers, folds[reduction.op], reduction, to, rowAt);
    if (reduction.divides) folds.divide(to, axes, inner, od, oh);
  };

  /** Writes output rows from their place in the numbers; `index` names that. */
  const write = (m: Float64Array, y: TypedArray, index: number, from: number, to: number) => {
    const end = outAt + (to - from) * outLength;
    passAll(reduction.encode, m, outAt, end);
    y.set(outputs.part(m, index, outAt, end), from * outLength);
  };

  const runBand = (folds: Folds, index: number, x: TypedArray | Strided, y: TypedArray) => {
    const band = bands[index];
    const { numbers: m, [reduction.op]: fold } = folds;
    read(folds, x, index, band.inputFrom, band.inputTo);
    let out = outAt;
    for (let row = band.from; row < band.to; row++) {
      const oh = row % height.output;
      const slice = (row - oh) / height.output;
      const od = slice % depth.output;
      const outer = (slice - od) / depth.output;
      const rows = height.counts[oh];
      const first = (outer * depth.input + depth.starts[od]) * height.input + height.starts[oh] - band.inputFrom;
      const rowStep = height.dilation * n;
      if (rows * depth.counts[od] === 0) clear(m, reduction, rowAt, n);
      // Of the rows of all slices, the band's; it has some of one slice alone, or all of them.
      const slices = Math.min(depth.counts[od], Math.ceil(band.tapTo / rows));
      for (let td = Math.floor(band.tapFrom / rows); td < slices; td++) {
        const low = Math.max(0, band.tapFrom - td * rows);
        const high = Math.min(rows, band.tapTo - td * rows);
        // An integer to the engine as well, or it would reckon with places as floats from here on.
        const base = ((first + td * depth.dilation * height.input) * n) | 0;
        foldAll(m, fold, rowAt, base + low * rowStep, rowStep, high - low, n, td > 0 || low > 0);
      }
      if (!band.completes) continue;
      foldAlong(folds, out, od, oh);
      out += outLength;
    }
    if (band.completes) write(m, y, index, band.from, band.to);
  };

  /**
   * Windows of many rows that overlap: each is the fold of two, of the rows up to a mark, kept for every row to start at,
   * and of the rows behind it, added to as windows move on. Where a window has left the mark behind, its end is the new
   * one. So each row is folded three times, however many windows it is in, and nothing is ever taken out of a fold again.
   */
  const slide = (folds: Folds, x: TypedArray | Strided, y: TypedArray) => {
    const { numbers: m, [reduction.op]: fold } = folds;
    const behind = keptAt;
    const front = behind + n;
    for (let slice = 0; slice < plan.outer * depth.output; slice++) {
      const od = slice % depth.output;
      const firstSlice = ((slice - od) / depth.output) * depth.input + depth.starts[od];
      /** m[to + i] = the fold of input row h of all slices of the window, joined to m[joined + i] if that is a place. */
      const foldRow = (to: number, h: number, joined: number) => {
        for (let td = 0; td < depth.counts[od]; td++) {
          const row = (firstSlice + td * depth.dilation) * height.input + h;
          read(folds, x, row, row, row + 1);
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
        if (height.counts[oh] === 0 || depth.counts[od] === 0) clear(m, reduction, rowAt, n);
        else {
          if (start >= mark) {
            base = start;
            mark = until;
            end = until;
            for (let h = until - 1; h >= start; h--) {
              foldRow(front + (h - base) * n, h, h === until - 1 ? -1 : front + (h + 1 - base) * n);
            }
          }
          for (; end < until; end++) foldRow(behind, end, end === mark ? -1 : behind);
          const from = front + (start - base) * n;
          if (end === mark) m.copyWithin(rowAt, from, from + n);
          else fold.two(rowAt, from, behind, n);
        }
        foldAlong(folds, outAt, od, oh);
        const row = slice * height.output + oh;
        write(m, y, 0, row, row + 1);
      }
    }
  };

  return (x, y) => {
    const folds = foldsOver(length);
    if (slides) slide(folds, x, y);
    else for (let i = 0; i < bands.length; i++) runBand(folds, i, x, y);
    return true;
  };
}

/** Whether windows have many taps and share most of them, `passes` being what it costs to make use of that. */
function overlaps(axis: Axis, passes: number): boolean {
  const taps = axis.counts.reduce((total, count) => total + count, 0);
  return mostTaps(axis) >= MANY_TAPS && taps >= MANY_TAPS * passes * axis.input;
}

/** The windows along a row, and the room that folding them takes: the row itself and, behind it, what comes of it. */
interface Along {
  /** How many numbers that is. */
  readonly length: number;
  /** Folds the windows of the row at `row` to `to`. */
  readonly fold: (m: Float64Array, fold: Fold, reduction: Reduction, to: number, row: number) => void;
}

function prepareAlong(axis: Axis, inner: number): Along {
  const { rule, output } = axis;
  const empty = Array.from(axis.counts.keys()).filter((o) => axis.counts[o] === 0);
  const doubling = rule !== undefined && overlaps(axis, 0.5) ? prepareDoubling(rule, axis, inner) : undefined;
  let windows: Windows = axis;
  if (doubling !== undefined) {
    const { stride } = rule as WindowRule;
    const starts = Int32Array.from({ length: output }, (_, o) => o * stride);
    windows = { output, dilation: 1, starts, counts: new Int32Array(output).fill(1) };
  }
  return {
    length: axis.input * inner + 2 * (doubling?.length ?? 0),
    fold(m, fold, reduction, to, row) {
      const at = doubling === undefined ? row : doubling.run(m, fold, reduction, row);
      if (inner === 1) fold.taps(to, at, windows);
      else foldChannels(m, fold, to, at, windows, inner);
      for (let i = 0; i < empty.length; i++) clear(m, reduction, to + empty[i] * inner, inner);
    },
  };
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

interface Doubling {
  /** Elements of the padded row. */
  readonly length: number;
  /** Returns where the windows are. */
  readonly run: (m: Float64Array, fold: Fold, reduction: Reduction, row: number) => number;
}

/**
 * Equal windows of many taps at every position of a row, out of windows of 1, 2, 4 … taps that are twice the one before.
 * The row is padded first, with what changes nothing.
 */
function prepareDoubling(
  { kernelSize: taps, stride, before, low, high }: WindowRule,
  axis: Axis,
  inner: number,
): Doubling {
  const span = (axis.output - 1) * stride + (taps - 1) * axis.dilation + 1;
  const n = span * inner;
  // Elements from tap to tap.
  const step = axis.dilation * inner;
  // Positions of the row that windows read.
  const from = Math.max(low, -before);
  const to = Math.max(from, Math.min(high, span - before));
  return {
    length: n,
    run(m, fold, reduction, row) {
      const part = row + axis.input * inner;
      const whole = part + n;
      clear(m, reduction, part, n);
      m.copyWithin(part + (from + before) * inner, row + from * inner, row + to * inner);
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
    },
  };
}
