/**
 * The one place that picks a path. The first row of the table that serves a plan runs it.
 */
import { type Axis, mostTaps, type Plan, type WindowRule } from '../plan.js';
import { ROW_GROUP } from './bands.js';
import { Reduction } from './conversions.js';
import { byteLanes, exactLanes, fastLanes, type Lanes, mostRows, SLIDING } from './lanes.js';
import { bandElementBytes } from './program.js';
import {
  bytesScratch,
  channelsScratch,
  elementScratch,
  isSquare,
  planesScratch,
  type Scratch,
  slidingScratch,
  universalScratch,
} from './words.js';

/** A kernel, what it computes with, and what it works in. */
export interface Routine {
  /** That of the export, which is the path's as well. */
  readonly name: 'bytes' | 'planes' | 'channels' | 'whole' | 'sliding' | 'universal';
  readonly lanes: (plan: Plan) => Lanes;
  /** What it keeps besides the tensors, for a plan that may be a strip of the `whole` one. */
  readonly scratch: (plan: Plan, lanes: Lanes, whole: Plan) => Scratch;
}

export interface Path extends Routine {
  /** Whether it can run the plan, and is the one to do it if no row above can. */
  readonly serves: (plan: Plan) => boolean;
  /**
   * What runs a band again when it returns other than 0: it saw what it cannot vouch for (a NaN). The rest of the
   * call stays with this one.
   */
  readonly exact?: Routine;
  /** Bytes of input and output that a band should hold at least, where that is more than usual. */
  readonly bandBytes?: (plan: Plan) => number;
  /** How many it holds best, unless a size is asked for. */
  readonly bestBandBytes?: (plan: Plan) => number;
  /** How many output rows share work that the first one begins. */
  readonly rowsTogether?: (plan: Plan) => number;
  /** Whether it can fold the rows of a window over several calls, which windows of many rows need. */
  readonly splitsWindows?: boolean;
  /** Whether it keeps whole rows in its working space: long ones are better cut, so that this stays in the caches. */
  readonly keepsRows?: boolean;
}

/** Whether the kernels can run `plan`; the ts backend runs what they cannot. */
export const hasKernel = (plan: Plan): boolean => exactLanes(plan) !== undefined;

/** The ops that each kernel has besides the exact ones: of windows of any shape, of square ones of stride 2, ... */
const PLANES: readonly Reduction[] = [Reduction.MaxF32UnlessNaN, Reduction.MinF32UnlessNaN, Reduction.SumF32];
const PLANES_SQUARE: readonly Reduction[] = [Reduction.NormF32, Reduction.MaxU8, Reduction.MaxPixel, Reduction.MaxI16];
const CHANNELS: readonly Reduction[] = [...PLANES, Reduction.NormF32, Reduction.MaxU8];
const exactly = (plan: Plan): Lanes => exactLanes(plan) as Lanes;
const planesLanes = (plan: Plan): Lanes => asPixels(plan, fastLanes(plan, [...PLANES, ...PLANES_SQUARE]) as Lanes);
const channelsLanes = (plan: Plan): Lanes => fastLanes(plan, CHANNELS) as Lanes;
/** The kernel adds up float32 in float64, which long sums need, by itself. */
const wholeLanes = (plan: Plan): Lanes => exactLanes(plan, 'inKernel') as Lanes;
const slidingLanes = (plan: Plan): Lanes => fastLanes(plan, SLIDING) as Lanes;

/** The four bytes of a pixel move as one element. */
function asPixels({ inner }: Plan, lanes: Lanes): Lanes {
  return inner === 4 && lanes.reduction === Reduction.MaxU8 ? { ...lanes, reduction: Reduction.MaxPixel } : lanes;
}

/** Paths that cannot split windows take no more rows of one than a band of a few rows holds, ... */
const MOST_ROWS = 16;
/** ... and of float32 sums added up one by one only so many, to be exact enough (from 9 x 3 on, within 3 ulp). */
const MOST_SUMMED_ROWS = 8;

const isWhole = ({ input, output, counts }: Axis): boolean => output === 1 && counts[0] === input && input > 0;

