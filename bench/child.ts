/** One side, in a process of its own: times the rows that it is asked for, and prints a line of JSON for each. */
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import type { TypedArray } from '../dist/index.js';
import { difference, FULL, measure, QUICK, type Timing } from './measure.ts';
import { ROWS } from './shapes.ts';
import { SIDES } from './sides.ts';

export interface Line {
  readonly row: string;
  readonly timings?: Record<string, Timing>;
  /** The largest difference from what the result should be, relative to 1. */
  readonly off?: number;
  /** It does not have what the row needs. */
  readonly absent?: true;
  readonly error?: string;
}

const [side, folder, quick, ...names] = process.argv.slice(2);
const print = (line: Line | { error: string }) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function main(): Promise<void> {
  const start = await SIDES[side].start(folder);
  const effort = quick === 'quick' ? QUICK : FULL;
  for (const row of ROWS.filter(({ name }) => names.includes(name))) {
    try {
      const job = await start(row);
      if (job === undefined) {
        print({ row: row.name, absent: true });
        continue;
      }
      const want = deserialize(readFileSync(`${folder}/${ROWS.indexOf(row)}`)) as TypedArray[];
      let off = 0;
      for (const task of Object.keys(job.tasks)) {
        if (task.startsWith('copy') || task === 'beside') continue;
        const got = await job.output(task);
        want.forEach((data, i) => {
          off = Math.max(off, difference(got[i], data));
        });
      }
      print({ row: row.name, off, timings: job.timings?.(effort) ?? (await measure(job.tasks, effort)) });
    } catch (error) {
      print({ row: row.name, error: String(error).split('\n')[0] });
    }
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    print({ error: String(error).split('\n')[0] });
    process.exit(0);
  },
);
