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
import { lanesOf, loadPosition, storeLane, storeLanes, storePosition } from './lanes';
import { flagged, PoolOp } from './ops';
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, startOf, widthOf } from './plan';
import { fold, foldRows } from './universal';

// The words of the plan's header that are each kernel's own: the mirror of slidingScratch in src/backends/words.ts.
@unmanaged
class Scratch {
  outer: i32;
  inner: i32;
  cold: i32;
  // Output columns done at a time.
  stripOutputs: i32;
  // Rows of windows that are folded along at a time.
  chunkRows: i32;
  // In bytes from the scratch: folds of a block's ends; of its beginnings; one row; a chunk of rows; the same again; each
  // chunk row's divisor; a row of divisors; ...
  endsAt: i32;
  beginningAt: i32;
  rowAt: i32;
  chunkAt: i32;
  widerAt: i32;
  downAt: i32;
  acrossAt: i32;
  // ... a vector for every four columns of a window.
  blockAt: i32;
}

// Up to so many rows, folding a window outright is cheaper.
const FEW_ROWS: i32 = 5;

// Identity elements from `dst` on for `n` elements, and up to the next whole vector.
function fillIdentity<A, Op extends PoolOp>(dst: usize, n: i32): void {
  const identity = changetype<Op>(0).identity();
  for (const end = dst + <usize>n * sizeof<A>(); dst < end; dst += 16) v128.store(dst, identity);
}

// Joins the elements of a row of the tensor to `seen`.
function observeRow<A, Op extends PoolOp>(row: usize, n: i32, seen: v128): v128 {
  const op = changetype<Op>(0);
  let a: v128 = i32x4.splat(0);
  let b: v128 = i32x4.splat(0);
  const end = row + <usize>n * sizeof<A>();
  for (; row + 32 <= end; row += 32) {
    a = op.observe(a, v128.load(row));
    b = op.observe(b, v128.load(row, 16));
  }
  for (; row < end; row += sizeof<A>()) a = op.observe(a, loadPosition<A>(row));
  return op.observe(seen, op.observe(a, b));
}

// dst[i] = a[i] ∘ b[i], or a[i] ∘ b[i] ∘ c[i] if there is a c.
function combineRows<A, Op extends PoolOp>(dst: usize, n: i32, a: usize, b: usize, c: usize): void {
  const op = changetype<Op>(0);
  const lanes = <usize>lanesOf<A>();
  const size: usize = sizeof<A>();
  const end = <usize>n & ~(lanes - 1);
  let i: usize = 0;
  if (c == 0) {
    for (; i < end; i += lanes) v128.store(dst + i * size, op.combine(v128.load(a + i * size), v128.load(b + i * size)));
  } else {
    for (; i < end; i += lanes) {
      const v = op.combine(v128.load(a + i * size), v128.load(b + i * size));
      v128.store(dst + i * size, op.combine(v, v128.load(c + i * size)));
    }
  }
  for (; i < <usize>n; i++) {
    let v = op.combine(loadPosition<A>(a + i * size), loadPosition<A>(b + i * size));
    if (c != 0) v = op.combine(v, loadPosition<A>(c + i * size));
    storePosition<A>(dst + i * size, v);
  }
}

// beginning[i] = beginning[i] ∘ row[i], then dst[i] = end[i] ∘ beginning[i].
function combineThrough<A, Op extends PoolOp>(dst: usize, n: i32, end: usize, beginning: usize, row: usize): void {
  const op = changetype<Op>(0);
  const lanes = <usize>lanesOf<A>();
  const size: usize = sizeof<A>();
  let i: usize = 0;
  for (const last = <usize>n & ~(lanes - 1); i < last; i += lanes) {
    const v = op.combine(v128.load(beginning + i * size), v128.load(row + i * size));
    v128.store(beginning + i * size, v);
    v128.store(dst + i * size, op.combine(v128.load(end + i * size), v));
  }
  for (; i < <usize>n; i++) {
    const v = op.combine(loadPosition<A>(beginning + i * size), loadPosition<A>(row + i * size));
    storePosition<A>(beginning + i * size, v);
    storePosition<A>(dst + i * size, op.combine(loadPosition<A>(end + i * size), v));
  }
}

// From so many columns on, blocks cost less than doubling.
const MANY_COLUMNS: i32 = 16;

// dst[i] = the fold of `blocks` folds from t[i] on, `step` bytes apart, and of the one `rest` bytes behind if there is one.
// `ends` takes a block of vectors.
function foldInBlocks<A, Op extends PoolOp>(
  dst: usize,
  n: i32,
  t: usize,
  blocks: i32,
  step: usize,
  rest: usize,
  ends: usize,
): void {
  const op = changetype<Op>(0);
  const bytes = <usize>n * sizeof<A>();
  // Each vector of a step's elements goes its own way.
  for (let column: usize = 0; column < step && column < bytes; column += 16) {
    const outputs = <i32>((bytes - column + step - 1) / step);
    for (let block = 0; block < outputs; block += blocks) {
      let p = t + column + <usize>(block + blocks) * step;
      let folded = op.identity();
      for (let j = blocks - 1; j >= 0; j--) {
        p -= step;
        folded = op.combine(folded, v128.load(p));
        v128.store(ends + (<usize>j << 4), folded);
      }
      let beginning = op.identity();
      let at = column + <usize>block * step;
      for (let j = 0; j < min(blocks, outputs - block); j++, at += step) {
        folded = op.combine(v128.load(ends + (<usize>j << 4)), beginning);
        if (rest > 0) folded = op.combine(folded, v128.load(t + at + rest));
        if (at + 16 <= bytes) v128.store(dst + at, folded);
        else storeFirst<A>(dst + at, folded, bytes - at);
        beginning = op.combine(beginning, v128.load(t + at + <usize>blocks * step));
      }
    }
  }
}

