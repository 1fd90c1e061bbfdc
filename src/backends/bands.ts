/**
 * Bands: how much of a plan one kernel call works on. An external tensor passes through the wasm memory a band at a time,
 * and even a resident one is run in bands, since engines move a running wasm function to their better compiler only
 * between calls.
 */
import { most, type Plan, sliceColumns } from '../plan.js';

/** Output rows `from` to `to` of the whole tensor, and the input rows that they read. */
export interface Band {
  readonly from: number;
  readonly to: number;
  /** Rows of each window that this call folds: all of them, unless one window's rows are more than a band holds. */
  readonly tapFrom: number;
  readonly tapTo: number;
  readonly inputFrom: number;
  readonly inputTo: number;
  /** The outputs are written by this call, not by a later one that folds the rest of the rows. */
  readonly completes: boolean;
}

/** The most input rows that one of `bands` reads, and the most output rows. */
export function mostBandRows(bands: readonly Band[]): { readonly inputs: number; readonly outputs: number } {
  return {
    inputs: most(bands, ({ inputFrom, inputTo }) => inputTo - inputFrom),
    outputs: most(bands, ({ from, to }) => to - from),
  };
}

/** All rows of a window. */
const ALL_TAPS = 2 ** 31 - 1;
/** Kernels fold rows four at a time. */
export const ROW_GROUP = 4;

/**
 * Cuts `plan` into bands whose input and output take up to `limit` bytes, if one output row does; one that does not is cut
 * into a few rows of its window at a time if the path `splitsWindows`. Bands of a part of a plane end behind a multiple of
 * `together` rows where they have as many.
 */
export function cutBands(plan: Plan, elementBytes: number, limit: number, splitsWindows = false, together = 1): Band[] {
  const [depth, height, width] = plan.axes;
  const bands: Band[] = [];
  if (plan.outputCount === 0) return bands;
  const inputRowBytes = width.input * plan.inner * elementBytes;
  const outputRowBytes = width.output * plan.inner * elementBytes;
  const inputRows = depth.input * height.input;
  const outputRows = depth.output * height.output;
  const bytesOf = (inputs: number, outputs: number) => inputs * inputRowBytes + outputs * outputRowBytes;
  const add = (
    from: number,
    to: number,
    inputFrom: number,
    inputTo: number,
    tapFrom = 0,
    tapTo = ALL_TAPS,
    completes = true,
  ) => bands.push({ from, to, tapFrom, tapTo, inputFrom, inputTo, completes });

  const planes = Math.floor(limit / bytesOf(inputRows, outputRows));
  if (planes > 0) {
    for (let plane = 0; plane < plan.outer; plane += planes) {
      const end = Math.min(plan.outer, plane + planes);
      add(plane * outputRows, end * outputRows, plane * inputRows, end * inputRows);
    }
    return bands;
  }

  // Rows of a window that a band holds, where it does not hold all.
  const groups = Math.floor((limit - outputRowBytes) / (ROW_GROUP * height.dilation * inputRowBytes));
  const split = Math.max(1, groups) * ROW_GROUP;
  for (let plane = 0; plane < plan.outer * depth.output; plane++) {
    // Input rows of one output row: from the first slice's first row to the last slice's last row.
    const od = plane % depth.output;
    const slices = depth.counts[od];
    const step = depth.dilation * height.input;
    const firstRow = (((plane - od) / depth.output) * depth.input + depth.starts[od]) * height.input;
    const between = (slices - 1) * step;
    // What is between slices passes through the memory as well: worth it for many rows.
    const most = splitsWindows ? limit : Math.max(limit, 3 * between * inputRowBytes);
    const first = (oh: number) => firstRow + height.starts[oh];
    const end = (oh: number) =>
      slices * height.counts[oh] === 0
        ? first(oh)
        : first(oh) + between + (height.counts[oh] - 1) * height.dilation + 1;
    const base = plane * height.output;

    let oh = 0;
    while (oh < height.output) {
      let inputFrom = first(oh);
      let inputTo = end(oh);
      let to = oh + 1;
      for (; to < height.output; to++) {
        const from = Math.min(inputFrom, first(to));
        const until = Math.max(inputTo, end(to));
        if (bytesOf(until - from, to + 1 - oh) > most) break;
        inputFrom = from;
        inputTo = until;
      }
      const rest = to < height.output ? to % together : 0;
      if (rest > 0 && to - rest > oh) {
        to -= rest;
        inputTo = first(oh);
        for (let row = oh; row < to; row++) inputTo = Math.max(inputTo, end(row));
      }
      if (splitsWindows && to === oh + 1 && inputTo > inputFrom && bytesOf(inputTo - inputFrom, 1) > limit) {
        const rows = height.counts[oh];
        for (let td = 0; td < slices; td++) {
          for (let th = 0; th < rows; th += split) {
            const last = Math.min(rows, th + split);
            const at = inputFrom + td * step + th * height.dilation;
            const to = at + (last - th - 1) * height.dilation + 1;
            const tap = td * rows;
            add(base + oh, base + oh + 1, at, to, tap + th, tap + last, td === slices - 1 && last === rows);
          }
        }
      } else {
        add(base + oh, base + to, inputFrom, inputTo);
      }
      oh = to;
    }
  }
  return bands;
}

/** Output columns `from` to `to`, as a plan of their own on packed rows that begin with input column `column`. */
export interface Strip {
  readonly plan: Plan;
  readonly from: number;
  readonly column: number;
}

/** Cuts a plan with long rows into strips of columns, each short enough for a band to hold `rows` of its rows twice, or all. */
export function cutStrips(plan: Plan, elementBytes: number, limit: number, rows: number): Strip[] {
  const [depth, height, width] = plan.axes;
  const positionBytes = plan.inner * elementBytes;
  const held = Math.min(2 * rows, depth.input * height.input + height.output);
  const most = Math.floor(limit / Math.max(1, held * positionBytes));
  const whole: Strip[] = [{ plan, from: 0, column: 0 }];
  if (width.input + width.output <= most) return whole;

  const strips: Strip[] = [];
  let from = 0;
  while (from < width.output) {
    let low = width.input;
    let high = 0;
    let to = from;
    for (; to < width.output; to++) {
      const count = width.counts[to];
      const start = count === 0 ? low : Math.min(low, width.starts[to]);
      const end = count === 0 ? high : Math.max(high, width.starts[to] + (count - 1) * width.dilation + 1);
      if (to > from && Math.max(0, end - start) + (to + 1 - from) > most) break;
      low = start;
      high = end;
    }
    const column = Math.min(low, high);
    strips.push({ plan: sliceColumns(plan, from, to, column, high), from, column });
    from = to;
  }
  return strips.length > 1 ? strips : whole;
}
