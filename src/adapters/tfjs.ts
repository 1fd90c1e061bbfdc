/**
 * TensorFlow.js: its pooling kernels, replaced by this library's. `tf` is passed in, so nothing of it is imported.
 */
import { createPooling, type PoolingWithGradients } from '../gradients.js';
import { planName } from '../ops.js';
import type { RawPool } from '../raw.js';
import { Recent } from '../recent.js';
import { describe, type TypedArray } from '../tensor.js';
import { type Backend, CpuHost, countOf, DTYPE_OF, type Host, type TensorInfo, WasmHost } from './tfjs-host.js';

/** What is needed of `@tensorflow/tfjs-core`, or of `@tensorflow/tfjs`. */
export interface TensorFlow {
  /** What is registered under a name for a backend. */
  getKernel(kernelName: string, backendName: string): KernelConfig | undefined;
  /** Registers a kernel. */
  registerKernel(config: KernelConfig): void;
  /** Takes a kernel out of the registry. */
  unregisterKernel(kernelName: string, backendName: string): void;
}

/** A kernel in TensorFlow.js' registry. */
export interface KernelConfig {
  /** `'MaxPool'`, say. */
  kernelName: string;
  /** `'wasm'`, say. */
  backendName: string;
  /** What runs. */
  kernelFunc(params: never): unknown;
  /** Called when the backend starts. */
  setupFunc?(backend: never): void;
  /** Called when the backend ends. */
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
 * @param options `backend`, required: `'cpu'` or `'wasm'`.
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
    kernels.undo();
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

type PoolName = 'maxPool2d' | 'avgPool2d' | 'maxPool3d' | 'avgPool3d';

/** What a kernel is here. Gradients are given the pooling's input as `input`, all others as `x`. */
interface KernelRow {
  readonly pool: PoolName;
  readonly task: 'pool' | 'indices' | 'backward';
}

const KERNELS: Readonly<Record<string, KernelRow>> = {
  MaxPool: { pool: 'maxPool2d', task: 'pool' },
  AvgPool: { pool: 'avgPool2d', task: 'pool' },
  MaxPool3D: { pool: 'maxPool3d', task: 'pool' },
  AvgPool3D: { pool: 'avgPool3d', task: 'pool' },
  MaxPoolWithArgmax: { pool: 'maxPool2d', task: 'indices' },
  MaxPoolGrad: { pool: 'maxPool2d', task: 'backward' },
  AvgPoolGrad: { pool: 'avgPool2d', task: 'backward' },
  MaxPool3DGrad: { pool: 'maxPool3d', task: 'backward' },
  AvgPool3DGrad: { pool: 'avgPool3d', task: 'backward' },
};

/** A kernel's attributes; not all kernels have all. */
interface Attributes {
  readonly filterSize: number | readonly number[];
  readonly strides: number | readonly number[];
  readonly pad: string | number | readonly (readonly number[])[];
  readonly dimRoundingMode?: string | null;
  readonly dataFormat?: string;
  readonly includeBatchInIndex?: boolean;
}

interface Params {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: Attributes;
  readonly backend: Backend;
}

/** A kernel with everything worked out that does not need the data. */
interface Prepared {
  readonly results: readonly Pick<TensorInfo, 'shape' | 'dtype'>[];
  /** Given the inputs and the results to write. */
  run(inputs: readonly TensorInfo[], results: readonly TensorInfo[]): void;
}

/** The plans of this library, and of its raw kernels, by the names that `KERNELS` has. */
type Plans = Readonly<
  Record<
    string,
    (
      shape: readonly number[],
      options: object,
    ) => { readonly backend: string; run(...arrays: TypedArray[]): { readonly indices: { readonly data: TypedArray } } }
  >
>;
type RawPlans = Readonly<Record<string, (shape: readonly number[], options: object) => RawPool>>;

/** The kernels that one call of `registerPooling` registers. */
class Kernels {
  readonly #backendName: 'cpu' | 'wasm';
  #pooling: PoolingWithGradients | undefined;
  #host: Host | undefined;
  /** For this host. */
  #recent = new Recent<Prepared>();
  #undone = false;

  constructor(backendName: 'cpu' | 'wasm') {
    this.#backendName = backendName;
  }

