/**
 * A plan made ready for the kernels: its words, its bands, its kernels and conversions, independent of where in a memory
 * they will be.
 */
import { most, type Plan } from '../plan.js';
import { DTYPES } from '../tensor.js';
import type { ArgmaxKernels } from './argmax-wasm.js';
import { type Band, cutBands, mostBandRows } from './bands.js';
import { type Conversion, type Lanes, mayLose, mostRows } from './lanes.js';
import type { Path, Routine } from './paths.js';
import { encodePlan, wordBytes } from './words.js';

/**
 * A kernel: addresses of plan, input, output and scratch, output rows, and rows of each window. Returns other than 0 where
 * its path has to run the band again with its exact kernel.
 */
export type Kernel = (
  plan: number,
  x: number,
  y: number,
  scratch: number,
  from: number,
  to: number,
  tapFrom: number,
  tapTo: number,
) => number;

/** The exports of the module, but for those of gradients. */
export type Kernels = Readonly<Record<Routine['name'], Kernel>> &
  ArgmaxKernels & {
    /** Converts elements: which conversion, to and from which address, how many of how many bytes, a mask, spare bytes. */
    readonly convert: (
      conversion: number,
      to: number,
      from: number,
      count: number,
      bytes: number,
      low: number,
      high: number,
      spare: number,
    ) => void;
    /** Reads so many bytes from an address, for the caches. */
    readonly readAhead: (from: number, bytes: number) => number;
  };

/** Instantiates kernels over `memory`; their only import. */
export function instantiate<K>(module: WebAssembly.Module, memory: WebAssembly.Memory): K {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as K;
}

/** Addresses of what kernels are given start at multiples of this. */
export const ALIGNMENT = 64;

export const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** More than the caches of today's processors keep for one program. */
const CACHED_BYTES = 24 * 1024 * 1024;

/** What a second-level cache holds. */
const MOST_AHEAD_BYTES = 1024 * 1024;

/** What conversions keep for elements that fill no vector. */
const SPARE_BYTES = 64;

export class Program {
  readonly plan: Plan;
  readonly bands: readonly Band[];
  /** Bytes of working space: room to convert in, the scratch of the kernel that needs more, then the plan's words for each. */
  readonly bytes: number;
  /** Whether tensors are converted on the way, so that resident ones do not stay where they are either. */
  readonly converts: boolean;
  readonly #kernels: Kernels;
  readonly #first: Call;
  readonly #exact: Call | undefined;
  /** The input is larger than the caches, and not in them. */
  #cold = false;
  readonly #inputRow: number;
  readonly #outputRow: number;
  /** Where bands are that were converted or are to be, in bytes from the workspace, behind `SPARE_BYTES` of their own. */
  readonly #decodedAt = SPARE_BYTES;
  readonly #encodedAt: number;
  readonly #scratchAt: number;

