/**
 * createPooling(): picks a backend, checks data, and turns plans into calls.
 */
import type { Run } from './backends/backend.js';
import { PATHS } from './backends/paths.js';
import { prepareTs } from './backends/ts.js';
import { WasmBackend } from './backends/wasm.js';
import { checkModule, embeddedModule } from './embedded.js';
import type { BackwardPlan, IndicesBackwardPlan, LinearBackwardPlan } from './gradient-tasks.js';
import {
  type AnyPoolFunction,
  FUNCTIONS,
  type GeometryKind,
  type Op,
  type OrderedPoolFunction,
  type PoolFunction,
  planName,
  type Rank,
} from './ops.js';
import {
  type BackwardOptions,
  type BackwardPlanOptions,
  type FunctionOptions,
  type IndicesOptions,
  type IndicesPlanOptions,
  type Input,
  type PlanOptions,
  readChoice,
  readNames,
  readOptions,
  type UnpoolOptions,
  type UnpoolPlanOptions,
} from './options.js';
import { joinRows, makePlan, type Plan } from './plan.js';
import { Prepared, resultOf, seen } from './prepared.js';
import { Recent } from './recent.js';
import { readInput, Strided } from './strided.js';
import type { IndicesPlan, MovePlan, TensorWithIndices } from './tasks.js';
import {
  type ArrayOf,
  allocate,
  checkArrayType,
  checkChoice,
  checkDType,
  checkNumber,
  checkShape,
  checkTensor,
  DTYPES,
  type DType,
  describe,
  dtypeOf,
  elementCount,
  type ImageLike,
  isImage,
  shapeOf,
  type Tensor,
  type TypedArray,
  viewOf,
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
  /** How many bytes of an external tensor are in the wasm memory at a time; large windows need more. Default 524288. */
  bandBytes?: number;
  /** Forces a kernel path by its name, for tests and benchmarks. Default: the fastest that can run the plan. */
  path?: string;
}

/** A tensor in the memory that the kernels work on, so that nothing is copied to pool it. */
export interface ResidentTensor<A extends TypedArray = TypedArray> extends Tensor<A> {
  /** The element type that it was allocated with. */
  readonly dtype: DType;
  /** Where it starts in the memory, in bytes; 0 on the ts backend. */
  readonly byteOffset: number;
  /** A view of the elements, made anew when the memory has grown: take it from here each time. */
  readonly data: A;
  /** Gives the memory back. The tensor cannot be used any more. */
  free(): void;
}

/** A pooling with everything worked out that does not need the data; see `planMaxPool2d`. */
export interface PoolPlan<A extends TypedArray = TypedArray, Y extends TypedArray = A> {
  /** What it does with the elements of a window. */
  readonly op: Op;
  /** The dtype of the input. */
  readonly dtype: DType;
  /** The dtype of the result: `dtype`, but for sums of integers. */
  readonly resultDType: DType;
  /** The shape that inputs have to have. */
  readonly inputShape: readonly number[];
  /** The shape of results. */
  readonly outputShape: readonly number[];
  /**
   * Where it runs: on the ts backend also where there is no WebAssembly kernel for it, and with `backend: 'auto'` where the
   * input has fewer than 20 elements.
   */
  readonly backend: 'wasm' | 'ts';
  /** The way it takes there, by the name that the option `path` of `createPooling` has for it; `'ts'` on the ts backend. */
  readonly path: string;
  /**
   * Pools `x` into `out`, or into a new array. Both are a tensor or its elements alone, of the plan's dtypes and shapes;
   * `x` may be a view with strides. Given an `out` tensor, it is what is returned, and nothing is allocated.
   */
  run(x: Tensor<A> | ImageLike<A> | A, out?: Tensor<Y> | Y): Tensor<Y>;
}

/** The dtype of a plan, from its options. */
type DTypeOf<P> = P extends { readonly dtype: infer D extends DType } ? D : 'float32';

/** The array of sums of `A`. */
type SumOf<A> = A extends Int8Array | Int16Array
  ? Int32Array
  : A extends Uint8Array | Uint8ClampedArray | Uint16Array
    ? Uint32Array
    : A extends Int32Array | Uint32Array
      ? Float64Array
      : A;

