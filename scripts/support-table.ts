/**
 * Which op runs where, on which dtype and rank, worked out by planning each. `tsx scripts/support-table.ts` writes it to
 * docs/support.md; a test holds that file against it.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPooling } from '../src/gradients.js';
import type { DType, PoolPlan, Rank } from '../src/index.js';
import { FUNCTIONS, OPS, type PoolFunction, planName, type TaskFunction, taskFunctions } from '../src/ops.js';
import { DTYPES } from '../src/tensor.js';

export const SUPPORT_FILE = new URL('../docs/support.md', import.meta.url);

const LAYOUTS: Record<Rank, readonly [first: string, last: string]> = {
  1: ['ncw', 'nwc'],
  2: ['nchw', 'nhwc'],
  3: ['ncdhw', 'ndhwc'],
};
const RANKS: readonly Rank[] = [1, 2, 3];
const DTYPE_NAMES = Object.keys(DTYPES) as DType[];

/** A row of the table: functions of an op, or tasks, with options that may decide where they run. */
interface Row {
  readonly name: string;
  readonly functions: readonly (PoolFunction | TaskFunction)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** The pooling that a function is, or is a task of. */
const poolOf = (words: PoolFunction | TaskFunction): PoolFunction => ('task' in words ? words.pool : words);

function rows(): Row[] {
  const all = Object.values(FUNCTIONS);
  const regular = (op: string) => all.filter((words) => words.op === op && words.geometry !== 'fractional');
  return Object.keys(OPS).flatMap((op): Row[] => {
    const functions = regular(op);
    if (op === 'max') {
      const fractional = all.filter((words) => words.geometry === 'fractional');
      return [
        { name: 'max', functions, options: {} },
        { name: 'fractional max', functions: fractional, options: {} },
      ];
    }
    if (op === 'lp') {
      return [1, 2, Infinity, 3].map((p) => ({
        name: p === 3 ? 'lp, other p' : `lp, p = ${p}`,
        functions,
        options: { p },
      }));
    }
    return [{ name: op, functions, options: {} }];
  });
}

function taskRows(): Row[] {
  const all = Object.values(taskFunctions());
  const of = (...tasks: string[]) => all.filter(({ task }) => tasks.includes(task));
  const backward = (...ops: string[]) => of('backward').filter(({ pool }) => ops.includes(pool.op));
  return [
    { name: 'max, min with indices', functions: of('indices'), options: {} },
    { name: 'gather, unpool', functions: of('gather', 'unpool', 'unpoolBackward'), options: {} },
    { name: 'gradient of max, min', functions: backward('max', 'min'), options: {} },
    { name: 'gradient of avg, sum', functions: backward('avg', 'sum'), options: {} },
    { name: 'gradient of lp', functions: backward('lp'), options: {} },
  ];
}

const pooling = createPooling({ backend: 'wasm' });

/** Where the functions of `row` run on `dtype` and `rank`: in one place, or in both, as geometry and layout are. */
function placeOf({ functions, options }: Row, dtype: DType, rank: Rank): string {
  const places = new Set<string>();
  for (const words of functions) {
    const { op, geometry, rank: own } = poolOf(words);
    const floatsOnly = OPS[op].floatsOnly || ('task' in words && words.task === 'backward');
    if (own !== rank || (floatsOnly && !DTYPES[dtype].float)) continue;
    const windows = { window: { kernelSize: 2 }, global: {}, adaptive: { outputSize: 2 } };
    const shape = geometry === 'fractional' ? { kernelSize: 2, outputSize: 2 } : windows[geometry];
    for (const layout of LAYOUTS[rank]) {
      const plan = (pooling as unknown as Record<string, (shape: number[], options: object) => PoolPlan>)[
        planName(words.name)
      ];
      places.add(plan.call(pooling, new Array(rank + 2).fill(8), { ...shape, ...options, layout, dtype }).backend);
    }
  }
  return [...places].sort().reverse().join(' and ') || '–';
}

/** Where a row runs on a dtype, over all ranks. */
function cell(row: Row, dtype: DType): string {
  const places = new Map<string, Rank[]>();
  for (const rank of RANKS) {
    const place = placeOf(row, dtype, rank);
    places.set(place, [...(places.get(place) ?? []), rank]);
  }
  if (places.size > 1) places.delete('–');
  if (places.size === 1) return [...places.keys()][0];
  return [...places].map(([place, ranks]) => `${place} (${ranks.map((rank) => `${rank}-D`).join(', ')})`).join(', ');
}

/** The table, in Markdown. */
export function supportTable(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const table = [...rows(), ...taskRows()].map((row) =>
    line([row.name, ...DTYPE_NAMES.map((dtype) => cell(row, dtype))]),
  );
  return line(['op', ...DTYPE_NAMES]) + line(['---', ...DTYPE_NAMES.map(() => '---')]) + table.join('');
}

/** The whole file. */
export function supportPage(): string {
  return `# What runs where

Every op runs on every dtype, in one, two and three dimensions, as windows, globally and adaptively, in every layout; only
norms and gradients are of floats alone, and fractional pooling is of maxima in two and three dimensions. Where there is a
WebAssembly kernel it runs as **wasm**, else in TypeScript as **ts**, with the same results. A plan says where it runs:
\`plan.backend\`. Poolings of fewer than 20 elements are done sooner in TypeScript, and run there unless \`createPooling\` was
given \`backend: 'wasm'\`.

This page is written by \`npm run support\`.

${supportTable()}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SUPPORT_FILE, supportPage());
