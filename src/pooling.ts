/**
 * createPooling(): picks a backend, checks data, and turns plans into calls.
 */
import type { Backend, Run } from './backends/backend.js';
import { TsBackend } from './backends/ts.js';
import { WasmBackend } from './backends/wasm.js';
import { embeddedModule } from './embedded.js';
import type { Op, PoolFunction } from './ops.js';
import * as functions from './ops.js';
import {
  type AdaptivePool2dOptions,
  type AdaptivePool2dPlanOptions,
  type AvgPool2dOptions,
  type AvgPool2dPlanOptions,
  type GlobalPool2dOptions,
  type GlobalPool2dPlanOptions,
  type MaxPool2dOptions,
  type MaxPool2dPlanOptions,
  readOptions,
} from './options.js';
import { makePlan, type Plan } from './plan.js';
import {
  allocate,
  checkData,
  checkDType,
  checkNoOverlap,
  checkShape,
  DTYPES,
  type DType,
  describe,
  dtypeNames,
  dtypeOf,
  elementCount,
  sameShape,
  type Tensor,
  type TypedArray,
} from './tensor.js';

/** Options of `createPooling`. */
export interface PoolingOptions {
  /**
   * `'auto'` (default): WebAssembly, or the TypeScript fallback where it cannot be had. `'wasm'`: WebAssembly or an
   * error. `'ts'`: the fallback.
   */
  backend?: 'auto' | 'wasm' | 'ts';
  /** The compiled `wasm-pooling/pooling.wasm`, for runtimes that forbid compiling. Default: the copy inside the library. */
  module?: WebAssembly.Module;
  /** The memory that resident tensors live in; it is only ever grown, and only what it grew by is used. Default: a new one. */
  memory?: WebAssembly.Memory;
  /** How many bytes of an external tensor are in the wasm memory at a time. Default 524288. */
  bandBytes?: number;
  /** Forces a kernel path by its name, for tests and benchmarks. Default: the fastest that can run the plan. */
  path?: string;
}

/** A tensor in the memory that the kernels work on, so that nothing is copied to pool it. */
export interface ResidentTensor<A extends TypedArray = TypedArray> extends Tensor<A> {
  readonly dtype: DType;
  /** Where it starts in the memory. */
  readonly byteOffset: number;
  /** A view of the elements, made anew when the memory has grown: take it from here each time. */
  readonly data: A;
  /** Gives the memory back. The tensor cannot be used any more. */
  free(): void;
}

/** A pooling with everything worked out that does not need the data; see `planMaxPool2d`. */
export interface PoolPlan<A extends TypedArray = TypedArray> {
  readonly op: Op;
  readonly dtype: DType;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /**
   * Pools `x` into `out`, or into a new array. Both are a tensor or its elements alone, of the plan's dtype and shapes.
   * Given an `out` tensor, it is what is returned, and nothing is allocated.
   */
  run(x: Tensor<A> | A, out?: Tensor<A> | A): Tensor<A>;
}

/** The array type of a dtype. */
export type ArrayOf<D extends DType> = D extends 'float64' ? Float64Array : Float32Array;

/** The dtype of a plan, from its options. */
export type DTypeOf<O> = O extends { readonly dtype: infer D extends DType } ? D : 'float32';

/** A set of pooling functions on one backend and one memory. Made by `createPooling`. */
export class Pooling {
  /** Which backend runs. */
  readonly backend: 'wasm' | 'ts';
  /** Why `'auto'` fell back to TypeScript; undefined if it did not. */
  readonly fallbackReason: Error | undefined;
  readonly #backend: Backend;
  readonly #wasm: WasmBackend | undefined;

  constructor(options: PoolingOptions = {}) {
    const { backend, module, memory, bandBytes, path } = readPoolingOptions(options);
    let wasm: WasmBackend | undefined;
    if (backend !== 'ts') {
      try {
        wasm = new WasmBackend({ module: module ?? embeddedModule(), memory, bandBytes, path });
      } catch (error) {
        if (backend === 'wasm') throw error;
        this.fallbackReason = error instanceof Error ? error : new Error(String(error));
      }
    }
    this.#wasm = wasm;
    this.#backend = wasm ?? new TsBackend();
    this.backend = this.#backend.name;
  }

  /** The memory of the wasm backend, where resident tensors live; undefined on the ts backend. */
  get memory(): WebAssembly.Memory | undefined {
    return this.#wasm?.arena.memory;
  }