/** The array of an op's results on `A`, whose dtype is `D` if that was given. */
type ResultOf<O extends Op, A extends TypedArray, D extends DType> = O extends 'sum'
  ? [D] extends ['float16']
    ? A
    : SumOf<A> & TypedArray
  : A;

/** A function of the package. */
type Call<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'global'
  ? <A extends TypedArray, D extends DType>(
      x: Tensor<A> | ImageLike<A>,
      options?: FunctionOptions<O, G, R, ResultOf<O, A, D>, D>,
    ) => Tensor<ResultOf<O, A, D>>
  : <A extends TypedArray, D extends DType>(
      x: Tensor<A> | ImageLike<A>,
      options: FunctionOptions<O, G, R, ResultOf<O, A, D>, D>,
    ) => Tensor<ResultOf<O, A, D>>;

type PlanFor<O extends Op, D extends DType> = PoolPlan<ArrayOf<D>, ResultOf<O, ArrayOf<D>, D>>;

/** The plan of a function. */
type PlanCall<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'global'
  ? <const P extends PlanOptions<O, G, R>>(shape: readonly number[], options?: P) => PlanFor<O, DTypeOf<P>>
  : <const P extends PlanOptions<O, G, R>>(shape: readonly number[], options: P) => PlanFor<O, DTypeOf<P>>;

/** A pooling with indices. */
type IndicesCall<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'global'
  ? <A extends TypedArray, D extends DType>(
      x: Tensor<A> | ImageLike<A>,
      options?: IndicesOptions<O, G, R, A, D>,
    ) => TensorWithIndices<A>
  : <A extends TypedArray, D extends DType>(
      x: Tensor<A> | ImageLike<A>,
      options: IndicesOptions<O, G, R, A, D>,
    ) => TensorWithIndices<A>;

type IndicesPlanCall<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'global'
  ? <const P extends IndicesPlanOptions<O, G, R>>(
      shape: readonly number[],
      options?: P,
    ) => IndicesPlan<ArrayOf<DTypeOf<P>>>
  : <const P extends IndicesPlanOptions<O, G, R>>(
      shape: readonly number[],
      options: P,
    ) => IndicesPlan<ArrayOf<DTypeOf<P>>>;

/** A gradient. */
type BackwardCall<O extends Op, G extends GeometryKind, R extends Rank> = <A extends TypedArray>(
  dy: Tensor<A>,
  options: BackwardOptions<O, G, R, A>,
) => Tensor<A>;

type BackwardPlanOf<O extends Op, A extends TypedArray> = O extends 'max' | 'min'
  ? IndicesBackwardPlan<A>
  : O extends 'lp'
    ? BackwardPlan<A>
    : LinearBackwardPlan<A>;

type BackwardPlanCall<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'global'
  ? <const P extends BackwardPlanOptions<O, G, R>>(
      shape: readonly number[],
      options?: P,
    ) => BackwardPlanOf<O, ArrayOf<DTypeOf<P>>>
  : <const P extends BackwardPlanOptions<O, G, R>>(
      shape: readonly number[],
      options: P,
    ) => BackwardPlanOf<O, ArrayOf<DTypeOf<P>>>;

/** What takes elements by their indices. */
type GatherCall<O extends Op, G extends GeometryKind, R extends Rank> = <A extends TypedArray>(
  x: Tensor<A>,
  indices: Tensor<Int32Array>,
  options: FunctionOptions<O, G, R, A> & IndicesPlanOptions<O, G, R>,
) => Tensor<A>;

type GatherPlanCall<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'global'
  ? <const P extends IndicesPlanOptions<O, G, R>>(
      shape: readonly number[],
      options?: P,
    ) => MovePlan<ArrayOf<DTypeOf<P>>>
  : <const P extends IndicesPlanOptions<O, G, R>>(
      shape: readonly number[],
      options: P,
    ) => MovePlan<ArrayOf<DTypeOf<P>>>;

