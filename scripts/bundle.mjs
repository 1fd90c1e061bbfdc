// Bundles each entry of package.json, so that few files have to be found and read before the first result: ES modules in
// dist/, CommonJS in dist/cjs/ for what cannot require() those. The types beside them are tsc's.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
// './dist/raw.js' is built from src/raw.ts.
const entries = Object.values(exports)
  .map((conditions) => conditions.default?.default)
  .filter((file) => file !== undefined)
  .map((file) => file.slice('./dist/'.length, -'.js'.length));

const FORMATS = [
  ['esm', 'dist'],
  ['cjs', 'dist/cjs'],
];

/** Bundles the files of those names in `src/` and `folder` to the same place in each format's. */
async function bundle(names, plugins, formats, output, folder = '') {
  const input = Object.fromEntries(names.map((name) => [name, `src/${folder}${name}.ts`]));
  const bundled = await rolldown({
    input,
    plugins,
    external: ['./pooling.wasm', './core.js', '../index.js', '../gradients.js', '../raw.js'],
    treeshake: { moduleSideEffects: false },
  });
  for (const [format, dir] of formats) {
    await bundled.write({
      format,
      dir: join(dir, folder),
      sourcemap: true,
      // Readers have the doc comments in the types, and the sources in the maps.
      comments: { annotation: true, jsdoc: false, legal: true },
      ...output,
    });
  }
  await bundled.close();
}

const withoutKernels = {
  name: 'without-kernels',
  resolveId: (id) => (id.endsWith('/packed.js') ? resolve('src/without-kernels.ts') : undefined),
};

/**
 * Sorts the public functions as bundlers sort what is exported: gzip finds lists in each other that are in one order. What
 * makes them is a function, which is there wherever it stands.
 */
const sortsFunctions = {
  name: 'sorts-functions',
  renderChunk(code) {
    const definition = /^const \w+ = \/\* @__PURE__ \*\/ [\w$]+\("\w+"(, \w+)?\);$/gm;
    const sorted = (code.match(definition) ?? []).sort();
    return { code: code.replaceAll(definition, () => sorted.shift()), map: null };
  },
};

/**
 * Modules in an order in which like ones are near, since gzip compares what is less than 32 KB apart: 0.3 KB less, as found by
 * exchanging them at random. The long texts of the kernels come first. What a module needs stands before it all the same.
 */
const ORDER = `
  generated/gradients generated/poolings backends/folds backends/places packed backends/float16 tensor
  backends/moves ops recent backends/reductions backends/views plan backends/lanes backends/words backends/bands
  embedded indexing options strided backends/planes backends/program backends/arena backends/passage
  backends/argmax backends/stream backends/ts backends/argmax-wasm backends/paths prepared tasks backends/wasm
  pooling task-calls instance
`;
const ordersModules = {
  name: 'orders-modules',
  transform(code, id) {
    if (!/\/src\/(index|gradients|core)\.ts$/.test(id)) return undefined;
    const imports = ORDER.trim()
      .split(/\s+/)
      .map((name) => `import './${name}.js';`);
    return { code: imports.join('') + code, map: null };
  },
};

const ADAPTERS = 'adapters/';

rmSync('dist', { recursive: true, force: true });
await bundle(
  entries.filter((name) => name !== 'core' && !name.startsWith(ADAPTERS)),
  [ordersModules, sortsFunctions],
  FORMATS,
  { chunkFileNames: '[name].js', codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
);
// `core` is the library without the embedded kernels; workerd, which knows no CommonJS, gives it a module of them.
await bundle(['core'], [withoutKernels, ordersModules, sortsFunctions], FORMATS);
await bundle(['workerd'], [], FORMATS.slice(0, 1));
// Adapters stand on the library's own entries, beside which they are.
const adapters = entries.filter((name) => name.startsWith(ADAPTERS)).map((name) => name.slice(ADAPTERS.length));
await bundle(adapters, [], FORMATS, {}, ADAPTERS);
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
copyFileSync('build/pooling.wasm', 'dist/pooling.wasm');
