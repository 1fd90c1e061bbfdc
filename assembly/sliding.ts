// Windows of any size, at a cost that does not grow with them: each axis by itself, the rows of a window first.
//
// Down the columns by blocks, see down.ts. Windows of few rows are folded outright.
// Along the rows, by doubling: from folds of w neighbours come those of 2w and 2w + 1, until w is the window; maxima may
// overlap, and go from w to anything up to 4w. Several rows are done at once as if they were one: what runs over the end of a
// row belongs to no window. Windows of many columns, and all sums of float32, are folded along as columns are down, once rows
// and columns are exchanged, sixteen of them at a time; positions of many channels as they are.
//
// Sums of float32 are in float64 on each axis, and rounded to float32 between the two and in the end.
//
// Order of operations: blocks begin at the first window's first row and column, which may be padding, so it depends on the
// plan alone.
// Nothing outside the rows of the tensor is read; rows of partial results are padded with identity elements.
import { readAhead } from './ahead';
import { foldDown, foldsInGroups, GROUP, turn } from './down';
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, Reduction, startOf, widthOf } from './plan';
import {
  copyEvery,
  copyRows,
  divideRow,
  fillDivisors,
  fillIdentity,
  fillReciprocals,
  foldRows,
  losesInRow,
  observes,
} from './rows';

// The words of the plan's header that are this kernel's own: the mirror of slidingScratch in src/backends/words.ts.
@unmanaged
class Own {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of an element.
  size: i32;
  // Output columns done at a time.
  stripOutputs: i32;
  // Rows of windows that are folded down before they are folded along, all those of a block at least, ...
  chunkRows: i32;
  // ... and how many of them are folded along at once.
  alongRows: i32;
  // In bytes from the scratch, at whose start are the folds of a block's ends: a chunk of rows, ...
  chunkAt: i32;
  // ... what is made of those folded along at once; rows as columns, twice; each chunk row's divisor; a row of divisors; ...
  widerAt: i32;
  turnedAt: i32;
  downAt: i32;
  acrossAt: i32;
  // ... a 1, and columns that are fewer than are done at a time.
  narrowAt: i32;
  // Which output of its row is the first.
  from: i32;
  along: Along;
}

// How rows may be folded along, the mirror of Along in src/backends/lanes.ts: as rows; as columns are down, exchanged with
// these, or where the channels of a position are many, as they are; small planes at once.
const enum Along {
  Rows,
  Turned,
  Positions,
  Planes,
}

// Up to so many rows, folding a window outright is cheaper.
const FEW_ROWS: i32 = 5;
// @ts-ignore: decorator
@inline
function divides(reduction: Reduction): bool {
  return reduction == Reduction.SumF64;
}

// Folds `rows` rows of `pitch` elements along, and writes `outputs` positions of each from `y` on, `outStep` bytes apart.
function alongRows(
  plan: Plan,
  scratch: usize,
  chunk: usize,
  down: usize,
  rows: i32,
  pitch: i32,
  outputs: i32,
  y: usize,
  outStep: usize,
): void {
  const own = changetype<Own>(plan);
  const reduction = plan.reduction;
  const width = widthOf(plan);
  const inner = plan.inner;
  const size = <usize>own.size;
  const kernelSize = width.kernelSize;
  const step = width.dilation * inner;
  const n = outputs * inner;
  const wider = scratch + own.widerAt;
  let from = chunk;
  let w = 1;
  if (divides(reduction)) {
    // The bits of the window's size behind its first say when w becomes 2w + 1: two folds of w, and an element behind them.
    for (let bit = 30 - clz(kernelSize); bit >= 0; bit--) {
      const odd = (kernelSize >> bit) & 1;
      const b = <usize>(w * step) * size;
      w = 2 * w + odd;
      foldRows(reduction, wider, rows * pitch - (w - 1) * step, from, from + b, chunk + 2 * b, 0, 2 + odd, false);
      from = wider;
    }
  } else {
    // The window itself is left for the last, where outputs lie side by side.
    while (w < kernelSize && !(width.stride == 1 && 4 * w >= kernelSize)) {
      const next = min(4 * w, kernelSize);
      foldUpTo(reduction, wider, rows * pitch - (next - 1) * step, from, w, next, <usize>step * size);
      from = wider;
      w = next;
    }
  }
  for (let row = 0; row < rows; row++, y += outStep, down += 8) {
    const a = from + <usize>(row * pitch) * size;
    if (width.stride > 1) {
      // Every output's fold to the front of the row: never behind where it is read.
      const to = divides(reduction) ? a : y;
      copyEvery(own.size, to, a, outputs, width.stride, inner);
    } else if (!divides(reduction)) foldUpTo(reduction, y, n, a, w, kernelSize, <usize>step * size);
    if (divides(reduction)) divideRow(reduction, y, n, a, scratch + own.acrossAt, load<f64>(down));
  }
}

