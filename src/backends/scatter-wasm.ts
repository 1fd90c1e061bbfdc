/**
 * Sums by place in WebAssembly, a band at a time: like those of scatter.ts in 64-bit floats, in the order of the results, and
 * rounded once. What is kept are the sums of those rows of the input that windows of later bands may reach as well.
 */
import { most, type Plan } from '../plan.js';
import { DTYPES, type TypedArray } from '../tensor.js';
import { type Band, cutBands, mostBandRows } from './bands.js';
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

/** Finds the places of a band; addresses are those of whole tensors, of which only the rows of the band need to be there. */
export type FindInBand = (x: number, y: number, places: number, from: number, to: number) => void;

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

export class ScatterInWasm {
  readonly #plan: Plan;
  readonly #room: Room;
  readonly #steps: readonly Step[];
  readonly #wide: boolean;
  readonly #elementBytes: number;
  /** Elements of a row of the input. */
  readonly #row: number;
  /** What the sums of a plane would take. */
  readonly #planeBytes: number;
  /** Sums that are kept at the most. */
  readonly #sums: number;
  /** Where the parts of tensors go, in bytes from the workspace, which begins with the sums. */
  readonly #dxAt: number;
  readonly #dyAt: number;
  readonly #placesAt: number;
  readonly #xAt: number;
  readonly #yAt: number;
  /** Bytes of it all. */
  readonly bytes: number;
  readonly #passage: Passage;

  constructor(plan: Plan, room: Room) {
    const [depth, height, width] = plan.axes;
    this.#plan = plan;
    this.#room = room;
    this.#passage = new Passage(room.arena);
    this.#wide = plan.dtype === 'float64';
    this.#elementBytes = DTYPES[plan.dtype].bytes;
    this.#row = width.input * plan.inner;
    this.#planeBytes = (depth.input * height.input * this.#row * SUM_BYTES) | 0;
    this.#steps = stepsOf(plan, cutBands(plan, SUM_BYTES, room.bandBytes, false));
    const results = most(this.#steps, ({ first, last }) => last - first);
    this.#sums = most(this.#steps, ({ complete, kept }) => complete + kept);
    this.#dxAt = align(this.#sums * SUM_BYTES);
    this.#dyAt = align(this.#dxAt + most(this.#steps, ({ complete }) => complete) * this.#elementBytes);
    this.#placesAt = align(this.#dyAt + results * this.#elementBytes);
    this.#xAt = align(this.#placesAt + results * INDEX_BYTES);
    const inputs = mostBandRows(this.#steps).inputs * this.#row;
    this.#yAt = align(this.#xAt + inputs * this.#elementBytes);
    this.bytes = align(this.#yAt + results * this.#elementBytes);
  }

  /** Whether all places are among those of the windows of their bands. */
  inside(places: Int32Array): boolean {
    const at = this.#room.taskWorkspace.address + this.#placesAt;
    for (let i = 0; i < this.#steps.length; i++) {
      const step = this.#steps[i];
      if (!this.#areInside(step, this.#passage.in(places, 4 * i, step.first, step.last, at))) return false;
    }
    return true;
  }

  #areInside({ first, last, firstPlace, places: size }: Step, places: number): boolean {
    return this.#room.kernels.inside((places + first * INDEX_BYTES) | 0, last - first, firstPlace, size) !== 0;
  }

  /**
   * dx = 0, then dx[place of result i] += dy[i] for each i in order. The places are `inside`, or else `find` finds them in x.
   * False, with only a part written, if they are not inside any more.
   */
  run(dy: TypedArray, from: TypedArray, dx: TypedArray, find?: FindInBand): boolean {
    const passage = this.#passage;
    const { arena, taskWorkspace, kernels } = this.#room;
    const { address } = taskWorkspace;
    const sums = arena.view('float64');
    const sumsAt = address / SUM_BYTES;
    const bytes = this.#elementBytes;
    sums.fill(0, sumsAt, sumsAt + this.#sums);
    for (let i = 0; i < this.#steps.length; i++) {
      const step = this.#steps[i];
      const { first, last, low, complete, kept } = step;
      const gradients = passage.in(dy, 4 * i + 1, first, last, address + this.#dyAt);
      const copied = (address + this.#placesAt - first * INDEX_BYTES) | 0;
      let places = copied;
      if (find === undefined) {
        places = passage.in(from, 4 * i, first, last, address + this.#placesAt);
        // Another thread may have changed those elsewhere since, and sums would be written anywhere.
        if (places === copied && !this.#areInside(step, places)) return false;
      } else {
        const x = passage.in(
          from,
          4 * i + 2,
          step.inputFrom * this.#row,
          step.inputTo * this.#row,
          address + this.#xAt,
        );
        find(x, (address + this.#yAt - first * bytes) | 0, places, step.from, step.to);
      }
      kernels.scatter(
        (gradients + first * bytes) | 0,
        (places + first * INDEX_BYTES) | 0,
        (address + (step.plane * this.#row - low) * SUM_BYTES) | 0,
        this.#planeBytes,
        step.planes,
        (last - first) / step.planes,
        this.#plan.inner,
        this.#wide ? 1 : 0,
      );
      // Those that are complete are written; those that are not go to where they belong after it.
      const resultsAt = this.#wide ? address : address + this.#dxAt;
      const to = (passage.at(dx, low, resultsAt) + low * bytes) >>> 0;
      if (!this.#wide) kernels.settle(address, to | 0, complete);
      else if (to !== address) sums.copyWithin(to / SUM_BYTES, sumsAt, sumsAt + complete);
      passage.out(dx, 4 * i + 3, low, low + complete, resultsAt);
      if (this.#wide) sums.fill(0, sumsAt, sumsAt + complete);
      sums.copyWithin(sumsAt, sumsAt + complete, sumsAt + complete + kept);
      if (kept > 0) sums.fill(0, sumsAt + Math.max(complete, kept), sumsAt + complete + kept);
    }
    return true;
  }
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
