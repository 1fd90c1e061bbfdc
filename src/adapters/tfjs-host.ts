/**
 * Where TensorFlow.js' backends keep their tensors: typed arrays, or addresses in the heap of a WebAssembly module.
 */
import { createRaw, type Raw, type RawPool } from '../raw.js';
import { DTYPES, type DType, dtypeOf, type TypedArray } from '../tensor.js';

/** A tensor of TensorFlow.js, as kernels see it. */
export interface TensorInfo {
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** TensorFlow.js' names of the dtypes that can be pooled. */
export const DTYPE_OF: Readonly<Record<string, DType>> = { float32: 'float32', int32: 'int32', bool: 'uint8' };

/** What is needed of a backend. */
export interface Backend {
  write(values: TypedArray | null, shape: readonly number[], dtype: string): object;
  readSync(dataId: object): TypedArray;
  disposeData(dataId: object): unknown;
  /** Of the cpu backend. */
  readonly data?: { get(dataId: object): { readonly values: TypedArray } };
  /** Of the wasm backend. */
  readonly wasm?: EmscriptenModule;
  readonly dataIdMap?: { get(dataId: object): { readonly memoryOffset: number } };
}

/** What is needed of an Emscripten module; where its memory is depends on how it was built. */
interface EmscriptenModule {
  readonly HEAPU8: Uint8Array;
  readonly wasmMemory?: unknown;
  readonly asm?: object;
  readonly wasmExports?: object;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** A backend, seen as the place where its tensors are. */
export interface Host {
  readonly backend: Backend;
  /** Makes a tensor whose elements are yet to be written. */
  create(shape: readonly number[], dtype: string): TensorInfo;
  /** The tensor's own elements, until the next tensor is made. */
  view(tensor: TensorInfo): TypedArray;
  /** Prepares to pool tensors by their addresses; undefined where kernels cannot run on the memory that they are in. */
  inPlace(prepare: (raw: Raw) => RawPool): ((x: TensorInfo, y: TensorInfo) => void) | undefined;
  /** Gives back what it has taken of the backend's memory. */
  dispose(): void;
}

export const countOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

export class CpuHost implements Host {
  readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  create(shape: readonly number[], dtype: string): TensorInfo {
    const values = new DTYPES[DTYPE_OF[dtype]].Elements(countOf(shape));
    return { dataId: this.backend.write(values, shape, dtype), shape, dtype };
  }

  view({ dataId, dtype }: TensorInfo): TypedArray {
    const values = this.backend.data?.get(dataId).values;
    // Some kernels leave arrays of other types, which the backend converts when they are read.
    return values !== undefined && dtypeOf(values) === DTYPE_OF[dtype] ? values : this.backend.readSync(dataId);
  }

  inPlace(): undefined {
    return undefined;
  }

  dispose(): void {}
}

export class WasmHost implements Host {
  readonly backend: Backend;
  readonly #module: EmscriptenModule;
  readonly #raw: Raw | undefined;
  #workspace = 0;
  #workspaceBytes = 0;

  constructor(backend: Backend) {
    this.backend = backend;
    this.#module = backend.wasm as EmscriptenModule;
    const memory = memoryOf(this.#module);
    try {
      this.#raw = memory && createRaw(memory);
    } catch {
      // A memory that the kernels cannot import: its tensors are streamed through another.
    }
  }

  create(shape: readonly number[], dtype: string): TensorInfo {
    return { dataId: this.backend.write(null, shape, dtype), shape, dtype };
  }

  view(tensor: TensorInfo): TypedArray {
    const { Elements } = DTYPES[DTYPE_OF[tensor.dtype]];
    // The module has a new buffer when its memory has grown.
    return new Elements(this.#module.HEAPU8.buffer, this.#addressOf(tensor), countOf(tensor.shape));
  }

  inPlace(prepare: (raw: Raw) => RawPool): ((x: TensorInfo, y: TensorInfo) => void) | undefined {
    if (this.#raw === undefined) return undefined;
    const pool = prepare(this.#raw);
    return (x, y) => pool.run(this.#addressOf(x), this.#addressOf(y), this.#workspaceOf(pool.workspaceBytes));
  }

  dispose(): void {
    if (this.#workspaceBytes > 0) this.#module._free(this.#workspace);
    this.#workspaceBytes = 0;
  }

  #addressOf({ dataId }: TensorInfo): number {
    return (this.backend.dataIdMap as NonNullable<Backend['dataIdMap']>).get(dataId).memoryOffset;
  }

  #workspaceOf(bytes: number): number {
    if (bytes > this.#workspaceBytes) {
      this.dispose();
      // Addresses of 2 GB and more come as negative numbers.
      const address = this.#module._malloc(bytes) >>> 0;
      if (address === 0) throw new RangeError(`registerPooling: no memory for a workspace of ${bytes} bytes`);
      this.#workspace = address;
      this.#workspaceBytes = bytes;
    }
    return this.#workspace;
  }
}

function memoryOf({ HEAPU8, wasmMemory, asm, wasmExports }: EmscriptenModule): WebAssembly.Memory | undefined {
  const candidates: unknown[] = [wasmMemory, ...Object.values(asm ?? {}), ...Object.values(wasmExports ?? {})];
  return candidates.find(
    (candidate): candidate is WebAssembly.Memory =>
      candidate instanceof WebAssembly.Memory && candidate.buffer === HEAPU8.buffer,
  );
}
