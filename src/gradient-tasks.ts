/**
 * Gradients as plans ready to run. They check data here and are run by the loops of src/backends/.
 */
import { prepareArgmax } from './backends/argmax.js';
import { withGradients } from './backends/gradient-kernels.js';
import {
  type Backward,
  type LinearBackward,
  linearBackwardInWasm,
  prepareFirstBackward,
  prepareLinearBackward,
  prepareNormBackward,
  prepareSharedBackward,
} from './backends/gradients.js';
import { type AddByPlaces, addByPlaces, backwardByInput, expandByInput } from './backends/gradients-wasm.js';
import { prepareScatter } from './backends/scatter.js';
import type { WasmBackend } from './backends/wasm.js';
import { INDEXINGS, type Indexing, IndexSpace } from './indexing.js';
import { OPS } from './ops.js';
import { readChoice, readOptions, TIES, type Ties } from './options.js';
import { joinRows, makePlan, type Plan } from './plan.js';
import { type PlanFacts, Prepared, resultOf, seen } from './prepared.js';
import type { TaskRequest } from './tasks.js';
import { DTYPES, dtypeOf, floatNames, isTensor, type Tensor, type TypedArray } from './tensor.js';

/** The gradient of a pooling that does not depend on the input. Its result has the `inputShape` of the pooling. */
export interface LinearBackwardPlan<A extends TypedArray = TypedArray> extends PlanFacts {
  /** Given an `out` tensor, it is what is returned, and nothing is allocated. */
  run(dy: Tensor<A> | A, out?: Tensor<A> | A): Tensor<A>;
}

/** The gradient of a pooling that depends on its input `x`. Its result has the `inputShape` of the pooling. */
export interface BackwardPlan<A extends TypedArray = TypedArray> extends PlanFacts {
  /** Given an `out` tensor, it is what is returned, and nothing is allocated. */
  run(dy: Tensor<A> | A, x: Tensor<A> | A, out?: Tensor<A> | A): Tensor<A>;
}

/** The gradient of a maximum or minimum. Its result has the `inputShape` of the pooling. */
export interface IndicesBackwardPlan<A extends TypedArray = TypedArray> extends PlanFacts {
  /** What indices count that `run` is given. */
  readonly indexing: Indexing;
  /** Who has the gradient of equal elements. */
  readonly ties: Ties;
  /**
   * Takes the input of the pooling, or the indices that it gave. Given an `out` tensor, it is what is returned, and nothing
   * is allocated.
   */
  run(dy: Tensor<A> | A, from: Tensor<A> | A | Tensor<Int32Array> | Int32Array, out?: Tensor<A> | A): Tensor<A>;
}

/** Works out the plan of a gradient. */
export function planBackward(request: TaskRequest): LinearBackwardPlan | BackwardPlan | IndicesBackwardPlan {
  const { fn, name, words, shape, input, options } = request;
  const { pool } = words;
  const { orders } = OPS[pool.op];
  const data = orders ? ['x', 'indices', 'inputShape', 'out'] : [pool.op === 'lp' ? 'x' : 'inputShape', 'out'];
  const names = [...(orders ? ['indexing', 'ties'] : []), ...(name === fn ? data : [])];
  const settings = readOptions(fn, pool, input, options, names);
  if (!DTYPES[settings.dtype].float) {
    throw new TypeError(`${fn}: gradients are of ${floatNames()}, got ${settings.dtype}`);
  }
  const given = options as { readonly indexing?: unknown; readonly ties?: unknown };
  const indexing = readChoice(fn, 'indexing', INDEXINGS, given.indexing);
  const ties = readChoice(fn, 'ties', TIES, given.ties);
  const plan = makePlan(fn, pool, shape, settings);
  if (pool.op === 'lp') return new PreparedNormBackward(name, plan);
  const wasm = withGradients(request.wasm);
  if (!orders) return new PreparedLinearBackward(name, joinRows(plan), wasm);
  return new PreparedIndicesBackward(name, plan, new IndexSpace(fn, plan, settings.layout, indexing), ties, wasm);
}

class PreparedNormBackward extends Prepared implements BackwardPlan {
  readonly #run: Backward;

  constructor(fn: string, plan: Plan) {
    super(fn, plan);
    this.#run = prepareNormBackward(plan);
  }

