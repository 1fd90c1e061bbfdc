/**
 * Sums by place in WebAssembly, a band at a time: like those of scatter.ts in 64-bit floats, in the order of the results, and
 * rounded once. What is kept are the sums of those rows of the input that windows of later bands may reach as well.
 */
import type { Plan } from '../plan.js';
import { DTYPES, type TypedArray } from '../tensor.js';
import { type Arena, EXTERNAL, type Workspace } from './arena.js';
import { type Band, cutBands } from './bands.js';
import { align } from './program.js';
import { Views } from './views.js';

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
  /** The row that the sums begin with, and how many of them are complete, and are not. */
  readonly low: number;
  readonly complete: number;
  readonly kept: number;
}

const SUM_BYTES = 8;
const INDEX_BYTES = 4;

export class ScatterInWasm {
  readonly #plan: Plan;
  readonly #arena: Arena;
  readonly #kernels: ScatterKernels;
  readonly #workspace: Workspace;
  readonly #steps: readonly Step[];
  readonly #wide: boolean;
  readonly #elementBytes: number;
  /** Elements of a row of the input, and of the results. */
  readonly #row: number;
  readonly #resultRow: number;
  readonly #planeRows: number;
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
  readonly #parts = new Views();

  constructor(plan: Plan, arena: Arena, workspace: Workspace, kernels: ScatterKernels, bandBytes: number) {
    const [depth, height, width] = plan.axes;
    this.#plan = plan;
    this.#arena = arena;
    this.#workspace = workspace;
    this.#kernels = kernels;
    this.#wide = plan.dtype === 'float64';
    this.#elementBytes = DTYPES[plan.dtype].bytes;
    this.#row = width.input * plan.inner;
    this.#resultRow = width.output * plan.inner;
    this.#planeRows = depth.input * height.input;
    this.#steps = stepsOf(plan, cutBands(plan, SUM_BYTES, bandBytes, false));
    const most = (count: (step: Step) => number) => this.#steps.reduce((max, step) => Math.max(max, count(step)), 0);
    const results = most(({ from, to }) => to - from) * this.#resultRow;
    this.#sums = most(({ complete, kept }) => complete + kept) * this.#row;
    this.#dxAt = align(this.#sums * SUM_BYTES);
    this.#dyAt = align(this.#dxAt + most(({ complete }) => complete) * this.#row * this.#elementBytes);
    this.#placesAt = align(this.#dyAt + results * this.#elementBytes);
    this.#xAt = align(this.#placesAt + results * INDEX_BYTES);
    const inputs = most(({ inputFrom, inputTo }) => inputTo - inputFrom) * this.#row;
    this.#yAt = align(this.#xAt + inputs * this.#elementBytes);
    this.bytes = align(this.#yAt + results * this.#elementBytes);
  }

  /** Whether all places are among those of the windows of their bands. */
  inside(places: Int32Array): boolean {
    const at = this.#arena.addressOf(places);
    const memory = this.#arena.view('int32');
    for (let i = 0; i < this.#steps.length; i++) {
      const { from, to, firstPlace, places: size } = this.#steps[i];
      const first = (this.#read(i, at, places, memory, this.#placesAt) + from * this.#resultRow * INDEX_BYTES) | 0;
      if (!this.#kernels.inside(first, (to - from) * this.#resultRow, firstPlace, size)) return false;
    }
    return true;
  }

  /** dx = 0, then dx[place of result i] += dy[i] for each i in order. The places are `inside`, or else `find` finds them in x. */
  run(dy: TypedArray, from: TypedArray, dx: TypedArray, find?: FindInBand): void {
    const arena = this.#arena;
    const dyAt = arena.addressOf(dy);
    const fromAt = arena.addressOf(from);
    const dxAt = arena.addressOf(dx);
    const memory = arena.view(this.#plan.dtype);
    const indices = arena.view('int32');
    const sums = arena.view('float64');
    const { address } = this.#workspace;
    const sumsAt = address / SUM_BYTES;
    const { inner } = this.#plan;
    sums.fill(0, sumsAt, sumsAt + this.#sums);
    for (let i = 0; i < this.#steps.length; i++) {
      const step = this.#steps[i];
      const { from: first, to } = step;
      const skipped = first * this.#resultRow;
      const gradients = this.#read(i, dyAt, dy, memory, this.#dyAt);
      let places: number;
      if (find === undefined) places = this.#read(i, fromAt, from, indices, this.#placesAt);
      else {
        const x = this.#readInput(i, fromAt, from, memory);
        places = (address + this.#placesAt - skipped * INDEX_BYTES) | 0;
        find(x, (address + this.#yAt - skipped * this.#elementBytes) | 0, places, first, to);
      }
      this.#kernels.scatter(
        (gradients + skipped * this.#elementBytes) | 0,
        (places + skipped * INDEX_BYTES) | 0,
        (address + (step.plane - step.low) * this.#row * SUM_BYTES) | 0,
        (this.#planeRows * this.#row * SUM_BYTES) | 0,
        step.planes,
        ((to - first) / step.planes) * this.#resultRow,
        inner,
        this.#wide ? 1 : 0,
      );
      this.#settle(step, i, dxAt, dx, memory, sums);
    }
  }

  /** Where a tensor of results begins, or would if all of it were there: of an external one, the rows of step `i` are copied. */
  #read(i: number, at: number, tensor: TypedArray, memory: TypedArray, partAt: number): number {
    if (at !== EXTERNAL) return at;
    const { from, to } = this.#steps[i];
    const first = from * this.#resultRow;
    const bytes = tensor.BYTES_PER_ELEMENT;
    const address = this.#workspace.address + partAt;
    memory.set(this.#parts.part(tensor, 3 * i, first, to * this.#resultRow), address / bytes);
    return (address - first * bytes) | 0;
  }

  /** The same of the input. */
  #readInput(i: number, at: number, tensor: TypedArray, memory: TypedArray): number {
    if (at !== EXTERNAL) return at;
    const { inputFrom, inputTo } = this.#steps[i];
    const first = inputFrom * this.#row;
    const address = this.#workspace.address + this.#xAt;
    memory.set(this.#parts.part(tensor, 3 * i + 1, first, inputTo * this.#row), address / this.#elementBytes);
    return (address - first * this.#elementBytes) | 0;
  }

  /** Writes the sums that are complete, and puts those that are not where they belong after it. */
  #settle(step: Step, i: number, dxAt: number, dx: TypedArray, memory: TypedArray, sums: TypedArray): void {
    const { address } = this.#workspace;
    const sumsAt = address / SUM_BYTES;
    const complete = step.complete * this.#row;
    const kept = step.kept * this.#row;
    const first = step.low * this.#row;
    const external = dxAt === EXTERNAL;
    if (this.#wide) {
      if (external) dx.set(this.#parts.part(sums, 3 * i + 2, sumsAt, sumsAt + complete), first);
      else sums.copyWithin(dxAt / SUM_BYTES + first, sumsAt, sumsAt + complete);
      sums.fill(0, sumsAt, sumsAt + complete);
    } else {
      const to = external ? address + this.#dxAt : dxAt + first * this.#elementBytes;
      this.#kernels.settle(address, to | 0, complete);
      const from = to / this.#elementBytes;
      if (external) dx.set(this.#parts.part(memory, 3 * i + 2, from, from + complete), first);
    }
    if (kept === 0) return;
    sums.copyWithin(sumsAt, sumsAt + complete, sumsAt + complete + kept);
    sums.fill(0, sumsAt + Math.max(complete, kept), sumsAt + complete + kept);
  }
}

function stepsOf({ axes, outer }: Plan, bands: readonly Band[]): Step[] {
  const [depth, height, width] = axes;
  const planeRows = depth.input * height.input;
  const resultRows = depth.output * height.output;
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
      low: lows[i],
      complete: lows[i + 1] - lows[i],
      kept: Math.max(0, high - lows[i + 1]),
    });
  });
  return steps;
}
