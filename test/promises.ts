/**
 * Runs code of the documentation, in which a line `expression; // → value` promises what the expression gives, typed arrays
 * as lists.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

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

/**
 * Runs a module of the code and returns the promises that it breaks. The module is put beside `place`, from where it finds
 * its imports.
 */
export async function brokenPromises(code: string, place: string = import.meta.url): Promise<string[]> {
  const broken: string[] = [];
  (globalThis as Record<string, unknown>).promised = (line: number, got: unknown, want: unknown) => {
    if (!isDeepStrictEqual(plain(got), plain(want))) broken.push(`line ${line} gives ${format(got)}`);
  };
  const folder = mkdtempSync(fileURLToPath(new URL('.readme-', place)));
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
