/**
 * Sums by place in WebAssembly, a band at a time: like those of scatter.ts in 64-bit floats, in the order of the results, and
 * rounded once. What is kept are the sums of those rows of the input that windows of later bands may reach as well.
 */
import { most, type Plan } from '../plan.js';
import { DTYPES, type TypedArray } from '../tensor.js';
import type { Search } from './argmax-wasm.js';
import { type Band, cutBands, mostBandRows } from './bands.js';
import { gradientKernels } from './gradient-kernels.js';
import { Passage } from './passage.js';
import { align } from './program.js';
import type { Room } from './wasm.js';

export interface ScatterKernels {
  /** Whether all places are among `size` from `first` on. */
  readonly inside: (places: number, count: number, first: number, size: number) => number;
  readonly scatter: (
    dy: number,
    places: number,
    sums: number,
    apart: number,
    planes: number,
    results: number,
    inner: number,
    wide: number,
  ) => void;
  /** Rounds sums to 32-bit floats, and makes them zero. */
  readonly settle: (sums: number, to: number, count: number) => void;
}

/** A band, and what is done with the sums after it. */
interface Step extends Band {
  /** Planes that all of it is of, or 1. */
  readonly planes: number;
  /** The first row of the input of its first plane, and the places in a plane that its windows may have. */
  readonly plane: number;
  readonly firstPlace: number;
  readonly places: number;
  /** Results. */
  readonly first: number;
  readonly last: number;
  /** The element that the sums begin with, and how many of them are complete, and are not. */
  readonly low: number;
  readonly complete: number;
  readonly kept: number;
}

const SUM_BYTES = 8;
const INDEX_BYTES = 4;

export interface ScatterInWasm {
  /** Bytes of the workspace that it takes. */
  readonly bytes: number;
  /** Whether all places are among those of the windows of their bands. */
  readonly inside: (places: Int32Array) => boolean;
  /**
   * dx = 0, then dx[place of result i] += dy[i] for each i in order. The places are `inside`, or else are searched for in x.
   * False, with only a part written, if they are not inside any more.
   */
  readonly run: (dy: TypedArray, from: TypedArray, dx: TypedArray) => boolean;
}

