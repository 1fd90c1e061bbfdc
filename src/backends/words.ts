/**
 * A plan as the words that the kernels read: the mirror of assembly/plan.ts.
 */
import { OPS } from '../ops.js';
import type { Rounding } from '../options.js';
import { type Axis, isPointwise, mostTaps, type Plan, type WindowRule } from '../plan.js';
import { Reduction } from './conversions.js';
import { Along, alongOf, type Lanes, mostRows, SLIDING } from './lanes.js';

/** What a path keeps besides the tensors: words of its own in the plan's header, and bytes of working space. */
export interface Scratch {
  readonly words: readonly number[];
  readonly bytes: number;
}

const HEADER_WORDS = 16;
const AXIS_WORDS = 13;
const ALIGNMENT = 16;

const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Where the tables begin, in bytes. */
const TABLES_AT: number = align((HEADER_WORDS + 3 * AXIS_WORDS) * 4);

/** The positions that a row of windows reaches over, and those of them that are input. */
interface Reach {
  readonly kernelSize: number;
  readonly first: number;
  readonly span: number;
  readonly low: number;
  readonly high: number;
}

function reachOf({ rule, dilation, input, output }: Axis): Reach {
  if (rule === undefined) return { kernelSize: 0, first: 0, span: input, low: 0, high: input };
  const first = -rule.before;
  const span = (output - 1) * rule.stride + (rule.kernelSize - 1) * dilation + 1;
  const low = Math.min(Math.max(rule.low, first), first + span);
  const high = Math.max(low, Math.min(rule.high, first + span));
  return { kernelSize: rule.kernelSize, first, span, low, high };
}

/** Places the scratch of the universal kernel: see assembly/universal.ts. */
export function universalScratch(plan: Plan, { bytes }: Lanes): Scratch {
  const width = plan.axes[2];
  const { kernelSize, span } = reachOf(width);
  const position = plan.inner * bytes;
  const stride = width.rule?.stride ?? 1;
  const split = kernelSize > 0 && stride > 1 && position < 16;
  const perTap = kernelSize <= stride;
  const slots = split ? Math.min(kernelSize, stride) : 0;
  const slotLength = perTap ? width.output : Math.ceil(span / stride);
  const slotsAt = align(span * position);
  const quarter = kernelSize === 0 ? span / 4 + 4 : 0;
  const foldedAt = slotsAt + align(Math.max(slots * slotLength, quarter) * position);
  const divisorsAt = foldedAt + align(width.output * position);
  return {
    words: [bytes, slots, slotLength, perTap ? width.dilation : 1, slotsAt, foldedAt, divisorsAt],
    bytes: divisorsAt + align(width.output * position),
  };
}

/** Windows with as many rows as columns, as far apart and not dilated either, over planes of which every row counts. */
export function isSquare({ axes: [depth, height, width] }: Plan): boolean {
  const down = height.rule;
  const along = width.rule;
  if (down === undefined || along === undefined || mostTaps(depth) > 1) return false;
  const isWhole = down.low === 0 && down.high === height.input;
  return isWhole && down.kernelSize === along.kernelSize && down.stride === along.stride && height.dilation === 1;
}

/** Says which outputs the planes kernel does in vectors: see assembly/planes.ts. */
export function planesScratch(plan: Plan, { bytes }: Lanes): Scratch {
  const [depth, height, { rule, input, output, starts, counts }] = plan.axes;
  const { kernelSize, stride } = rule as WindowRule;
  const position = plan.inner * bytes;
  const lanes = 16 / position;
  const square = isSquare(plan);
  // Outputs [from, to) have whole windows, ...
  let from = 0;
  while (from < output && counts[from] < kernelSize) from++;
  let to = output;
  while (to > from && counts[to - 1] < kernelSize) to--;
  const column = to > from ? starts[from] - from * stride : 0;
  // ... or are the first one or the last one of square windows, without its first or last column.
  const lacksOne = (o: number) => square && kernelSize === 3 && to > from && counts[o] === kernelSize - 1;
  const head = from === 1 && lacksOne(0) && starts[0] === 0;
  const end = to === output - 1 && lacksOne(to);
  if (head) from = 0;
  if (end) to = output;
  const inVectors = to - from >= lanes;
  const isWhole = square && height.counts.every((count) => count > 0);
  return {
    words: [
      position,
      Number(square),
      inVectors ? from : 0,
      inVectors ? to : 0,
      head ? -1 : column + from * stride,
      Number(end),
      isWhole ? (isPointwise(depth) ? 2 : 1) : 0,
      Number(height.divisors.every((divisor) => divisor === height.divisors[0])),
    ],
    // A row of padding, a little longer than one of the input, or a list of a window's rows.
    bytes: 192 + align(Math.max(input * position + 32, 4 * mostRows(plan))),
  };
}

