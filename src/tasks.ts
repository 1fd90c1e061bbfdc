/**
 * What is made of a pooling besides its results, as plans ready to run: indices, gathering and unpooling. They check data here
 * and are run by the loops of src/backends/. Gradients are in gradient-tasks.ts.
 */
import { type FindPlaces, prepareArgmax } from './backends/argmax.js';
import { findPlaces } from './backends/argmax-wasm.js';
import { gather, unpool } from './backends/moves.js';
import type { WasmBackend } from './backends/wasm.js';
import { INDEXINGS, type Indexing, IndexSpace } from './indexing.js';
import { FUNCTIONS, type FunctionName, OPS, type Task, type TaskFunction } from './ops.js';
import {
  type Input,
  readChoice,
  readOptions,
  readUnpoolOptions,
  type Settings,
  type UnpoolSettings,
} from './options.js';
import { AXIS_NAMES, LAYOUTS, type Layout, makePlan, type Plan } from './plan.js';
import { type PlanFacts, Prepared, resultOf, seen } from './prepared.js';
import {
  allocate,
  checkChoice,
  checkedData,
  checkNoOverlap,
  checkOptions,
  checkShape,
  checkTensor,
  describe,
  type Form,
  type ImageLike,
  isTensor,
  type Tensor,
  type TypedArray,
} from './tensor.js';

/** A result, and for each of its elements where in the input it came from. */
export interface TensorWithIndices<A extends TypedArray = TypedArray> extends Tensor<A> {
  /** Of the same shape, in the convention that was asked for; −1 where a window has no element. */
  readonly indices: Tensor<Int32Array>;
}

/** A pooling with indices with everything worked out that does not need the data; see `planMaxPool2dWithIndices`. */
export interface IndicesPlan<A extends TypedArray = TypedArray> extends PlanFacts {
  /** What the indices count. */
  readonly indexing: Indexing;
  /**
   * Pools `x` into `out` and `outIndices`, or into new arrays. All are a tensor or its elements alone. Given a whole result
   * as `out`, with its `indices`, it is what is returned, and nothing is allocated.
   */
  run(
    x: Tensor<A> | ImageLike<A> | A,
    out?: Tensor<A> | TensorWithIndices<A> | A,
    outIndices?: Tensor<Int32Array> | Int32Array,
  ): TensorWithIndices<A>;
}

/** What moves elements by indices: gathering, unpooling and its gradient. */
export interface MovePlan<A extends TypedArray = TypedArray> extends PlanFacts {
  /** What the indices count. */
  readonly indexing: Indexing;
  /** Given an `out` tensor, it is what is returned, and nothing is allocated. */
  run(x: Tensor<A> | A, indices: Tensor<Int32Array> | Int32Array, out?: Tensor<A> | A): Tensor<A>;
}

/** What the plan of a task is made of. */
export interface TaskRequest {
  /** The function that errors of options name, and those of data. */
  readonly fn: string;
  readonly name: string;
  readonly words: TaskFunction;
  /** Of the pooling's input, or of what is unpooled. */
  readonly shape: readonly number[];
  readonly input: Input;
  /** With data among them if `name` is `fn`; plans are given those when they run. */
  readonly options: unknown;
  readonly wasm: WasmBackend | undefined;
}

/** Works out the plan of a pooling with indices. */
export function planIndices(request: TaskRequest): IndicesPlan {
  const [plan, space] = planOrdered(request, ['out', 'outIndices']);
  return new PreparedIndices(request.name, plan, space, request.wasm);
}

/** The same of gathering, unpooling and its gradient. */
export function planMove(request: TaskRequest): MovePlan {
  const { task } = request.words;
  const [plan, space] = (task === 'gather' ? planOrdered : planUnpool)(request, ['out']);
  return new PreparedMove(request.name, plan, space, task);
}