  /** Allocates a tensor of zeros that is pooled without copies. Throws a RangeError if the memory cannot hold it. */
  alloc<D extends DType>(dtype: D, shape: readonly number[]): ResidentTensor<ArrayOf<D>> {
    const checked = checkDType('alloc', dtype);
    const axes = Object.freeze(checkShape('alloc', shape));
    const count = elementCount('alloc', 'a tensor', axes);
    return new Resident(this.#wasm, checked, axes, count) as unknown as ResidentTensor<ArrayOf<D>>;
  }

  maxPool2d<A extends TypedArray>(x: Tensor<A>, options: MaxPool2dOptions<A>): Tensor<A> {
    return this.#pool(functions.maxPool2d, x, options);
  }

  avgPool2d<A extends TypedArray>(x: Tensor<A>, options: AvgPool2dOptions<A>): Tensor<A> {
    return this.#pool(functions.avgPool2d, x, options);
  }

  globalMaxPool2d<A extends TypedArray>(x: Tensor<A>, options: GlobalPool2dOptions<A> = {}): Tensor<A> {
    return this.#pool(functions.globalMaxPool2d, x, options);
  }

  globalAvgPool2d<A extends TypedArray>(x: Tensor<A>, options: GlobalPool2dOptions<A> = {}): Tensor<A> {
    return this.#pool(functions.globalAvgPool2d, x, options);
  }

  adaptiveMaxPool2d<A extends TypedArray>(x: Tensor<A>, options: AdaptivePool2dOptions<A>): Tensor<A> {
    return this.#pool(functions.adaptiveMaxPool2d, x, options);
  }

  adaptiveAvgPool2d<A extends TypedArray>(x: Tensor<A>, options: AdaptivePool2dOptions<A>): Tensor<A> {
    return this.#pool(functions.adaptiveAvgPool2d, x, options);
  }

  planMaxPool2d<const O extends MaxPool2dPlanOptions>(
    shape: readonly number[],
    options: O,
  ): PoolPlan<ArrayOf<DTypeOf<O>>> {
    return this.#plan(functions.maxPool2d, shape, options);
  }

  planAvgPool2d<const O extends AvgPool2dPlanOptions>(
    shape: readonly number[],
    options: O,
  ): PoolPlan<ArrayOf<DTypeOf<O>>> {
    return this.#plan(functions.avgPool2d, shape, options);
  }

  planGlobalMaxPool2d<const O extends GlobalPool2dPlanOptions>(
    shape: readonly number[],
    options: O = {} as O,
  ): PoolPlan<ArrayOf<DTypeOf<O>>> {
    return this.#plan(functions.globalMaxPool2d, shape, options);
  }

  planGlobalAvgPool2d<const O extends GlobalPool2dPlanOptions>(
    shape: readonly number[],
    options: O = {} as O,
  ): PoolPlan<ArrayOf<DTypeOf<O>>> {
    return this.#plan(functions.globalAvgPool2d, shape, options);
  }

  planAdaptiveMaxPool2d<const O extends AdaptivePool2dPlanOptions>(
    shape: readonly number[],
    options: O,
  ): PoolPlan<ArrayOf<DTypeOf<O>>> {
    return this.#plan(functions.adaptiveMaxPool2d, shape, options);
  }

  planAdaptiveAvgPool2d<const O extends AdaptivePool2dPlanOptions>(
    shape: readonly number[],
    options: O,
  ): PoolPlan<ArrayOf<DTypeOf<O>>> {
    return this.#plan(functions.adaptiveAvgPool2d, shape, options);
  }

  #plan<A extends TypedArray>(words: PoolFunction, shape: readonly number[], options: object): PoolPlan<A> {
    const name = `plan${words.name[0].toUpperCase()}${words.name.slice(1)}`;
    const axes = checkShape(name, shape);
    const named = { ...words, name };
    const settings = readOptions(named, axes.length, options, 'dtype');
    const plan = makePlan(named, words.op, settings.dtype, axes, settings);
    return new PreparedPlan(`${name}.run`, plan, this.#backend.prepare(plan)) as unknown as PoolPlan<A>;
  }

  #pool<A extends TypedArray>(words: PoolFunction, x: Tensor<A>, options: { out?: Tensor<A> | A }): Tensor<A> {
    const fn = words.name;
    if (!isTensor(x)) throw new TypeError(`${fn}: input must be a tensor { data, shape }, got ${describe(x)}`);
    const shape = checkShape(fn, x.shape);
    const dtype = dtypeOf(x.data);
    if (dtype === undefined) {
      throw new TypeError(`${fn}: data must be a typed array of ${dtypeNames()}, got ${describe(x.data)}`);
    }
    checkData(fn, 'data', x.data, dtype, shape, elementCount(fn, 'input', shape));
    const settings = readOptions(words, shape.length, options, 'out');
    const plan = makePlan(words, words.op, dtype, shape, settings);
    return new PreparedPlan(fn, plan, this.#backend.prepare(plan)).run(x, options.out) as Tensor<A>;
  }
}

/** Makes a set of pooling functions with its own backend and memory. */
export function createPooling(options: PoolingOptions = {}): Pooling {
  return new Pooling(options);
}

class PreparedPlan implements PoolPlan {
  readonly op: Op;
  readonly dtype: DType;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly #fn: string;
  readonly #plan: Plan;
  readonly #run: Run;