type UnpoolCall<R extends Rank> = <A extends TypedArray>(
  x: Tensor<A>,
  indices: Tensor<Int32Array>,
  options: UnpoolOptions<R, A>,
) => Tensor<A>;

type UnpoolBackwardCall<R extends Rank> = <A extends TypedArray>(
  dy: Tensor<A>,
  indices: Tensor<Int32Array>,
  options: UnpoolOptions<R, A>,
) => Tensor<A>;

type UnpoolPlanCall<R extends Rank> = <const P extends UnpoolPlanOptions<R>>(
  shape: readonly number[],
  options: P,
) => MovePlan<ArrayOf<DTypeOf<P>>>;

/** Every public function but for gradients, and its plan, by name. */
export type PoolingFunctions = {
  readonly [F in AnyPoolFunction as F['name']]: Call<F['op'], F['geometry'], F['rank']>;
} & {
  readonly [F in AnyPoolFunction as `plan${Capitalize<F['name']>}`]: PlanCall<F['op'], F['geometry'], F['rank']>;
} & {
  readonly [F in OrderedPoolFunction as `${F['name']}WithIndices`]: IndicesCall<F['op'], F['geometry'], F['rank']>;
} & {
  readonly [F in OrderedPoolFunction as `plan${Capitalize<F['name']>}WithIndices`]: IndicesPlanCall<
    F['op'],
    F['geometry'],
    F['rank']
  >;
} & {
  readonly [F in OrderedPoolFunction as `${F['name']}Gather`]: GatherCall<F['op'], F['geometry'], F['rank']>;
} & {
  readonly [F in OrderedPoolFunction as `plan${Capitalize<F['name']>}Gather`]: GatherPlanCall<
    F['op'],
    F['geometry'],
    F['rank']
  >;
} & {
  readonly [R in Rank as `maxUnpool${R}d`]: UnpoolCall<R>;
} & {
  readonly [R in Rank as `planMaxUnpool${R}d`]: UnpoolPlanCall<R>;
};

/** Every gradient and its plan, by name. */
export type GradientFunctions = {
  readonly [F in AnyPoolFunction as `${F['name']}Backward`]: BackwardCall<F['op'], F['geometry'], F['rank']>;
} & {
  readonly [F in AnyPoolFunction as `plan${Capitalize<F['name']>}Backward`]: BackwardPlanCall<
    F['op'],
    F['geometry'],
    F['rank']
  >;
} & {
  readonly [R in Rank as `maxUnpool${R}dBackward`]: UnpoolBackwardCall<R>;
} & {
  readonly [R in Rank as `planMaxUnpool${R}dBackward`]: UnpoolPlanCall<R>;
};

/** A set of pooling functions on one backend and one memory. Made by `createPooling`. */
export interface Pooling extends PoolingFunctions {
  /** Which backend runs what it can; the ts backend runs the rest. */
  readonly backend: 'wasm' | 'ts';
  /**
   * Why `'auto'` fell back to TypeScript; undefined if it did not. On the wasm backend, why the last call did that could
   * not have the memory or the kernels it needs.
   */
  readonly fallbackReason: Error | undefined;
  /** The memory of the wasm backend, where resident tensors live; undefined on the ts backend. */
  readonly memory: WebAssembly.Memory | undefined;
  /**
   * Allocates a tensor of zeros that is pooled without copies, until its `free()`.
   *
   * @throws TypeError and RangeError for a dtype or a shape that is none; RangeError if the memory cannot hold it.
   */
  alloc<D extends DType>(dtype: D, shape: readonly number[]): ResidentTensor<ArrayOf<D>>;
}

/** The plans of an instance's calls, and the backends that they run on. */
export class Plans {
  readonly wasm: WasmBackend | undefined;
  readonly #noWasm: unknown;
  /** Neither a backend nor a path was asked for. */
  readonly #chooses: boolean;
  readonly #recent = new Recent<unknown>();