  inPlaceOf(replaced: KernelConfig): KernelConfig {
    return {
      // With its set-up, since it may be put back.
      ...replaced,
      // Whoever has replaced it in turn may put it back when it has been undone.
      kernelFunc: (params: Params) =>
        this.#undone ? replaced.kernelFunc(params as never) : this.#run(replaced.kernelName, params),
      disposeFunc: (backend: never) => {
        this.#forget();
        replaced.disposeFunc?.(backend);
      },
    };
  }

  undo(): void {
    this.#undone = true;
    this.#host?.dispose();
    this.#forget();
  }

  #forget(): void {
    this.#host = undefined;
    this.#recent = new Recent();
  }

  #run(kernelName: string, { inputs: { x, input, dy }, attrs, backend }: Params): TensorInfo | TensorInfo[] {
    const host = this.#hostOf(backend);
    const inputs = KERNELS[kernelName].task === 'backward' ? [dy, input] : [x];
    const shapes = inputs.flatMap(({ shape }) => shape);
    const dtype = checkDTypes(kernelName, inputs);
    let prepared = this.#recent.find(kernelName, shapes, DTYPE_OF[dtype], attrs);
    if (prepared === undefined) {
      prepared = this.#prepare(host, kernelName, inputs, attrs);
      this.#recent.keep(kernelName, shapes, DTYPE_OF[dtype], attrs, prepared);
    }
    const results = prepared.results.map(({ shape, dtype }) => host.create(shape, dtype));
    try {
      prepared.run(inputs, results);
    } catch (error) {
      for (const { dataId } of results) backend.disposeData(dataId);
      throw error;
    }
    return results.length === 1 ? results[0] : results;
  }

  #hostOf(backend: Backend): Host {
    if (this.#host?.backend !== backend) {
      this.#forget();
      this.#host = this.#backendName === 'wasm' ? new WasmHost(backend) : new CpuHost(backend);
    }
    return this.#host;
  }

  #prepare(host: Host, kernelName: string, inputs: readonly TensorInfo[], attrs: Attributes): Prepared {
    const { pool, task } = KERNELS[kernelName];
    const { shape, dtype } = inputs[inputs.length - 1];
    const rank = pool.endsWith('3d') ? 3 : 2;
    const window = windowOf(kernelName, rank, shape, attrs, task === 'backward' ? inputs[0].shape : undefined);
    const outputShape = [shape[0], ...window.outputSize, shape[rank + 1]];
    const results = {
      pool: [{ shape: outputShape, dtype }],
      indices: [
        { shape: outputShape, dtype },
        { shape: outputShape, dtype: 'int32' },
      ],
      backward: [{ shape, dtype: 'float32' }],
    }[task];
    // Axes without output are no pooling in this library.
    if (window.outputSize.includes(0)) {
      const run: Prepared['run'] = (_, made) => {
        for (const tensor of made) host.view(tensor).fill(0);
      };
      return { results, run };
    }
    const options = {
      layout: rank === 2 ? 'nhwc' : 'ndhwc',
      kernelSize: window.kernelSize,
      stride: window.stride,
      padding: window.padding,
      outputSize: window.outputSize,
      dtype: DTYPE_OF[dtype],
      ...(pool.startsWith('max') ? { nan: 'ignore' } : {}),
    };
    const run = {
      pool: () => this.#pool(host, pool, shape, options, window),
      indices: () => this.#indices(host, pool, shape, options, attrs.includeBatchInIndex === true),
      backward: () => this.#backward(host, pool, shape, options),
    }[task]();
    return { results, run };
  }

  #plans(): Plans {
    this.#pooling ??= createPooling();
    return this.#pooling as unknown as Plans;
  }

  #pool(host: Host, pool: PoolName, shape: readonly number[], options: object, { empty }: Window): Prepared['run'] {
    const plan = this.#plans()[planName(pool)](shape, options);
    const inPlace =
      plan.backend === 'wasm' ? host.inPlace((raw) => (raw as unknown as RawPlans)[pool](shape, options)) : undefined;
    const run = inPlace ?? ((x: TensorInfo, y: TensorInfo) => void plan.run(host.view(x), host.view(y)));
    const clears = pool.startsWith('avg') && empty.some((positions) => positions.length > 0);
    return ([x], [y]) => {
      run(x, y);
      if (clears) clearEmpty(host.view(y), y.shape, empty);
    };
  }

  #indices(host: Host, pool: PoolName, shape: readonly number[], options: object, withBatch: boolean): Prepared['run'] {
    const indexing = withBatch ? 'tensor' : 'image';
    const plan = this.#plans()[planName(`${pool}WithIndices`)](shape, { ...options, indexing });
    return ([x], [y, indices]) => void plan.run(host.view(x), host.view(y), host.view(indices));
  }

  #backward(host: Host, pool: PoolName, shape: readonly number[], options: { dtype: string }): Prepared['run'] {
    const plan = this.#plans()[planName(`${pool}Backward`)](shape, { ...options, dtype: 'float32' });
    if (pool.startsWith('avg')) return ([dy], [dx]) => void plan.run(host.view(dy), host.view(dx));
    if (options.dtype === 'float32')
      return ([dy, x], [dx]) => void plan.run(host.view(dy), host.view(x), host.view(dx));
    // Of integers only the indices are needed: a float32 would not hold them all.
    const forward = this.#plans()[planName(`${pool}WithIndices`)](shape, options);
    return ([dy, x], [dx]) => void plan.run(host.view(dy), forward.run(host.view(x)).indices.data, host.view(dx));
  }
}

