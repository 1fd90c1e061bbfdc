// Bundles each entry of package.json, so that few files have to be found and read before the first result: ES modules in
// dist/, CommonJS in dist/cjs/ for what cannot require() those. The types beside them are tsc's.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
// './dist/raw.js' is built from src/raw.ts.
const entries = Object.values(exports)
  .map((conditions) => conditions.default?.default)
  .filter((file) => file !== undefined)
  .map((file) => file.slice('./dist/'.length, -'.js'.length));

/** The entry `core` comes without the embedded kernels. */
const withoutKernels = {
  name: 'without-kernels',
  load: (id) => (id.endsWith('/src/generated/wasm.ts') ? "export const wasmHex = '';" : undefined),
};

async function bundle(names, plugins) {
  const input = Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
  const bundled = await rolldown({ input, plugins, treeshake: { moduleSideEffects: false } });
  for (const [format, dir] of [
    ['esm', 'dist'],
    ['cjs', 'dist/cjs'],
  ]) {
    await bundled.write({
      format,
      dir,
      sourcemap: true,
      // Readers have the doc comments in the types, and the sources in the maps.
      comments: { annotation: true, jsdoc: false, legal: true },
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
    });
  }
  await bundled.close();
}

rmSync('dist', { recursive: true, force: true });
await bundle(
  entries.filter((name) => name !== 'core'),
  [],
);
await bundle(['core'], [withoutKernels]);
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
copyFileSync('build/pooling.wasm', 'dist/pooling.wasm');
