/**
 * A plan made ready for the kernels: its words, its bands and its kernel, independent of where in a memory they will be.
 */
import type { Plan } from '../plan.js';
import { DTYPES } from '../tensor.js';
import { type Band, cutBands } from './bands.js';
import type { Path } from './paths.js';
import { encodePlan } from './words.js';

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

export class Program {
  readonly plan: Plan;
  readonly bands: readonly Band[];
  /** Bytes of working space: the plan's words, then the kernel's scratch. */
  readonly bytes: number;
  readonly #words: Int32Array;
  readonly #scratchAt: number;
  readonly #kernel: Kernel;
  readonly #exact: Kernel;

  constructor(kernels: Record<string, Kernel>, plan: Plan, path: Path, bandBytes: number) {
    const scratch = path.scratch(plan);
    this.plan = plan;
    this.#words = encodePlan(plan, scratch);
    this.bands = cutBands(plan, DTYPES[plan.dtype].bytes, bandBytes, path.splitsWindows);
    this.#scratchAt = align(this.#words.byteLength);
    this.bytes = this.#scratchAt + align(scratch.bytes);
    this.#kernel = kernels[path.kernel(plan)];
    this.#exact = kernels[(path.exact ?? path.kernel)(plan)];
  }

  /** Writes the plan's words to the working space. */
  load(memory: WebAssembly.Memory, workspace: number): void {
    new Int32Array(memory.buffer, workspace, this.#words.length).set(this.#words);
  }

  /**
   * Runs one band; `x` and `y` are the addresses of the whole tensors. Where only a band of one is in the memory, its
   * address is where the whole would begin, which may lie outside: kernels add the offset of what is there, and 32-bit
   * addresses wrap around to it.
   * @returns Whether the exact kernel was needed, or was asked for by `exact`.
   */
  run(band: Band, workspace: number, x: number, y: number, exact: boolean): boolean {
    const { from, to, tapFrom, tapTo } = band;
    const scratch = workspace + this.#scratchAt;
    if (!exact && this.#kernel(workspace, x | 0, y | 0, scratch, from, to, tapFrom, tapTo) === 0) return false;
    this.#exact(workspace, x | 0, y | 0, scratch, from, to, tapFrom, tapTo);
    return true;
  }
}