/** Whether all windows have so many taps, and are divided by as many. */
const isOf = (taps: number, { counts, divisors }: Axis): boolean =>
  counts.every((count) => count === taps) && divisors.every((divisor) => divisor === taps);

/** Sums of so many taps an axis cost less one by one. */
const FEW_TAPS = 10;

/** Windows that overlap more than so many times on an axis share work along it. */
const MOST_SHARED = 3;
/** What a band may take at the most where a path needs more than usual. */
const MOST_BAND_BYTES = 8 * 1024 * 1024;
/** What one of windows that overlap may: else rows longer than a band would be read anew for each column of the result. */
const MOST_OVERLAPPING_BYTES = 2 ** 28;

/** Bytes of bands of `rows` rows whose strips overlap little: they hold six times the columns of a window, if not all there are. */
function stripBytes(plan: Plan, rows: number, elementBytes: number): number {
  const [, , width] = plan.axes;
  const extent = (mostTaps(width) - 1) * width.dilation + 1;
  const columns = Math.min(width.input + width.output, 6 * (extent + (width.rule as WindowRule).stride));
  return rows * columns * plan.inner * elementBytes;
}

/** Bands of so many bytes keep what sliding windows do twice, at the ends of bands and of strips, little. */
function slidingBandBytes(plan: Plan): number {
  return stripBytes(plan, slidingBandRows(plan), slidingLanes(plan).bytes);
}

/** Three times the rows of a window, if not all there are. */
function slidingBandRows(plan: Plan): number {
  const [depth, height] = plan.axes;
  return Math.min(depth.input * height.input + height.output, 3 * depth.dilation * mostRows(plan));
}

/** The windows that begin in a block of rows; with a stride it is as good as any other number. */
function slidingRowsTogether({ axes: [, height] }: Plan): number {
  const { kernelSize, stride } = height.rule as WindowRule;
  return Math.ceil(kernelSize / stride);
}

/**
 * The same with whole rows, if there is room: strips of columns are moved row by row, and converted once more where they
 * overlap.
 */
function slidingBestBandBytes(plan: Plan): number {
  const [, , width] = plan.axes;
  const rowBytes = (width.input + width.output) * plan.inner * bandElementBytes(plan, slidingLanes(plan));
  const bytes = slidingBandRows(plan) * rowBytes;
  return bytes <= MOST_BAND_BYTES ? bytes : slidingBandBytes(plan);
}

const UNIVERSAL: Routine = {
  name: 'universal',
  lanes: exactly,
  scratch: universalScratch,
};

