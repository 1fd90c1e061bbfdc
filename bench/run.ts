/**
 * npm run bench: checks and times every row on every side that is installed, and writes BENCHMARKS.md and its chart.
 *
 *   -- --quick         a few rows, briefly, to see that all of it still runs; writes nothing
 *   -- --only REGEX    the rows whose name matches; writes nothing
 *   -- --side NAME     one side; may be given several times; writes nothing
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import type { TypedArray } from '../dist/index.js';
import type { Line } from './child.ts';
import { type Results, writeReport } from './report.ts';
import { geometryOf, inputOf, outputsOf, product, ROWS, type Row, resultOfTs } from './shapes.ts';
import { SIDES } from './sides.ts';
import { inTextbook, textbook } from './textbook.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    side: { type: 'string', multiple: true },
  },
});
const root = new URL('..', import.meta.url).pathname;
const peersInstalled = existsSync(new URL('node_modules', import.meta.url));
const rows = ROWS.filter(
  ({ name, quick }) => (values.quick ? quick : true) && (!values.only || new RegExp(values.only).test(name)),
);
const own = ['wasm', 'ts', 'textbook'];
const sides = values.side ?? (peersInstalled && !values.quick ? Object.keys(SIDES) : own);
/** The textbook takes minutes where windows are large: so many taps are enough to show it. */
const MOST_TEXTBOOK_TAPS = 1e9;

const tapsOf = (row: Row): number => {
  const { n, c, out, k } = geometryOf(row);
  return n * c * product(out) * product(k);
};

/** What a side is asked for. Engines compile a loop badly for several types of array: each type has a process of its own. */
const batchesOf = (side: string): readonly (readonly Row[])[] =>
  SIDES[side].dtypes
    .map((dtype) =>
      rows.filter((row) => row.dtype === dtype && (side !== 'textbook' || tapsOf(row) <= MOST_TEXTBOOK_TAPS)),
    )
    .filter(({ length }) => length > 0);

function ofTextbook(row: Row): readonly TypedArray[] {
  const [y] = outputsOf(row);
  textbook(geometryOf(row), inputOf(row).data, y.data);
  return [y.data];
}

/** What the textbook makes of every row, or else the ts backend, for the sides to be checked against. */
function writeWanted(folder: string): void {
  for (const row of rows) {
    show(`${row.name}: what it should be`);
    writeFileSync(`${folder}/${ROWS.indexOf(row)}`, serialize(inTextbook(row) ? ofTextbook(row) : resultOfTs(row)));
  }
}

function show(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

/** Runs one side over rows; calls `took` for each line. */
function run(side: string, folder: string, names: string[], took: (line: Line) => void): Promise<void> {
  return new Promise((resolve) => {
    const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
    const args = [tsx, join(root, 'bench/child.ts'), side, folder, values.quick ? 'quick' : 'full', ...names];
    const child = spawn(process.execPath, ['--expose-gc', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      // Some libraries print to the same place.
      for (const line of lines) if (line.startsWith('{')) took(JSON.parse(line));
    });
    child.on('close', () => resolve());
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pooling-bench-'));
  const results: Results = new Map();
  try {
    writeWanted(folder);
    for (const side of sides) {
      const batches = batchesOf(side);
      const all = batches.flat().length;
      const lines = new Map<string, Line>();
      results.set(side, lines);
      for (const batch of batches) {
        const names = batch.map(({ name }) => name);
        let failure: string | undefined;
        await run(side, folder, names, (line) => {
          if (line.row === undefined) failure = line.error;
          else lines.set(line.row, line);
          show(`${SIDES[side].title}: ${lines.size} of ${all}, ${line.row}`);
        });
        for (const name of names) {
          if (!lines.has(name)) lines.set(name, { row: name, error: failure ?? 'the process ended' });
        }
      }
    }
    show('');
  } finally {
    rmSync(folder, { recursive: true });
  }
  const whole = !values.quick && !values.only && !values.side && peersInstalled;
  const failed = await writeReport(results, rows, whole ? root : undefined);
  // Our own results have to be right, on every row.
  if (failed > 0) process.exitCode = 1;
}

await main();
