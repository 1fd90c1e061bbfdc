/** The compiled kernels: what they import and export, and that they need nothing else. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { hasKernel, PATHS } from '../src/backends/paths.js';
import { wasmBase64 } from '../src/generated/wasm.js';
import { FUNCTIONS, type GeometryKind, OPS } from '../src/ops.js';
import { readOptions } from '../src/options.js';
import { makePlan, type Plan } from '../src/plan.js';
import { DTYPES, type DType } from '../src/tensor.js';

const bytes = readFileSync(new URL('../build/pooling.wasm', import.meta.url));
const module = new WebAssembly.Module(bytes);

it('imports a memory and nothing else', () => {
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

/** Every plan of a sweep over functions, dtypes, rules, layouts, windows and strides that has a kernel. */
function* plans(): Generator<Plan> {
  const layouts = { 1: ['ncw', 'nwc'], 2: ['nchw', 'nhwc'], 3: ['ncdhw', 'ndhwc'] };
  for (const words of Object.values(FUNCTIONS)) {
    for (const dtype of Object.keys(DTYPES) as DType[]) {
      if (OPS[words.op].floatsOnly && !DTYPES[dtype].float) continue;
      for (const nan of OPS[words.op].orders ? ['propagate', 'ignore'] : ['propagate']) {
        for (const layout of layouts[words.rank]) {
          for (const options of optionsOf(words.geometry)) {
            const shape = [...layout].map((axis) => (axis === 'n' ? 1 : 20));
            const input = { rank: shape.length, dtype, isImage: false };
            const settings = readOptions(words.name, words, input, { ...options, layout, nan }, false);
            const plan = makePlan(words.name, words, shape, { ...settings, dtype });
            if (hasKernel(plan)) yield plan;
          }
        }
      }
    }
  }
}

function optionsOf(geometry: GeometryKind): object[] {
  if (geometry === 'global') return [{}];
  if (geometry === 'adaptive') return [1, 3, 20].map((outputSize) => ({ outputSize }));
  if (geometry === 'fractional') return [2, 3].map((kernelSize) => ({ kernelSize, outputSize: 5 }));
  const windows = [1, 2, 3, 5, 7, 20].flatMap((kernelSize) =>
    [1, 2, 3].map((stride) => ({ kernelSize, stride, padding: kernelSize >> 1 })),
  );
  return [...windows, ...windows.map((options) => ({ ...options, dilation: 2, padding: options.kernelSize }))];
}

it('exports what paths can name, and paths name what it exports', () => {
  const named = new Set<string>();
  for (const plan of plans()) {
    for (const path of PATHS) {
      if (!path.serves(plan)) continue;
      named.add(path.kernel(plan));
      const exact = path.exact?.(plan);
      if (exact) named.add(exact.kernel(plan));
    }
  }
  const exported = WebAssembly.Module.exports(module);
  expect(exported.map(({ name }) => name).sort()).toEqual([...named].sort());
  expect(exported.every(({ kind }) => kind === 'function')).toBe(true);
});

/** The kinds of a module's sections, in order: https://webassembly.github.io/spec/core/binary/modules.html#sections */
function sections(): number[] {
  const kinds: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    kinds.push(bytes[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return kinds;
}

it('has neither data, nor a start function, nor a table', () => {
  const [table, start, element, data] = [4, 8, 9, 11];
  const found = sections();
  expect(found).toContain(10);
  for (const kind of [table, start, element, data]) expect(found).not.toContain(kind);
});

it.each([0, 1, 3])('changes nothing in a memory of %i pages, not even its size, when it is instantiated', (pages) => {
  const memory = new WebAssembly.Memory({ initial: pages });
  new Uint8Array(memory.buffer).fill(0x5a);
  new WebAssembly.Instance(module, { env: { memory } });
  expect(memory.buffer.byteLength).toBe(pages * 65536);
  expect(new Uint8Array(memory.buffer).every((byte) => byte === 0x5a)).toBe(true);
});

it('is small', () => {
  expect(bytes.length).toBeLessThanOrEqual(80 * 1024);
  expect(gzipSync(bytes, { level: 9 }).length).toBeLessThanOrEqual(25 * 1024);
});

it('is the module that the library carries', () => {
  expect(Buffer.from(wasmBase64, 'base64').equals(bytes)).toBe(true);
});
