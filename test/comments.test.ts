/** Holds the doc comments of the public functions to what a caller needs: they are the API reference. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './promises.ts';

const commentsOf = (file: string) => {
  const source = readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8');
  const names = [...source.matchAll(/^export const (\w+):/gm)].map(([, name]) => name);
  const comments = [...source.matchAll(/^\/\*\*(?:\n((?: \*.*\n)+?) \*\/| (.*) \*\/)\nexport const (\w+):/gm)].map(
    ([, lines, line, name]) => ({ name, text: (lines ?? line).replace(/^ \* ?/gm, '') }),
  );
  return { names, comments };
};

const poolings = commentsOf('index.ts');
const others = [commentsOf('indices.ts'), commentsOf('gradients.ts')];
const all = [poolings, ...others].flatMap(({ comments }) => comments);

/** What stands behind a tag, up to the next one. */
const behind = (text: string, tag: string): string | undefined =>
  new RegExp(`^@${tag}\\b(.*?)(?=^@|$(?![^]))`, 'ms').exec(text)?.[1].trim();

it('every function has a comment', () => {
  const names = [poolings, ...others].flatMap((file) => file.names);
  expect(all.map(({ name }) => name)).toEqual(names);
  expect(names.length).toBeGreaterThanOrEqual(280);
});

describe.each(poolings.comments)('the comment of $name', ({ name, text }) => {
  it('gives shapes, options, result, errors, and the source of its formula or a link to where it is', () => {
    for (const tag of ['param', 'returns', 'throws', 'example']) {
      expect(behind(text, tag), `@${tag} of ${name}`).toMatch(/\S/);
    }
    expect(text).toMatch(/^@see https:|\{@link \w+\}/m);
  });
});

describe('an example is true:', () => {
  const examples = all.flatMap(({ name, text }) => {
    const example = behind(text, 'example');
    return example === undefined ? [] : [{ name, example }];
  });

  it.each(examples)('$name', async ({ name, example }) => {
    const used = [...new Set(example.match(/\b\w+(?=\()/g))].filter((word) => all.some((other) => other.name === word));
    expect(used).toContain(name);
    expect(await brokenPromises(`import { ${used.join(', ')} } from 'wasm-pooling';\n${example}`)).toEqual([]);
  });
});
