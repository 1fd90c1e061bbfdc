// Windows of any size, at a cost that does not grow with them: each axis by itself, the rows of a window first.
//
// Down the columns, after van Herk and Gil & Werman: rows are cut into blocks as long as a window, so that a window is the
// end of one block and the beginning of the next. Folds of all ends of a block are kept; those of the beginnings grow by a
// row at a time. Windows of few rows are folded outright.
// Along the rows, by doubling: from folds of w neighbours come those of 2w and 2w + 1, until w is the window. Several rows
// are done at once as if they were one: what runs over the end of a row belongs to no window. Maxima of many columns are
// done like the rows: of folds of four neighbours, every fourth one, in blocks; that they overlap does not matter to them.
//
// Order of operations: blocks begin at the first window's first row, which may be padding, so it depends on the plan alone.
// Nothing outside the rows of the tensor is read; rows of partial results are padded with identity elements.
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, Reduction, startOf, widthOf } from './plan';
import { copyEvery, copyRows, divideRow, fillDivisors, fillIdentity, foldInBlocks, foldRows, foldThrough, losesInRow, observes } from './rows';

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
  // Rows of windows that are folded along at a time.
  chunkRows: i32;
  // In bytes from the scratch: folds of a block's ends, at its start; of its beginnings; one row; a chunk of rows; the same
  // again; each chunk row's divisor; a row of divisors; ...
  beginningAt: i32;
  rowAt: i32;
  chunkAt: i32;
  widerAt: i32;
  downAt: i32;
  acrossAt: i32;
  // ... a vector for every four columns of a window.
  blockAt: i32;
  // Planes so small that a whole one, with its padding, is folded at once.
  small: i32;
}

// Up to so many rows, folding a window outright is cheaper.
const FEW_ROWS: i32 = 5;
// From so many columns on, blocks cost less than doubling.
const MANY_COLUMNS: i32 = 16;

// @ts-ignore: decorator
@inline
function divides(reduction: Reduction): bool {
  return reduction == Reduction.SumF32 || reduction == Reduction.SumF64;
}

// Folds `rows` rows of `pitch` elements along, and writes `outputs` positions of each from `y` on, `outStep` bytes apart.
function alongRows(
  plan: Plan,
  scratch: usize,
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
  const chunk = scratch + own.chunkAt;
  const wider = scratch + own.widerAt;
  const ends = scratch + own.blockAt;
  let down = scratch + own.downAt;
  let from = chunk;
  // `from` holds folds of w taps. The folds of 2w are those of w and the ones b elements behind; of 2w + 1, with the
  // element 2b behind.
  let w = 1;
  let b = 0;
  let c = 0;
  const inBlocks = !divides(reduction) && kernelSize >= MANY_COLUMNS;
  if (inBlocks) {
    const at = <usize>step * size;
    foldRows(reduction, wider, rows * pitch - 3 * step, chunk, chunk + at, chunk + 2 * at, chunk + 3 * at, 4, false);
    from = wider;
  }
  // The bits of the window's size behind its first say when w becomes 2w + 1.
  for (let bit = inBlocks ? -1 : 30 - clz(kernelSize); bit >= 0; bit--) {
    b = w * step;
    const odd = (kernelSize >> bit) & 1;
    c = odd ? 2 * b : 0;
    w = 2 * w + odd;
    // The last step writes outputs, if those lie side by side.
    if (bit == 0 && width.stride == 1) break;
    const length = rows * pitch - (w - 1) * step;
    foldRows(reduction, wider, length, from, from + <usize>b * size, chunk + <usize>c * size, 0, 2 + odd, false);
    from = wider;
    b = c = 0;
  }
  for (let row = 0; row < rows; row++, y += outStep, down += 8) {
    const at = <usize>(row * pitch) * size;
    let a = from + at;
    if (inBlocks) {
      const four = <usize>(4 * step) * size;
      const blocks = kernelSize >> 2;
      const rest = kernelSize & 3 ? <usize>((kernelSize - 4) * step) * size : 0;
      const sideBySide = width.stride == 1;
      const to = sideBySide ? y : chunk + at;
      foldInBlocks(reduction, to, sideBySide ? n : pitch - (kernelSize - 1) * step, a, blocks, four, rest, ends);
      if (sideBySide) continue;
      a = to;
    }
    // Every output's fold to the front of the row: never behind where it is read.
    const to = divides(reduction) ? a : y;
    if (width.stride > 1) copyEvery(own.size, to, a, outputs, width.stride, inner);
    else foldRows(reduction, to, n, a, a + <usize>b * size, chunk + at + <usize>c * size, 0, b == 0 ? 1 : c == 0 ? 2 : 3, false);
    if (divides(reduction)) divideRow(reduction, y, n, to, scratch + own.acrossAt, load<f64>(down));
  }
}