/** The dtype of a pooling's input, the last of `inputs`. */
function checkDTypes(kernelName: string, inputs: readonly TensorInfo[]): string {
  const { dtype } = inputs[inputs.length - 1];
  const known = KERNELS[kernelName].pool.startsWith('avg') ? ['float32'] : Object.keys(DTYPE_OF);
  if (!known.includes(dtype))
    throw new TypeError(`${kernelName}: the input must be ${known.join(' or ')}, got ${dtype}`);
  if (inputs.length > 1 && inputs[0].dtype !== 'float32') {
    throw new TypeError(`${kernelName}: dy must be float32, got ${inputs[0].dtype}`);
  }
  return dtype;
}

/** The average of no elements is 0 in TensorFlow.js (its 3-D kernels, that is), but NaN in this library. */
function clearEmpty(y: TypedArray, shape: readonly number[], empty: Window['empty']): void {
  empty.forEach((positions, axis) => {
    const inner = countOf(shape.slice(axis + 2));
    for (const position of positions) {
      for (let at = position * inner; at < y.length; at += shape[axis + 1] * inner) y.fill(0, at, at + inner);
    }
  });
}

/** The options of this library that a kernel's attributes stand for. */
interface Window {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly (readonly [before: number, after: number])[];
  readonly outputSize: readonly number[];
  /** On each axis, the output positions whose windows hold none of the input. */
  readonly empty: readonly (readonly number[])[];
}

/**
 * Output sizes are worked out here, since rounding modes and empty results are TensorFlow.js' own. Gradients know theirs
 * from `dyShape`: they are not told the rounding mode.
 */
function windowOf(
  kernelName: string,
  rank: number,
  shape: readonly number[],
  attrs: Attributes,
  dyShape: readonly number[] | undefined,
): Window {
  const { pad, dimRoundingMode, dataFormat } = attrs;
  for (const axes of [shape, dyShape]) {
    if (axes !== undefined && axes.length !== rank + 2) {
      throw new RangeError(`${kernelName}: tensors must have ${rank + 2} axes, got shape ${describe(axes)}`);
    }
  }
  if (dataFormat !== undefined && dataFormat !== 'NHWC' && dataFormat !== 'NDHWC') {
    throw new RangeError(`${kernelName}: dataFormat must have channels last, got ${describe(dataFormat)}`);
  }
  const kernelSize = perAxis(kernelName, 'filterSize', rank, attrs.filterSize);
  const stride = perAxis(kernelName, 'strides', rank, attrs.strides);
  const padding = kernelSize.map((size, axis) => paddingOf(kernelName, pad, axis, shape[axis + 1], size, stride[axis]));
  const outputSize = kernelSize.map((size, axis) => {
    if (dyShape !== undefined) return dyShape[axis + 1];
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
  return { kernelSize, stride, padding, outputSize, empty };
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