/** The pooling of the input, and what its indices count. */
function planOrdered(
  { fn, name, words, shape, input, options }: TaskRequest,
  data: readonly string[],
): [Plan, IndexSpace] {
  const settings = readOptions(fn, words.pool, input, options, ['indexing', ...(name === fn ? data : [])]);
  const indexing = readChoice(fn, 'indexing', INDEXINGS, (options as { readonly indexing?: unknown }).indexing);
  const plan = makePlan(fn, words.pool, shape, settings);
  return [plan, new IndexSpace(fn, plan, settings.layout, indexing)];
}

/** The pooling whose results are what is unpooled, and what its indices count. */
function planUnpool(
  { fn, name, words, shape, input, options }: TaskRequest,
  data: readonly string[],
): [Plan, IndexSpace] {
  const names = ['indexing', ...(name === fn ? data : [])];
  const { settings, indexing, window, outputSize } = readUnpoolOptions(fn, words.pool, input, options, names);
  const { spatial } = LAYOUTS[settings.layout];
  const sizes = spatial.map((place) => shape[place]);
  const inputShape = shape.slice();
  spatial.forEach((place, axis) => {
    inputShape[place] = unpooledSize(fn, sizes[axis], axis, window, outputSize?.[axis]);
  });
  const geometry: Settings['geometry'] =
    window === undefined ? { kind: 'adaptive', outputSize: sizes } : { ...window, outputSize: sizes };
  const plan = makePlan(fn, words.pool, inputShape, { ...settings, geometry });
  return [plan, new IndexSpace(fn, plan, settings.layout, indexing)];
}

/** The size that is pooled to `size`: of those that are, the one without a rest, unless one was `asked` for (PyTorch). */
function unpooledSize(
  fn: string,
  size: number,
  axis: number,
  window: UnpoolSettings['window'],
  asked: number | undefined,
): number {
  if (window === undefined) return asked as number;
  const name = AXIS_NAMES.at(axis - window.stride.length);
  const stride = window.stride[axis];
  const extent = (window.kernelSize[axis] - 1) * window.dilation[axis] + 1;
  if (typeof window.padding === 'string') {
    if (asked === undefined) throw new RangeError(`${fn}: outputSize is required for padding: '${window.padding}'`);
    if (Math.ceil(asked / stride) === size) return asked;
    throw new RangeError(
      `${fn}: a ${name} of ${asked} elements has ${Math.ceil(asked / stride)} windows, indices are of ${size}`,
    );
  }
  const inferred = (size - 1) * stride + extent - window.padding.before[axis] - window.padding.after[axis];
  if (asked === undefined) {
    if (inferred >= 1) return inferred;
    throw new RangeError(
      `${fn}: ${size} windows of extent ${extent} with this padding come from a ${name} of ${inferred}`,
    );
  }
  if (Math.abs(asked - inferred) < stride) return asked;
  throw new RangeError(
    `${fn}: outputSize must be from ${inferred - stride + 1} to ${inferred + stride - 1} for a ${name} of ${size} windows, got ${asked}`,
  );
}

class PreparedIndices extends Prepared implements IndicesPlan {
  readonly indexing: Indexing;
  readonly #space: IndexSpace;
  readonly #onTs: FindPlaces;
  readonly #find: FindPlaces;
  readonly #wasm: WasmBackend | undefined;

  constructor(fn: string, plan: Plan, space: IndexSpace, wasm: WasmBackend | undefined) {
    const find = wasm && findPlaces(plan, wasm);
    super(fn, plan, find && 'argmax');
    this.indexing = space.indexing;
    this.#space = space;
    this.#onTs = prepareArgmax(plan);
    this.#find = find ?? this.#onTs;
    this.#wasm = wasm;
  }

