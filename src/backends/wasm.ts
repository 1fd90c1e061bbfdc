/**
 * The wasm backend: instantiates the kernels over a memory, and moves tensors through it. Tensors that live in that
 * memory are pooled where they are; all others are streamed through a bounded part of it, band by band.
 */
import { most, type Plan } from '../plan.js';
import { Streamed } from '../strided.js';
import { DTYPES, type TypedArray } from '../tensor.js';
import { Arena, EXTERNAL, Workspace } from './arena.js';
import { cutStrips, mostBandRows, ROW_GROUP, type Strip } from './bands.js';
import { mostRows } from './lanes.js';
import { hasKernel, type Path, pickPath } from './paths.js';
import { align, bandElementBytes, instantiate, type Kernels, Program } from './program.js';
import { Views } from './views.js';

export interface WasmBackendOptions {
  readonly module: WebAssembly.Module;
  readonly memory?: WebAssembly.Memory | undefined;
  /** Bytes of input and output that are in the memory at a time. Default 512 KiB. */
  readonly bandBytes?: number | undefined;
  /** Name of the path to run, where it can; see paths.ts. */
  readonly path?: string | undefined;
  /** Whether TypeScript may take over. */
  readonly mayGiveUp: boolean;
}

/** Half of a usual second-level cache: what is copied in is still there when the kernel reads it. */
const BAND_BYTES = 512 * 1024;

/** Bytes that a band of `plan` may take on `path`; `asked` may have been for. */
export function bandBytesOf(path: Path, plan: Plan, asked?: number): number {
  const bytes = asked ?? Math.max(BAND_BYTES, path.bestBandBytes?.(plan) ?? 0);
  return Math.max(bytes, path.bandBytes?.(plan) ?? 0);
}

/** What kernels may take to work in so that resident rows stay where they are. */
const MOST_WORKSPACE_BYTES = 2 ** 26;

/** A program for a strip of columns, and where its bands of external tensors go, in bytes from the workspace. */
interface Job {
  readonly program: Program;
  readonly strip: Strip;
  readonly inputAt: number;
  readonly outputAt: number;
  readonly bytes: number;
  /** The bands of inputs, and where those of outputs are in the memory. */
  readonly inputs: Views;
  readonly outputs: Views;
}

/** What indices and gradients run in. */
export type Room = Pick<WasmBackend, 'arena' | 'taskWorkspace' | 'kernels' | 'bandBytes'>;

const wholeRows = (plan: Plan): Strip => ({ plan, from: 0, column: 0 });

export class WasmBackend {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly bandBytes: number;
  /** Of indices and gradients, whose kernels run along with those of poolings. */
  readonly taskWorkspace: Workspace;
  /** The size that was asked for. */
  readonly #askedBytes: number | undefined;
  readonly #path: string | undefined;
  readonly #mayGiveUp: boolean;
  readonly #workspace: Workspace;
  /** Why a run had too little memory, or a gradient no kernels, the last time. */
  lack: unknown;
  /** The program whose words are in the workspace. */
  #loaded: Program | undefined;
  #loadedResident = false;

  constructor({ module, memory, bandBytes, path, mayGiveUp }: WasmBackendOptions) {
    this.arena = new Arena(memory ?? new WebAssembly.Memory({ initial: 0 }));
    this.#workspace = new Workspace(this.arena);
    this.taskWorkspace = new Workspace(this.arena);
    this.kernels = instantiate(module, this.arena.memory);
    this.bandBytes = bandBytes ?? BAND_BYTES;
    this.#askedBytes = bandBytes;
    this.#path = path;
    this.#mayGiveUp = mayGiveUp;
  }

  serves(plan: Plan): boolean {
    return hasKernel(plan);
  }

