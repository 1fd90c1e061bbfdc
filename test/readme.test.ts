/**
 * Runs the code of the documentation. Blocks marked js are modules; in them a line `expression; // → value` promises what
 * the expression gives, typed arrays as lists.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const files = ['README.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

const blocksOf = (file: string): string[] =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

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

const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : JSON.parse(JSON.stringify(value));

describe.each(files.filter((file) => blocksOf(file).length > 0))('%s', (file) => {
  it.each(blocksOf(file).map((code, i) => [i + 1, code] as const))('block %i', async (number, code) => {
    const failures: string[] = [];
    (globalThis as Record<string, unknown>).promised = (line: number, got: unknown, want: unknown) => {
      if (!isDeepStrictEqual(plain(got), plain(want))) failures.push(`line ${line}: ${JSON.stringify(plain(got))}`);
    };
    // Beside this file, so that the package finds itself by its name.
    const folder = mkdtempSync(new URL('.readme-', import.meta.url).pathname);
    try {
      writeFileSync(`${folder}/block${number}.mjs`, moduleOf(code));
      await import(/* @vite-ignore */ `${folder}/block${number}.mjs`);
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(failures).toEqual([]);
  });
});

it('finds code in the README', () => {
  expect(blocksOf('README.md').length).toBeGreaterThan(2);
});
