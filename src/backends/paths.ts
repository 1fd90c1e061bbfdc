/**
 * The one place that picks a path. The first row of the table that serves a plan runs it.
 */
import type { Axis, Plan } from '../plan.js';
import { DTYPES, type DType } from '../tensor.js';
import { type Scratch, universalScratch } from './words.js';

export interface Path {
  readonly name: string;
  /** Whether it can run the plan, and is the one to do it if no row above can. */
  readonly serves: (plan: Plan) => boolean;
  /** Name of the export that runs it. */
  readonly kernel: (plan: Plan) => string;
  /**
   * Name of the export that runs a band again when `kernel` returns other than 0: it saw what it cannot vouch for (a
   * NaN). The rest of the call stays with this one.
   */
  readonly exact?: (plan: Plan) => string;
  /** What it keeps besides the tensors. */
  readonly scratch: (plan: Plan) => Scratch;
}

const SUFFIX: Readonly<Record<DType, string>> = { float32: 'f32', float64: 'f64' };

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
    serves: ({ op, dtype, axes }) =>
      op === 'avg' &&
      dtype === 'float32' &&
      (mostTaps(axes[2]) > NARROW_TAPS || mostTaps(axes[0]) * mostTaps(axes[1]) > NARROW_TAPS),
    kernel: () => 'universal_avg_f32_wide',
    scratch: (plan) => universalScratch(plan, 8),
  },
  {
    name: 'universal',
    serves: () => true,
    kernel: (plan) => `universal_${opName(plan)}_${SUFFIX[plan.dtype]}`,
    scratch: (plan) => universalScratch(plan, DTYPES[plan.dtype].bytes),
  },
];

/** The path that runs `plan`, or the one called `name` where it can. */
export function pickPath(plan: Plan, name?: string): Path {
  const named = PATHS.find((path) => path.name === name && path.serves(plan));
  return named ?? (PATHS.find((path) => path.serves(plan)) as Path);
}
