/**
 * The methods of instances that are gradients: what a call reads before its plan is looked up.
 */
import { type IndicesBackwardPlan, type LinearBackwardPlan, planBackward } from './gradient-tasks.js';
import { OPS, type TaskFunction } from './ops.js';
import { LAYOUTS, type Layout } from './plan.js';
import type { FunctionSettings, Plans } from './pooling.js';
import { addIndices, addTasks, planOf } from './task-calls.js';
import { type MovePlan, planMove } from './tasks.js';
import { checkOptions, checkTensor, type Tensor } from './tensor.js';

/** Options of gradients that are read before the others; none has been checked. */
interface GradientSettings extends FunctionSettings {
  x?: Tensor;
  indices?: Tensor<Int32Array>;
  inputShape?: readonly number[];
  layout?: unknown;
  kernelSize?: unknown;
  outputSize?: unknown;
}

function backward(plans: Plans, words: TaskFunction, dy: Tensor, options: GradientSettings = {}): Tensor {
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
    return (planOf(plans, words, planBackward, dy, inputShape, options) as LinearBackwardPlan).run(dy, out);
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
  const plan = planOf(plans, words, planBackward, dy, shape, options) as IndicesBackwardPlan;
  return plan.run(dy, (x ?? indices) as Tensor, out);
}

function unpoolBackward(
  plans: Plans,
  words: TaskFunction,
  dy: Tensor,
  indices: Tensor<Int32Array>,
  options: GradientSettings = {},
): Tensor {
  const fn = words.name;
  checkTensor(fn, 'dy', dy);
  checkTensor(fn, 'indices', indices);
  checkOptions(fn, options);
  // The size of what was unpooled to is that of its gradient.
  const layout = LAYOUTS[options.layout as Layout];
  const sized = options.outputSize === undefined && options.kernelSize === undefined && layout !== undefined;
  const given = sized ? { ...options, outputSize: layout.spatial.map((place) => dy.shape[place]) } : options;
  const plan: MovePlan = planOf(plans, words, planMove, dy, indices.shape, given);
  return plan.run(dy, indices, options.out);
}

let areAdded = false;

/** Gives all instances the methods of gradients, besides those of other tasks. */
export function addGradients(): void {
  addIndices();
  if (areAdded) return;
  areAdded = true;
  addTasks({ backward: [planBackward, backward], unpoolBackward: [planMove, unpoolBackward] });
}
