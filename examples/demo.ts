/**
 * A photograph, pooled: max and average, several windows, on both backends and by the loop of the textbooks. All three
 * must give the same numbers; the pictures go to examples/out/.
 *
 *   npm run demo
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { decode, encode } from 'fast-png';
import { Bench } from 'tinybench';
import { createPooling, type Pooling, type PoolPlan, type Tensor } from 'wasm-pooling';
import { textbookAvg, textbookMax, type Window } from './textbook.js';

const png = decode(readFileSync(new URL('chelsea.png', import.meta.url)));
const { width, height, channels } = png;
// One row of pixels after another, the channels of a pixel side by side: 'hwc'.
const x: Tensor<Float32Array> = { data: Float32Array.from(png.data), shape: [height, width, channels] };

interface Row {
  readonly name: string;
  readonly file: string;
  readonly window: Window;
}

const ROWS: readonly Row[] = [
  { name: '2×2, stride 2', file: '2x2-s2', window: { kernelSize: [2, 2], stride: 2, padding: 0 } },
  { name: '3×3, stride 2, padding 1', file: '3x3-s2', window: { kernelSize: [3, 3], stride: 2, padding: 1 } },
  { name: '3×3, stride 1, padding 1', file: '3x3-s1', window: { kernelSize: [3, 3], stride: 1, padding: 1 } },
  { name: '7×7, stride 7', file: '7x7-s7', window: { kernelSize: [7, 7], stride: 7, padding: 0 } },
  { name: '31×31, stride 1, padding 15', file: '31x31-s1', window: { kernelSize: [31, 31], stride: 1, padding: 15 } },
  { name: 'global', file: 'global', window: { kernelSize: [height, width], stride: 1, padding: 0 } },
];

type Op = 'max' | 'avg';
const OPS: readonly Op[] = ['max', 'avg'];

const pooling = createPooling();
const ts = createPooling({ backend: 'ts' });
const out = new URL('out/', import.meta.url);
mkdirSync(out, { recursive: true });

console.log(
  `chelsea.png, ${width}×${height} pixels of ${channels} float32 channels, pooled ${OPS.length * ROWS.length} ways.`,
);
console.log('The textbook loop takes its time; a few seconds in all.');
if (pooling.fallbackReason) console.log(`There is no WebAssembly here: ${pooling.fallbackReason.message}`);

const table = new Table({
  head: ['op', 'window', 'output', pooling.backend, 'ts', 'textbook', 'vs ts', 'vs textbook', 'agree'],
  colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  style: { head: [], border: [], compact: true },
});

let disagreements = 0;
for (const op of OPS) {
  const textbook = op === 'max' ? textbookMax : textbookAvg;
  for (const { name, file, window } of ROWS) {
    const plan = planFor(pooling, op, window);
    const tsPlan = planFor(ts, op, window);
    const y = outputOf(plan);
    const fromTs = outputOf(plan);
    const fromTextbook = outputOf(plan);
    const times = await medians({
      kernels: () => void plan.run(x, y),
      ts: () => void tsPlan.run(x, fromTs),
      textbook: () => textbook(x, window, fromTextbook),
    });
    const agree = same(y, fromTs) && same(y, fromTextbook);
    if (!agree) disagreements++;
    table.push([
      op,
      name,
      y.shape.join('×'),
      `${digits(times.kernels)} ms`,
      `${digits(times.ts)} ms`,
      `${digits(times.textbook)} ms`,
      `${digits(times.ts / times.kernels)}×`,
      `${digits(times.textbook / times.kernels)}×`,
      agree ? 'yes' : 'NO',
    ]);

    const [rows, columns] = y.shape;
    // Uint8ClampedArray rounds to the nearest.
    const pixels = { width: columns, height: rows, channels, data: Uint8ClampedArray.from(y.data) };
    writeFileSync(new URL(`${op}-${file}.png`, out), encode(pixels));
  }
}

console.log(table.toString());
console.log(
  'Median time of one call on arrays outside the wasm memory, on one thread. Agree: the same to the last bit.',
);
console.log(`The pictures are in ${relative('.', fileURLToPath(out)) || '.'}/`);
if (disagreements > 0) throw new Error(`${disagreements} results differ: see the rows marked NO`);

function planFor(on: Pooling, op: Op, window: Window): PoolPlan<Float32Array> {
  const layout = 'hwc';
  if (window.kernelSize[0] === height) {
    return op === 'max' ? on.planGlobalMaxPool2d(x.shape, { layout }) : on.planGlobalAvgPool2d(x.shape, { layout });
  }
  return op === 'max'
    ? on.planMaxPool2d(x.shape, { layout, ...window })
    : on.planAvgPool2d(x.shape, { layout, ...window });
}

function outputOf({ outputShape }: PoolPlan): Tensor<Float32Array> {
  return { data: new Float32Array(outputShape.reduce((count, length) => count * length)), shape: outputShape };
}

/** To the last bit, averages too: sums of bytes are exact in every order, and a quotient rounds in one way. */
function same(a: Tensor, b: Tensor): boolean {
  return a.data.every((value, i) => Object.is(value, b.data[i]));
}

/** Median time of each function, in milliseconds. What takes longer than `time` runs once. */
async function medians<Name extends string>(functions: Record<Name, () => void>): Promise<Record<Name, number>> {
  const bench = new Bench({ time: 60, iterations: 1, warmup: false });
  for (const [name, fn] of Object.entries<() => void>(functions)) bench.add(name, fn, { async: false });
  await bench.run();
  const times = {} as Record<Name, number>;
  for (const { name, result } of bench.tasks) {
    if (!('latency' in result)) throw new Error(`${name} could not be timed`, { cause: result });
    times[name as Name] = result.latency.p50;
  }
  return times;
}

/** Three significant digits. */
function digits(value: number): string {
  return value.toLocaleString('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3, useGrouping: false });
}