  constructor(options: PoolingOptions) {
    const { backend = 'auto', module, memory, bandBytes, path } = readPoolingOptions(options);
    this.#chooses = backend === 'auto' && path === undefined;
    if (backend !== 'ts') {
      try {
        const mayGiveUp = this.#chooses;
        this.wasm = new WasmBackend({ module: module ?? embeddedModule(), memory, bandBytes, path, mayGiveUp });
      } catch (error) {
        if (backend === 'wasm') throw error;
        this.#noWasm = error;
      }
    }
  }

  /** The plan of this call, or else what `make` makes of the shape, once it is known to be one, and of what `x` tells. */
  find<P>(
    fn: string,
    x: Tensor | ImageLike,
    given: readonly number[],
    options: object,
    make: (shape: readonly number[], input: Input) => P,
  ): P {
    const dtype = dtypeOf(x.data);
    const image = isImage(x);
    const recent = image ? undefined : this.#recent.find(fn, given, dtype, options);
    if (recent !== undefined) return recent as P;
    const shape = checkShape(fn, given);
    const known = checkArrayType(fn, 'data', x.data, dtype);
    const plan = make(shape, { rank: shape.length, dtype: known, isImage: image });
    if (!image) this.#recent.keep(fn, shape, known, options, plan);
    return plan;
  }

  prepare(fn: string, given: Plan): PreparedPlan {
    const plan = joinRows(given);
    const small = this.#chooses && plan.inputCount < FEW_ELEMENTS;
    const { wasm } = this;
    if (!wasm?.serves(plan) || small) return new PreparedPlan(fn, plan, prepareTs(plan));
    return new PreparedPlan(fn, plan, wasm.prepare(plan), wasm.pathOf(plan), wasm);
  }

  get fallbackReason(): Error | undefined {
    const reason = this.wasm?.lack ?? this.#noWasm;
    return reason === undefined || reason instanceof Error ? reason : new Error(String(reason));
  }
}

/** For fewer, TypeScript is done before WebAssembly has been called (0.32 to 0.39 µs for 16, 0.51 to 0.42 for 36). */
const FEW_ELEMENTS = 20;

/**
 * The methods of instances. They are given to the class all at once: engines take long to add to a prototype, and the first
 * `createPooling` takes 3.5 ms so, not 6.7.
 */
const METHODS = {};

export class PoolingInstance {
  readonly backend: 'wasm' | 'ts';
  readonly #plans: Plans;

  constructor(options: PoolingOptions) {
    this.#plans = new Plans(options);
    this.backend = this.#plans.wasm === undefined ? 'ts' : 'wasm';
  }

