/**
 * TensorFlow.js: its pooling kernels, replaced by this library's. `tf` is passed in, so nothing of it is imported.
 */
import { planName } from '../ops.js';
import { createPooling, type Pooling, type PoolPlan } from '../pooling.js';
import { createRaw, type Raw, type RawPool } from '../raw.js';
import { Recent } from '../recent.js';
import { DTYPES, type DType, describe, dtypeOf, type TypedArray } from '../tensor.js';

/** What is needed of `@tensorflow/tfjs-core`, or of `@tensorflow/tfjs`. */
export interface TensorFlow {
  getKernel(kernelName: string, backendName: string): KernelConfig | undefined;
  registerKernel(config: KernelConfig): void;
  unregisterKernel(kernelName: string, backendName: string): void;
}

/** A kernel in TensorFlow.js' registry. */
export interface KernelConfig {
  kernelName: string;
  backendName: string;
  kernelFunc(params: never): unknown;
  setupFunc?(backend: never): void;
  disposeFunc?(backend: never): void;
}

/** Options of `registerPooling`. */
export interface RegisterPoolingOptions {
  /** The backend whose kernels are replaced. It need not be the current one, nor be initialized. */
  backend: 'cpu' | 'wasm';
}

/**
 * Replaces the pooling kernels of a TensorFlow.js backend: `tf.maxPool`, `tf.avgPool`, `tf.maxPool3d`, `tf.avgPool3d`,
 * `tf.pool` and the pooling layers run on this library from then on.
 *
 * Results are those of TensorFlow.js where it is right, which its backends are not everywhere; docs/tfjs.md has the list.
 * On the wasm backend tensors are pooled where they are, in the backend's own memory.
 *
 * @param tf The TensorFlow.js that is in use, with the backend's package imported.
 * @returns A function that puts the replaced kernels back.
 * @throws TypeError if `tf` is not TensorFlow.js, RangeError for another backend or one that has not been imported.
 * @example
 * import * as tf from '@tensorflow/tfjs-core';
 * import '@tensorflow/tfjs-backend-wasm';
 * import { registerPooling } from 'wasm-pooling/tfjs';
 *
 * const undo = registerPooling(tf, { backend: 'wasm' });
 */
export function registerPooling(tf: TensorFlow, options: RegisterPoolingOptions): () => void {
  const backendName = readOptions(tf, options);
  const replaced = Object.keys(KERNELS).map((name) => {
    const config = tf.getKernel(name, backendName);
    if (config === undefined) {
      throw new RangeError(
        `registerPooling: the backend '${backendName}' has no kernel ${name}; import @tensorflow/tfjs-backend-${backendName} first`,
      );
    }
    return config;
  });
  const kernels = new Kernels(backendName);
  const ours = replaced.map((config) => kernels.inPlaceOf(config));
  for (const config of ours) exchange(tf, config);
  let done = false;
  return () => {
    if (done) return;
    done = true;
    // What somebody else has registered since is not ours to take away.
    ours.forEach((config, i) => {
      if (tf.getKernel(config.kernelName, backendName) === config) exchange(tf, replaced[i]);
    });
    kernels.dispose();
  };
}

