/**
 * The one place that picks a path. The first row of the table that serves a plan runs it.
 */
import type { Axis, Plan } from '../plan.js';
import type { DType } from '../tensor.js';

export interface Path {
  readonly name: string;
  /** Bytes of the type in which it accumulates. */
  readonly accumulator: (plan: Plan) => number;
  readonly serves: (plan: Plan) => boolean;
  readonly kernel: (plan: Plan) => string;
}

const SUFFIX: Readonly<Record<DType, string>> = { float32: 'f32', float64: 'f64' };
const BYTES: Readonly<Record<DType, number>> = { float32: 4, float64: 8 };

function opName(plan: Plan): string {
  return plan.op === 'max' && plan.nan === 'ignore' ? 'maxIgnoringNaN' : plan.op;
}

/** Up to here a float32 sum, added up four at a time, is exact enough on one axis. */
const NARROW_TAPS = 16;

const mostTaps = (axis: Axis): number => axis.counts.reduce((most, count) => Math.max(most, count), 0);

/** In order of preference. */
export const PATHS: readonly Path[] = [
  {
    // Long sums of float32 in float64.
    name: 'wide',
    accumulator: () => 8,
    serves: ({ op, dtype, axes }) =>
      op === 'avg' &&
      dtype === 'float32' &&
      (mostTaps(axes[2]) > NARROW_TAPS || mostTaps(axes[0]) * mostTaps(axes[1]) > NARROW_TAPS),
    kernel: () => 'universal_avg_f32_wide',
  },
  {
    name: 'universal',
    accumulator: ({ dtype }) => BYTES[dtype],
    serves: () => true,
    kernel: (plan) => `universal_${opName(plan)}_${SUFFIX[plan.dtype]}`,
  },
];

/** The path that runs `plan`, or the one called `name` if it can. */
export function pickPath(plan: Plan, name?: string): Path {
  const path = PATHS.find((row) => (name === undefined || row.name === name) && row.serves(plan));
  if (path === undefined) throw new RangeError(`no path ${name} for this plan`);
  return path;
}
