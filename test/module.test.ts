/** The compiled kernels: what they import and export, and that they need nothing else. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Convert, Reduction } from '../src/backends/conversions.js';
import { PATHS } from '../src/backends/paths.js';
import { unpackGradients, unpackPoolings } from '../src/packed.js';

const bytes = readFileSync(new URL('../build/pooling.wasm', import.meta.url));
const module = new WebAssembly.Module(bytes);

it('imports a memory and nothing else', () => {
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

it('exports the kernels that paths name, those of indices and gradients, and what bands need besides', () => {
  const named = PATHS.flatMap(({ name, exact }) => (exact ? [name, exact.name] : [name]));
  const exported = WebAssembly.Module.exports(module);
  const others = [
    'argmax',
    'argmaxSliding',
    'divide',
    'expand',
    'inside',
    'scatter',
    'settle',
    'space',
    'convert',
    'readAhead',
  ];
  expect(exported.map(({ name }) => name).sort()).toEqual([...new Set([...named, ...others])].sort());
  expect(exported.every(({ kind }) => kind === 'function')).toBe(true);
});

/** The members of an enumeration in AssemblyScript, in order. */
function membersOf(file: string, enumeration: string): string[] {
  const source = readFileSync(new URL(`../assembly/${file}`, import.meta.url), 'utf8');
  const [, body] = new RegExp(`const enum ${enumeration} {([^}]*)}`).exec(source) as RegExpExecArray;
  return [...body.replaceAll(/\/\/.*/g, '').matchAll(/\w+/g)].map(([member]) => member);
}

it('numbers ops and conversions as the library does', () => {
  const names = (members: object) => Object.keys(members).filter((key) => Number.isNaN(Number(key)));
  expect(names(Reduction)).toEqual(membersOf('plan.ts', 'Reduction'));
  expect(names(Convert)).toEqual(membersOf('conversions.ts', 'Conversion'));
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

describe('the modules that the library carries', () => {
  const carried = [
    { name: 'poolings', packed: unpackPoolings() },
    { name: 'gradients', packed: unpackGradients() },
  ];

  it.each(carried)('are what was compiled: $name', ({ name, packed }) => {
    const compiled = readFileSync(new URL(`../build/${name}.wasm`, import.meta.url));
    expect(compiled.equals(packed)).toBe(true);
    const own = new WebAssembly.Module(packed);
    expect(WebAssembly.Module.imports(own)).toEqual(WebAssembly.Module.imports(module));
  });

  it('have the kernels of the one that is served between them', () => {
    const names = (one: WebAssembly.Module) => WebAssembly.Module.exports(one).map(({ name }) => name);
    const own = carried.flatMap(({ packed }) => names(new WebAssembly.Module(packed)));
    expect(own.sort()).toEqual(names(module).sort());
  });
});