  pathOf(plan: Plan): string {
    return pickPath(plan, this.#path).name;
  }

  /**
   * Everything that can be done before data is there. What is returned is a `Run`. Rows stay whole, however small bands were
   * asked for, unless it `cuts` those that are too long.
   */
  prepare(plan: Plan, cuts: boolean = true): (x: TypedArray | Streamed, y: TypedArray) => boolean {
    const { path, limit, strips: pieces } = this.#cut(plan);
    const strips = cuts ? pieces : [wholeRows(plan)];
    const streamed = strips.map((strip) => this.#job(strip, plan, path, limit, true));
    const stripBytes = most(streamed, ({ bytes }) => bytes);
    // A resident tensor needs no strips unless it is converted, or its kernel would take much room to work in: its rows are
    // where they are. Worked out when one comes, since rows that are cut can be as long as a tensor.
    let whole = strips.length === 1 ? streamed[0] : undefined;
    return (x, y) => {
      const xAt = x instanceof Streamed ? EXTERNAL : this.arena.addressOf(x);
      const yAt = this.arena.addressOf(y);
      const stays = xAt !== EXTERNAL && yAt !== EXTERNAL && !streamed[0].program.converts;
      if (strips.length === 1 || (stays && !path.keepsRows)) {
        whole ??= this.#job(wholeRows(plan), plan, path, limit, false);
        if (strips.length === 1 || whole.bytes <= MOST_WORKSPACE_BYTES) {
          if (!this.#workspace.has(whole.bytes)) return false;
          this.#run(whole, plan, x, xAt, y, yAt);
          return true;
        }
      }
      if (!this.#workspace.has(stripBytes)) return false;
      for (const job of streamed) this.#run(job, plan, x, EXTERNAL, y, EXTERNAL);
      return true;
    };
  }

  /**
   * Makes the room that a run lacked. Returns its arguments as they are then, or undefined if there is too little memory and
   * TypeScript is to run it.
   */
  makeRoom<T extends readonly unknown[]>(given: T): T | undefined {
    this.#loaded = undefined;
    try {
      return this.arena.makeRoom(given);
    } catch (error) {
      this.giveUp(error);
      return undefined;
    }
  }

  /** Leaves what runs into `error` to TypeScript; throws it if nothing but WebAssembly was asked for. */
  giveUp(error: unknown): void {
    if (!this.#mayGiveUp) throw error;
    this.lack = error;
  }

  #cut(plan: Plan): { readonly path: Path; readonly limit: number; readonly strips: readonly Strip[] } {
    const path = pickPath(plan, this.#path);
    const limit = bandBytesOf(path, plan, this.#askedBytes);
    const elementBytes = bandElementBytes(plan, path.lanes(plan));
    const rows = path.splitsWindows ? ROW_GROUP : mostRows(plan);
    return { path, limit, strips: cutStrips(plan, elementBytes, limit, rows) };
  }

  #job(strip: Strip, whole: Plan, path: Path, limit: number, streams: boolean): Job {
    const { plan } = strip;
    const program = new Program(this.kernels, plan, whole, path, limit);
    const { inputs, outputs } = mostBandRows(streams ? program.bands : []);
    const [, , width] = plan.axes;
    const inputAt = program.bytes;
    const outputAt = align(inputAt + inputs * width.input * plan.inner * DTYPES[plan.dtype].bytes);
    return {
      program,
      strip,
      inputAt,
      outputAt,
      bytes: align(outputAt + outputs * width.output * plan.inner * DTYPES[plan.resultDType].bytes),
      inputs: new Views(),
      outputs: new Views(),
    };
  }

  /** Puts the words of a job into the workspace. */
  #load({ program }: Job, resident: boolean): void {
    if (this.#loaded === program && this.#loadedResident === resident) return;
    program.load(this.arena.buffer, this.#workspace.address, resident);
    this.#loaded = program;
    this.#loadedResident = resident;
  }

  /** Runs a job on the tensors of the `whole` plan; on a strip's part of their rows, it takes both for external. */
  #run(job: Job, whole: Plan, x: TypedArray | Streamed, xAt: number, y: TypedArray, yAt: number): void {
    this.#load(job, xAt !== EXTERNAL);
    const { program, strip } = job;
    const { plan } = program;
    const { bytes } = DTYPES[plan.dtype];
    const { bytes: resultBytes } = DTYPES[plan.resultDType];
    const inputRow = plan.axes[2].input * plan.inner;
    const outputRow = plan.axes[2].output * plan.inner;
    const { buffer } = this.arena;
    const { address } = this.#workspace;
    const input = address + job.inputAt;
    const output = address + job.outputAt;
    // Whole numbers to the engine as well, which would otherwise box a float for each call.
    const inputAt = (input / bytes) >>> 0;
    const outputAt = (output / resultBytes) >>> 0;
    // Rows of a strip lie apart.
    const isWhole = plan === whole;
    let exact = false;
    for (let i = 0; i < program.bands.length; i++) {
      const band = program.bands[i];
      if (xAt === EXTERNAL) {
        const memory = this.arena.view(plan.dtype);
        const rows = isWhole ? band.inputTo - band.inputFrom : 1;
        for (let row = band.inputFrom, at = inputAt; row < band.inputTo; row += rows, at += inputRow) {
          const from = (row * whole.axes[2].input + strip.column) * plan.inner;
          const to = from + rows * inputRow;
          if (x instanceof Streamed) x.pack(memory, at, from, to);
          else memory.set(isWhole ? job.inputs.part(x, i, from, to) : x.subarray(from, to), at);
        }
      }
      exact = program.run(
        buffer,
        address,
        band,
        (xAt === EXTERNAL ? input - band.inputFrom * inputRow * bytes : xAt) | 0,
        (yAt === EXTERNAL ? output - band.from * outputRow * resultBytes : yAt) | 0,
        exact,
      );
      if (yAt !== EXTERNAL || !band.completes) continue;
      const results = this.arena.view(plan.resultDType);
      const rows = isWhole ? band.to - band.from : 1;
      for (let row = band.from, at = outputAt; row < band.to; row += rows, at += outputRow) {
        const end = at + rows * outputRow;
        const part = isWhole ? job.outputs.part(results, i, at, end) : results.subarray(at, end);
        y.set(part, (row * whole.axes[2].output + strip.from) * plan.inner);
      }
    }
  }
}