/** Sums by the places that `search` finds in x, or else by places that are given. */
export function prepareScatterInWasm(plan: Plan, room: Room, search?: Search): ScatterInWasm {
  const { arena, taskWorkspace } = room;
  const { find, scratch = 0, bandBytes = room.bandBytes } = search ?? {};
  const kernels = gradientKernels(room);
  const [depth, height, width] = plan.axes;
  const wide = plan.dtype === 'float64';
  const elementBytes = DTYPES[plan.dtype].bytes;
  // Elements of a row of the input, and what the sums of a plane would take.
  const row = width.input * plan.inner;
  const planeBytes = (depth.input * height.input * row * SUM_BYTES) | 0;
  const steps = stepsOf(plan, cutBands(plan, SUM_BYTES, bandBytes, false));
  const passage = new Passage(arena);

  // Where the parts of tensors go, in bytes from the workspace, which begins with the sums.
  const results = most(steps, ({ first, last }) => last - first);
  const mostSums = most(steps, ({ complete, kept }) => complete + kept);
  const dxAt = align(mostSums * SUM_BYTES);
  const dyAt = align(dxAt + most(steps, ({ complete }) => complete) * elementBytes);
  const placesAt = align(dyAt + results * elementBytes);
  const xAt = align(placesAt + results * INDEX_BYTES);
  const yAt = align(xAt + mostBandRows(steps).inputs * row * elementBytes);

  const areInside = ({ first, last, firstPlace, places: size }: Step, places: number): boolean =>
    kernels.inside((places + first * INDEX_BYTES) | 0, last - first, firstPlace, size) !== 0;

  return {
    bytes: scratch + align(yAt + results * elementBytes),

    inside(places) {
      const at = taskWorkspace.address + scratch + placesAt;
      for (let i = 0; i < steps.length; i++) {
        const step = steps[i];
        if (!areInside(step, passage.in(places, 4 * i, step.first, step.last, at))) return false;
      }
      return true;
    },

    run(dy, from, dx) {
      const address = taskWorkspace.address + scratch;
      const sums = arena.view('float64');
      const sumsAt = address / SUM_BYTES;
      sums.fill(0, sumsAt, sumsAt + mostSums);
      for (let i = 0; i < steps.length; i++) {
        const step = steps[i];
        const { first, last, low, complete, kept } = step;
        const gradients = passage.in(dy, 4 * i + 1, first, last, address + dyAt);
        const copied = (address + placesAt - first * INDEX_BYTES) | 0;
        let places = copied;
        if (find === undefined) {
          places = passage.in(from, 4 * i, first, last, address + placesAt);
          // Another thread may have changed those elsewhere since, and sums would be written anywhere.
          if (places === copied && !areInside(step, places)) return false;
        } else {
          const x = passage.in(from, 4 * i + 2, step.inputFrom * row, step.inputTo * row, address + xAt);
          find(x, (address + yAt - first * elementBytes) | 0, places, step.from, step.to);
        }
        kernels.scatter(
          (gradients + first * elementBytes) | 0,
          (places + first * INDEX_BYTES) | 0,
          (address + (step.plane * row - low) * SUM_BYTES) | 0,
          planeBytes,
          step.planes,
          (last - first) / step.planes,
          plan.inner,
          wide ? 1 : 0,
        );
        // Those that are complete are written; those that are not go to where they belong after it.
        const resultsAt = wide ? address : address + dxAt;
        const to = (passage.at(dx, low, resultsAt) + low * elementBytes) >>> 0;
        if (!wide) kernels.settle(address, to | 0, complete);
        else if (to !== address) sums.copyWithin(to / SUM_BYTES, sumsAt, sumsAt + complete);
        passage.out(dx, 4 * i + 3, low, low + complete, resultsAt);
        if (wide) sums.fill(0, sumsAt, sumsAt + complete);
        sums.copyWithin(sumsAt, sumsAt + complete, sumsAt + complete + kept);
        if (kept > 0) sums.fill(0, sumsAt + Math.max(complete, kept), sumsAt + complete + kept);
      }
      return true;
    },
  };
}

function stepsOf({ axes, outer, inner }: Plan, bands: readonly Band[]): Step[] {
  const [depth, height, width] = axes;
  const planeRows = depth.input * height.input;
  const resultRows = depth.output * height.output;
  const row = width.input * inner;
  const steps: Step[] = [];
  // The first row that a band or one after it reaches, from the last band on; before the first one, all are complete.
  let high = outer * planeRows;
  const lows = new Float64Array(bands.length + 1).fill(high);
  for (let i = bands.length - 1; i > 0; i--) lows[i] = Math.min(lows[i + 1], bands[i].inputFrom);
  lows[0] = 0;
  high = 0;
  bands.forEach((band, i) => {
    const whole = band.from % resultRows === 0 && band.to % resultRows === 0;
    const plane = Math.floor(band.from / resultRows) * planeRows;
    high = Math.max(high, band.inputTo);
    steps.push({
      ...band,
      planes: whole ? (band.to - band.from) / resultRows : 1,
      plane,
      // −1 stands for none; in parts of planes there has to be one.
      firstPlace: whole ? -1 : (band.inputFrom - plane) * width.input,
      places: whole ? planeRows * width.input + 1 : (band.inputTo - band.inputFrom) * width.input,
      first: band.from * width.output * inner,
      last: band.to * width.output * inner,
      low: lows[i] * row,
      complete: (lows[i + 1] - lows[i]) * row,
      kept: Math.max(0, high - lows[i + 1]) * row,
    });
  });
  return steps;
}