  run(
    x: Tensor | ImageLike | TypedArray,
    out?: Tensor | TensorWithIndices | TypedArray,
    outIndices?: Tensor<Int32Array> | Int32Array,
  ): TensorWithIndices {
    const { fn, dtype } = this;
    const whole = outIndices === undefined && isWhole(out) ? out : undefined;
    const into = whole === undefined ? outIndices : whole.indices;
    const data = this.read(this.large, 'data', x);
    const found = into === undefined ? undefined : (this.read(this.places, 'outIndices', into) as Int32Array);
    const y = this.target(this.small, out, data);
    if (found !== undefined) {
      checkNoOverlap(fn, data, found, 'the input', 'outIndices');
      checkNoOverlap(fn, y, found, 'out', 'outIndices');
    }
    const indices = found ?? (allocate(fn, this.places) as Int32Array);
    const from = seen(dtype, data);
    const to = seen(dtype, y);
    if (!this.#find(from, to, indices)) {
      const given = this.#wasm?.makeRoom([x, out, into] as const);
      if (given !== undefined) return this.run(given[0], given[1], whole?.indices === given[2] ? undefined : given[2]);
      this.#onTs(from, to, indices);
    }
    this.#space.encode(indices);
    if (whole !== undefined) return whole;
    return { data: y, shape: this.outputShape, indices: resultOf(into, indices, this.places) as Tensor<Int32Array> };
  }
}

function isWhole(out: unknown): out is TensorWithIndices {
  return isTensor(out) && 'indices' in out && isTensor(out.indices);
}

class PreparedMove extends Prepared implements MovePlan {
  readonly indexing: Indexing;
  readonly #space: IndexSpace;
  readonly #task: Task;

  constructor(fn: string, plan: Plan, space: IndexSpace, task: Task) {
    super(fn, plan);
    this.indexing = space.indexing;
    this.#space = space;
    this.#task = task;
  }

  run(x: Tensor | TypedArray, indices: Tensor<Int32Array> | Int32Array, out?: Tensor | TypedArray): Tensor {
    const { dtype, large, small } = this;
    const puts = this.#task === 'unpool';
    const name = this.#task === 'unpoolBackward' ? 'dy' : 'x';
    const data = this.read(puts ? small : large, name, x);
    const found = this.read(this.places, 'indices', indices) as Int32Array;
    const places = this.#space.decode(this.fn, 'indices', found, this.#task === 'gather');
    const form = puts ? large : small;
    const result = this.target(form, out, data, name, found, 'indices');
    (puts ? unpool : gather)(this.plan, seen(dtype, data), places, seen(dtype, result));
    return resultOf(out, result, form);
  }
}

/** Options of `convertIndices` that do not concern windows. */
export interface ConvertOptions {
  /** Shape of the pooling's input, in which the indices point. */
  inputShape: readonly number[];
  /** Names its axes; see `maxPool2d`. */
  layout?: string;
  /** What the indices count. Default `'plane'`. */
  from?: Indexing;
  /** What those of the result are to count. Default `'plane'`. */
  to?: Indexing;
  /**
   * The pooling that they come from, for `'window'`; its own options stand beside these. Default: `maxPool` with as many
   * spatial axes as `layout` names.
   */
  pool?: FunctionName;
  /** Where to write the result; not overlapping `indices`. Default: a new array. */
  out?: Tensor<Int32Array> | Int32Array;
  /** Options of the pooling, for `'window'`. */
  readonly [option: string]: unknown;
}

/**
 * Converts indices from one convention to another. −1, of a window without elements, stays −1.
 *
 * @param indices `[n, c, oh, ow]` in the order that `layout` names, what a pooling with indices gave, or another library did;
 * not written to.
 * @param options `inputShape`, `[n, c, h, w]`, the shape of the pooling's input, and `layout` where the axes are not spatial
 * alone; `from` and `to`, `'plane'` unless they are given. To and from `'window'`, also the options of the pooling, and `pool`,
 * its name, unless it is `maxPool2d` (of as many axes).
 * @returns Indices `[n, c, oh, ow]` of the same shape; `options.out` if it was given.
 * @throws TypeError and RangeError as `maxPool2d`; RangeError also for an index that names no element of its plane.
 * @example
 * const indices = { data: Int32Array.of(3, 4, 5, 5), shape: [1, 1, 2, 2] };
 * const options = { inputShape: [1, 2, 3, 2], layout: 'nhwc' };
 * convertIndices(indices, { ...options, to: 'tensor' }).data; // → [6, 9, 10, 11]
 * convertIndices(indices, { ...options, to: 'window', kernelSize: 2, stride: 1 }).data; // → [2, 3, 3, 3]
 * @see https://onnx.ai/onnx/operators/onnx__MaxPool.html for `'tensor'` and `'tensor-column-major'`
 */