  /** Gives all instances a method, which `call` does, and that of its plan, which `plan` makes. */
  static addMethods(
    name: string,
    call: (plans: Plans, ...args: never[]) => unknown,
    plan: (plans: Plans, fn: string, shape: readonly number[], input: Input, options: object) => unknown,
  ): void {
    const planned = planName(name);
    Object.assign(METHODS, {
      [name](this: PoolingInstance, x: never, y: never, z: never) {
        return call(this.#plans, x, y, z);
      },
      [planned](this: PoolingInstance, shape: readonly number[], options: object = {}) {
        const axes = checkShape(planned, shape);
        return plan(this.#plans, planned, axes, { rank: axes.length, dtype: 'float32', isImage: false }, options);
      },
    });
  }

  get fallbackReason(): Error | undefined {
    return this.#plans.fallbackReason;
  }

  get memory(): WebAssembly.Memory | undefined {
    return this.#plans.wasm?.arena.memory;
  }

  alloc(dtype: DType, shape: readonly number[]): ResidentTensor {
    const checked = checkDType('alloc', dtype);
    const axes = Object.freeze(checkShape('alloc', shape));
    const count = elementCount('alloc', 'a tensor', axes);
    return new Resident(this.#plans.wasm, checked, axes, count);
  }
}

export interface FunctionSettings {
  out?: Tensor | TypedArray;
}

function pool(plans: Plans, words: PoolFunction, x: Tensor, options: FunctionSettings = {}): Tensor {
  const fn = words.name;
  if (!isImage(x)) checkTensor(fn, 'input', x);
  const plan = plans.find(fn, x, shapeOf(x), options, (shape, input) => {
    const settings = readOptions(fn, words, input, options, ['out']);
    readInput(fn, x, { dtype: settings.dtype, shape, count: elementCount(fn, 'input', shape) });
    return plans.prepare(fn, makePlan(fn, words, shape, settings));
  });
  return plan.run(x, options.out);
}

let methodsAreNamed = false;

/** Makes an instance that has the methods of poolings, and those that were added. */
export function makePooling(options: PoolingOptions = {}): Pooling {
  // Not when the file is loaded: what bundlers see no use of can be left out then.
  if (!methodsAreNamed) {
    for (const words of Object.values(FUNCTIONS)) {
      PoolingInstance.addMethods(
        words.name,
        (plans, x: Tensor, settings?: FunctionSettings) => pool(plans, words, x, settings),
        (plans, fn, shape, input, given) =>
          plans.prepare(`${fn}.run`, makePlan(fn, words, shape, readOptions(fn, words, input, given, []))),
      );
    }
    Object.setPrototypeOf(PoolingInstance.prototype, METHODS);
  }
  methodsAreNamed = true;
  // The methods that the registry has given it are known to the interface alone.
  return new PoolingInstance(options) as unknown as Pooling;
}

class PreparedPlan extends Prepared implements PoolPlan {
  readonly resultDType: DType;
  readonly #run: Run;
  readonly #wasm: WasmBackend | undefined;
  #runInstead: Run | undefined;

  constructor(fn: string, plan: Plan, run: Run, path?: string, wasm?: WasmBackend) {
    super(fn, plan, path);
    this.resultDType = plan.resultDType;
    this.#run = run;
    this.#wasm = wasm;
  }

  run(x: Tensor | ImageLike | TypedArray, out?: Tensor | TypedArray): Tensor {
    const data = readInput(this.fn, x, this.large);
    const y = this.target(this.small, out, data instanceof Strided ? data.extent : data);
    const from = data instanceof Strided ? data : seen(this.dtype, data);
    const to = seen(this.resultDType, y);
    if (!this.#run(from, to)) {
      const given = this.#wasm?.makeRoom([x, out] as const);
      if (given !== undefined) return this.run(...given);
      this.#runInstead ??= prepareTs(this.plan);
      this.#runInstead(from, to);
    }
    return resultOf(out, y, this.small);
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
      this.#data = allocate('alloc', { dtype, count });
    } else {
      const bytes = count * DTYPES[dtype].bytes;
      try {
        this.#address = wasm.arena.alloc(bytes);
      } catch (cause) {
        const what = `a tensor of shape ${describe(shape)} (${bytes} bytes)`;
        throw new RangeError(`alloc: no memory for ${what}`, { cause });
      }
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
    if (this.#wasm?.arena.hasLost(this.#data, this.#count)) this.#data = this.#view(this.#wasm);
    return this.#data;
  }

  free(): void {
    if (this.#data === undefined) return;
    this.#data = undefined;
    this.#wasm?.arena.free(this.#address, this.#count * DTYPES[this.dtype].bytes);
  }

  #view(wasm: WasmBackend): TypedArray {
    return viewOf(this.dtype, wasm.arena.buffer, this.#address, this.#count);
  }
}

const POOLING_OPTIONS = ['backend', 'module', 'memory', 'bandBytes', 'path'];

function readPoolingOptions(options: PoolingOptions): PoolingOptions {
  const fn = 'createPooling';
  readNames(fn, [POOLING_OPTIONS], options);
  const { backend, module, memory, bandBytes, path } = options;
  readChoice(fn, 'backend', ['auto', 'wasm', 'ts'], backend);
  if (module !== undefined) checkModule(fn, module);
  if (memory !== undefined && !(memory instanceof WebAssembly.Memory)) {
    throw new TypeError(`${fn}: memory must be a WebAssembly.Memory, got ${describe(memory)}`);
  }
  if (bandBytes !== undefined) {
    checkNumber(fn, 'bandBytes', bandBytes, 'a whole number of at least 1', (n) => Number.isInteger(n) && n > 0);
  }
  const paths = PATHS.map(({ name }) => name);
  if (path !== undefined) checkChoice(fn, 'path', paths, path);
  return options;
}
