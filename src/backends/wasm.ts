/**
 * The wasm backend: instantiates the kernels over a memory, and moves tensors through it. Tensors that live in that
 * memory are pooled where they are; all others are streamed through a bounded part of it, band by band.
 */
import type { Plan } from '../plan.js';
import { DTYPES, type DType, type TypedArray } from '../tensor.js';
import { Arena } from './arena.js';
import type { Backend, Run } from './backend.js';
import { type Band, cutBands, cutStrips, type Strip } from './bands.js';
import { type Path, pickPath } from './paths.js';
import { encodePlan, layOutScratch } from './words.js';

/** A kernel: addresses of plan, input, output and scratch, output rows, and rows of each window. */
export type Kernel = (
  plan: number,
  x: number,
  y: number,
  scratch: number,
  from: number,
  to: number,
  tapFrom: number,
  tapTo: number,
) => void;

/** Instantiates the kernels over `memory`; their only import. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Record<string, Kernel> {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, Kernel>;
}

export interface WasmBackendOptions {
  readonly module: WebAssembly.Module;
  readonly memory?: WebAssembly.Memory | undefined;
  /** Bytes of input and output that are in the memory at a time. Default 512 KiB. */
  readonly bandBytes?: number | undefined;
  /** Name of the path to run, where it can; see paths.ts. */
  readonly path?: string | undefined;
}

/** In place of an address: the tensor is not in the wasm memory. */
const EXTERNAL = -1;

const BAND_BYTES = 512 * 1024;

/** What one strip of columns needs to run: its words, its kernel, its bands and where its parts lie in the workspace. */
interface Job {
  readonly strip: Strip;
  readonly words: Int32Array;
  readonly kernel: Kernel;
  readonly bands: readonly Band[];
  readonly scratchAt: number;
  readonly inputAt: number;
  readonly outputAt: number;
  readonly bytes: number;
}

