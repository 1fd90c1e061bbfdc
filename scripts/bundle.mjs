// Bundles each entry of package.json, so that few files have to be found and read before the first result: ES modules in
// dist/, CommonJS in dist/cjs/ for what cannot require() those. The types beside them are tsc's.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    external: ['./pooling.wasm', './core.js', '../index.js', '../raw.js'],
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
  load: (id) =>
    id.endsWith('/src/generated/wasm.ts')
      ? "export const packedWasm = '', packedParts = [0, 0, 0, 0], unpackHex = '';"
      : undefined,
};

/** Sorts the public functions as bundlers sort what is exported: gzip finds lists in each other that are in one order. */
const sortsFunctions = {
  name: 'sorts-functions',
  renderChunk(code) {
    const definition = /^const \w+ = \/\* @__PURE__ \*\/ \w+\("\w+"\);$/gm;
    const sorted = (code.match(definition) ?? []).sort();
    return { code: code.replaceAll(definition, () => sorted.shift()), map: null };
  },
};

const ADAPTERS = 'adapters/';

rmSync('dist', { recursive: true, force: true });
await bundle(
  entries.filter((name) => name !== 'core' && !name.startsWith(ADAPTERS)),
  [sortsFunctions],
  FORMATS,
  { chunkFileNames: '[name].js', codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
);
// `core` is the library without the embedded kernels; workerd, which knows no CommonJS, gives it a module of them.
await bundle(['core'], [withoutKernels, sortsFunctions], FORMATS);
await bundle(['workerd'], [], FORMATS.slice(0, 1));
// Adapters stand on the library's own entries, beside which they are.
const adapters = entries.filter((name) => name.startsWith(ADAPTERS)).map((name) => name.slice(ADAPTERS.length));
await bundle(adapters, [], FORMATS, {}, ADAPTERS);
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
copyFileSync('build/pooling.wasm', 'dist/pooling.wasm');