/** In order of preference. */
export const PATHS: readonly Path[] = [
  {
    // Averages of 2 x 2 bytes, of whole windows two apart, of which several positions fill a vector.
    name: 'bytes',
    serves: ({ op, dtype, inner, axes }) => {
      const [depth, height, width] = axes;
      const { rule, dilation, output } = width;
      return (
        op === 'avg' &&
        dtype.startsWith('uint8') &&
        8 % inner === 0 &&
        output * inner >= 16 &&
        rule?.stride === 2 &&
        dilation === 1 &&
        isOf(1, depth) &&
        isOf(2, height) &&
        isOf(2, width)
      );
    },
    lanes: byteLanes,
    scratch: bytesScratch,
  },
  {
    // Windows two or three columns wide over planes, in registers.
    name: 'planes',
    serves: (plan) => {
      const { rule, dilation } = plan.axes[2];
      const { reduction } = planesLanes(plan);
      if (plan.inner !== (reduction === Reduction.MaxPixel ? 4 : 1) || rule === undefined || dilation !== 1)
        return false;
      const { kernelSize, stride } = rule;
      if ((kernelSize !== 2 && kernelSize !== 3) || stride > 2) return false;
      const square = isSquare(plan);
      if (kernelSize === 2 && stride === 1 && !square) return false;
      if (PLANES.includes(reduction)) {
        return mostRows(plan) <= (reduction === Reduction.SumF32 ? MOST_SUMMED_ROWS : MOST_ROWS);
      }
      return PLANES_SQUARE.includes(reduction) && square && stride === 2;
    },
    lanes: planesLanes,
    scratch: planesScratch,
    exact: UNIVERSAL,
  },
  {
    // Windows of 2 x 2 and 3 x 3 over positions of many channels, in registers.
    name: 'channels',
    serves: (plan) => {
      const [depth, height, { rule, output, counts }] = plan.axes;
      const { reduction, bytes } = channelsLanes(plan);
      if (rule === undefined || !CHANNELS.includes(reduction)) return false;
      const { kernelSize, stride } = rule;
      const position = plan.inner * bytes;
      // Sums over slices are those of 2 x 2 x 2.
      const slices = reduction === Reduction.NormF32 ? 1 : reduction === Reduction.SumF32 ? 4 - kernelSize : 3;
      if (mostTaps(height) > kernelSize || mostTaps(depth) > slices) return false;
      if (kernelSize === 2) {
        // Of pictures of three colours only what is frequent.
        return position >= 16 || (position === 12 && bytes === 4 && output > 1 && counts.every((count) => count === 2));
      }
      // It reads what it has just written: fast where vectors are the same, or it was a while ago.
      const least = stride > 1 ? 16 : position % 16 === 0 ? 32 : 128;
      return kernelSize === 3 && position >= least && (stride > 1 || reduction !== Reduction.MaxU8);
    },
    lanes: channelsLanes,
    scratch: channelsScratch,
    exact: UNIVERSAL,
  },
  {
    // Whole planes, in one piece.
    name: 'whole',
    serves: (plan) =>
      plan.inner === 1 &&
      plan.axes.every(isWhole) &&
      plan.inputCount * wholeLanes(plan).bytes <= plan.outer * MOST_BAND_BYTES,
    lanes: wholeLanes,
    scratch: elementScratch,
    bandBytes: (plan) => (plan.inputCount / plan.outer) * wholeLanes(plan).bytes,
  },
  {
    // Windows of any size, at a cost that does not grow with them.
    name: 'sliding',
    serves: (plan) => {
      const [, height, width] = plan.axes;
      if (height.rule === undefined || width.rule === undefined || height.dilation !== 1) return false;
      const isShared = ({ rule, output }: Axis) => {
        const { kernelSize, stride } = rule as WindowRule;
        return Math.min(kernelSize / stride, output) > MOST_SHARED;
      };
      // Where no windows are one above the other, most of the work is to fold their rows into one, if there are many of them.
      const isWide = width.rule.kernelSize * width.output > mostRows(plan) * width.input;
      if (!isShared(height) && !(isShared(width) && isWide)) return false;
      // Short sums are not worth it.
      const { reduction } = slidingLanes(plan);
      const isShort = mostTaps(width) <= FEW_TAPS && mostRows(plan) <= FEW_TAPS;
      if (reduction === Reduction.SumF32 || (reduction === Reduction.SumF32InF64 && isShort)) return false;
      return slidingBandBytes(plan) <= MOST_OVERLAPPING_BYTES;
    },
    lanes: slidingLanes,
    scratch: slidingScratch,
    exact: { name: 'sliding', lanes: exactly, scratch: slidingScratch },
    bandBytes: slidingBandBytes,
    bestBandBytes: slidingBestBandBytes,
    rowsTogether: slidingRowsTogether,
  },
  {
    ...UNIVERSAL,
    serves: () => true,
    splitsWindows: true,
    keepsRows: true,
    bandBytes: (plan) => {
      const { rule, dilation } = plan.axes[2];
      if (rule === undefined || rule.kernelSize * dilation <= rule.stride) return 0;
      return Math.min(MOST_OVERLAPPING_BYTES, stripBytes(plan, 2 * ROW_GROUP, bandElementBytes(plan, exactly(plan))));
    },
  },
];

/** The path that runs `plan`, or the one called `name` where it can. */
export function pickPath(plan: Plan, name?: string): Path {
  const named = PATHS.find((path) => path.name === name && path.serves(plan));
  return named ?? (PATHS.find((path) => path.serves(plan)) as Path);
}
