// Prints what users download, and fails above the limits: the wasm module, and each entry as a bundler leaves it in an
// app, minified, the embedded module included.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const KB = 1000;
/** Of every entry, whole. Adapters stand on the entries before them; `core` is without the kernels, which are served beside it. */
const LIMITS = {
  '.': 45 * KB,
  './gradients': 50.5 * KB,
  './core': 32.5 * KB,
  './onnx': 46 * KB,
  './webnn': 40.5 * KB,
  './torch': 2 * KB,
  './flax': 1.5 * KB,
  './raw': 31 * KB,
  './tfjs': 54 * KB,
};
/** Of an app that has both. */
const ALL_LIMIT = 53 * KB;
/** Of an app that only pools: indices are left out. */
const POOLINGS_LIMIT = 38 * KB;

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** Size of an app that is nothing but `code`, minified and gzipped. */
async function sizeOf(code) {
  const app = {
    name: 'app',
    resolveId: (id) => (id === 'app' ? id : null),
    load: (id) => (id === 'app' ? code : null),
  };
  const bundle = await rolldown({ input: 'app', plugins: [app] });
  const { output } = await bundle.generate({ minify: true, comments: false });
  await bundle.close();
  return output.reduce((sum, chunk) => sum + gzipped(chunk.code), 0);
}

const wasm = readFileSync('dist/pooling.wasm');
const rows = [
  { name: 'pooling.wasm', bytes: wasm.length, limit: 80 * KB },
  { name: 'pooling.wasm, gzipped', bytes: gzipped(wasm), limit: 25 * KB },
];
const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
for (const [path, entry] of Object.entries(exports)) {
  if (typeof entry === 'string') continue;
  const bytes = await sizeOf(`export * from '${name}${path.slice(1)}';`);
  rows.push({ name: `${name}${path.slice(1)}, gzipped`, bytes, limit: LIMITS[path] });
}
const both = ['', '/gradients'].map((path) => `export * from '${name}${path}';`).join('');
rows.push(
  {
    name: `${name} and ${name}/gradients, gzipped`,
    bytes: await sizeOf(`${both} export { createPooling } from '${name}/gradients';`),
    limit: ALL_LIMIT,
  },
  {
    name: '{ maxPool2d }, gzipped',
    bytes: await sizeOf(`export { maxPool2d } from '${name}';`),
    limit: POOLINGS_LIMIT,
  },
);

for (const { name, bytes, limit } of rows) {
  const line = `${name}: ${(bytes / KB).toFixed(1)} of ${limit / KB} KB`;
  if (bytes <= limit) {
    console.log(line);
  } else {
    console.error(`${line}: too large`);
    process.exitCode = 1;
  }
}
