/** Writes what was measured: BENCHMARKS.md and a chart, or a table to the terminal. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, platform, release } from 'node:os';
import type { Line } from './child.ts';
import type { Row } from './shapes.ts';
import { PEERS, SIDES } from './sides.ts';

/** By side and row. */
export type Results = Map<string, Map<string, Line>>;

/** Averages, sums and norms differ in the order in which they are added up. */
const MOST_OFF = 1e-5;

interface Goal {
  readonly row: string;
  readonly what: string;
  readonly goal: number;
  readonly reached: (results: Results) => number | undefined;
}

const time = (results: Results, side: string, row: string, task = 'call'): number | undefined => {
  const line = results.get(side)?.get(row);
  return line?.off !== undefined && line.off <= MOST_OFF ? line.timings?.[task]?.median : undefined;
};

const ratio = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a / b;

const kernel = (row: string, goal: number): Goal => ({
  row,
  what: 'in place, to a copy of the same bytes, at most',
  goal,
  reached: (results) => ratio(time(results, 'wasm', row, 'kernel'), time(results, 'wasm', row, 'copy')),
});
const external = (row: string, goal: number): Goal => ({
  row,
  what: 'outside, to copying the input, at most',
  goal,
  reached: (results) => ratio(time(results, 'wasm', row, 'call'), time(results, 'wasm', row, 'copyIn')),
});

/** Compares with the kernel of the row that `row` is beside. */
const beside = (row: string, what: string, goal: number): Goal => ({
  row,
  what: `in place, to ${what}, at most`,
  goal,
  reached: (results) => ratio(time(results, 'wasm', row, 'kernel'), time(results, 'wasm', row, 'beside')),
});
const peers = (row: string, goal: number): Goal => ({
  row,
  what: 'the closest JavaScript peer to it, at least',
  goal,
  reached: (results) => best(results, row)?.ratio,
});
const BOTH_LAYOUTS = ['', ', channels last'];

const GOALS: readonly Goal[] = [
  kernel('VGG 2×2/s2, 392 KB', 1.3),
  kernel('VGG 2×2/s2, 3 MB', 1.3),
  kernel('ResNet stem 3×3/s2/p1, 3 MB', 2.2),
  kernel('3×3/s1/p1, 392 KB', 2.6),
  kernel('VGG 2×2/s2, 64×112×112', 1.3),
  kernel('ResNet stem 3×3/s2/p1, 64×112×112', 2.5),
  kernel('VGG 2×2/s2, 100 MB', 1.6),
  kernel('ResNet stem 3×3/s2/p1, 100 MB', 1.6),
  external('VGG 2×2/s2, 100 MB', 1.25),
  external('VGG 2×2/s2, 3 MB', 2.5),
  {
    row: 'maximum 101×101/s1, 512×512',
    what: 'to 7×7, at most',
    goal: 1.3,
    reached: (results) =>
      ratio(
        time(results, 'wasm', 'maximum 101×101/s1, 512×512', 'kernel'),
        time(results, 'wasm', 'maximum 7×7/s1, 512×512', 'kernel'),
      ),
  },
  {
    row: 'maximum 7×7/s1, 512×512',
    what: 'nanoseconds per output, at most',
    goal: 1.25,
    reached: (results) => ratio(time(results, 'wasm', 'maximum 7×7/s1, 512×512', 'kernel'), (512 * 512) / 1e6),
  },
  {
    row: 'tiny 2×2/s2, 8×24×24',
    what: 'outside, the textbook to it, at least',
    goal: 4,
    reached: (results) =>
      ratio(time(results, 'textbook', 'tiny 2×2/s2, 8×24×24'), time(results, 'wasm', 'tiny 2×2/s2, 8×24×24', 'call')),
  },
  ...['VGG 2×2/s2, 3 MB', 'ResNet stem 3×3/s2/p1, 3 MB'].map(
    (row): Goal => ({
      row,
      what: 'ts backend, the textbook to it, at least',
      goal: 3,
      reached: (results) => ratio(time(results, 'textbook', row), time(results, 'ts', row)),
    }),
  ),
  beside('uint8 2×2/s2, 98 KB', 'float32', 0.4),
  // As fast as each other, to what can be measured.
  beside('minimum 2×2/s2, 3 MB', 'the maximum', 1.1),
  beside('minimum 3×3/s2/p1, 3 MB', 'the maximum', 1.1),
  beside('Lp, p = 2, 2×2/s2, 128×56×56', 'the average', 1.5),
  ...BOTH_LAYOUTS.map((layout) => kernel(`audio 3/s2, 8×64×16000${layout}`, 1.5)),
  ...BOTH_LAYOUTS.map((layout) => kernel(`video 2×2×2/s2, 32×32×112×112${layout}`, 1.5)),
  ...BOTH_LAYOUTS.flatMap((layout) => {
    const named = (name: string) => `${name}, 64×112×112${layout}`;
    return [
      beside(named('indices 2×2/s2'), 'the same without indices', 2),
      beside(named('indices 3×3/s2'), 'the same without indices', 3.5),
      kernel(named('max gradient 2×2/s2 from indices'), 3.5),
      kernel(named('max gradient 2×2/s2 from the input'), 3.5),
      kernel(named('average gradient 2×2/s2'), 2),
      kernel(named('average gradient 3×3/s1'), 2),
      ...[
        'indices 2×2/s2',
        'indices 3×3/s2',
        'max gradient 2×2/s2 from indices',
        'max gradient 2×2/s2 from the input',
        'average gradient 2×2/s2',
        'average gradient 3×3/s1',
      ].map((name) => peers(named(name), 10)),
    ];
  }),
];