export class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly arena: Arena;
  readonly #kernels: Record<string, Kernel>;
  readonly #bandBytes: number;
  readonly #path: string | undefined;
  #workspace = 0;
  #workspaceBytes = 0;
  /** The job whose words are in the workspace. */
  #loaded: Job | undefined;
  /** Views of the whole memory, one per dtype; made anew when the memory has grown, which detaches them. */
  readonly #views = new Map<DType, TypedArray>();

  constructor({ module, memory, bandBytes, path }: WasmBackendOptions) {
    this.arena = new Arena(memory ?? new WebAssembly.Memory({ initial: 0 }));
    this.#kernels = instantiateKernels(module, this.arena.memory);
    this.#bandBytes = bandBytes ?? BAND_BYTES;
    this.#path = path;
  }

  /** A view of the whole memory, valid until the memory grows. */
  view(dtype: DType): TypedArray {
    let view = this.#views.get(dtype);
    const { buffer } = this.arena.memory;
    if (view === undefined || view.buffer !== buffer) {
      const { Elements, bytes } = DTYPES[dtype];
      view = new Elements(buffer, 0, Math.floor(buffer.byteLength / bytes));
      this.#views.set(dtype, view);
    }
    return view;
  }

  prepare(plan: Plan): Run {
    const path = pickPath(plan, this.#path);
    const { bytes } = DTYPES[plan.dtype];
    const strips = cutStrips(plan, bytes, this.#bandBytes);
    const streamed = strips.map((strip) => this.#job(strip, path, true));
    // A resident tensor needs no strips: its rows are where they are.
    const whole = strips.length === 1 ? streamed[0] : this.#job({ plan, from: 0, column: 0 }, path, false);
    return (x, y) => {
      const { buffer } = this.arena.memory;
      if (strips.length === 1 || (x.buffer === buffer && y.buffer === buffer)) this.#run(whole, x, y);
      else for (const job of streamed) this.#runStrip(job, plan, x, y);
    };
  }

  #job(strip: Strip, path: Path, streams: boolean): Job {
    const { plan } = strip;
    const { bytes } = DTYPES[plan.dtype];
    const scratch = layOutScratch(plan, path.accumulator(plan));
    const words = encodePlan(plan, scratch);
    const bands = cutBands(plan, bytes, this.#bandBytes);
    let inputRows = 0;
    let outputRows = 0;
    for (const band of bands) {
      inputRows = Math.max(inputRows, band.inputTo - band.inputFrom);
      outputRows = Math.max(outputRows, band.to - band.from);
    }
    const [, , width] = plan.axes;
    const align = (at: number) => Math.ceil(at / 64) * 64;
    const scratchAt = align(words.byteLength);
    const inputAt = align(scratchAt + scratch.bytes);
    const outputAt = align(inputAt + (streams ? inputRows * width.input * plan.inner * bytes : 0));
    return {
      strip,
      words,
      kernel: this.#kernels[path.kernel(plan)],
      bands,
      scratchAt,
      inputAt,
      outputAt,
      bytes: align(outputAt + (streams ? outputRows * width.output * plan.inner * bytes : 0)),
    };
  }

  /** Makes room for `job` and puts its words there. */
  #load(job: Job): void {
    if (this.#loaded === job) return;
    if (job.bytes > this.#workspaceBytes) {
      const bytes = job.bytes;
      if (this.#workspaceBytes > 0) this.arena.free(this.#workspace, this.#workspaceBytes);
      this.#workspaceBytes = 0;
      this.#loaded = undefined;
      this.#workspace = this.arena.alloc(bytes);
      this.#workspaceBytes = bytes;
    }
    new Int32Array(this.arena.memory.buffer, this.#workspace, job.words.length).set(job.words);
    this.#loaded = job;
  }

  #run(job: Job, x: TypedArray, y: TypedArray): void {
    // Addresses first: if loading grows the memory, views of it lose theirs.
    const { buffer } = this.arena.memory;
    const xAt = x.buffer === buffer ? x.byteOffset : EXTERNAL;
    const yAt = y.buffer === buffer ? y.byteOffset : EXTERNAL;
    this.#load(job);
    const { plan } = job.strip;
    const { bytes } = DTYPES[plan.dtype];
    const [, , width] = plan.axes;
    const inputRow = width.input * plan.inner;
    const outputRow = width.output * plan.inner;
    const memory = this.view(plan.dtype);
    const input = this.#workspace + job.inputAt;
    const output = this.#workspace + job.outputAt;
    for (const band of job.bands) {
      if (xAt === EXTERNAL) {
        memory.set(part(x, band.inputFrom * inputRow, band.inputTo * inputRow), input / bytes);
      }
      this.#call(
        job,
        band,
        xAt === EXTERNAL ? input - band.inputFrom * inputRow * bytes : xAt,
        yAt === EXTERNAL ? output - band.from * outputRow * bytes : yAt,
      );
      if (yAt === EXTERNAL && band.completes) {
        const count = (band.to - band.from) * outputRow;
        y.set(memory.subarray(output / bytes, output / bytes + count), band.from * outputRow);
      }
    }
  }

  /** One strip of columns: its part of each row is packed on the way in and unpacked on the way out. */
  #runStrip(job: Job, whole: Plan, x: TypedArray, y: TypedArray): void {
    const { buffer } = this.arena.memory;
    const { bytes } = DTYPES[whole.dtype];
    const xAt = x.buffer === buffer ? x.byteOffset / bytes : EXTERNAL;
    const yAt = y.buffer === buffer ? y.byteOffset / bytes : EXTERNAL;
    this.#load(job);
    const { strip } = job;
    const inner = whole.inner;
    const inputRow = strip.plan.axes[2].input * inner;
    const outputRow = strip.plan.axes[2].output * inner;
    const memory = this.view(whole.dtype);
    if (xAt !== EXTERNAL) x = memory.subarray(xAt, xAt + whole.inputCount);
    if (yAt !== EXTERNAL) y = memory.subarray(yAt, yAt + whole.outputCount);
    const input = this.#workspace + job.inputAt;
    const output = this.#workspace + job.outputAt;
    for (const band of job.bands) {
      for (let row = band.inputFrom; row < band.inputTo; row++) {
        const from = (row * whole.axes[2].input + strip.column) * inner;
        memory.set(part(x, from, from + inputRow), input / bytes + (row - band.inputFrom) * inputRow);
      }
      this.#call(job, band, input - band.inputFrom * inputRow * bytes, output - band.from * outputRow * bytes);
      if (!band.completes) continue;
      for (let row = band.from; row < band.to; row++) {
        const at = output / bytes + (row - band.from) * outputRow;
        y.set(memory.subarray(at, at + outputRow), (row * whole.axes[2].output + strip.from) * inner);
      }
    }
  }

  // Addresses are where the whole tensor would begin, which may lie outside the memory: kernels add the offset of what is
  // there, and 32-bit addresses wrap around to it.
  #call({ kernel, scratchAt }: Job, { from, to, tapFrom, tapTo }: Band, x: number, y: number): void {
    kernel(this.#workspace, x | 0, y | 0, this.#workspace + scratchAt, from, to, tapFrom, tapTo);
  }
}

/** Elements `from` to `to`, without a new view where that is all of them. */
function part(x: TypedArray, from: number, to: number): TypedArray {
  return from === 0 && to === x.length ? x : x.subarray(from, to);
}
