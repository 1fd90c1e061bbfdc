/** The package as a user gets it: packed, unpacked into a project, imported every way. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newProject, root } from './packed.js';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
let project: string;
let packed: string[];

const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' }).trim();

beforeAll(() => {
  ({ folder: project, packed } = newProject());
});

afterAll(() => rmSync(project, { recursive: true }));

it('holds the built library and its papers, nothing else', () => {
  const others = packed.filter((path) => !/^dist\/|^docs\/[^/]*\.md$/.test(path)).sort();
  expect(others).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  expect(packed).toContain('dist/pooling.wasm');
  expect(packed).toContain('docs/semantics.md');
  expect(packed.filter((path) => /\.(ts|map)$/.test(path) && !/\.d\.ts(\.map)?$|\.js\.map$/.test(path))).toEqual([]);
});

it('is imported', () => {
  const code = `
    import { avgPool2d, createPooling, maxPool2d } from 'wasm-pooling';
    const x = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    console.log(maxPool2d(x, { kernelSize: 2 }).data[0], avgPool2d(x, { kernelSize: 2 }).data[0], createPooling().backend);`;
  expect(node('--input-type=module', '--eval', code)).toBe('4 2.5 wasm');
});

it('is required', () => {
  const code = `
    const { maxPool2d } = require('wasm-pooling');
    console.log(maxPool2d({ data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, { kernelSize: 2 }).data[0]);`;
  // Node 20 has it behind a flag until 20.19, and warns.
  expect(node('--no-warnings', '--input-type=commonjs', '--eval', code)).toBe('4');
});

it('is required by every entry, and is one library however it is asked for', () => {
  const code = `
    const { readFileSync } = require('node:fs');
    const { createRaw } = require('wasm-pooling/raw');
    const core = require('wasm-pooling/core');
    const required = require('wasm-pooling');
    const module = new WebAssembly.Module(readFileSync(require.resolve('wasm-pooling/pooling.wasm')));
    const memory = new WebAssembly.Memory({ initial: 1 });
    new Float32Array(memory.buffer, 0, 4).set([1, 2, 3, 4]);
    createRaw(memory, { module }).maxPool2d([2, 2], { kernelSize: 2 }).run(0, 16, 32);
    core.setModule(module);
    import('wasm-pooling').then((imported) => console.log(
      new Float32Array(memory.buffer, 16, 1)[0],
      imported.maxPool2d === required.maxPool2d,
      core.createPooling().backend,
      require('wasm-pooling/package.json').version === '${version}',
    ));`;
  expect(node('--no-warnings', '--input-type=commonjs', '--eval', code)).toBe('4 true wasm true');
});

it('has every entry as CommonJS, for what cannot require ES modules', () => {
  const code = `
    const { readFileSync } = require('node:fs');
    const folder = './node_modules/wasm-pooling/dist';
    const module = new WebAssembly.Module(readFileSync(folder + '/pooling.wasm'));
    const [index, core, raw] = ['index', 'core', 'raw'].map((entry) => require(folder + '/cjs/' + entry + '.js'));
    core.setModule(module);
    const { exports } = require('wasm-pooling/package.json');
    const entries = Object.values(exports).filter((entry) => typeof entry === 'object');
    console.log(
      index.createPooling().backend,
      core.createPooling().backend,
      typeof raw.createRaw,
      entries.every((entry) => typeof require(folder + entry.require.default.slice('./dist'.length)) === 'object'),
    );`;
  expect(node('--no-experimental-require-module', '--input-type=commonjs', '--eval', code)).toBe(
    'wasm wasm function true',
  );
});

it('is few files to import: an entry, and what entries share', () => {
  const imports = (file: string) =>
    readFileSync(join(project, 'node_modules/wasm-pooling/dist', file), 'utf8').match(/(?<=\bfrom ")[^"]+/g) ?? [];
  expect(imports('index.js')).toEqual(['./shared.js']);
  expect(imports('gradients.js')).toEqual(['./shared.js']);
  expect(imports('raw.js')).toEqual(['./shared.js']);
  expect(imports('core.js')).toEqual([]);
  // Adapters bring no library of their own along.
  for (const adapter of ['onnx', 'webnn']) expect(imports(`adapters/${adapter}.js`), adapter).toContain('../index.js');
  expect(imports('adapters/tfjs.js')).toContain('../gradients.js');
  for (const adapter of ['torch', 'flax'])
    expect(imports(`adapters/${adapter}.js`), adapter).not.toContain('../index.js');
  expect(imports('shared.js')).toEqual([]);
});

describe('core', () => {
  it('is the same library, without the embedded kernels', () => {
    const code = `
      import * as library from 'wasm-pooling';
      import * as gradients from 'wasm-pooling/gradients';
      import * as core from 'wasm-pooling/core';
      console.log(Object.keys(core).filter((name) => !(name in library || name in gradients)).join());
      console.log(Object.keys({ ...library, ...gradients }).filter((name) => !(name in core)).length);
      console.log(core.createPooling().backend, core.createPooling().fallbackReason.message);
      console.log(core.maxPool2d({ data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, { kernelSize: 2 }).data[0]);`;
    expect(node('--input-type=module', '--eval', code).split('\n')).toEqual([
      'setModule',
      '0',
      'ts no WebAssembly.Module was given to setModule or createPooling',
      '4',
    ]);
    const size = (file: string) => statSync(join(project, 'node_modules/wasm-pooling/dist', file)).size;
    const inside = ['index.js', 'gradients.js', 'shared.js'].reduce((sum, file) => sum + size(file), 0);
    expect(size('core.js') + size('pooling.wasm')).toBeLessThan(inside);
  });

  it('runs a module given to it, and takes none when it is too late', () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { fileURLToPath } from 'node:url';
      import { createPooling, maxPool2d, setModule } from 'wasm-pooling/core';
      const compile = () =>
        new WebAssembly.Module(readFileSync(fileURLToPath(import.meta.resolve('wasm-pooling/pooling.wasm'))));
      const module = compile();
      const messageOf = (call) => { try { call(); return 'none'; } catch (error) { return error.name + ': ' + error.message; } };
      console.log(messageOf(() => setModule({})));
      console.log(createPooling({ module }).backend);
      setModule(compile());
      setModule(module);
      console.log(maxPool2d({ data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, { kernelSize: 2 }).data[0]);
      console.log(createPooling({ backend: 'wasm' }).backend);
      console.log(messageOf(() => setModule(module)));
      console.log(messageOf(() => setModule(compile())));`;
    expect(node('--input-type=module', '--eval', code).split('\n')).toEqual([
      'TypeError: setModule: module must be a WebAssembly.Module, got an object of nothing',
      'wasm',
      '4',
      'wasm',
      'none',
      'Error: setModule: must be called before anything is pooled',
    ]);
  });
});

describe('gradients', () => {
  it('are methods of instances of their own entry', () => {
    const code = `
      import * as library from 'wasm-pooling';
      const plain = library.createPooling();
      console.log(typeof plain.maxPool2d, typeof plain.maxPool2dWithIndices, typeof plain.maxPool2dBackward);
      const gradients = await import('wasm-pooling/gradients');
      const pooling = gradients.createPooling({ backend: 'wasm' });
      console.log(typeof pooling.maxPool2d, typeof pooling.maxPool2dWithIndices, typeof pooling.maxPool2dBackward);`;
    expect(node('--input-type=module', '--eval', code).split('\n')).toEqual([
      'function function undefined',
      'function function function',
    ]);
  });

  it('are the same by the kernels inside and by those of a module that was given', () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { fileURLToPath } from 'node:url';
      import { createPooling } from 'wasm-pooling/gradients';
      const { Module } = WebAssembly;
      const module = new Module(readFileSync(fileURLToPath(import.meta.resolve('wasm-pooling/pooling.wasm'))));
      let compiled = 0;
      WebAssembly.Module = new Proxy(Module, { construct: (target, given) => (compiled++, new target(...given)) });
      const dy = { data: Float32Array.from({ length: 1024 }, (_, i) => i % 31), shape: [32, 32] };
      const x = { data: Float32Array.from({ length: 4096 }, (_, i) => (i * 7919) % 1009), shape: [64, 64] };
      const found = [{ module }, {}].map((options) => {
        const plans = createPooling({ backend: 'wasm', ...options });
        const ordered = plans.planMaxPool2dBackward(x.shape, { kernelSize: 2 });
        const average = plans.planAvgPool2dBackward(x.shape, { kernelSize: 3, stride: 2, padding: 1 });
        const results = [ordered.run(dy, x), average.run(dy)].map(({ data }) => data.join());
        return [ordered.path, average.backend, results, compiled];
      });
      console.log(found.map(([path, backend]) => path + ' ' + backend).join(', '), found[0][2].join() === found[1][2].join());
      // Inside there are three: what unpacks, of poolings and of gradients, and what each is unpacked to.
      console.log(found.map(([, , , compiled]) => compiled).join());`;
    expect(node('--input-type=module', '--eval', code).split('\n')).toEqual(['expand wasm, expand wasm true', '0,4']);
  });
});

it.each(['wasm-pooling/dist/index.js', 'wasm-pooling/dist/plan.js', 'wasm-pooling/plan'])(
  'keeps %s to itself',
  (entry) => {
    const code = `import('${entry}').then(() => console.log('open'), (error) => console.log(error.code));`;
    expect(node('--input-type=module', '--eval', code)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  },
);

it('installs nothing else and runs nothing', () => {
  const manifest = JSON.parse(readFileSync(join(project, 'node_modules/wasm-pooling/package.json'), 'utf8'));
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
    expect(manifest).not.toHaveProperty(kind);
  }
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    expect(manifest.scripts).not.toHaveProperty(script);
  }
});

it('has the raw kernels and the wasm file as entries of their own', () => {
  const code = `
    import { readFileSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    import { createRaw } from 'wasm-pooling/raw';
    import { createPooling } from 'wasm-pooling';
    const module = new WebAssembly.Module(readFileSync(fileURLToPath(import.meta.resolve('wasm-pooling/pooling.wasm'))));
    const raw = createRaw(new WebAssembly.Memory({ initial: 1 }), { module });
    console.log(typeof raw.maxPool2d, createPooling({ backend: 'wasm', module }).backend);`;
  expect(node('--input-type=module', '--eval', code)).toBe('function wasm');
});

it("has TensorFlow.js' kernels as an entry that needs no TensorFlow.js", () => {
  const code = `
    import { registerPooling } from 'wasm-pooling/tfjs';
    const kernels = new Map();
    const tf = {
      getKernel: (name, backend) => kernels.get(name) ?? { kernelName: name, backendName: backend, kernelFunc() {} },
      registerKernel: (config) => kernels.set(config.kernelName, config),
      unregisterKernel: (name) => kernels.delete(name),
    };
    registerPooling(tf, { backend: 'cpu' });
    const values = Float32Array.of(1, 2, 3, 4);
    const backend = { write: (data) => ({ data }), data: { get: ({ data }) => ({ values: data }) } };
    const x = { dataId: { data: values }, shape: [1, 2, 2, 1], dtype: 'float32' };
    const attrs = { filterSize: 2, strides: 1, pad: 'valid' };
    console.log(kernels.size, kernels.get('AvgPool').kernelFunc({ inputs: { x }, attrs, backend }).dataId.data[0]);`;
  expect(node('--input-type=module', '--eval', code)).toBe('9 2.5');
});

it('has adapters as entries of their own', () => {
  const code = `
    import { MaxPool } from 'wasm-pooling/onnx';
    import { planAveragePool2d } from 'wasm-pooling/webnn';
    import { fromTorch } from 'wasm-pooling/torch';
    import { fromFlax } from 'wasm-pooling/flax';
    const data = Float32Array.of(1, 2, 3, 4);
    console.log(
      MaxPool({ data, dims: [1, 1, 4] }, { kernel_shape: [3] }).data.join(),
      planAveragePool2d({ dataType: 'float32', shape: [1, 1, 2, 2] }).run(data).data[0],
      fromTorch('lp_pool1d', { norm_type: 2, kernel_size: 3 }).p,
      fromFlax('max_pool', { window_shape: [2] }).stride[0],
    );`;
  expect(node('--input-type=module', '--eval', code)).toBe('3,4 2.5 2 1');
});

it.each(['nodenext', 'bundler'])('has types that a strict project compiles with, resolved as %s does', (resolution) => {
  writeFileSync(
    join(project, 'use.ts'),
    `import { createPooling, maxPool2d, planAvgPool2d, sumPool2d, type Tensor } from 'wasm-pooling';
import { MaxPool } from 'wasm-pooling/onnx';
import { createRaw } from 'wasm-pooling/raw';
const x: Tensor<Float32Array> = { data: new Float32Array(16), shape: [1, 1, 4, 4] };
const y: Tensor<Float32Array> = maxPool2d(x, { layout: 'nchw', kernelSize: 2, padding: [[0, 1], [1, 0]] });
const bytes: Tensor<Uint32Array> = sumPool2d({ data: new Uint8Array(4), shape: [2, 2] }, { kernelSize: 2 });
const plan = planAvgPool2d([1, 1, 4, 4], { layout: 'nchw', kernelSize: 2, dtype: 'float64' });
const z: Float64Array = plan.run(new Float64Array(16)).data;
createPooling({ backend: 'ts' }).alloc('int8', [4]).data satisfies Int8Array;
createRaw(new WebAssembly.Memory({ initial: 1 })).maxPool2d([4, 4], { kernelSize: 2 }).workspaceBytes satisfies number;
MaxPool({ data: new Int8Array(4), dims: [1, 1, 4] }, { kernel_shape: [2] }).data satisfies Int8Array;
// @ts-expect-error a misspelt option
maxPool2d(x, { layout: 'nchw', kernalSize: 2 });
// @ts-expect-error a layout of another rank
maxPool2d(x, { layout: 'ncw', kernelSize: 2 });
export { bytes, y, z };
`,
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  const flags = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
    '--module',
    module,
    '--types',
    '',
  ];
  node(tsc, ...flags, '--moduleResolution', resolution, 'use.ts');
});

it('has types that a CommonJS project compiles with', () => {
  writeFileSync(
    join(project, 'use.cts'),
    `import pooling = require('wasm-pooling');
const y: pooling.Tensor<Float32Array> = pooling.maxPool2d({ data: new Float32Array(4), shape: [2, 2] }, { kernelSize: 2 });
export = y;
`,
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', ''];
  // nodenext takes the ES modules, as Node does; node16 takes the types of the CommonJS ones.
  node(tsc, ...flags, '--module', 'nodenext', 'use.cts');
  node(tsc, ...flags, '--module', 'node16', 'use.cts');
});
