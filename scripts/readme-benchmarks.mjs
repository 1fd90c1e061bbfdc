/**
 * Writes the table of the README's chapter on performance: some rows of BENCHMARKS.md, of which it is a copy. Runs after
 * every benchmark.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** Rows of BENCHMARKS.md, one of each kind, and one that others come close on. */
const ROWS = [
  'VGG 2×2/s2, 3 MB',
  'ResNet stem 3×3/s2/p1, 3 MB',
  'VGG 2×2/s2, 64×112×112',
  'Inception average 3×3/s1/p1, 192×35×35',
  'MobileNet global average, 1024×7×7, channels first',
  'MobileNet-size 3×3/s2/p1, 512×14×14',
  'YOLO SPP 13×13/s1, 256×20×20',
  'morphology, maximum 31×31/s1, 1080p',
  'tiny 2×2/s2, 8×24×24',
];

/** Its columns, and what they are called in the README. */
const COLUMNS = new Map([
  ['kernel', 'wasm-pooling, in place'],
  ['call', 'wasm-pooling, outside'],
  ['wasm-pooling, ts backend', 'in TypeScript'],
  ['TensorFlow.js wasm', 'TensorFlow.js wasm'],
  ['ONNX Runtime Web', 'ONNX Runtime Web'],
  ['textbook loop', 'a plain loop'],
]);

const START = '<!-- rows of BENCHMARKS.md: npm run bench -->\n';
const END = '<!-- end of rows -->';

const root = new URL('../', import.meta.url);
const cellsOf = (line) => line.slice(2, -2).split(' | ');

/** Every row with times, as a map from column to cell. */
const rows = new Map();
let columns = [];
for (const line of readFileSync(new URL('BENCHMARKS.md', root), 'utf8').split('\n')) {
  if (line.startsWith('| µs |')) columns = cellsOf(line);
  else if (!line.startsWith('| ')) columns = [];
  else if (columns.length > 0) rows.set(cellsOf(line)[0], new Map(cellsOf(line).map((cell, i) => [columns[i], cell])));
}

const table = [
  `| µs | ${[...COLUMNS.values()].join(' | ')} |`,
  `| --- |${' ---: |'.repeat(COLUMNS.size)}`,
  ...ROWS.map((name) => {
    const row = rows.get(name);
    const cells = [...COLUMNS.keys()].map((column) => row?.get(column));
    if (cells.includes(undefined)) throw new Error(`BENCHMARKS.md has no row '${name}' with all of the columns`);
    return `| ${name} | ${cells.join(' | ')} |`;
  }),
];

const file = new URL('README.md', root);
const text = readFileSync(file, 'utf8');
const [start, end] = [text.indexOf(START), text.indexOf(END)];
if (start < 0 || end < start) throw new Error(`the README has no ${START.trim()} … ${END}`);
writeFileSync(file, `${text.slice(0, start + START.length)}${table.join('\n')}\n${text.slice(end)}`);