const micros = (ms: number | undefined) =>
  ms === undefined ? '–' : ms >= 0.1 ? (ms * 1000).toFixed(0) : (ms * 1000).toPrecision(3);
const times = (value: number | undefined) => (value === undefined ? '–' : value.toPrecision(3));

/** How our kernels compare with the same written in C++, over all rows that have both. */
function againstNative(results: Results): string {
  const ratios = [...(results.get('cpp')?.keys() ?? [])]
    .map((row) => ratio(time(results, 'wasm', row, 'kernel'), time(results, 'cpp', row)))
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  if (ratios.length === 0) return '';
  const [least, middle, most] = [0, ratios.length >> 1, ratios.length - 1].map((i) => times(ratios[i]));
  return `Kernels take ${least} to ${most} times as long as C++ with vectors of 128 bits, ${middle} in the median of ${ratios.length} rows.\n\n`;
}

/**
 * The JavaScript peer that comes closest on a row, by how many times as long it takes as we do: as our kernel, if its
 * tensors live in its own memory as well, or else as our call.
 */
function best(results: Results, row: string): { side: string; ratio: number } | undefined {
  let found: { side: string; ratio: number } | undefined;
  for (const side of PEERS) {
    const ours = time(results, 'wasm', row, SIDES[side].resident ? 'kernel' : 'call');
    const against = ratio(time(results, side, row), ours);
    if (against !== undefined && (found === undefined || against < found.ratio)) found = { side, ratio: against };
  }
  return found;
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Writes the report to `root`, or prints what was measured; returns how many of our own results were wrong. */
export async function writeReport(results: Results, rows: readonly Row[], root: string | undefined): Promise<number> {
  const sides = [...results.keys()].filter((side) => side !== 'wasm');
  const groups = [...new Set(rows.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const lines = rows
      .filter((row) => row.group === group)
      .map(({ name }) => {
        const peer = best(results, name);
        return [
          name,
          micros(time(results, 'wasm', name, 'kernel')),
          micros(time(results, 'wasm', name, 'call')),
          micros(time(results, 'wasm', name, 'new')),
          micros(time(results, 'wasm', name, 'copy')),
          times(ratio(time(results, 'wasm', name, 'kernel'), time(results, 'wasm', name, 'copy'))),
          ...sides.map((side) => micros(time(results, side, name))),
          peer === undefined
            ? '–'
            : `${times(peer.ratio)} ${SIDES[peer.side].title}${peer.ratio < 1 ? ' **lost**' : ''}`,
        ];
      });
    const head = [
      'µs',
      'kernel',
      'call',
      'new',
      'copy',
      'kernel / copy',
      ...sides.map((side) => SIDES[side].title),
      'closest peer',
    ];
    return `### ${group}\n\n${table(head, lines)}`;
  });

  const disagreements: string[] = [];
  let wrong = 0;
  for (const [side, lines] of results) {
    for (const { row, off, error } of lines.values()) {
      const bad = error ?? (off !== undefined && off > MOST_OFF ? `differs by ${off.toPrecision(3)}` : undefined);
      if (bad === undefined) continue;
      disagreements.push(`* ${SIDES[side].title}, ${row}: ${bad}`);
      if (['wasm', 'ts', 'textbook'].includes(side)) wrong++;
    }
  }

  const goals = GOALS.filter(({ row }) => rows.some(({ name }) => name === row)).map(({ row, what, goal, reached }) => {
    const got = reached(results);
    const met = got === undefined ? '–' : (what.endsWith('least') ? got >= goal : got <= goal) ? 'met' : '**not met**';
    return [row, what, String(goal), times(got), met];
  });

  if (root === undefined) {
    console.log(sections.join('\n\n'));
    console.log(`\n${table(['goal', 'what', 'goal', 'reached', ''], goals)}`);
    if (disagreements.length > 0) console.log(`\n${disagreements.join('\n')}`);
    return wrong;
  }

  const require = createRequire(import.meta.url);
  const versions = [...results.keys()].flatMap((side) =>
    SIDES[side].packages.map((name) => {
      const { pathname } = new URL(`node_modules/${name}/package.json`, import.meta.url);
      return `${name} ${JSON.parse(readFileSync(pathname, 'utf8')).version}`;
    }),
  );
  const notes = [...results.keys()].map((side) => `* **${SIDES[side].title}**: ${SIDES[side].note}.`);
  const text = `# Benchmarks

Written by \`npm run bench\` (after \`npm run bench:peers\`) and by nothing else. Medians in microseconds, of float32 where a row
does not say otherwise. Tasks of one process take turns; every result is checked before it is timed; each library has a process
of its own for each element type. Read ratios: the machine is a shared one.

* ${new Date().toISOString().slice(0, 10)}, ${cpus()[0].model.trim()} × ${cpus().length}, ${platform()} ${release()}, Node ${process.versions.node}, V8 ${process.versions.v8}
* ${[...new Set(versions)].join(', ')}

${notes.join('\n')}

*copy* is a \`set\` of as many bytes, in the row's type, as the kernel reads and writes. *closest peer* is the JavaScript library that comes closest, and
how many times as long it takes: as our kernel where its tensors live in its own memory as well (TensorFlow.js wasm, OpenCV.js),
as our call where it is given arrays. **lost** marks rows in which it is faster.

![How many times as long as wasm-pooling others take](docs/benchmarks.svg)

${againstNative(results)}## Goals

${table(['row', 'what', 'goal', 'reached', ''], goals)}

## Rows

${sections.join('\n\n')}

## Not comparable

Results that differ from the textbook's, or where it has none from the ts backend's, by more than ${MOST_OFF}, and what did not run. Where a library has no such operation, there is a dash above.

${disagreements.length > 0 ? disagreements.join('\n') : 'None.'}
`;
  writeFileSync(`${root}/BENCHMARKS.md`, text);
  writeFileSync(`${root}/docs/benchmarks.svg`, await chart(results, rows, require));
  console.log(`BENCHMARKS.md: ${goals.filter((goal) => goal[4] === 'met').length} of ${goals.length} goals met`);
  return wrong;
}

async function chart(results: Results, rows: readonly Row[], require: NodeJS.Require): Promise<string> {
  const vega = await import(require.resolve('vega'));
  const { compile } = await import(require.resolve('vega-lite'));
  const values = rows.flatMap(({ name }) => {
    const call = time(results, 'wasm', name, 'call');
    const peer = best(results, name);
    const bars = [
      ['closest JavaScript peer', peer?.ratio],
      ['textbook loop', ratio(time(results, 'textbook', name), call)],
      ['ts backend', ratio(time(results, 'ts', name), call)],
    ] as const;
    return bars.flatMap(([who, against]) => (against === undefined ? [] : [{ name, who, ratio: against }]));
  });
  const spec = compile({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 520,
    // Of each bar.
    height: { step: 8 },
    background: 'white',
    data: { values },
    mark: 'bar',
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 420 } },
      yOffset: { field: 'who' },
      x: {
        field: 'ratio',
        type: 'quantitative',
        scale: { type: 'log' },
        title: 'times as long as wasm-pooling (log)',
      },
      color: { field: 'who', title: null, legend: { orient: 'top' } },
    },
  } as never).spec;
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  return view.toSVG();
}