// The first `bytes` bytes of a vector.
function storeFirst<A>(p: usize, v: v128, bytes: usize): void {
  for (const end = p + bytes; p < end; p += sizeof<A>()) {
    storePosition<A>(p, v);
    v = sizeof<A>() == 8 ? i64x2.shuffle(v, v, 1, 0) : i32x4.shuffle(v, v, 1, 2, 3, 0);
  }
}

// The last step along the rows, into outputs: a[i] ∘ b[i] ∘ c[i], of which b and c may be missing, divided.
function writeRow<S, A, Op extends PoolOp>(
  dst: usize,
  n: i32,
  a: usize,
  b: usize,
  c: usize,
  down: f64,
  across: usize,
): void {
  const op = changetype<Op>(0);
  const lanes = <usize>lanesOf<A>();
  const from: usize = sizeof<A>();
  const into: usize = sizeof<S>();
  const by = v128.splat<A>(<A>down);
  let i: usize = 0;
  for (const end = <usize>n & ~(lanes - 1); i < end; i += lanes) {
    let v = v128.load(a + i * from);
    if (b != 0) v = op.combine(v, v128.load(b + i * from));
    if (c != 0) v = op.combine(v, v128.load(c + i * from));
    if (op.divides()) v = op.finish(v, v128.mul<A>(by, v128.load(across + i * from)), false);
    storeLanes<A, S>(dst + i * into, v);
  }
  for (; i < <usize>n; i++) {
    let v = loadPosition<A>(a + i * from);
    if (b != 0) v = op.combine(v, loadPosition<A>(b + i * from));
    if (c != 0) v = op.combine(v, loadPosition<A>(c + i * from));
    if (op.divides()) v = op.finish(v, v128.mul<A>(by, loadPosition<A>(across + i * from)), false);
    storeLane<A, S>(dst + i * into, v);
  }
}

// Folds `rows` rows of `pitch` elements along, and writes `outputs` positions of each from `y` on, `outStep` bytes apart.
function alongRows<S, A, Op extends PoolOp>(
  width: Axis,
  inner: i32,
  chunk: usize,
  wider: usize,
  rows: i32,
  pitch: i32,
  outputs: i32,
  y: usize,
  outStep: usize,
  down: usize,
  across: usize,
  ends: usize,
): void {
  const op = changetype<Op>(0);
  const size: usize = sizeof<A>();
  const kernelSize = width.kernelSize;
  const step = width.dilation * inner;
  const n = outputs * inner;
  let from = chunk;
  let w = 1;
  let b: i32 = 0;
  let c: i32 = 0;
  const inBlocks = !op.divides() && sizeof<S>() == sizeof<A>() && kernelSize >= MANY_COLUMNS;
  if (inBlocks) {
    const at = <usize>step * size;
    fold<A, Op>(wider, rows * pitch - 3 * step, chunk, chunk + at, chunk + 2 * at, chunk + 3 * at, 4, false);
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
    combineRows<A, Op>(wider, length, from, from + <usize>b * size, c == 0 ? 0 : chunk + <usize>c * size);
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
      foldInBlocks<A, Op>(to, sideBySide ? n : pitch - (kernelSize - 1) * step, a, blocks, four, rest, ends);
      if (sideBySide) continue;
      a = to;
    }
    if (width.stride > 1) {
      // To the front of the row: never behind where it is read.
      let to = a;
      let source = a;
      for (let o = 0; o < outputs; o++, source += <usize>(width.stride * inner) * size) {
        for (let i = 0; i < inner; i++, to += size) store<A>(to, load<A>(source + <usize>i * size));
      }
    }
    writeRow<S, A, Op>(
      y,
      n,
      a,
      b == 0 ? 0 : a + <usize>b * size,
      c == 0 ? 0 : chunk + at + <usize>c * size,
      load<f64>(down),
      across,
    );
  }
}

