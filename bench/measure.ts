/**
 * Times tasks in turns, A B A B …, so that whatever else the machine does hits all of them. Each turn is a tinybench run of
 * one task; its samples are calls of a batch that is long enough for the clock.
 */
import { Bench } from 'tinybench';

export type Task = () => unknown;

/** Milliseconds per call. */
export interface Timing {
  readonly median: number;
  readonly p25: number;
  readonly min: number;
  readonly samples: number;
}

export interface Effort {
  readonly rounds: number;
  /** Milliseconds of one task in one round. */
  readonly turn: number;
}

export const FULL: Effort = { rounds: 9, turn: 40 };
export const QUICK: Effort = { rounds: 3, turn: 5 };

/** Milliseconds. What takes longer is not timed to the last percent. */
const SLOW = 100;

/** A sample that lasts this many milliseconds can be timed well. */
const SAMPLE = 0.2;

export async function measure(tasks: Readonly<Record<string, Task>>, effort: Effort): Promise<Record<string, Timing>> {
  const names = Object.keys(tasks);
  const samples: Record<string, number[]> = {};
  const batches: Record<string, number> = {};
  for (const name of names) {
    samples[name] = [];
    batches[name] = await batchOf(tasks[name]);
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const name of names) {
      if (round >= 3 && Math.min(...samples[name]) > SLOW) continue;
      const task = tasks[name];
      const calls = batches[name];
      const bench = new Bench({ time: effort.turn, iterations: 1, warmup: false, retainSamples: true });
      const first = task();
      if (first instanceof Promise) {
        // Or it would still be under way when the clock starts.
        await first;
        bench.add(name, async () => {
          for (let i = 0; i < calls; i++) await task();
        });
        await bench.run();
      } else {
        bench.add(name, () => {
          for (let i = 0; i < calls; i++) task();
        });
        bench.runSync();
      }
      const { result } = bench.tasks[0];
      if ('error' in result) throw result.error;
      if (!('latency' in result)) throw new Error(`${name} was not run`);
      samples[name].push(...(result.latency.samples ?? []).map((ms) => ms / calls));
    }
  }
  return Object.fromEntries(names.map((name) => [name, timingOf(samples[name])]));
}

/** How many calls make a sample; finding out warms up. */
async function batchOf(task: Task): Promise<number> {
  const started = performance.now();
  let calls = 1;
  for (;;) {
    const begin = performance.now();
    for (let i = 0; i < calls; i++) {
      const result = task();
      if (result instanceof Promise) await result;
    }
    const elapsed = performance.now() - begin;
    // Engines move to their better compiler after some calls, or after some time.
    const warm = performance.now() - started > 30 || elapsed > 100;
    if (elapsed >= SAMPLE && warm) return Math.max(1, Math.round((calls * SAMPLE) / elapsed));
    if (elapsed < SAMPLE) calls *= 2;
  }
}

function timingOf(samples: number[]): Timing {
  const sorted = samples.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { median: at(0.5), p25: at(0.25), min: sorted[0], samples: sorted.length };
}

/** The largest difference; Infinity where one is not a number. */
export function difference(got: ArrayLike<number> | undefined, want: ArrayLike<number>): number {
  if (got?.length !== want.length) return Infinity;
  let most = 0;
  for (let i = 0; i < want.length; i++) {
    const off = Math.abs(got[i] - want[i]);
    if (!(off <= most)) most = Number.isNaN(off) ? Infinity : off;
  }
  return most;
}
