/** The compiled kernels: what they import and export, and that they need nothing else. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { hasKernel, PATHS } from '../src/backends/paths.js';
import { FUNCTIONS } from '../src/ops.js';
import { readOptions } from '../src/options.js';
import { makePlan } from '../src/plan.js';
import { DTYPES, type DType } from '../src/tensor.js';

const bytes = readFileSync(new URL('../build/pooling.wasm', import.meta.url));
const module = new WebAssembly.Module(bytes);

it('imports a memory and nothing else', () => {
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

it('exports what paths can name, and paths name what it exports', () => {
  const named = new Set<string>();
  for (const words of Object.values(FUNCTIONS)) {
    if (words.rank !== 2 || words.geometry === 'fractional') continue;
    for (const dtype of Object.keys(DTYPES) as DType[]) {
      for (const nan of ['propagate', 'ignore']) {
        for (const layout of ['nchw', 'nhwc']) {
          for (const kernelSize of [1, 2, 3, 7, 20]) {
            for (const stride of [1, 2, 3]) {
              const options =
                words.geometry === 'window'
                  ? { layout, kernelSize, stride, nan }
                  : words.geometry === 'adaptive'
                    ? { layout, outputSize: 3, nan }
                    : { layout, nan };
              if (nan === 'ignore' && words.op !== 'max' && words.op !== 'min') continue;
              if (words.op === 'lp' && !DTYPES[dtype].float) continue;
              const settings = readOptions(words.name, words, { rank: 4, dtype, isImage: false }, options, false);
              const plan = makePlan(words.name, words, [1, 20, 20, 20], { ...settings, dtype });
              for (const path of hasKernel(plan) ? PATHS : []) {
                if (!path.serves(plan)) continue;
                named.add(path.kernel(plan));
                const exact = path.exact?.(plan);
                if (exact) named.add(exact.kernel(plan));
              }
            }
          }
        }
      }
    }
  }
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  expect([...named].sort()).toEqual(exported.sort());
});

it('has no data of its own: instantiating changes nothing in the memory, not even its size', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).fill(0x5a);
  new WebAssembly.Instance(module, { env: { memory } });
  expect(memory.buffer.byteLength).toBe(65536);
  expect(new Uint8Array(memory.buffer).every((byte) => byte === 0x5a)).toBe(true);
  new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 0 }) } });
});

it('is small', () => {
  expect(bytes.length).toBeLessThanOrEqual(80 * 1024);
  expect(gzipSync(bytes, { level: 9 }).length).toBeLessThanOrEqual(25 * 1024);
});
