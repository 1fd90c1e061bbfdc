/**
 * The one place that picks a path. The first row of the table that serves a plan runs it.
 */
import { type Axis, mostTaps, type Plan, type WindowRule } from '../plan.js';
import { DTYPES, type DType } from '../tensor.js';
import { planesScratch, type Scratch, slidingScratch, universalScratch } from './words.js';

/** A kernel and what it works in. */
export interface Routine {
  /** Name of the export. */
  readonly kernel: (plan: Plan) => string;
  /** What it keeps besides the tensors. */
  readonly scratch: (plan: Plan) => Scratch;
}

export interface Path extends Routine {
  readonly name: string;
  /** Whether it can run the plan, and is the one to do it if no row above can. */
  readonly serves: (plan: Plan) => boolean;
  /**
   * What runs a band again when `kernel` returns other than 0: it saw what it cannot vouch for (a NaN). The rest of the
   * call stays with this one.
   */
  readonly exact?: (plan: Plan) => Routine | undefined;
  /** Bytes of input and output that a band should hold, where that is more than usual. */
  readonly bandBytes?: (plan: Plan) => number;
  /** Whether it can fold the rows of a window over several calls, which windows of many rows need. */
  readonly splitsWindows: boolean;
}

/** Whether the kernels can run `plan`; the ts backend runs what they cannot. */
export function hasKernel({ op, dtype, planes }: Plan): boolean {
  if (planes !== undefined) return false;
  return (op === 'max' || op === 'avg') && (dtype === 'float32' || dtype === 'float64');
}

const SUFFIX: Readonly<Partial<Record<DType, string>>> = { float32: 'f32', float64: 'f64' };

function opName(plan: Plan): string {
  return plan.op === 'max' && plan.nan === 'ignore' ? 'maxIgnoringNaN' : plan.op;
}

/**
 * Up to here a float32 sum, added up four at a time, is exact enough on one axis: a constant plane averages to itself
 * within 2 ulp (from 11 x 15 on, within 3).
 */
const NARROW_TAPS = 10;
/** Paths that cannot split windows take no more rows of one than a band of a few rows holds, ... */
const MOST_ROWS = 16;
/** ... and of float32 sums added up one by one only so many, for the same reason (from 9 x 3 on, within 3). */
const MOST_SUMMED_ROWS = 8;

/** Rows of the largest window. */
export const mostRows = ({ axes: [depth, height] }: Plan): number => mostTaps(depth) * mostTaps(height);

const isWhole = ({ input, output, counts }: Axis): boolean => output === 1 && counts[0] === input && input > 0;

const isNarrow = (plan: Plan): boolean => mostTaps(plan.axes[2]) <= NARROW_TAPS && mostRows(plan) <= NARROW_TAPS;

/** Whether it takes sums of float32 that only float64 is exact enough for. */
const isLongSum = (plan: Plan): boolean => plan.op === 'avg' && plan.dtype === 'float32' && !isNarrow(plan);

/** Windows that overlap more than so many times on an axis share work along it. */
const MOST_SHARED = 3;
/** What a band may take at the most where a path needs more than usual. */
const MOST_BAND_BYTES = 8 * 1024 * 1024;

/**
 * Bands of so many bytes keep what sliding windows do twice, at the ends of bands and of strips of columns, little: they
 * hold three times the rows of a window, and six times its columns if not all there are.
 */
function slidingBandBytes(plan: Plan): number {
  const { bytes } = DTYPES[plan.dtype];
  const [depth, height, width] = plan.axes;
  const { kernelSize, stride } = width.rule as WindowRule;
  const columns = Math.min(width.input + width.output, 6 * ((kernelSize - 1) * width.dilation + 1) + 6 * stride);
  const rows = Math.min(depth.input * height.input + height.output, 3 * depth.dilation * mostRows(plan));
  return rows * columns * plan.inner * bytes;
}

const slidingPlanScratch = (plan: Plan): Scratch =>
  slidingScratch(plan, plan.op === 'avg' ? 8 : DTYPES[plan.dtype].bytes);

const NO_SCRATCH: Scratch = { words: [], bytes: 0 };

const UNIVERSAL: Routine = {
  kernel: (plan) => `universal_${opName(plan)}_${SUFFIX[plan.dtype]}`,
  scratch: (plan) => universalScratch(plan, DTYPES[plan.dtype].bytes),
};

const SLIDING_EXACTLY: Routine = {
  kernel: (plan) => `sliding_${opName(plan)}_${SUFFIX[plan.dtype]}_exact`,
  scratch: slidingPlanScratch,
};

