/**
 * The methods of instances that are tasks, but for gradients: what a call reads before its plan is looked up. Apart from
 * pooling.ts, so that bundles of poolings alone do without all that tasks need.
 */
import { type Task, type TaskFunction, taskFunctions } from './ops.js';
import { type FunctionSettings, type Plans, PoolingInstance } from './pooling.js';
import {
  type IndicesPlan,
  type MovePlan,
  planIndices,
  planMove,
  type TaskRequest,
  type TensorWithIndices,
} from './tasks.js';
import { checkOptions, checkTensor, type ImageLike, isImage, shapeOf, type Tensor } from './tensor.js';

/** The plan of a call, for the shape of a pooling's input, or of what is unpooled; `x` tells the dtype. */
export function planOf<P>(
  plans: Plans,
  words: TaskFunction,
  plan: (request: TaskRequest) => P,
  x: Tensor | ImageLike,
  given: readonly number[],
  options: object,
): P {
  const fn = words.name;
  const { wasm } = plans;
  return plans.find(fn, x, given, options, (shape, input) =>
    plan({ fn, name: fn, words, shape, input, options, wasm }),
  );
}

/** Of each task, what makes its plans, and what a call of its functions does. */
export type TaskCalls = Readonly<
  Partial<
    Record<
      Task,
      readonly [
        plan: (request: TaskRequest) => unknown,
        call: (plans: Plans, words: TaskFunction, ...args: never[]) => unknown,
      ]
    >
  >
>;

/** Gives all instances the methods of tasks, and of their plans. */
export function addTasks(tasks: TaskCalls): void {
  for (const words of Object.values(taskFunctions())) {
    const task = tasks[words.task];
    if (task === undefined) continue;
    const [plan, call] = task;
    PoolingInstance.addMethods(
      words.name,
      (plans, x, y, z) => call(plans, words, x, y, z),
      (plans, fn, shape, input, options) =>
        plan({ fn, name: `${fn}.run`, words, shape, input, options, wasm: plans.wasm }),
    );
  }
}

/** Options of indices that are read before the others; none has been checked. */
interface IndicesSettings extends FunctionSettings {
  outIndices?: Tensor<Int32Array> | Int32Array;
}

function indices(plans: Plans, words: TaskFunction, x: Tensor, options: IndicesSettings = {}): TensorWithIndices {
  const fn = words.name;
  if (!isImage(x)) checkTensor(fn, 'input', x);
  const plan: IndicesPlan = planOf(plans, words, planIndices, x, shapeOf(x), options);
  return plan.run(x, options.out, options.outIndices);
}

function move(
  plans: Plans,
  words: TaskFunction,
  x: Tensor,
  indices: Tensor<Int32Array>,
  options: FunctionSettings = {},
): Tensor {
  const fn = words.name;
  checkTensor(fn, 'x', x);
  checkTensor(fn, 'indices', indices);
  checkOptions(fn, options);
  const plan: MovePlan = planOf(plans, words, planMove, x, x.shape, options);
  return plan.run(x, indices, options.out);
}

let areAdded = false;

/** Gives all instances the methods of indices, gathering and unpooling. */
export function addIndices(): void {
  if (areAdded) return;
  areAdded = true;
  addTasks({ indices: [planIndices, indices], gather: [planMove, move], unpool: [planMove, move] });
}
