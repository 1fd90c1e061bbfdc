/**
 * A plan made ready for the kernels: its words, its bands and its kernel, independent of where in a memory they will be.
 */
import type { Plan } from '../plan.js';
import { DTYPES } from '../tensor.js';
import { type Band, cutBands } from './bands.js';
import type { Path } from './paths.js';
import { COLD_WORD, encodePlan, type Scratch } from './words.js';

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

/** Instantiates the kernels over `memory`; their only import. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Record<string, Kernel> {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, Kernel>;
}

/** Addresses of what kernels are given start at multiples of this. */
export const ALIGNMENT = 64;

export const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** More than the caches of today's processors keep for one program. */
const CACHED_BYTES = 24 * 1024 * 1024;

export class Program {
  readonly plan: Plan;
  readonly bands: readonly Band[];
  /** Bytes of working space: the plan's words, for each of the two kernels, then a scratch that both use. */
  readonly bytes: number;
  readonly #words: Int32Array;
  readonly #kernel: Kernel;
  readonly #exact: Kernel | undefined;
  readonly #exactScratch: Scratch | undefined;
  /** The exact kernel's words; not worked out before they are needed. */
  #exactWords: Int32Array | undefined;
  readonly #exactAt: number;
  readonly #scratchAt: number;
  #exactIsLoaded = false;

  constructor(kernels: Record<string, Kernel>, plan: Plan, whole: Plan, path: Path, bandBytes: number) {
    const scratch = path.scratch(plan);
    this.plan = plan;
    this.#words = encodePlan(plan, scratch);
    this.bands = cutBands(plan, DTYPES[plan.dtype].bytes, bandBytes, path.splitsWindows);
    this.#kernel = kernels[path.kernel(whole)];
    const exact = path.exact?.(whole);
    this.#exact = exact && kernels[exact.kernel(whole)];
    this.#exactScratch = exact?.scratch(plan);
    this.#exactAt = align(this.#words.byteLength);
    this.#scratchAt = exact ? 2 * this.#exactAt : this.#exactAt;
    this.bytes = this.#scratchAt + align(Math.max(scratch.bytes, this.#exactScratch?.bytes ?? 0));
  }

  /**
   * Writes the plan's words to the working space.
   * @param resident The input is where it always is, not in a band that was just copied and is still in the caches.
   */
  load(memory: WebAssembly.Memory, workspace: number, resident: boolean): void {
    this.#words[COLD_WORD] = Number(resident && this.plan.inputCount * DTYPES[this.plan.dtype].bytes > CACHED_BYTES);
    new Int32Array(memory.buffer, workspace, this.#words.length).set(this.#words);
    this.#exactIsLoaded = false;
  }

  /**
   * Runs one band; `x` and `y` are the addresses of the whole tensors, as 32-bit integers. Where only a band of one is in
   * the memory, its address is where the whole would begin, which may lie outside: kernels add the offset of what is
   * there, and addresses wrap around to it.
   * @returns Whether the exact kernel was needed, or was asked for by `exact`.
   */
  run(memory: WebAssembly.Memory, workspace: number, band: Band, x: number, y: number, exact: boolean): boolean {
    const { from, to, tapFrom, tapTo } = band;
    const scratch = workspace + this.#scratchAt;
    if (!exact) {
      const flagged = this.#kernel(workspace, x, y, scratch, from, to, tapFrom, tapTo);
      if (flagged === 0 || this.#exact === undefined) return false;
    }
    const words = workspace + this.#exactAt;
    if (!this.#exactIsLoaded) {
      this.#exactWords ??= encodePlan(this.plan, this.#exactScratch as Scratch);
      new Int32Array(memory.buffer, words, this.#exactWords.length).set(this.#exactWords);
      this.#exactIsLoaded = true;
    }
    (this.#exact as Kernel)(words, x, y, scratch, from, to, tapFrom, tapTo);
    return true;
  }
}
