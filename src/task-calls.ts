/**
 * The methods of instances that are tasks: what a call reads before its plan is looked up. Apart from pooling.ts, so that
 * bundles of poolings alone do without all that tasks need.
 */
import { OPS, type Task, type TaskFunction, taskFunctions } from './ops.js';
import { LAYOUTS, type Layout } from './plan.js';
import { type FunctionSettings, type Plans, PoolingInstance } from './pooling.js';
import {
  type AnyTaskPlan,
  type IndicesBackwardPlan,
  type IndicesPlan,
  type LinearBackwardPlan,
  type MovePlan,
  planTask,
  type TensorWithIndices,
} from './tasks.js';
import { checkOptions, checkTensor, type ImageLike, isImage, shapeOf, type Tensor } from './tensor.js';

/** Options of tasks that are read before the others; none has been checked. */
interface TaskSettings extends FunctionSettings {
  outIndices?: Tensor<Int32Array> | Int32Array;
  x?: Tensor;
  indices?: Tensor<Int32Array>;
  inputShape?: readonly number[];
  layout?: unknown;
  kernelSize?: unknown;
  outputSize?: unknown;
}

function indices(plans: Plans, words: TaskFunction, x: Tensor, options: TaskSettings = {}): TensorWithIndices {
  const fn = words.name;
  if (!isImage(x)) checkTensor(fn, 'input', x);
  const plan = planOf(plans, words, x, shapeOf(x), options) as IndicesPlan;
  return plan.run(x, options.out, options.outIndices);
}

function backward(plans: Plans, words: TaskFunction, dy: Tensor, options: TaskSettings = {}): Tensor {
  const fn = words.name;
  checkTensor(fn, 'dy', dy);
  checkOptions(fn, options);
  const { x, indices, inputShape, out } = options;
  const { orders } = OPS[words.pool.op];
  const linear = !orders && words.pool.op !== 'lp';
  // Options that this function does not have are refused with all others that are unknown.
  if (linear) {
    if (inputShape === undefined)
      throw new TypeError(`${fn}: inputShape, the shape of the pooling's input, is required`);
    return (planOf(plans, words, dy, inputShape, options) as LinearBackwardPlan).run(dy, out);
  }
  if (orders && (x === undefined) === (indices === undefined)) {
    const got = x === undefined ? 'neither' : 'both';
    throw new TypeError(`${fn}: either x, the pooling's input, or its indices must be given, got ${got}`);
  }
  if (x === undefined && !orders) throw new TypeError(`${fn}: x, the pooling's input, is required`);
  if (x !== undefined) checkTensor(fn, 'x', x);
  if (x === undefined && inputShape === undefined) {
    throw new TypeError(`${fn}: inputShape, the shape of the pooling's input, is required with indices`);
  }
  if (x !== undefined && orders && inputShape !== undefined) {
    throw new TypeError(`${fn}: x is given, so inputShape has no use`);
  }
  const shape = x === undefined ? (inputShape as readonly number[]) : x.shape;
  const plan = planOf(plans, words, dy, shape, options) as IndicesBackwardPlan;
  return plan.run(dy, (x ?? indices) as Tensor, out);
}

function move(
  plans: Plans,
  words: TaskFunction,
  x: Tensor,
  indices: Tensor<Int32Array>,
  options: TaskSettings = {},
): Tensor {
  const fn = words.name;
  checkTensor(fn, words.task === 'unpoolBackward' ? 'dy' : 'x', x);
  checkTensor(fn, 'indices', indices);
  checkOptions(fn, options);
  if (words.task !== 'unpoolBackward') {
    return (planOf(plans, words, x, x.shape, options) as MovePlan).run(x, indices, options.out);
  }
  // The size of what was unpooled to is that of its gradient.
  const layout = LAYOUTS[options.layout as Layout];
  const sized = options.outputSize === undefined && options.kernelSize === undefined && layout !== undefined;
  const given = sized ? { ...options, outputSize: layout.spatial.map((place) => x.shape[place]) } : options;
  return (planOf(plans, words, x, indices.shape, given) as MovePlan).run(x, indices, options.out);
}

/** The plan of a task, for the shape of a pooling's input, or of what is unpooled; `x` tells the dtype. */
function planOf(
  plans: Plans,
  words: TaskFunction,
  x: Tensor | ImageLike,
  shape: readonly number[],
  options: TaskSettings,
): AnyTaskPlan {
  const fn = words.name;
  return plans.find(fn, x, shape, options, (axes, input) =>
    planTask(fn, words, axes, input, options, true, plans.wasm),
  ) as AnyTaskPlan;
}

type Call = (plans: Plans, words: TaskFunction, ...args: never[]) => unknown;

const CALLS: Readonly<Record<Task, Call>> = { indices, backward, gather: move, unpool: move, unpoolBackward: move };

let areAdded = false;

/** Gives all instances the methods of tasks and of their plans. */
export function addTasks(): void {
  if (areAdded) return;
  areAdded = true;
  for (const words of Object.values(taskFunctions())) {
    const call = CALLS[words.task];
    PoolingInstance.addMethods(
      words.name,
      (plans, x, y, z) => call(plans, words, x, y, z),
      (plans, fn, shape, input, options) => planTask(fn, words, shape, input, options, false, plans.wasm),
    );
  }
}