  constructor(fn: string, plan: Plan, run: Run) {
    this.#fn = fn;
    this.#plan = plan;
    this.#run = run;
    this.op = plan.op;
    this.dtype = plan.dtype;
    this.inputShape = Object.freeze(plan.inputShape);
    this.outputShape = Object.freeze(plan.outputShape);
  }

  run(x: Tensor | TypedArray, out?: Tensor | TypedArray): Tensor {
    const { dtype, inputShape, inputCount, outputShape, outputCount } = this.#plan;
    const data = this.#data('data', 'input', x, inputShape, inputCount);
    const result = out === undefined ? undefined : this.#data('out', 'out', out, outputShape, outputCount);
    if (result !== undefined) checkNoOverlap(this.#fn, data, result);
    const y = result ?? allocate(this.#fn, dtype, outputCount);
    this.#run(data, y);
    return isTensor(out) ? out : { data: y, shape: outputShape };
  }

  /** The elements of a tensor or array given to this plan, once they fit it. */
  #data(what: string, noun: string, given: unknown, shape: readonly number[], count: number): TypedArray {
    let data = given;
    if (isTensor(given)) {
      const got = given.shape;
      if (!sameShape(got, shape)) {
        throw new RangeError(
          `${this.#fn}: ${noun} must have shape ${describe(shape)}, got ${describe(Array.from(got))}`,
        );
      }
      data = given.data;
    }
    checkData(this.#fn, what, data, this.#plan.dtype, shape, count);
    return data;
  }
}

/** A tensor in the wasm memory, or in one of its own on the ts backend. */
class Resident implements ResidentTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly #count: number;
  readonly #wasm: WasmBackend | undefined;
  #address = 0;
  #data: TypedArray | undefined;

  constructor(wasm: WasmBackend | undefined, dtype: DType, shape: readonly number[], count: number) {
    this.dtype = dtype;
    this.shape = shape;
    this.#count = count;
    this.#wasm = wasm;
    if (wasm === undefined) {
      this.#data = allocate('alloc', dtype, count);
    } else {
      this.#address = wasm.arena.alloc(count * DTYPES[dtype].bytes);
      this.#data = this.#view(wasm);
      // The memory may have been used before.
      this.#data.fill(0);
    }
  }

  get byteOffset(): number {
    return this.#address;
  }

  get data(): TypedArray {
    if (this.#data === undefined) throw new TypeError('alloc: the tensor was freed');
    if (this.#wasm !== undefined && this.#data.buffer !== this.#wasm.arena.memory.buffer)
      this.#data = this.#view(this.#wasm);
    return this.#data;
  }

  free(): void {
    if (this.#data === undefined) return;
    this.#data = undefined;
    this.#wasm?.arena.free(this.#address, this.#count * DTYPES[this.dtype].bytes);
  }

  #view(wasm: WasmBackend): TypedArray {
    return new DTYPES[this.dtype].Elements(wasm.arena.memory.buffer, this.#address, this.#count);
  }
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'data' in value && 'shape' in value;
}

const POOLING_OPTIONS = ['backend', 'module', 'memory', 'bandBytes', 'path'];

function readPoolingOptions(options: PoolingOptions): PoolingOptions {
  const fn = 'createPooling';
  if (options === null || typeof options !== 'object') {
    throw new TypeError(`${fn}: options must be an object, got ${describe(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!POOLING_OPTIONS.includes(name)) {
      throw new TypeError(`${fn}: there is no option '${name}'; the options are ${POOLING_OPTIONS.join(', ')}`);
    }
  }
  const { backend, module, memory, bandBytes, path } = options;
  if (backend !== undefined && backend !== 'auto' && backend !== 'wasm' && backend !== 'ts') {
    throw new RangeError(`${fn}: backend must be 'auto', 'wasm' or 'ts', got ${describe(backend)}`);
  }
  if (module !== undefined && !(module instanceof WebAssembly.Module)) {
    throw new TypeError(`${fn}: module must be a WebAssembly.Module, got ${describe(module)}`);
  }
  if (memory !== undefined && !(memory instanceof WebAssembly.Memory)) {
    throw new TypeError(`${fn}: memory must be a WebAssembly.Memory, got ${describe(memory)}`);
  }
  if (bandBytes !== undefined && !(Number.isInteger(bandBytes) && bandBytes > 0)) {
    throw new RangeError(`${fn}: bandBytes must be a whole number of at least 1, got ${describe(bandBytes)}`);
  }
  if (path !== undefined && typeof path !== 'string') {
    throw new TypeError(`${fn}: path must be a string, got ${describe(path)}`);
  }
  return options;
}