  run(dy: Tensor | TypedArray, x: Tensor | TypedArray, out?: Tensor | TypedArray): Tensor {
    const { dtype, large } = this;
    const gradient = this.read(this.small, 'dy', dy);
    const data = this.read(large, 'x', x);
    const dx = this.target(large, out, gradient, 'dy', data, 'x');
    this.#run(seen(dtype, gradient), seen(dtype, data), seen(dtype, dx));
    return resultOf(out, dx, large);
  }
}

class PreparedLinearBackward extends Prepared implements LinearBackwardPlan {
  readonly #run: LinearBackward['run'];
  readonly #wasm: WasmBackend | undefined;
  #runInstead: LinearBackward['run'] | undefined;

  constructor(fn: string, plan: Plan, wasm: WasmBackend | undefined) {
    const linear = (wasm && linearBackwardInWasm(plan, wasm)) ?? prepareLinearBackward(plan);
    super(fn, plan, linear.path);
    this.#run = linear.run;
    this.#wasm = wasm;
  }

  run(dy: Tensor | TypedArray, out?: Tensor | TypedArray): Tensor {
    const { dtype, large } = this;
    const gradient = this.read(this.small, 'dy', dy);
    const dx = this.target(large, out, gradient, 'dy');
    const from = seen(dtype, gradient);
    const to = seen(dtype, dx);
    if (!this.#run(from, to)) {
      const given = this.#wasm?.makeRoom([dy, out] as const);
      if (given !== undefined) return this.run(...given);
      this.#runInstead ??= prepareLinearBackward(this.plan).run;
      this.#runInstead(from, to);
    }
    return resultOf(out, dx, large);
  }
}

class PreparedIndicesBackward extends Prepared implements IndicesBackwardPlan {
  readonly indexing: Indexing;
  readonly ties: Ties;
  readonly #space: IndexSpace;
  readonly #scatter: ReturnType<typeof prepareScatter>;
  readonly #add: AddByPlaces | undefined;
  readonly #onTs: Backward;
  readonly #byInput: Backward;
  readonly #wasm: WasmBackend | undefined;

  constructor(fn: string, plan: Plan, space: IndexSpace, ties: Ties, wasm: WasmBackend | undefined) {
    const room = ties === 'first' ? wasm : undefined;
    const find = prepareArgmax(plan);
    const add = room && addByPlaces(plan, room);
    const expand = room && expandByInput(plan, room);
    const byInput = expand ?? (room && backwardByInput(plan, room));
    super(fn, plan, add && (expand ? 'expand' : byInput ? 'argmax' : 'scatter'));
    this.indexing = space.indexing;
    this.ties = ties;
    this.#space = space;
    this.#scatter = prepareScatter(plan);
    this.#add = add;
    this.#onTs = ties === 'share' ? prepareSharedBackward(plan) : prepareFirstBackward(plan, find);
    this.#byInput = byInput ?? (add ? prepareFirstBackward(plan, find, add) : this.#onTs);
    this.#wasm = wasm;
  }

  run(dy: Tensor | TypedArray, from: Tensor | TypedArray, out?: Tensor | TypedArray): Tensor {
    const { dtype, large } = this;
    const gradient = this.read(this.small, 'dy', dy);
    // The input is of floats.
    const byIndices = dtypeOf(isTensor(from) ? from.data : from) === 'int32';
    if (byIndices && this.ties === 'share') throw new TypeError(`${this.fn}: ties: 'share' needs x, got indices`);
    const name = byIndices ? 'indices' : 'x';
    const data = this.read(byIndices ? this.places : large, name, from);
    const dx = this.target(large, out, gradient, 'dy', data, name);
    const a = seen(dtype, gradient);
    const b = seen(dtype, data);
    const c = seen(dtype, dx);
    if (!(byIndices ? this.#byIndices(this.#add, a, b as Int32Array, c) : this.#byInput(a, b, c))) {
      const given = this.#wasm?.makeRoom([dy, from, out] as const);
      if (given !== undefined) return this.run(...given);
      if (byIndices) this.#byIndices(undefined, a, b as Int32Array, c);
      else this.#onTs(a, b, c);
    }
    return resultOf(out, dx, large);
  }

  /** Indices are checked by the kernels where they are places; those that these do not take are looked at here. */
  #byIndices(add: AddByPlaces | undefined, dy: TypedArray, indices: Int32Array, dx: TypedArray): boolean {
    if (add?.hasRoom() === false) return false;
    const { isPlain } = this.#space;
    if (isPlain && add?.run(dy, indices, dx)) return true;
    const places = this.#space.decode(this.fn, 'indices', indices, true);
    if (isPlain || !add?.run(dy, places, dx)) this.#scatter(dy, places, dx);
    return true;
  }
}