export function convertIndices(indices: Tensor<Int32Array>, options: ConvertOptions): Tensor<Int32Array> {
  const fn = 'convertIndices';
  checkTensor(fn, 'indices', indices);
  checkOptions(fn, options);
  const { inputShape, from, to, pool, out, ...rest } = options;
  if (inputShape === undefined) throw new TypeError(`${fn}: inputShape is required`);
  const shape = checkShape(fn, inputShape);
  const source = readChoice(fn, 'from', INDEXINGS, from);
  const target = readChoice(fn, 'to', INDEXINGS, to);
  // Where windows matter, or are told of all the same.
  const others = Object.keys(rest).some((name) => name !== 'layout');
  const byTap = source === 'window' || target === 'window' || pool !== undefined || others;
  const given = checkShape(fn, indices.shape);
  const { plan, layout } = planOf(fn, shape, given, pool, rest, byTap);
  const form: Form = { dtype: 'int32', shape: plan.outputShape, count: plan.outputCount };
  const data = checkedData(fn, 'indices', 'indices', indices, form) as Int32Array;
  const spaces = [source, target].map((indexing) => new IndexSpace(fn, plan, layout, indexing));
  const result = out === undefined ? undefined : checkedData(fn, 'out', 'out', out, form);
  if (result !== undefined) checkNoOverlap(fn, data, result, 'indices');
  const places = spaces[0].decode(fn, 'indices', data, true);
  const converted = (result ?? allocate(fn, form)) as Int32Array;
  converted.set(places);
  spaces[1].encode(converted);
  return resultOf(out, converted, form) as Tensor<Int32Array>;
}

/** The pooling that indices come from, or any with results of that shape where its windows do not matter. */
function planOf(
  fn: string,
  inputShape: readonly number[],
  shape: readonly number[],
  pool: unknown,
  options: Record<string, unknown>,
  byTap: boolean,
): { plan: Plan; layout: Settings['layout'] } {
  const rank = rankOf(fn, inputShape, options.layout);
  const name = pool === undefined ? `maxPool${rank}d` : pool;
  if (typeof name !== 'string') throw new TypeError(`${fn}: pool must be a string, got ${describe(name)}`);
  const words = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name as FunctionName] : undefined;
  if (words === undefined || !OPS[words.op].orders || words.rank !== rank) {
    throw new RangeError(`${fn}: pool must be a maximum or minimum over ${rank} axes, got ${describe(name)}`);
  }
  const input: Input = { rank: inputShape.length, dtype: 'float32', isImage: false };
  if (byTap) {
    const settings = readOptions(fn, words, input, options, []);
    return { plan: makePlan(fn, words, inputShape, settings), layout: settings.layout };
  }
  const any = FUNCTIONS[`adaptiveMaxPool${rank}d` as FunctionName];
  const { layout } = readOptions(fn, any, input, { layout: options.layout, outputSize: 1 }, []);
  const outputSize = LAYOUTS[layout].spatial.map((place) => shape[place] ?? 0);
  const settings = readOptions(fn, any, input, { layout, outputSize }, []);
  return { plan: makePlan(fn, any, inputShape, settings), layout };
}

function rankOf(fn: string, shape: readonly number[], layout: unknown): number {
  if (layout === undefined && shape.length <= 3) return shape.length;
  if (layout === undefined) throw new TypeError(`${fn}: layout is required for ${shape.length} axes`);
  return LAYOUTS[checkChoice(fn, 'layout', Object.keys(LAYOUTS) as Layout[], layout)].spatial.length;
}