// Folds of k neighbours, up to 4w, from those of w: maxima may overlap.
function foldUpTo(reduction: Reduction, dst: usize, n: i32, a: usize, w: i32, k: i32, step: usize): void {
  const apart = <usize>w * step;
  const last = <usize>(k - w) * step;
  const count = (k + w - 1) / w;
  foldRows(reduction, dst, n, a, a + min<usize>(apart, last), a + min<usize>(2 * apart, last), a + last, count, false);
}

// Rows or columns that are done at a time where those are exchanged.
const TURNED: i32 = 16;
// Behind all rows that there are.
const ALL_ROWS: i32 = i32.MAX_VALUE;

// Folds rows along as columns are folded down. They are groups of columns of all rows, `groupStep` bytes apart, between `before`
// and `after` identity elements. The first output is number `column` of its row.
function alongTurned(
  plan: Plan,
  scratch: usize,
  rows: i32,
  before: i32,
  n: i32,
  after: i32,
  column: i32,
  outputs: i32,
  y: usize,
  outStep: usize,
): i32 {
  const own = changetype<Own>(plan);
  const reduction = plan.reduction;
  const width = widthOf(plan);
  const inner = plan.inner;
  const dilation = width.dilation;
  const step = dilation * inner;
  const results = outputs * inner;
  const chunk = scratch + own.chunkAt;
  const groupStep = <usize>own.chunkRows * GROUP;
  const across = scratch + own.acrossAt;
  // Dilated windows are done at every position.
  const stride = dilation == 1 ? width.stride : 1;
  const windows = dilation == 1 ? outputs : (outputs - 1) * width.stride + 1;
  const first = (own.from + column) * width.stride;
  const turned = scratch + own.turnedAt;
  const folded = turned + (<usize>(before + n + after + TURNED) << 6);
  const apart = <usize>step << 6;
  let lost = 0;
  for (let row = 0; ; row = min(row + TURNED, rows - TURNED)) {
    // One factor for all rows, where they have the same.
    let columns = scratch + own.downAt + (<usize>row << 3);
    let scale = load<f64>(columns);
    let same = true;
    for (let i: usize = 8; same && i < <usize>min(rows, TURNED) << 3; i += 8) same = load<f64>(columns + i) == scale;
    if (same) columns = 0;
    else scale = 1;
    fillIdentity(reduction, turned, <usize>before << 6);
    let from = chunk + (<usize>row << 6);
    for (let i = 0; i < n; i += TURNED, from += groupStep) {
      // A row that is shorter is all of its group.
      turn(turned + (<usize>(before + max(min(i, n - TURNED), 0)) << 6), 64, from, 64);
    }
    fillIdentity(reduction, turned + (<usize>(before + n) << 6), <usize>after << 6);
    for (let c = 0; c < min(step, windows * inner); c++) {
      const shift = c / inner;
      const count = dilation == 1 ? windows : (windows - shift + dilation - 1) / dilation;
      const start = (first + shift) / dilation;
      const at = <usize>c << 6;
      const factors = across + (dilation == 1 ? 0 : <usize>shift << 3);
      lost |= foldDown(reduction, folded + at, apart, 0, turned + at - <usize>start * apart, apart, 1, 0, 0, 64, scratch, 0, start, count, stride, width.kernelSize, start, ALL_ROWS, factors, <usize>dilation << 3, scale, columns);
    }
    if (stride != width.stride) copyRows(folded, <usize>inner << 6, folded, <usize>(width.stride * inner) << 6, <usize>inner << 6, outputs);
    const to = y + <usize>row * outStep;
    const isWhole = rows >= TURNED && results >= TURNED;
    for (let i = 0; i < results; i += TURNED) {
      if (isWhole) {
        const at = <usize>min(i, results - TURNED);
        turn(to + 4 * at, outStep, folded + (at << 6), 64);
      } else {
        turn(turned, 64, folded + (<usize>i << 6), 64);
        copyRows(to + (<usize>i << 2), outStep, turned, 64, <usize>min(TURNED, results - i) << 2, min(rows, TURNED));
      }
    }
    if (row + TURNED >= rows) break;
  }
  return lost;
}