  constructor(kernels: Kernels, plan: Plan, whole: Plan, path: Path, bandBytes: number) {
    const lanes = path.lanes(whole);
    this.plan = plan;
    this.#kernels = kernels;
    this.bands = cutBands(
      plan,
      bandElementBytes(plan, lanes),
      bandBytes,
      path.splitsWindows,
      path.rowsTogether?.(plan),
    );
    this.#inputRow = plan.axes[2].input * plan.inner;
    this.#outputRow = plan.axes[2].output * plan.inner;
    const exact = path.exact && mayLose(lanes) ? path.exact : undefined;
    const all = exact === undefined ? [lanes] : [lanes, exact.lanes(whole)];
    this.converts = converts(lanes);

    const { inputs, outputs } = mostBandRows(this.bands);
    const decoded = most(all, ({ decode, bytes }) => (decode.length > 0 ? bytes : 0));
    const encoded = most(all, ({ encode, bytes }) => (encode.length > 0 ? bytes : 0));
    this.#encodedAt = align(SPARE_BYTES + inputs * this.#inputRow * decoded + 16);
    this.#scratchAt = align(this.#encodedAt + outputs * this.#outputRow * encoded + 16);
    const scratchBytes = Math.max(
      path.scratch(plan, lanes, whole).bytes,
      exact === undefined ? 0 : exact.scratch(plan, exact.lanes(whole), whole).bytes,
    );
    const wordsAt = align(this.#scratchAt + scratchBytes);
    this.#first = new Call(kernels, plan, whole, path, lanes, wordsAt);
    this.#exact =
      exact && new Call(kernels, plan, whole, exact, exact.lanes(whole), align(wordsAt + this.#first.bytes));
    this.bytes = wordsAt + (exact ? 2 : 1) * align(this.#first.bytes);
  }

  /**
   * Writes the plan's words to the working space.
   * @param resident The input is where it always is, not in a band that was just copied and is still in the caches.
   */
  load(buffer: ArrayBufferLike, workspace: number, resident: boolean): void {
    // Windows of one row are read in order anyway, as is what is converted.
    const inOrder = this.converts || mostRows(this.plan) === 1;
    this.#cold = resident && !inOrder && this.plan.inputCount * DTYPES[this.plan.dtype].bytes > CACHED_BYTES;
    this.#first.load(buffer, workspace);
    if (this.#exact !== undefined) this.#exact.loaded = false;
  }

  /**
   * Runs one band; `buffer` is the memory's; `x` and `y` are the addresses of the whole tensors, as 32-bit integers. Where
   * only a band of one is in the memory, its address is where the whole would begin, which may lie outside: kernels add the
   * offset of what is there, and addresses wrap around to it.
   * @returns Whether the exact kernel was needed, or was asked for by `exact`.
   */
  run(buffer: ArrayBufferLike, workspace: number, band: Band, x: number, y: number, exact: boolean): boolean {
    if (this.#cold) {
      const row = this.#inputRow * DTYPES[this.plan.dtype].bytes;
      const bytes = (band.inputTo - band.inputFrom) * row;
      // Rows of slices that are far apart have many between them that the band does not read.
      if (bytes <= MOST_AHEAD_BYTES) this.#kernels.readAhead((x + band.inputFrom * row) | 0, bytes);
    }
    if (!exact) {
      const flagged = this.#call(this.#first, workspace, band, x, y);
      if (flagged === 0 || this.#exact === undefined) return false;
    }
    const call = this.#exact as Call;
    if (!call.loaded) call.load(buffer, workspace);
    this.#call(call, workspace, band, x, y);
    return true;
  }

  #call({ kernel, lanes, wordsAt }: Call, workspace: number, band: Band, x: number, y: number): number {
    const { dtype, resultDType } = this.plan;
    const { from, to, tapFrom, tapTo, inputFrom, inputTo } = band;
    let input = x;
    let output = y;
    if (lanes.decode.length > 0) {
      const decoded = workspace + this.#decodedAt;
      const first = inputFrom * this.#inputRow;
      const count = (inputTo - inputFrom) * this.#inputRow;
      this.#convert(
        lanes.decode,
        lanes.bytes,
        decoded,
        (x + first * DTYPES[dtype].bytes) | 0,
        count,
        decoded,
        workspace,
      );
      input = (decoded - first * lanes.bytes) | 0;
    }
    const encoded = workspace + this.#encodedAt;
    const first = from * this.#outputRow;
    if (lanes.encode.length > 0) output = (encoded - first * lanes.bytes) | 0;
    const scratch = workspace + this.#scratchAt;
    const flagged = kernel(workspace + wordsAt, input, output, scratch, from, to, tapFrom, tapTo);
    if (lanes.encode.length > 0 && band.completes && flagged === 0) {
      const result = (y + first * DTYPES[resultDType].bytes) | 0;
      this.#convert(lanes.encode, lanes.bytes, encoded, encoded, (to - from) * this.#outputRow, result, workspace);
    }
    return flagged;
  }

  /** Converts `count` elements from `from` to `to`, by way of `between`, where all but the last conversion put them. */
  #convert(
    conversions: readonly Conversion[],
    bytes: number,
    between: number,
    from: number,
    count: number,
    to: number,
    spare: number,
  ): void {
    for (let i = 0; i < conversions.length; i++) {
      const { number, low, high } = conversions[i];
      const source = i === 0 ? from : between;
      const target = i === conversions.length - 1 ? to : between;
      this.#kernels.convert(number, target, source, count, bytes, low, high, spare);
    }
  }
}

/** A kernel with its words. */
class Call {
  readonly kernel: Kernel;
  readonly lanes: Lanes;
  readonly wordsAt: number;
  readonly bytes: number;
  loaded = false;
  readonly #words: () => Int32Array;
  #encoded: Int32Array | undefined;

  constructor(kernels: Kernels, plan: Plan, whole: Plan, routine: Routine, lanes: Lanes, wordsAt: number) {
    this.kernel = kernels[routine.name];
    this.lanes = lanes;
    this.wordsAt = wordsAt;
    this.bytes = wordBytes(plan);
    // Not worked out before they are needed.
    this.#words = () => encodePlan(plan, lanes, routine.scratch(plan, lanes, whole));
  }

  load(buffer: ArrayBufferLike, workspace: number): void {
    this.#encoded ??= this.#words();
    new Int32Array(buffer, workspace + this.wordsAt, this.#encoded.length).set(this.#encoded);
    this.loaded = true;
  }
}

const converts = ({ decode, encode }: Lanes): boolean => decode.length > 0 || encode.length > 0;

/** Bytes of an element while its band is worked on: as it is in the tensor and, where they differ, as kernels have it. */
export function bandElementBytes({ dtype, resultDType }: Plan, lanes: Lanes): number {
  const bytes = Math.max(DTYPES[dtype].bytes, DTYPES[resultDType].bytes);
  return converts(lanes) ? bytes + lanes.bytes : bytes;
}
