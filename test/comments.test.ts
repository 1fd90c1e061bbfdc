/**
 * Holds the doc comments of everything public to what a caller needs, as an editor shows them: the compiler reads them from
 * the built declarations, by the entries of the package.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { API, SignatureKind, SymbolFlags } from 'typescript/unstable/sync';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from './promises.ts';

interface Entry {
  /** As it is imported. */
  readonly name: string;
  readonly functions: readonly Documented[];
  readonly types: readonly Documented[];
}

interface Documented {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Of interfaces: those that have no comment. */
  readonly silent: readonly string[];
  /** What stands before the first tag, and what stands behind each. */
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

const root = new URL('../', import.meta.url);
const MEMBER = SymbolFlags.Property | SymbolFlags.Method;
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

function readEntries(): Entry[] {
  const api = new API({ cwd: fileURLToPath(root) });
  const rows = Object.entries(exports as Record<string, string | { default: { types: string } }>).flatMap(
    ([path, entry]) =>
      typeof entry === 'string' ? [] : [{ path, file: fileURLToPath(new URL(entry.default.types, root)) }],
  );
  try {
    const snapshot = api.updateSnapshot({ openFiles: rows.map(({ file }) => file) });
    return rows.map(({ path, file }) => {
      const project = snapshot.getDefaultProjectForFile(file);
      const source = project?.program.getSourceFile(file);
      if (project === undefined || source === undefined) throw new Error(`${file} is not built`);
      const { checker } = project;
      const module = checker.getSymbolAtLocation(source);
      if (module === undefined) throw new Error(`${file} is no module`);
      const functions: Documented[] = [];
      const types: Documented[] = [];
      for (const exported of checker.getExportsOfModule(module)) {
        const symbol = exported.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
        const type = symbol.flags & SymbolFlags.Value ? checker.getTypeOfSymbol(symbol) : undefined;
        const signature = type && checker.getSignaturesOfType(type, SignatureKind.Call)[0];
        (signature === undefined ? types : functions).push({
          name: exported.name,
          parameters: signature?.getParameters().map(({ name }) => name) ?? [],
          silent: (symbol.flags & SymbolFlags.Interface ? [...symbol.getMembers().values()] : [])
            .filter((member) => member.flags & MEMBER && member.getDocumentationComment(checker) === '')
            .map((member) => member.name),
          text: symbol.getDocumentationComment(checker),
          tags: symbol.getJsDocTags(checker).map(({ name, text }) => ({ name, text: String(text ?? '') })),
        });
      }
      return { name: `wasm-pooling${path.slice(1)}`, functions, types };
    });
  } finally {
    api.close();
  }
}

const entries = readEntries();
const [main] = entries;

/** What stands behind a tag, or behind that of a parameter. */
const behind = ({ tags }: Documented, tag: string, parameter?: string): string | undefined =>
  tags.find(({ name, text }) => name === tag && (parameter === undefined || text.split(/\s/)[0] === parameter))?.text;

/** All of a comment but its examples. */
const proseOf = ({ text, tags }: Documented): string =>
  [text, ...tags.filter(({ name }) => name !== 'example').map((tag) => tag.text)].join('\n');

/** The functions of an entry that a comment names, links or not. */
const namedIn = (documented: Documented, { functions }: Entry): Documented[] => {
  const words = new Set(proseOf(documented).match(/\w+/g));
  return functions.filter(({ name }) => name !== documented.name && words.has(name));
};

/** Whether the comment has the tag, or one that it leads to has. */
function leadsTo(tag: RegExp, from: Documented, entry: Entry, seen: Set<Documented> = new Set()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const has = from.tags.some(({ name, text }) => tag.test(`@${name} ${text}`));
  return has || namedIn(from, entry).some((next) => leadsTo(tag, next, entry, seen));
}

/** What has no tensors: it makes other functions, or options. */
const WITHOUT_TENSORS = ['createPooling', 'createRaw', 'setModule', 'registerPooling', 'fromTorch', 'fromFlax'];
const TENSORS = ['x', 'dy', 'indices', 'shape', 'input'];
/** Shapes by the number of spatial axes that a function's name says; 0 where there may be any. */
const SHAPES = [
  /`\[n, c, [^\]]+\]`/,
  /`\[n, c, (o?w|1)\]`/,
  /`\[n, c, (o?h, o?w|1, 1)\]`/,
  /`\[n, c, (o?d, o?h, o?w|1, 1, 1)\]`/,
];
/** Indices may have the shape of what they belong to. */
const SAME_SHAPE = / (the same shape|the dims of `x`)/;
/** How many functions there are at least. */
const LEAST: Readonly<Record<string, number>> = {
  'wasm-pooling': 182,
  'wasm-pooling/gradients': 101,
  'wasm-pooling/core': 283,
  'wasm-pooling/onnx': 8,
  'wasm-pooling/webnn': 6,
};

describe.each(entries)('$name', (entry) => {
  // All of core but one are those of the main entry and of gradients.
  const own = entry.functions.filter(({ name }) => entry.name !== 'wasm-pooling/core' || name === 'setModule');
  const ofTensors = own.filter(({ name }) => !WITHOUT_TENSORS.includes(name));

  it('has functions', () => {
    expect(entry.functions.length).toBeGreaterThanOrEqual(LEAST[entry.name] ?? 1);
  });

  it.each(own)('$name: what it does, parameters, result, errors', (documented) => {
    const { name, parameters, text, tags } = documented;
    expect(text).toMatch(/\w{2}.*\.$/s);
    const described = tags.filter((tag) => tag.name === 'param').map((tag) => tag.text.split(/\s/)[0]);
    expect(described, `parameters of ${name}`).toEqual(parameters);
    for (const parameter of parameters) {
      expect(behind(documented, 'param', parameter), `@param ${parameter} of ${name}`).toMatch(/^\w+\s+\S.*\.$/s);
    }
    if (name !== 'setModule') expect(behind(documented, 'returns'), `@returns of ${name}`).toMatch(/\w.*\.$/s);
    expect(behind(documented, 'throws'), `@throws of ${name}`).toMatch(/(Type|Range)Error/);
  });

  it.each(ofTensors)('$name: shapes', (documented) => {
    const { name, parameters } = documented;
    const shape = SHAPES[Number(/\d(?=d)/.exec(name)?.[0] ?? 0)];
    const tensors = parameters.filter((parameter) => TENSORS.includes(parameter));
    expect(tensors).not.toEqual([]);
    for (const parameter of tensors) {
      const told = behind(documented, 'param', parameter) ?? '';
      if (parameter === 'indices' && SAME_SHAPE.test(told)) continue;
      expect(told, `@param ${parameter} of ${name}`).toMatch(shape);
    }
    expect(behind(documented, 'returns'), `@returns of ${name}`).toMatch(shape);
  });

  it.each(ofTensors)('$name: an example, and the source of its formula, or the way there', (documented) => {
    expect(leadsTo(/^@example/, documented, entry), `@example for ${documented.name}`).toBe(true);
    expect(leadsTo(/^@see https:/, documented, entry), `@see for ${documented.name}`).toBe(true);
  });

  it('links to functions that there are', () => {
    const names = [...main.functions, ...entry.functions].map(({ name }) => name);
    const links = entry.functions.flatMap((documented) =>
      [...proseOf(documented).matchAll(/\{@link (\w+)\}/g)].map(([, name]) => name),
    );
    expect(links.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(entry.types)('$name: what it is, and what its members are', ({ text, silent }) => {
    expect(text).toMatch(/\w{2}.*\./s);
    expect(silent, 'members without a comment').toEqual([]);
  });
});

describe('an example is true:', () => {
  /** These need a bundler, and TensorFlow.js; test/bundlers and test/tfjs have their like. */
  const elsewhere = ['setModule', 'registerPooling'];
  const examples = entries
    .flatMap((entry) =>
      entry.functions.map((documented) => ({ entry, name: documented.name, example: behind(documented, 'example') })),
    )
    .filter(
      ({ entry, name, example }) =>
        example !== undefined && entry.name !== 'wasm-pooling/core' && !elsewhere.includes(name),
    )
    .map(({ entry, name, example }) => ({ entry, name, example: example as string }));

  it('there are enough of them', () => {
    expect(examples.length).toBeGreaterThanOrEqual(130);
  });

  it.each(examples)('$entry.name $name', async ({ entry, name, example }) => {
    const used = [...new Set(example.match(/\b\w+(?=\()/g))];
    expect(used).toContain(name);
    const has = ({ functions }: Entry, word: string) => functions.some((other) => other.name === word);
    const own = used.filter((word) => has(entry, word));
    const others = used.filter((word) => !has(entry, word) && has(main, word));
    const imports = [
      `import { ${own.join(', ')} } from '${entry.name}';`,
      others.length > 0 ? `import { ${others.join(', ')} } from 'wasm-pooling';` : '',
    ];
    expect(await brokenPromises(`${imports.join('\n')}\n${example}`)).toEqual([]);
  });
});
