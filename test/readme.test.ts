/**
 * Runs the code of the documentation. Blocks marked js are modules; in them a line `expression; // → value` promises what
 * the expression gives, typed arrays as lists.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const docs = new URL('docs/', root);
const files = ['README.md', ...(existsSync(docs) ? readdirSync(docs).map((name) => `docs/${name}`) : [])];

const blocksOf = (text: string): string[] => [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

const documents = files
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, blocks: blocksOf(readFileSync(new URL(name, root), 'utf8')) }))
  .filter(({ name, blocks }) => name === 'README.md' || blocks.length > 0);

/** A block as a module that checks its promises with `promised`. */
function moduleOf(code: string): string {
  const lines = code.split('\n').map((line, i) => {
    const promise = /^(\s*)(.+?);\s*\/\/ → (.+)$/.exec(line);
    if (promise === null) return line;
    const [, indent, expression, value] = promise;
    const declared = /^(?:const|let) (\w+) = /.exec(expression);
    const check = (what: string) => `globalThis.promised(${i + 1}, ${what}, ${value});`;
    return declared ? `${indent}${expression}; ${check(declared[1])}` : `${indent}${check(`(${expression})`)}`;
  });
  return lines.join('\n');
}

/** Typed arrays as lists, however deep; NaN, infinities and -0 stay what they are. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Runs a block and returns the promises that it breaks. */
async function brokenPromises(code: string): Promise<string[]> {
  const broken: string[] = [];
  (globalThis as Record<string, unknown>).promised = (line: number, got: unknown, want: unknown) => {
    if (!isDeepStrictEqual(plain(got), plain(want))) broken.push(`line ${line} gives ${format(got)}`);
  };
  // Beside this file, so that the package finds itself by its name.
  const folder = mkdtempSync(fileURLToPath(new URL('.readme-', import.meta.url)));
  try {
    writeFileSync(`${folder}/block.mjs`, moduleOf(code));
    await import(/* @vite-ignore */ `${folder}/block.mjs`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return broken;
}

const format = (value: unknown): string =>
  JSON.stringify(plain(value), (_, inner) => (typeof inner === 'number' ? `${inner}` : inner));

describe.each(documents)('$name', ({ name, blocks }) => {
  it.each(blocks.map((code, i) => [i + 1, code] as const))('block %i', async (number, code) => {
    expect(await brokenPromises(code), `block ${number} of ${name}`).toEqual([]);
  });

  it('is read', () => {
    expect(blocks.length, `js blocks of ${name}`).toBeGreaterThan(0);
  });
});

describe('a block', () => {
  const start = `import { maxPool2d } from 'wasm-pooling';
const x = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };\n`;

  it.each([
    ['arrays', 'maxPool2d(x, { kernelSize: 2 }).data; // → [4]', []],
    ['tensors', 'maxPool2d(x, { kernelSize: 2 }); // → { data: [4], shape: [1, 1] }', []],
    ['declarations', 'const y = maxPool2d(x, { kernelSize: 2 }).data; // → [4]', []],
    ['numbers', 'maxPool2d(x, { kernelSize: 2 }).data; // → [5]', ['line 3 gives ["4"]']],
    ['types', 'maxPool2d(x, { kernelSize: 2 }).data[0]; // → "4"', ['line 3 gives "4"']],
    ['NaN', 'NaN; // → -Infinity', ['line 3 gives "NaN"']],
    ['nothing', 'undefined; // → null', ['line 3 gives undefined']],
  ])('is held to its %s', async (_, line, broken) => {
    expect(await brokenPromises(start + line)).toEqual(broken);
  });

  it('that throws is found', async () => {
    await expect(brokenPromises(`${start}maxPool2d(x, { kernalSize: 2 });`)).rejects.toThrow(/kernalSize/);
  });

  it('has to be marked js', () => {
    expect(blocksOf('```js\n1; // → 1\n```\n```sh\nls\n```\n```ts\nlet x;\n```\n')).toEqual(['1; // → 1\n']);
  });
});
