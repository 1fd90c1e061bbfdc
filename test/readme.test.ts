/** Runs the code of the documentation, blocks marked js being modules, and follows its links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './promises.ts';

const root = new URL('../', import.meta.url);
const docs = new URL('docs/', root);
const files = ['README.md', ...(existsSync(docs) ? readdirSync(docs).map((name) => `docs/${name}`) : [])];

const blocksOf = (text: string): string[] => [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

const documents = files
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, blocks: blocksOf(readFileSync(new URL(name, root), 'utf8')) }))
  .filter(({ name, blocks }) => name === 'README.md' || blocks.length > 0);

describe.each(documents)('$name', ({ name, blocks }) => {
  it.each(blocks.map((code, i) => [i + 1, code] as const))('block %i', async (number, code) => {
    expect(await brokenPromises(code), `block ${number} of ${name}`).toEqual([]);
  });

  it('is read', () => {
    expect(blocks.length, `js blocks of ${name}`).toBeGreaterThan(0);
  });
});

it('README names every entry of the package', () => {
  const { name, exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const rows = [...readme.matchAll(/^\| `([^`]+)` \| .+\. \|$/gm)].map(([, entry]) => entry);
  expect(Object.keys(exports).length).toBeGreaterThan(8);
  expect(rows).toEqual(expect.arrayContaining(Object.keys(exports).map((path) => name + path.slice(1))));
});

/** As GitHub names the headings of a page. */
const headingsOf = (text: string): string[] =>
  [...text.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

it('pages link to what is there', () => {
  const pages = [
    ...files.filter((name) => name.endsWith('.md')),
    'CONTRIBUTING.md',
    'BENCHMARKS.md',
    'CHANGELOG.md',
    'examples/README.md',
  ];
  const links = pages.flatMap((page) => {
    const text = readFileSync(new URL(page, root), 'utf8').replace(/^```.*?^```$/gms, '');
    const found = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)];
    return found.map(([, link, source]) => ({ page, link: link ?? source }));
  });
  const own = links.filter(({ link }) => !/^https?:/.test(link));
  expect(own.length).toBeGreaterThan(50);
  const broken = own.filter(({ page, link }) => {
    const place = new URL(page, root);
    const [path, heading] = link.split('#');
    const target = path === '' ? place : new URL(path, place);
    return (
      !existsSync(target) || (heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading))
    );
  });
  expect(broken).toEqual([]);
});

it('docs/design.md names every file of the kernels and the library, and no other', () => {
  const design = readFileSync(new URL('design.md', docs), 'utf8');
  const named = [...design.matchAll(/`(?:[\w/-]+\/)?([\w-]+\.ts)`/g)].map(([, name]) => name);
  const filesIn = (folder: string) => readdirSync(new URL(folder, root)).filter((name) => /(?<!\.d)\.ts$/.test(name));
  const explained = ['src/', 'src/backends/', 'assembly/'].flatMap(filesIn);
  expect(explained.length).toBeGreaterThan(40);
  expect(explained.filter((name) => !named.includes(name))).toEqual([]);
  const all = [...explained, ...filesIn('src/adapters/'), ...filesIn('test/')];
  expect(named.filter((name) => !all.includes(name))).toEqual([]);
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

it.each(['CONTRIBUTING.md', 'docs/design.md'])('%s says of what files hold what they hold', (page) => {
  const text = readFileSync(new URL(page, root), 'utf8').replace(/\s+/g, ' ');
  const held = [...text.matchAll(/`(\w+)` (?:of|in) `([\w/-]+\/[\w-]+\.ts)`/g)];
  expect(held.length).toBeGreaterThan(2);
  const wrong = held.filter(([, name, file]) => {
    const source = new URL(file, root);
    return !existsSync(source) || !new RegExp(`\\b${name}\\b`).test(readFileSync(source, 'utf8'));
  });
  expect(wrong.map(([said]) => said)).toEqual([]);
});
