/**
 * The registry: every op, every public function as an op with a geometry on a number of spatial axes, and what else there
 * is of each: indices, gradients, unpooling. The methods of `Pooling` and `Raw` and the functions of the package all come
 * from `FUNCTIONS` and `taskFunctions`.
 */
import { DTYPES, type DType } from './tensor.js';

/** Reductions. */
export type Op = 'max' | 'min' | 'avg' | 'sum' | 'lp';

/** Number of spatial axes. */
export type Rank = 1 | 2 | 3;

/** How the windows of a function come about. */
export type GeometryKind = 'window' | 'global' | 'adaptive' | 'fractional';

interface OpRow {
  /** Compares elements, and so can leave NaN out. */
  readonly orders?: boolean;
  /** Divides by the number of elements. */
  readonly divides?: boolean;
  readonly floatsOnly?: boolean;
  /** Options that only this op has, and those it has only where windows may reach into padding. */
  readonly options?: readonly string[];
  readonly windowOptions?: readonly string[];
}

export const OPS: Readonly<Record<Op, OpRow>> = {
  max: { orders: true },
  min: { orders: true },
  avg: { divides: true, options: ['rounding'], windowOptions: ['countIncludePad', 'divisorOverride'] },
  sum: {},
  lp: { floatsOnly: true, options: ['p'] },
};

/** The dtype of an op's results. */
export function resultDType(op: Op, dtype: DType): DType {
  return op === 'sum' ? DTYPES[dtype].sum : dtype;
}

const GEOMETRIES: readonly GeometryKind[] = ['window', 'global', 'adaptive', 'fractional'];
const RANKS: readonly Rank[] = [1, 2, 3];

/** `maxPool2d`, `globalMaxPool2d`, `adaptiveMaxPool2d`. */
type NameOf<O extends Op, G extends GeometryKind, R extends Rank> = G extends 'window'
  ? `${O}Pool${R}d`
  : `${G}${Capitalize<O>}Pool${R}d`;

/** A public function. */
export interface PoolFunction<O extends Op = Op, G extends GeometryKind = GeometryKind, R extends Rank = Rank> {
  readonly name: NameOf<O, G, R>;
  readonly op: O;
  readonly geometry: G;
  readonly rank: R;
}

/** Every public function, as a union of types. */
export type AnyPoolFunction =
  | {
      [O in Op]: { [G in Exclude<GeometryKind, 'fractional'>]: { [R in Rank]: PoolFunction<O, G, R> }[Rank] }[Exclude<
        GeometryKind,
        'fractional'
      >];
    }[Op]
  | PoolFunction<'max', 'fractional', 2>
  | PoolFunction<'max', 'fractional', 3>;

/** Names of the poolings: `'maxPool2d'`, `'globalAvgPool1d'` and so on. */
export type FunctionName = AnyPoolFunction['name'];

function makeFunctions(): Record<FunctionName, PoolFunction> {
  const functions: Record<string, PoolFunction> = {};
  for (const op of Object.keys(OPS) as Op[]) {
    for (const geometry of GEOMETRIES) {
      for (const rank of RANKS) {
        if (geometry === 'fractional' && (op !== 'max' || rank === 1)) continue;
        const name = geometry === 'window' ? `${op}Pool${rank}d` : `${geometry}${capitalize(op)}Pool${rank}d`;
        functions[name] = { name: name as FunctionName, op, geometry, rank };
      }
    }
  }
  return functions;
}

/** Every public function, by name. */
export const FUNCTIONS: Readonly<Record<FunctionName, PoolFunction>> = /* @__PURE__ */ makeFunctions();

/** What is done with a pooling besides running it. */
export type Task = 'indices' | 'backward' | 'gather' | 'unpool' | 'unpoolBackward';

interface TaskRow {
  /** Whether `pool` has it. */
  readonly of: (pool: PoolFunction) => boolean;
  readonly name: (pool: PoolFunction) => string;
}

const ordered = ({ op }: PoolFunction): boolean => OPS[op].orders === true;
const slidingMax = ({ op, geometry }: PoolFunction): boolean => op === 'max' && geometry === 'window';

/** Every task: which poolings have it, and what the function is called. */
const TASKS: Readonly<Record<Task, TaskRow>> = {
  indices: { of: ordered, name: ({ name }) => `${name}WithIndices` },
  backward: { of: () => true, name: ({ name }) => `${name}Backward` },
  gather: { of: ordered, name: ({ name }) => `${name}Gather` },
  unpool: { of: slidingMax, name: ({ rank }) => `maxUnpool${rank}d` },
  unpoolBackward: { of: slidingMax, name: ({ rank }) => `maxUnpool${rank}dBackward` },
};

/** A public function that is a task of a pooling. */
export interface TaskFunction {
  readonly name: TaskName;
  readonly task: Task;
  readonly pool: PoolFunction;
}

/** Poolings whose results are elements, and so have indices. */
export type OrderedPoolFunction = Extract<AnyPoolFunction, { readonly op: 'max' | 'min' }>;

/** Names of what else there is of poolings: `'maxPool2dWithIndices'`, `'avgPool1dBackward'`, `'maxUnpool3d'` and so on. */
export type TaskName =
  | `${OrderedPoolFunction['name']}${'WithIndices' | 'Gather'}`
  | `${FunctionName}Backward`
  | `maxUnpool${Rank}d${'' | 'Backward'}`;

/** Every public function that is a task of a pooling, by name. */
export function taskFunctions(): Record<TaskName, TaskFunction> {
  const functions: Record<string, TaskFunction> = {};
  for (const task of Object.keys(TASKS) as Task[]) {
    for (const pool of Object.values(FUNCTIONS)) {
      if (!TASKS[task].of(pool)) continue;
      const name = TASKS[task].name(pool) as TaskName;
      functions[name] = { name, task, pool };
    }
  }
  return functions;
}

/** `planMaxPool2d` of `maxPool2d`. */
export function planName<N extends string>(name: N): `plan${Capitalize<N>}` {
  return `plan${capitalize(name)}` as `plan${Capitalize<N>}`;
}

function capitalize(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