// The row of partial results for an input row: the fold over the window's slices; the tensor's own where that is the same.
function rowOf(reduction: Reduction, row: usize, n: i32, x: usize, slices: i32, sliceStep: usize): usize {
  if (slices == 1) return x;
  for (let td = 0; td < slices; td += 4) {
    const a = x + <usize>td * sliceStep;
    foldRows(reduction, row, n, a, a + sliceStep, a + 2 * sliceStep, a + 3 * sliceStep, min(4, slices - td), td > 0);
  }
  return row;
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
  const along = scratch + own.beginningAt;
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
  if (own.small) return smallPlanes(plan, x, y, scratch, from, to);
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
  const few = k <= max(FEW_ROWS, 2 * height.stride + 1);
  const ends = scratch;
  const beginning = scratch + own.beginningAt;
  const row = scratch + own.rowAt;
  const chunk = scratch + own.chunkAt;
  const down = scratch + own.downAt;

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
    if (divides(reduction)) fillDivisors(plan, width, column, column + outputs, reduction == Reduction.SumF64, scratch + own.acrossAt);

    let chunked = 0;
    let chunkFrom = from;
    // What the row before left behind: its plane, the block whose ends are kept, and how far the beginning has come.
    let plane: i32 = -1;
    let block: i32 = -1;
    let reached: i32 = 0;
    let begun = false;
    let observed: i32 = 0;
    for (let index = from; index < to; index++) {
      const thisPlane = <i32>(index / <u32>height.output);
      const oh = <i32>(index % <u32>height.output);
      const outer = <i32>(index / planeRows);
      const od = thisPlane - outer * depth.output;
      const slices = countOf(plan, depth, od);
      const planeX = stripX + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes;
      const start = oh * height.stride + height.first;
      const top = max(start, height.low);
      const bottom = min(start + k, height.high);
      const dst = chunk + <usize>chunked * pitchBytes + before;
      fillIdentity(reduction, dst - before, before);
      const anew = thisPlane != plane;
      plane = thisPlane;
      // Forgotten here, not with the plane's first block: the windows before that may have no rows.
      if (anew) block = -1;
      if (observes(reduction)) {
        for (let j = anew ? top : max(top, observed); j < bottom; j++) {
          for (let td = 0; td < slices; td++) {
            lost |= losesInRow(reduction, planeX + <usize>td * sliceStep + <usize>j * rowBytes, n);
          }
        }
        observed = bottom;
      }

      if (top >= bottom || slices == 0) {
        fillIdentity(reduction, dst, stripBytes);
      } else if (few) {
        for (let td = 0; td < slices; td++) {
          for (let j = top; j < bottom; j += 4) {
            const p = planeX + <usize>td * sliceStep + <usize>j * rowBytes;
            const join = td > 0 || j > top;
            foldRows(reduction, dst, n, p, p + rowBytes, p + 2 * rowBytes, p + 3 * rowBytes, min(4, bottom - j), join);
          }
        }
      } else {
        const thisBlock = (oh * height.stride) / k;
        const blockFrom = height.first + thisBlock * k;
        const blockTo = blockFrom + k;
        if (thisBlock != block) {
          block = thisBlock;
          // All ends of the block down to this window's, from the last row up.
          let next: usize = 0;
          for (let j = min(blockTo, height.high) - 1; j >= top; j--) {
            const p = rowOf(reduction, row, n, planeX + <usize>j * rowBytes, slices, sliceStep);
            const end = ends + <usize>(j - blockFrom) * stripBytes;
            if (next == 0) memory.copy(end, p, stripBytes);
            else foldRows(reduction, end, n, p, next, 0, 0, 2, false);
            next = end;
          }
          reached = max(blockTo, height.low);
          begun = false;
        }
        const end = top < blockTo ? ends + <usize>(top - blockFrom) * stripBytes : 0;
        let written = false;
        for (; reached < bottom; reached++) {
          const p = rowOf(reduction, row, n, planeX + <usize>reached * rowBytes, slices, sliceStep);
          if (!begun) memory.copy(beginning, p, stripBytes);
          else if (reached + 1 == bottom && end != 0) {
            foldThrough(reduction, dst, n, end, beginning, p);
            written = true;
          } else foldRows(reduction, beginning, n, beginning, p, 0, 0, 2, false);
          begun = true;
        }
        if (!written) {
          if (end == 0) memory.copy(dst, beginning, stripBytes);
          else if (!begun) memory.copy(dst, end, stripBytes);
          else foldRows(reduction, dst, n, end, beginning, 0, 0, 2, false);
        }
      }
      fillIdentity(reduction, dst + stripBytes, after);
      if (divides(reduction)) store<f64>(down + ((<usize>chunked) << 3), divisorOf(plan, depth, od) * divisorOf(plan, height, oh));

      chunked++;
      if (chunked == own.chunkRows || index + 1 == to) {
        const out = y + <usize>chunkFrom * outStep + <usize>column * position;
        alongRows(plan, scratch, chunked, pitch, outputs, out, outStep);
        chunkFrom = index + 1;
        chunked = 0;
      }
    }
  }
  return lost;
}