/** The channels kernel's rows: of zeros, of columns and two positions more, of folded slices. See assembly/channels.ts. */
export const channelsScratch = ({ axes: [depth, , { input }], inner }: Plan, { bytes }: Lanes): Scratch => ({
  words: [bytes],
  bytes: 128 + ((mostTaps(depth) > 1 ? 5 : 2) * input + 2) * inner * bytes,
});

/** What is added to a sum of four before it is divided, and what besides if the quotient is odd. */
const QUARTERS: Readonly<Record<Rounding, readonly [number, number]>> = {
  'half-away': [2, 0],
  'half-even': [1, 1],
  trunc: [0, 0],
};

/** The bytes kernel's, and two vectors of two rows: see assembly/bytes.ts. */
export function bytesScratch({ inner, rounding }: Plan): Scratch {
  // Pair i >> 1 begins at 2·pair less what is behind its position's first.
  const order = Uint8Array.from({ length: 16 }, (_, i) => (i & 14) - ((i >> 1) % inner) + inner * (i & 1));
  return { words: [...new Int32Array(order.buffer), ...QUARTERS[rounding]], bytes: 64 };
}

/** That of kernels that keep nothing. */
export const elementScratch = (_: Plan, { bytes }: Lanes): Scratch => ({ words: [bytes], bytes: 0 });

/** Bytes of a row of partial results that stay in the first-level cache along with the rows they come from. */
const STRIP_BYTES = 4096;
/** Up to so many, three copies of a padded plane stay there. */
const SMALL_PLANE_BYTES = 8192;
/** Bytes of rows that are folded along at a time. */
const CHUNK_BYTES = 8192;

/** Bytes of a plane with its padding. */
function paddedBytes({ axes: [, height, width], inner }: Plan, bytes: number): number {
  return reachOf(height).span * reachOf(width).span * inner * bytes;
}

/** From so many columns on, maxima are folded along as they are down the columns. */
const MANY_COLUMNS = 32;
/** Rows that are exchanged with columns at a time, a few times over. */
const TURNED_ROWS = 64;
/** Bytes of columns that are folded down at a time: see assembly/down.ts. */
const GROUP_BYTES = 64;

