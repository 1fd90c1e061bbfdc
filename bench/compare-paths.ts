/**
 * npm run bench:paths -- REGEX: for the rows whose name matches, every path of the wasm backend that can run them, in turns
 * and over one memory, and how each compares with a copy of the same bytes. For those who write kernels.
 *
 *   --rounds N   turns of each path (default 9)
 */
import { parseArgs } from 'node:util';
import { createPooling } from '../dist/gradients.js';
import { PATHS } from '../src/backends/paths.js';
import { difference, measure, type Task } from './measure.ts';
import { geometryOf, inputOf, outputsOf, planOf, ROWS } from './shapes.ts';
import { copies, reside } from './sides.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '9' } },
});
const wanted = new RegExp(positionals[0] ?? '', 'i');

const micros = (ms: number) => Number((ms * 1000).toPrecision(4));

for (const row of ROWS.filter((row) => wanted.test(row.name) && geometryOf(row).task === 'pool')) {
  const memory = new WebAssembly.Memory({ initial: 0 });
  const pooling = createPooling({ backend: 'wasm', memory });
  const picked = planOf(pooling, row);
  const [input, output] = [inputOf(row), outputsOf(row)[0]];
  const [x, y] = [reside(pooling, input), reside(pooling, output)];
  const tasks: Record<string, Task> = { copy: copies([input], [output]).copy };
  const off: Record<string, number> = {};
  let first: ArrayLike<number> | undefined;
  for (const { name } of PATHS) {
    const plan = planOf(createPooling({ backend: 'wasm', memory, path: name }), row);
    // A path that cannot run the plan leaves it to another.
    if (plan.path !== name) continue;
    y.data.fill(NaN);
    plan.run(x, y);
    first ??= y.data.slice();
    off[name] = difference(y.data, first);
    tasks[name] = () => plan.run(x, y);
  }
  const timings = await measure(tasks, { rounds: Number(values.rounds), turn: 20 });
  console.log(`\n${row.name}, µs; picked: ${picked.path}`);
  console.table(
    Object.fromEntries(
      Object.entries(timings).map(([name, { median, p25, min }]) => [
        name,
        {
          median: micros(median),
          p25: micros(p25),
          min: micros(min),
          'to copy': Number((median / timings.copy.median).toFixed(2)),
          'differs by': off[name],
        },
      ]),
    ),
  );
}