function readOptions(tf: TensorFlow, options: RegisterPoolingOptions): 'cpu' | 'wasm' {
  const fn = 'registerPooling';
  for (const name of ['getKernel', 'registerKernel', 'unregisterKernel'] as const) {
    if (typeof tf?.[name] !== 'function') {
      throw new TypeError(`${fn}: tf must be TensorFlow.js, with a function ${name}, got ${describe(tf)}`);
    }
  }
  if (options === null || typeof options !== 'object') {
    throw new TypeError(`${fn}: options must be an object, got ${describe(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (name !== 'backend') throw new TypeError(`${fn}: there is no option '${name}'; the only option is backend`);
  }
  const { backend } = options;
  if (backend !== 'cpu' && backend !== 'wasm') {
    throw new RangeError(`${fn}: backend must be 'cpu' or 'wasm', got ${describe(backend)}`);
  }
  return backend;
}

/** Registers `config` in place of what is registered under its name, which would warn otherwise. */
function exchange(tf: TensorFlow, config: KernelConfig): void {
  tf.unregisterKernel(config.kernelName, config.backendName);
  tf.registerKernel(config);
}

interface TensorInfo {
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
}

interface Attributes {
  readonly filterSize: number | readonly number[];
  readonly strides: number | readonly number[];
  readonly pad: string | number | readonly (readonly number[])[];
  readonly dimRoundingMode?: string | null;
  readonly dataFormat?: string;
}

interface Params {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: Attributes;
  readonly backend: Backend;
}

type PoolName = 'maxPool2d' | 'avgPool2d' | 'maxPool3d' | 'avgPool3d';

/** The kernels, and the function that each is. */
const KERNELS: Readonly<Record<string, PoolName>> = {
  MaxPool: 'maxPool2d',
  AvgPool: 'avgPool2d',
  MaxPool3D: 'maxPool3d',
  AvgPool3D: 'avgPool3d',
};

/** The kernels that one call of `registerPooling` has registered. */
class Kernels {
  readonly #backendName: 'cpu' | 'wasm';
  readonly #recent = new Recent<Prepared>();
  #pooling: Pooling | undefined;
  #host: Host | undefined;

  constructor(backendName: 'cpu' | 'wasm') {
    this.#backendName = backendName;
  }

  inPlaceOf(replaced: KernelConfig): KernelConfig {
    const { kernelName, backendName } = replaced;
    const fn = KERNELS[kernelName];
    return {
      // The replaced kernel has to be set up as well, since it may be put back.
      ...replaced,
      kernelName,
      backendName,
      kernelFunc: (params: Params) => this.#pool(kernelName, fn, params),
      disposeFunc: (backend: never) => {
        this.#host = undefined;
        replaced.disposeFunc?.(backend);
      },
    };
  }

  dispose(): void {
    this.#host?.dispose();
    this.#host = undefined;
  }

  #pool(kernelName: string, fn: PoolName, { inputs: { x }, attrs, backend }: Params): TensorInfo {
    const host = this.#hostOf(backend);
    const dtype = poolable(kernelName, fn, x);
    let prepared = this.#recent.find(fn, x.shape, dtype, attrs);
    // What was prepared for another host runs on its memory.
    if (prepared?.host !== host) {
      prepared = this.#prepare(host, fn, x, dtype, windowOf(kernelName, fn, x.shape, attrs));
      this.#recent.keep(fn, x.shape, dtype, attrs, prepared);
    }
    const y = host.create(prepared.outputShape, x.dtype);
    prepared.run(x, y);
    return y;
  }

  #hostOf(backend: Backend): Host {
    if (this.#host?.backend !== backend) {
      this.#host = this.#backendName === 'wasm' ? new WasmHost(backend) : new CpuHost(backend);
    }
    return this.#host;
  }

  #prepare(host: Host, fn: PoolName, x: TensorInfo, dtype: DType, window: Window): Prepared {
    const { rank, outputSize } = window;
    const outputShape = [x.shape[0], ...outputSize, x.shape[rank + 1]];
    // An axis without output is none of a pooling here.
    if (outputShape.includes(0)) return { host, outputShape, run: () => {} };

    const { kernelSize, stride, padding } = window;
    const options = {
      layout: rank === 2 ? 'nhwc' : 'ndhwc',
      kernelSize,
      stride,
      padding,
      outputSize,
      dtype,
      ...(fn.startsWith('max') ? { nan: 'ignore' } : {}),
    };
    this.#pooling ??= createPooling();
    const plan = (this.#pooling as unknown as Plans)[planName(fn)](x.shape, options);
    const inPlace =
      plan.backend === 'wasm' ? host.inPlace((raw) => (raw as unknown as RawPlans)[fn](x.shape, options)) : undefined;
    const pool = inPlace ?? ((from, to) => plan.run(host.view(from, dtype), host.view(to, dtype)));
    if (fn.startsWith('max') || !window.empty.some((positions) => positions.length > 0))
      return { host, outputShape, run: pool };
    const run: Run = (from, to) => {
      pool(from, to);
      clearEmpty(host.view(to, dtype), outputShape, window);
    };
    return { host, outputShape, run };
  }
}

/** The average of no elements is 0 in TensorFlow.js (its 3-D kernels, that is), but NaN here. */
function clearEmpty(y: TypedArray, shape: readonly number[], { empty }: Window): void {
  empty.forEach((positions, axis) => {
    const inner = countOf(shape.slice(axis + 2));
    for (const position of positions) {
      for (let at = position * inner; at < y.length; at += shape[axis + 1] * inner) y.fill(0, at, at + inner);
    }
  });
}

type Plans = Record<`plan${Capitalize<PoolName>}`, (shape: readonly number[], options: object) => PoolPlan>;
type RawPlans = Record<PoolName, (shape: readonly number[], options: object) => RawPool>;

type Run = (x: TensorInfo, y: TensorInfo) => void;

/** A pooling of tensors of one shape in one host. */
interface Prepared {
  readonly host: Host;
  readonly outputShape: readonly number[];
  readonly run: Run;
}

/** The options of this library that a kernel's attributes stand for. */
interface Window {
  readonly rank: number;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly (readonly [before: number, after: number])[];
  readonly outputSize: readonly number[];
  /** On each axis, the output positions whose windows hold none of the input. */
  readonly empty: readonly (readonly number[])[];
}

/** Output sizes are worked out here, since a rounding mode and empty results are TensorFlow.js' own. */
function windowOf(kernelName: string, fn: PoolName, shape: readonly number[], attrs: Attributes): Window {
  const { pad, dimRoundingMode, dataFormat } = attrs;
  const rank = fn.endsWith('3d') ? 3 : 2;
  if (shape.length !== rank + 2) {
    throw new RangeError(`${kernelName}: x must have ${rank + 2} axes, got shape ${describe(shape)}`);
  }
  if (dataFormat !== undefined && dataFormat !== 'NHWC' && dataFormat !== 'NDHWC') {
    throw new RangeError(`${kernelName}: dataFormat must have channels last, got ${describe(dataFormat)}`);
  }
  const kernelSize = perAxis(kernelName, 'filterSize', rank, attrs.filterSize);
  const stride = perAxis(kernelName, 'strides', rank, attrs.strides);
  const padding = kernelSize.map((size, axis) => paddingOf(kernelName, pad, axis, shape[axis + 1], size, stride[axis]));
  const outputSize = kernelSize.map((size, axis) => {
    const input = shape[axis + 1];
    if (pad === 'same') return Math.ceil(input / stride[axis]);
    const room = input + padding[axis][0] + padding[axis][1] - size;
    return Math.max(0, round(kernelName, room / stride[axis] + 1, dimRoundingMode));
  });
  const empty = outputSize.map((output, axis) => {
    const first = (o: number) => o * stride[axis] - padding[axis][0];
    const positions = Array.from({ length: output }, (_, o) => o);
    return positions.filter((o) => first(o) + kernelSize[axis] <= 0 || first(o) >= shape[axis + 1]);
  });
  return { rank, kernelSize, stride, padding, outputSize, empty };
}

function perAxis(kernelName: string, name: string, rank: number, value: number | readonly number[]): number[] {
  const values = typeof value === 'number' ? new Array<number>(rank).fill(value) : Array.from(value);
  if (values.length !== rank || values.some((item) => !Number.isInteger(item) || item < 1)) {
    throw new RangeError(
      `${kernelName}: ${name} must be one or ${rank} whole numbers of at least 1, got ${describe(value)}`,
    );
  }
  return values;
}

function paddingOf(
  kernelName: string,
  pad: Attributes['pad'],
  axis: number,
  input: number,
  size: number,
  stride: number,
): readonly [number, number] {
  if (pad === 'valid') return [0, 0];
  if (pad === 'same') {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + size - input, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  }
  const sides = typeof pad === 'number' ? [pad, pad] : Array.isArray(pad) ? pad[axis + 1] : undefined;
  if (!Array.isArray(sides) || sides.length !== 2 || !sides.every(Number.isInteger)) {
    throw new RangeError(
      `${kernelName}: pad must be 'same', 'valid', a whole number or a pair of them for each axis, got ${describe(pad)}`,
    );
  }
  return [sides[0], sides[1]];
}

function round(kernelName: string, value: number, mode: string | null | undefined): number {
  switch (mode) {
    case undefined:
    case null:
    case 'floor':
      return Math.floor(value);
    case 'round':
      return Math.round(value);
    case 'ceil':
      return Math.ceil(value);
    default:
      throw new RangeError(`${kernelName}: dimRoundingMode must be 'floor', 'round' or 'ceil', got ${describe(mode)}`);
  }
}

/** TensorFlow.js' dtypes that can be pooled. */
const DTYPE_OF: Readonly<Record<string, DType>> = { float32: 'float32', int32: 'int32', bool: 'uint8' };

function poolable(kernelName: string, fn: PoolName, x: TensorInfo): DType {
  const dtype = DTYPE_OF[x.dtype];
  if (dtype === undefined || (fn.startsWith('avg') && dtype !== 'float32')) {
    const known = fn.startsWith('avg') ? 'float32' : Object.keys(DTYPE_OF).join(', ');
    throw new TypeError(`${kernelName}: x must be ${known}, got ${x.dtype}`);
  }
  return dtype;
}

/** What is needed of a backend of TensorFlow.js. */
interface Backend {
  write(values: TypedArray | null, shape: readonly number[], dtype: string): object;
  readSync(dataId: object): TypedArray;
  /** Of the cpu backend. */
  readonly data?: { get(dataId: object): { readonly values: TypedArray } };
  /** Of the wasm backend. */
  readonly wasm?: EmscriptenModule | null;
  readonly dataIdMap?: { get(dataId: object): { readonly memoryOffset: number } };
}

/** Where a backend keeps its tensors. */
interface Host {
  readonly backend: Backend;
  /** Makes a tensor whose elements are yet to be written. */
  create(shape: readonly number[], dtype: string): TensorInfo;
  /** The tensor's own elements, until the next one is made. */
  view(tensor: TensorInfo, dtype: DType): TypedArray;
  /** Prepares to pool tensors by their addresses, where the backend keeps them in a memory that kernels can run on. */
  inPlace(prepare: (raw: Raw) => RawPool): Run | undefined;
  dispose(): void;
}

const countOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Typed arrays. */
class CpuHost implements Host {
  readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  create(shape: readonly number[], dtype: string): TensorInfo {
    const values = new DTYPES[DTYPE_OF[dtype]].Elements(countOf(shape));
    return { dataId: this.backend.write(values, shape, dtype), shape, dtype };
  }

  view({ dataId }: TensorInfo, dtype: DType): TypedArray {
    const values = this.backend.data?.get(dataId).values;
    // Its kernels leave values of other types as well, which are converted when they are read.
    return values !== undefined && dtypeOf(values) === dtype ? values : this.backend.readSync(dataId);
  }

  inPlace(): undefined {
    return undefined;
  }

  dispose(): void {}
}

/** What is needed of Emscripten's module; where it has its memory depends on how it was built. */
interface EmscriptenModule {
  readonly HEAPU8: Uint8Array;
  readonly wasmMemory?: unknown;
  readonly asm?: object;
  readonly wasmExports?: object;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function memoryOf({ HEAPU8, wasmMemory, asm, wasmExports }: EmscriptenModule): WebAssembly.Memory | undefined {
  const candidates: unknown[] = [wasmMemory, ...Object.values(asm ?? {}), ...Object.values(wasmExports ?? {})];
  return candidates.find(
    (candidate): candidate is WebAssembly.Memory =>
      candidate instanceof WebAssembly.Memory && candidate.buffer === HEAPU8.buffer,
  );
}

/** Addresses in the heap of TensorFlow.js' own WebAssembly. */
class WasmHost implements Host {
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
      // Kernels cannot run on this memory; tensors in it are streamed through another.
    }
  }

  create(shape: readonly number[], dtype: string): TensorInfo {
    return { dataId: this.backend.write(null, shape, dtype), shape, dtype };
  }

  view(tensor: TensorInfo, dtype: DType): TypedArray {
    const { Elements } = DTYPES[dtype];
    return new Elements(this.#module.HEAPU8.buffer, this.#addressOf(tensor), countOf(tensor.shape));
  }

  inPlace(prepare: (raw: Raw) => RawPool): Run | undefined {
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