// The same of positions of many channels, which lie side by side as they are.
function alongPositions(
  plan: Plan,
  scratch: usize,
  chunk: usize,
  rows: i32,
  pitch: i32,
  column: i32,
  outputs: i32,
  y: usize,
  outStep: usize,
): i32 {
  const own = changetype<Own>(plan);
  const width = widthOf(plan);
  const dilation = width.dilation;
  const bytes = <usize>plan.inner << 2;
  const before = (own.from + column) * width.stride;
  let down = scratch + own.downAt;
  let lost = 0;
  for (; rows > 0; rows--, down += 8, chunk += <usize>pitch << 2, y += outStep) {
    for (let first = 0; first < min(dilation, outputs); first++) {
      const count = (outputs - first + dilation - 1) / dilation;
      const at = <usize>first * bytes;
      const factors = scratch + own.acrossAt + (<usize>first << 3);
      const start = (before + first) / dilation;
      const apart = <usize>dilation * bytes;
      lost |= foldDown(plan.reduction, y + at, apart, 0, chunk + at - <usize>start * apart, apart, 1, 0, 0, bytes, scratch, 0, start, count, width.stride, width.kernelSize, start, ALL_ROWS, factors, <usize>dilation << 3, load<f64>(down), 0);
    }
  }
  return lost;
}

// Folds of every `k` elements `step` bytes apart out of `bytes` bytes, by doubling; `wider` takes as many. Returns where
// they are.
function double(reduction: Reduction, size: usize, from: usize, wider: usize, bytes: usize, step: usize, k: i32): usize {
  let source = from;
  let w = 1;
  for (let bit = 30 - clz(k); bit >= 0; bit--) {
    const behind = source + <usize>w * step;
    const odd = (k >> bit) & 1;
    const alone = from + <usize>(2 * w) * step;
    w = 2 * w + odd;
    foldRows(reduction, wider, <i32>((bytes - <usize>(w - 1) * step) / size), source, behind, alone, 0, 2 + odd, false);
    source = wider;
  }
  return source;
}