// The row of partial results for an input row: the fold over the window's slices; the tensor's own where that is the same.
// @ts-ignore: decorator
@inline
function rowOf<S, A, Op extends PoolOp>(
  row: usize,
  n: i32,
  x: usize,
  slices: i32,
  sliceStep: usize,
): usize {
  if (sizeof<S>() == sizeof<A>() && changetype<Op>(0).isPlain() && slices == 1) return x;
  for (let td = 0; td < slices; td += 4) {
    foldRows<S, A, Op>(row, n, x + <usize>td * sliceStep, sliceStep, min(4, slices - td), td > 0);
  }
  return row;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. Windows are by rule on both axes.
export function sliding<S, A, Op extends PoolOp>(
  plan: Plan,
  x: usize,
  y: usize,
  scratch: usize,
  from: u32,
  to: u32,
): i32 {
  const op = changetype<Op>(0);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const layout = changetype<Scratch>(plan);
  const inner = plan.inner;
  const size: usize = sizeof<A>();
  const position = <usize>inner * sizeof<S>();
  const rowBytes = <usize>width.input * position;
  const sliceBytes = <usize>height.input * rowBytes;
  const sliceStep = <usize>depth.dilation * sliceBytes;
  const outStep = <usize>width.output * position;
  const planeRows = <u32>(depth.output * height.output);
  const k = height.kernelSize;
  let seen: v128 = i32x4.splat(0);
  const few = k <= max(FEW_ROWS, 2 * height.stride + 1);
  const ends = scratch + layout.endsAt;
  const beginning = scratch + layout.beginningAt;
  const row = scratch + layout.rowAt;
  const chunk = scratch + layout.chunkAt;
  const wider = scratch + layout.widerAt;
  const down = scratch + layout.downAt;
  const across = scratch + layout.acrossAt;

  for (let column = 0; column < width.output; column += layout.stripOutputs) {
    // A strip: output columns, and the input columns that they reach, of which [low, high) exist.
    const outputs = min(layout.stripOutputs, width.output - column);
    const first = column * width.stride + width.first;
    const span = (outputs - 1) * width.stride + (width.kernelSize - 1) * width.dilation + 1;
    const low = min(max(width.low, first), first + span);
    const high = max(low, min(width.high, first + span));
    const pitch = span * inner;
    const before = (low - first) * inner;
    const n = (high - low) * inner;
    const after = pitch - before - n;
    const stripX = x + <usize>low * position;
    const stripBytes = <usize>n * size;
    if (op.divides()) {
      for (let o = 0; o < outputs; o++) {
        const divisor = v128.splat<A>(<A>divisorOf(plan, width, column + o));
        for (let i = 0; i < inner; i++) storePosition<A>(across + <usize>(o * inner + i) * size, divisor);
      }
    }

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
      const dst = chunk + <usize>(chunked * pitch + before) * size;
      fillIdentity<A, Op>(chunk + <usize>(chunked * pitch) * size, before);
      const anew = thisPlane != plane;
      plane = thisPlane;
      // Forgotten here, not with the plane's first block: the windows before that may have no rows.
      if (anew) block = -1;
      if (op.observes()) {
        for (let j = anew ? top : max(top, observed); j < bottom; j++) {
          for (let td = 0; td < slices; td++) {
            seen = observeRow<A, Op>(planeX + <usize>td * sliceStep + <usize>j * rowBytes, n, seen);
          }
        }
        observed = bottom;
      }

      if (top >= bottom || slices == 0) {
        fillIdentity<A, Op>(dst, n);
      } else if (few) {
        for (let td = 0; td < slices; td++) {
          for (let j = top; j < bottom; j += 4) {
            const p = planeX + <usize>td * sliceStep + <usize>j * rowBytes;
            foldRows<S, A, Op>(dst, n, p, rowBytes, min(4, bottom - j), td > 0 || j > top);
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
            const p = rowOf<S, A, Op>(row, n, planeX + <usize>j * rowBytes, slices, sliceStep);
            const end = ends + <usize>(j - blockFrom) * stripBytes;
            if (next == 0) memory.copy(end, p, stripBytes);
            else combineRows<A, Op>(end, n, p, next, 0);
            next = end;
          }
          reached = max(blockTo, height.low);
          begun = false;
        }
        const end = top < blockTo ? ends + <usize>(top - blockFrom) * stripBytes : 0;
        let written = false;
        for (; reached < bottom; reached++) {
          const p = rowOf<S, A, Op>(row, n, planeX + <usize>reached * rowBytes, slices, sliceStep);
          if (!begun) memory.copy(beginning, p, stripBytes);
          else if (reached + 1 == bottom && end != 0) {
            combineThrough<A, Op>(dst, n, end, beginning, p);
            written = true;
          } else combineRows<A, Op>(beginning, n, beginning, p, 0);
          begun = true;
        }
        if (!written) {
          if (end == 0) memory.copy(dst, beginning, stripBytes);
          else if (!begun) memory.copy(dst, end, stripBytes);
          else combineRows<A, Op>(dst, n, end, beginning, 0);
        }
      }
      fillIdentity<A, Op>(dst + stripBytes, after);
      if (op.divides()) store<f64>(down + ((<usize>chunked) << 3), divisorOf(plan, depth, od) * divisorOf(plan, height, oh));

      chunked++;
      if (chunked == layout.chunkRows || index + 1 == to) {
        const out = y + <usize>chunkFrom * outStep + <usize>column * position;
        alongRows<S, A, Op>(width, inner, chunk, wider, chunked, pitch, outputs, out, outStep, down, across, scratch + layout.blockAt);
        chunkFrom = index + 1;
        chunked = 0;
      }
    }
  }
  return flagged<A>(seen);
}