/** Whether the fast kernels look out for NaN, which they would lose; those of 64 bits are exact. */
const mayMissNaN = ({ op, dtype, nan }: Plan): boolean => op === 'max' && dtype === 'float32' && nan === 'propagate';

/** In order of preference. */
export const PATHS: readonly Path[] = [
  {
    // Windows two or three columns wide over planes, in registers.
    name: 'planes',
    serves: (plan) => {
      const { rule, dilation } = plan.axes[2];
      if (plan.inner !== 1 || plan.dtype !== 'float32' || rule === undefined || dilation !== 1) return false;
      const { kernelSize, stride } = rule;
      const most = plan.op === 'avg' ? MOST_SUMMED_ROWS : MOST_ROWS;
      return (kernelSize === 2 || kernelSize === 3) && stride <= 2 && mostRows(plan) <= most;
    },
    kernel: (plan) => {
      const { kernelSize, stride } = plan.axes[2].rule as WindowRule;
      return `planes_${kernelSize}s${stride}_${opName(plan)}_${SUFFIX[plan.dtype]}`;
    },
    scratch: planesScratch,
    exact: (plan) => (mayMissNaN(plan) ? UNIVERSAL : undefined),
    splitsWindows: false,
  },
  {
    // Windows of 2 x 2 and 3 x 3 over positions of many channels, in registers.
    name: 'channels',
    serves: (plan) => {
      const [depth, height, { rule }] = plan.axes;
      if (rule === undefined || plan.dtype !== 'float32' || plan.inner < 4) return false;
      const { kernelSize, stride } = rule;
      if (mostTaps(depth) > 1 || mostTaps(height) > kernelSize) return false;
      // 3 x 3 windows one apart share too many taps to read them all.
      return kernelSize === 2 || (kernelSize === 3 && stride > 1);
    },
    kernel: (plan) => {
      const { kernelSize } = plan.axes[2].rule as WindowRule;
      return `channels_${kernelSize}x${kernelSize}_${opName(plan)}_${SUFFIX[plan.dtype]}`;
    },
    scratch: () => NO_SCRATCH,
    exact: (plan) => (mayMissNaN(plan) ? UNIVERSAL : undefined),
    splitsWindows: false,
  },
  {
    // Whole planes, in one piece.
    name: 'whole',
    serves: (plan) =>
      plan.inner === 1 &&
      plan.axes.every(isWhole) &&
      plan.inputCount * DTYPES[plan.dtype].bytes <= plan.outer * MOST_BAND_BYTES,
    kernel: (plan) => `whole_${opName(plan)}_${SUFFIX[plan.dtype]}`,
    scratch: () => NO_SCRATCH,
    bandBytes: (plan) => (plan.inputCount / plan.outer) * DTYPES[plan.dtype].bytes,
    splitsWindows: false,
  },
  {
    // Windows of any size, at a cost that does not grow with them.
    name: 'sliding',
    serves: (plan) => {
      const [, height, width] = plan.axes;
      if (height.rule === undefined || width.rule === undefined || height.dilation !== 1) return false;
      // It adds up float32 in float64, which short sums can do without.
      if (plan.op === 'avg' && plan.dtype === 'float32' && isNarrow(plan)) return false;
      const overlap = ({ kernelSize, stride }: WindowRule) => kernelSize / stride;
      return (
        Math.max(overlap(height.rule), overlap(width.rule)) > MOST_SHARED && slidingBandBytes(plan) <= MOST_BAND_BYTES
      );
    },
    kernel: (plan) => `sliding_${opName(plan)}_${SUFFIX[plan.dtype]}`,
    scratch: slidingPlanScratch,
    exact: (plan) => (mayMissNaN(plan) ? SLIDING_EXACTLY : undefined),
    bandBytes: slidingBandBytes,
    splitsWindows: false,
  },
  {
    // Long sums of float32 in float64.
    name: 'wide',
    serves: isLongSum,
    kernel: () => 'universal_avg_f32_wide',
    scratch: (plan) => universalScratch(plan, 8),
    splitsWindows: true,
  },
  {
    name: 'universal',
    serves: (plan) => !isLongSum(plan),
    ...UNIVERSAL,
    splitsWindows: true,
  },
];

/** The path that runs `plan`, or the one called `name` where it can. */
export function pickPath(plan: Plan, name?: string): Path {
  const named = PATHS.find((path) => path.name === name && path.serves(plan));
  return named ?? (PATHS.find((path) => path.serves(plan)) as Path);
}