// The same for planes so small that a few of them fit the first-level cache: each is copied into its padding and folded
// whole, down by doubling as well.
function smallPlanes(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const own = changetype<Own>(plan);
  const reduction = plan.reduction;
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const size = <usize>own.size;
  const position = <usize>plan.inner * size;
  const rowBytes = <usize>width.input * position;
  const sliceBytes = <usize>height.input * rowBytes;
  const outStep = <usize>width.output * position;
  const pitch = <usize>width.span * position;
  const bytes = <usize>(width.high - width.low) * position;
  const before = <usize>(width.low - width.first) * position;
  const k = height.kernelSize;
  const padded = scratch + own.chunkAt;
  const down = scratch + own.widerAt;
  const along = scratch + own.turnedAt;
  const divisors = scratch + own.acrossAt;
  if (divides(reduction)) fillDivisors(plan, width, 0, width.output, reduction == Reduction.SumF64, divisors);
  let lost = 0;
  // The rows of the padded plane that are input.
  let inputFrom = -1;
  let inputTo = -1;
  for (let index = from; index < to; ) {
    const thisPlane = <i32>(index / <u32>height.output);
    const oh = <i32>(index % <u32>height.output);
    const outer = thisPlane / depth.output;
    const od = thisPlane % depth.output;
    const rows = min(height.output - oh, <i32>(to - index));
    const first = oh + height.first;
    const top = max(first, height.low);
    const bottom = countOf(plan, depth, od) > 0 ? max(top, min(first + rows + k - 1, height.high)) : top;
    if (top - first != inputFrom || bottom - first != inputTo) {
      fillIdentity(reduction, padded, <usize>(height.output + k - 1) * pitch);
      inputFrom = top - first;
      inputTo = bottom - first;
    }
    const input = x + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes + <usize>top * rowBytes;
    const inside = input + <usize>width.low * position;
    copyRows(padded + <usize>inputFrom * pitch + before, pitch, inside, rowBytes, bytes, bottom - top);
    if (observes(reduction)) {
      // Rows lie side by side if all of them is read.
      const lines = bytes == rowBytes ? 1 : bottom - top;
      const n = <i32>((bytes == rowBytes ? <usize>(bottom - top) * bytes : bytes) / size);
      for (let line = 0; line < lines; line++) lost |= losesInRow(reduction, inside + <usize>line * rowBytes, n);
    }

    const folded = double(reduction, size, padded, down, <usize>(rows + k - 1) * pitch, pitch, k);
    const step = <usize>width.dilation * position;
    const result = double(reduction, size, folded, along, <usize>rows * pitch, step, width.kernelSize);
    const out = y + <usize>index * outStep;
    if (width.stride == 1 && !divides(reduction)) copyRows(out, outStep, result, pitch, outStep, rows);
    else {
      for (let row = 0; row < rows; row++) {
        const at = result + <usize>row * pitch;
        const to = out + <usize>row * outStep;
        copyEvery(own.size, to, at, width.output, width.stride, plan.inner);
        if (divides(reduction)) {
          const down = divisorOf(plan, depth, od) * divisorOf(plan, height, oh + row);
          divideRow(reduction, to, width.output * plan.inner, to, divisors, down);
        }
      }
    }
    index += rows;
  }
  return lost;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. Windows are by rule on both axes.
export function sliding(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const own = changetype<Own>(plan);
  if (own.along == Along.Planes) return smallPlanes(plan, x, y, scratch, from, to);
  const reduction = plan.reduction;
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const inner = plan.inner;
  const position = <usize>(inner * own.size);
  const rowBytes = <usize>width.input * position;
  const sliceBytes = <usize>height.input * rowBytes;
  const sliceStep = <usize>depth.dilation * sliceBytes;
  const outStep = <usize>width.output * position;
  const planeRows = <u32>(depth.output * height.output);
  const k = height.kernelSize;
  let lost = 0;
  const inF64 = reduction == Reduction.SumF32InF64;
  const inGroups = foldsInGroups(reduction);
  const few = k <= max(FEW_ROWS, 2 * height.stride + 1) && !inF64;
  const chunk = scratch + own.chunkAt;
  const down = scratch + own.downAt;
  const across = scratch + own.acrossAt;
  const one = scratch + own.narrowAt;
  const narrow = one + GROUP;
  store<f64>(one, 1);
  const turns = own.along == Along.Turned && !few;
  const groupStep = <usize>own.chunkRows * GROUP;

  for (let column = 0; column < width.output; column += own.stripOutputs) {
    // A strip: output columns, and the input columns that they reach, of which [low, high) exist.
    const outputs = min(own.stripOutputs, width.output - column);
    const first = column * width.stride + width.first;
    const span = (outputs - 1) * width.stride + (width.kernelSize - 1) * width.dilation + 1;
    const low = min(max(width.low, first), first + span);
    const high = max(low, min(width.high, first + span));
    const pitch = span * inner;
    const before = <usize>(low - first) * position;
    const n = (high - low) * inner;
    const after = <usize>(first + span - high) * position;
    const pitchBytes = <usize>span * position;
    const stripX = x + <usize>low * position;
    const stripBytes = <usize>(high - low) * position;
    if (inF64) fillReciprocals(plan, width, column, column + outputs, width.dilation == 1 ? 1 : width.stride, across);
    else if (divides(reduction)) fillDivisors(plan, width, column, column + outputs, true, across);

    let chunked = 0;
    let chunkFrom = from;
    // What the row before left behind: its plane, and how far it was observed.
    let plane: i32 = -1;
    let observed: i32 = 0;
    for (let index = from; index < to; ) {
      const thisPlane = <i32>(index / <u32>height.output);
      const oh = <i32>(index % <u32>height.output);
      const outer = <i32>(index / planeRows);
      const od = thisPlane - outer * depth.output;
      const slices = countOf(plan, depth, od);
      const planeX = stripX + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes;
      const start = oh * height.stride + height.first;
      const top = max(start, height.low);
      // Where the block of rows ends in which the window begins, and how many windows of the band begin there, or in as many
      // more blocks as there is room for.
      const blockTo = ((oh * height.stride) / k + 1) * k + height.first;
      let rows = few ? 1 : (blockTo - start + height.stride - 1) / height.stride;
      if (inGroups && !few && height.stride == 1) rows += max(0, (own.chunkRows - chunked - rows) / k) * k;
      rows = min(rows, min(height.output - oh, <i32>(to - index)));
      const bottom = min(start + (rows - 1) * height.stride + k, height.high);
      // Sums of columns are divided by a power of two, so that they are no larger than the largest element.
      const most = <f64>((1 as i64) << (32 - clz(max(k * slices, 1) - 1)));
      const dst = chunk + <usize>chunked * (turns ? GROUP : pitchBytes);
      for (let row = 0; row < rows; row++) {
        const divisor = divisorOf(plan, depth, od) * divisorOf(plan, height, oh + row);
        store<f64>(down + (<usize>(chunked + row) << 3), inF64 ? most / divisor : divisor);
        if (turns) continue;
        fillIdentity(reduction, dst + <usize>row * pitchBytes, before);
        fillIdentity(reduction, dst + <usize>(row + 1) * pitchBytes - after, after);
      }

      if (top >= bottom || slices == 0 || stripBytes == 0) {
        if (!turns) fillIdentity(reduction, dst, <usize>rows * pitchBytes);
        for (let i: usize = 0; turns && i < stripBytes; i += GROUP) fillIdentity(reduction, dst + (i / GROUP) * groupStep, <usize>rows * GROUP);
      } else if (few) {
        if (observes(reduction)) {
          for (let j = thisPlane != plane ? top : max(top, observed); j < bottom; j++) {
            for (let td = 0; td < slices; td++) {
              lost |= losesInRow(reduction, planeX + <usize>td * sliceStep + <usize>j * rowBytes, n);
            }
          }
          plane = thisPlane;
          observed = bottom;
        }
        for (let td = 0; td < slices; td++) {
          for (let j = top; j < bottom; j += 4) {
            const p = planeX + <usize>td * sliceStep + <usize>j * rowBytes;
            const join = td > 0 || j > top;
            foldRows(reduction, dst + before, n, p, p + rowBytes, p + 2 * rowBytes, p + 3 * rowBytes, min(4, bottom - j), join);
          }
        }
      } else {
        // Rows that the block before has not read.
        for (let j = index > from && thisPlane == plane ? blockTo : top; j < bottom; j++) {
          for (let td = 0; td < slices; td++) readAhead(planeX + <usize>td * sliceStep + <usize>j * rowBytes, stripBytes);
        }
        plane = thisPlane;
        let source = planeX;
        let sourceStep = sliceStep;
        let row = rowBytes;
        let target = turns ? dst : dst + before;
        let targetStep = turns ? GROUP : pitchBytes;
        const isNarrow = inGroups && stripBytes < GROUP;
        if (isNarrow) {
          // Columns that are fewer are copied to where there are enough.
          row = targetStep = GROUP;
          sourceStep = <usize>(bottom - top) * GROUP;
          if (!turns) target = narrow + <usize>slices * sourceStep;
          source = narrow - <usize>top * GROUP;
          memory.fill(narrow, 0, <usize>slices * sourceStep);
          for (let td = 0; td < slices; td++) {
            const p = planeX + <usize>td * sliceStep + <usize>top * rowBytes;
            copyRows(narrow + <usize>td * sourceStep, GROUP, p, rowBytes, stripBytes, bottom - top);
          }
        }
        const bytes = isNarrow ? GROUP : stripBytes;
        lost |= foldDown(reduction, target, targetStep, turns ? groupStep : 0, source, row, slices, sourceStep, n, bytes, scratch, height.first, start, rows, height.stride, k, height.low, height.high, one, 0, 1 / most, 0);
        if (isNarrow && !turns) copyRows(dst + before, pitchBytes, target, GROUP, stripBytes, rows);
      }

      chunked += rows;
      index += rows;
      // The next block may have as many rows.
      if (chunked + (few ? 1 : (k + height.stride - 1) / height.stride) > own.chunkRows || index == to) {
        const out = y + <usize>chunkFrom * outStep + <usize>column * position;
        if (own.along == Along.Positions) {
          lost |= alongPositions(plan, scratch, chunk, chunked, pitch, column, outputs, out, outStep);
        } else if (turns) {
          for (let i: usize = 0; chunked < TURNED && i < stripBytes; i += GROUP) {
            fillIdentity(reduction, chunk + (i / GROUP) * groupStep + <usize>chunked * GROUP, <usize>(TURNED - chunked) * GROUP);
          }
          const before = (low - first) * inner;
          lost |= alongTurned(plan, scratch, chunked, before, n, pitch - before - n, column, outputs, out, outStep);
        } else {
          for (let row = 0; row < chunked; row += own.alongRows) {
            const count = min(own.alongRows, chunked - row);
            const from = chunk + <usize>row * pitchBytes;
            alongRows(plan, scratch, from, down + (<usize>row << 3), count, pitch, outputs, out + <usize>row * outStep, outStep);
          }
        }
        chunkFrom = index;
        chunked = 0;
      }
    }
  }
  return lost;
}
