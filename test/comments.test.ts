/** Holds the doc comments of the public functions to what a caller needs: they are the API reference. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './promises.ts';

const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');

const comments = [...source.matchAll(/^\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const (\w+):/gm)].map(
  ([, comment, name]) => ({
    name,
    text: comment.replace(/^ \* ?/gm, ''),
  }),
);

/** What stands behind a tag, up to the next one. */
const behind = (text: string, tag: string): string | undefined =>
  new RegExp(`^@${tag}\\b(.*?)(?=^@|$(?![^]))`, 'ms').exec(text)?.[1].trim();

it('every function has a comment', () => {
  const names = [...source.matchAll(/^export const (\w+):/gm)].map(([, name]) => name);
  expect(comments.map(({ name }) => name)).toEqual(names);
  expect(names.length).toBeGreaterThanOrEqual(94);
});

describe.each(comments)('the comment of $name', ({ name, text }) => {
  it('gives shapes, options, result, errors, and the source of its formula or a link to where it is', () => {
    for (const tag of ['param', 'returns', 'throws', 'example']) {
      expect(behind(text, tag), `@${tag} of ${name}`).toMatch(/\S/);
    }
    expect(text).toMatch(/^@see https:|\{@link \w+\}/m);
  });

  it('has an example that is true', async () => {
    const example = behind(text, 'example') ?? '';
    const used = [...new Set(example.match(/\b\w+(?=\()/g))].filter((word) =>
      comments.some((other) => other.name === word),
    );
    expect(used).toContain(name);
    expect(await brokenPromises(`import { ${used.join(', ')} } from 'wasm-pooling';\n${example}`)).toEqual([]);
  });
});