/** Places the scratch of the sliding kernel: see assembly/sliding.ts. */
export function slidingScratch(plan: Plan, lanes: Lanes, whole: Plan): Scratch {
  const { bytes, reduction } = lanes;
  const [depth, height, width] = plan.axes;
  const position = plan.inner * bytes;
  // The order of operations is the same in strips.
  const isSmall = paddedBytes(whole, bytes) <= SMALL_PLANE_BYTES;
  if (isSmall && height.rule?.stride === 1 && mostTaps(depth) <= 1 && reduction !== Reduction.SumF32InF64) {
    // The padded plane, and the folds down and along.
    const plane = align(paddedBytes(plan, bytes)) + ALIGNMENT;
    const acrossAt = 3 * plane;
    return {
      words: [bytes, 0, 0, 0, 0, plane, 2 * plane, 0, acrossAt, 0, 0, Along.Planes],
      bytes: acrossAt + align(width.output * position),
    };
  }
  const { kernelSize, stride } = width.rule as WindowRule;
  const down = height.rule as WindowRule;
  const extent = (kernelSize - 1) * width.dilation + 1;
  // Strips share what windows reach over their ends: they are long enough for that to be little.
  const positions = Math.max(Math.floor(STRIP_BYTES / Math.max(1, position)), 6 * extent);
  const stripOutputs = Math.max(1, Math.min(width.output, Math.floor((positions - extent) / stride) + 1));
  const strip = align(((stripOutputs - 1) * stride + extent) * position);
  const alongRows = Math.max(1, Math.floor(CHUNK_BYTES / Math.max(1, strip)));
  const isLong = reduction === Reduction.SumF32InF64 || (SLIDING.includes(reduction) && kernelSize >= MANY_COLUMNS);
  const along = isLong ? alongOf(plan) : Along.Rows;
  const turned = along === Along.Turned;
  const chunkRows = Math.max(alongRows, turned ? TURNED_ROWS : 1, Math.ceil(down.kernelSize / down.stride));
  const wide = reduction === Reduction.SumF32InF64 ? 2 : 1;
  // Ends of blocks and one more, of float64 where float32 are summed up, of whole rows where they are not done in groups.
  const group = GROUP_BYTES * wide;
  const chunkAt = Math.max((down.kernelSize + 1) * Math.max(group, strip), (kernelSize + 1) * group);
  const widerAt = chunkAt + chunkRows * (strip + GROUP_BYTES) + ALIGNMENT;
  const turnedAt = widerAt + alongRows * strip + ALIGNMENT;
  const downAt = turnedAt + (turned ? 2 * (strip / 4 + GROUP_BYTES / 4) * GROUP_BYTES : 0);
  const acrossAt = downAt + align(chunkRows * 8);
  const narrowAt = acrossAt + wide * strip;
  const narrowRows = mostTaps(depth) * (chunkRows + 2 * down.kernelSize) + chunkRows;
  const from = (width.rule as WindowRule).from ?? 0;
  return {
    words: [
      bytes,
      stripOutputs,
      chunkRows,
      alongRows,
      chunkAt,
      widerAt,
      turnedAt,
      downAt,
      acrossAt,
      narrowAt,
      from,
      along,
    ],
    bytes: narrowAt + (1 + narrowRows) * GROUP_BYTES,
  };
}

/** How many bytes the words of `plan` are. */
export function wordBytes({ axes }: Plan): number {
  return axes.reduce((bytes, { output }) => bytes + align(output * 20), TABLES_AT);
}

/** Writes `plan` and its scratch as words. Addresses in them are relative, so they can be copied anywhere. */
export function encodePlan(plan: Plan, { reduction }: Lanes, scratch: Scratch): Int32Array {
  const words = new Int32Array(wordBytes(plan) / 4);
  words.set([plan.outer, plan.inner, reduction, ...scratch.words]);
  let at = TABLES_AT;
  plan.axes.forEach((axis, i) => {
    const { kernelSize, first, span, low, high } = reachOf(axis);
    const divisorsAt = at;
    const startsAt = divisorsAt + axis.output * 8;
    const countsAt = startsAt + axis.output * 4;
    const runsAt = countsAt + axis.output * 4;
    words.set(
      [
        axis.input,
        axis.output,
        axis.dilation,
        kernelSize,
        axis.rule?.stride ?? 1,
        first,
        span,
        low,
        high,
        startsAt,
        countsAt,
        divisorsAt,
        runsAt,
      ],
      HEADER_WORDS + i * AXIS_WORDS,
    );
    // To kernels a sum is an average with divisors of 1.
    const divisors = new Float64Array(words.buffer, divisorsAt, axis.output);
    if (OPS[plan.op].divides) divisors.set(axis.divisors);
    else divisors.fill(1);
    words.set(axis.starts, startsAt / 4);
    words.set(axis.counts, countsAt / 4);
    writeRuns(axis, divisors, words, runsAt / 4);
    at += align(axis.output * 20);
  });
  return words;
}

/** How many windows, from each one on, have its count and its divisor and start at one distance. */
function writeRuns({ output, starts, counts }: Axis, divisors: Float64Array, words: Int32Array, at: number): void {
  const alike = (a: number, b: number) => counts[a] === counts[b] && divisors[a] === divisors[b];
  for (let o = output - 1; o >= 0; o--) {
    let run = 1;
    if (o + 1 < output && alike(o, o + 1)) {
      const next = words[at + o + 1];
      const steady = next > 1 && starts[o + 1] - starts[o] === starts[o + 2] - starts[o + 1];
      run = steady ? next + 1 : 2;
    }
    words[at + o] = run;
  }
}
