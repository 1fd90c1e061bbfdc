// Narrow windows over planes in registers: channels first, windows two or three positions wide, one or two apart.
//
// For a vector of neighbouring outputs, the rows of the window are folded column by column into vectors, and those are
// folded along the row by shuffles: no partial result goes through memory, so that small planes are as fast as large ones.
// The last vector of a row overlaps the one before; windows that padding clips, and rows of fewer outputs than a vector
// has, are done one at a time.
//
// Order of operations: the rows of each column, top to bottom, then the columns, left to right. It is the same in vectors
// and one at a time, so it depends on the window alone. What is loaded is taps of the vector's outputs and nothing else.
//
// `P` is a type as large as a position, `A` that of the lanes: the four u8 of a pixel travel together as one u32.
import { Columns, Three1, Three2, Two1, Two2 } from './columns';
import { after1, after2, even, first1, last1, loadPair, loadPosition, odd, storePosition } from './lanes';
import { flagged, isPowerOfTwo, Max, MaxUnlessNaN, MinUnlessNaN, Norm, PoolOp, Sum } from './ops';
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, Reduction, runOf, startOf, widthOf } from './plan';

// A row's columns for a vector of outputs: a first vector, which begins one position before the row where `clipped`, ...
// @ts-ignore: decorator
@inline
function loadHead<P, Op extends PoolOp>(p: usize, clipped: bool): v128 {
  const op = changetype<Op>(0);
  return clipped ? last1<P>(op.padding(), op.lift(v128.load(p + sizeof<P>()))) : op.lift(v128.load(p));
}

// ... and one or two columns behind the vector's last stride, of which the last is behind the row where `clipped`.
// @ts-ignore: decorator
@inline
function loadTail<P, Op extends PoolOp>(columns: i32, p: usize, clipped: bool): v128 {
  const op = changetype<Op>(0);
  if (columns == 1) return clipped ? op.padding() : op.lift(loadPosition<P>(p));
  return clipped ? first1<P>(op.lift(loadPosition<P>(p)), op.padding()) : op.lift(loadPair<P>(p));
}

// The outputs of a vector. Its windows' first columns are `first`; with a stride of 2 the second ones are `second`, else
// the ones behind; `next` are first columns of what follows.
// @ts-ignore: decorator
@inline
function alongRow<P, Op extends PoolOp, C extends Columns>(first: v128, second: v128, next: v128): v128 {
  const op = changetype<Op>(0);
  const folded = op.combine(first, secondOf<P, C>(first, second, next));
  return changetype<C>(0).count() == 3 ? op.combine(folded, thirdOf<P, C>(first, next)) : folded;
}

// The second operands of that.
// @ts-ignore: decorator
@inline
function lostAlongRow<P, Op extends PoolOp, C extends Columns>(first: v128, second: v128, next: v128): v128 {
  const other = secondOf<P, C>(first, second, next);
  return changetype<C>(0).count() == 3 ? changetype<Op>(0).observe(other, thirdOf<P, C>(first, next)) : other;
}

// @ts-ignore: decorator
@inline
function secondOf<P, C extends Columns>(first: v128, second: v128, next: v128): v128 {
  return changetype<C>(0).stride() == 2 ? second : after1<P>(first, next);
}

// @ts-ignore: decorator
@inline
function thirdOf<P, C extends Columns>(first: v128, next: v128): v128 {
  return changetype<C>(0).stride() == 2 ? after1<P>(first, next) : after2<P>(first, next);
}

// Rows of outputs that one call computes. Kept in memory, so that handing them over costs nothing.
@unmanaged
class Rows {
  // How many; the first one's first output that is to be done, and from one row to the next.
  rows: i32;
  y: usize;
  outStep: usize;
  // Square windows: where the first of those outputs has its first tap if that is in the plane's row 0, bytes of a row, and
  // for each row of outputs its first row of input and how many it has. What stands for rows that it lacks, at that column.
  plane: usize;
  rowBytes: usize;
  starts: usize;
  counts: usize;
  padding: usize;
  // All others: the first output's first tap, and from one row to the next; they have `lines` rows in each of `slices`
  // slices.
  x: usize;
  rowStep: usize;
  slices: i32;
  sliceStep: usize;
  lines: i32;
  // From a row of a window to the next.
  lineStep: usize;
  // Of vectors: bytes of outputs in a row; whether the first window's first column and the last window's last one are
  // padding; a vector of divisors, or of their reciprocals if `exact`.
  outBytes: usize;
  left: bool;
  right: bool;
  exact: bool;
  divisors: usize;
  // Of outputs one at a time: those that vectors have done.
  doneFrom: i32;
  doneTo: i32;
}

// The outputs that are not done in vectors, one at a time. Returns whether anything observed was lost.
function alone<P, A, Op extends PoolOp>(plan: Plan, rows: Rows, down: f64): i32 {
  const op = changetype<Op>(0);
  const width = widthOf(plan);
  const size: usize = sizeof<P>();
  const slices = rows.slices;
  const sliceStep = rows.sliceStep;
  const lineStep = rows.lineStep;
  let seen: v128 = i32x4.splat(0);
  let y = rows.y;
  for (let r = 0; r < rows.rows; r++, y += rows.outStep) {
    const lines = load<i32>(rows.counts + ((<usize>r) << 2));
    const x = rows.plane + <usize>load<i32>(rows.starts + ((<usize>r) << 2)) * rows.rowBytes;
    for (let o = 0; o < width.output; o++) {
      if (o == rows.doneFrom && rows.doneTo > 0) {
        o = rows.doneTo;
        if (o == width.output) break;
      }
      const columns = slices * lines > 0 ? countOf(plan, width, o) : 0;
      let folded = op.identity();
      if (columns > 0) {
        let p = x + <usize>startOf(plan, width, o) * size;
        let a = op.padding();
        let b = a;
        for (let td = 0; td < slices; td++, p += sliceStep) {
          let row = p;
          for (let th = 0; th < lines; th++, row += lineStep) {
            let v = loadPosition<P>(row);
            if (columns > 1) v = loadPair<P>(row);
            v = op.lift(v);
            a = td + th == 0 ? v : op.combine(a, v);
            seen = op.observe(seen, v);
            if (columns == 3) {
              v = op.lift(loadPosition<P>(row + 2 * sizeof<P>()));
              b = td + th == 0 ? v : op.combine(b, v);
              seen = op.observe(seen, v);
            }
          }
        }
        folded = a;
        if (columns > 1) {
          const second = after1<P>(a, a);
          folded = op.combine(folded, second);
          seen = op.observe(seen, second);
        }
        if (columns == 3) {
          folded = op.combine(folded, b);
          seen = op.observe(seen, b);
        }
        // The other lanes hold what is of no meaning.
        seen = op.observeResult(seen, i32x4.shuffle(folded, folded, 0, 0, 0, 0));
      }
      if (op.divides()) folded = op.finish(folded, v128.splat<A>(<A>(down * divisorOf(plan, width, o))), false);
      storePosition<P>(y + <usize>o * size, folded);
    }
  }
  return flagged<A>(seen);
}

// What else is the same for all windows of a call, as constants at compile time.
interface Windows {
  // As many rows as columns, all in one slice: then their loop is unrolled, and rows that padding takes are identity.
  square(): bool;
  // At the left or right edge, so that an outermost column may be padding.
  atEdge(): bool;
}
class Square implements Windows {
  // @ts-ignore: decorator
  @inline
  square(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline
  atEdge(): bool {
    return false;
  }
}
class Oblong implements Windows {
  // @ts-ignore: decorator
  @inline
  square(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  atEdge(): bool {
    return false;
  }
}
class SquareAtEdge implements Windows {
  // @ts-ignore: decorator
  @inline
  square(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline
  atEdge(): bool {
    return true;
  }
}

// The vector beside the one at `p`. At an edge `p` may be before the memory's first byte: adding to it wraps around, which
// an offset of the instruction's own does not.
// @ts-ignore: decorator
@inline
function loadBeside<W extends Windows>(p: usize): v128 {
  return changetype<W>(0).atEdge() ? v128.load(p + 16) : v128.load(p, 16);
}

// Whether rows of outputs are done in pairs, which share two rows of three: maxima of 3 x 3 windows one apart. A sum would
// depend on which rows are a pair.
// @ts-ignore: decorator
@inline
function sharesRows<Op extends PoolOp, C extends Columns, W extends Windows>(): bool {
  const three1 = changetype<C>(0).stride() == 1 && changetype<C>(0).count() == 3;
  return three1 && changetype<W>(0).square() && !changetype<W>(0).atEdge() && changetype<Op>(0).observes();
}

// Two rows of outputs of such windows. Everything that is loaded is observed.
function twoRows<P, Op extends PoolOp>(
  p: usize,
  line: usize,
  q: usize,
  outStep: usize,
  outBytes: usize,
  seen: v128,
): v128 {
  const op = changetype<Op>(0);
  const last = q + outBytes - 16;
  let upper: v128 = i32x4.splat(0);
  let lower: v128 = upper;
  let alone = true;
  do {
    let row = p + line;
    const a = v128.load(p);
    const b = v128.load(row);
    row += line;
    const c = v128.load(row);
    const d = v128.load(row + line);
    seen = op.observe(seen, op.observe(op.observe(a, b), op.observe(c, d)));
    const middle = op.combine(b, c);
    const first = op.combine(a, middle);
    const second = op.combine(middle, d);
    if (!alone) {
      // The vectors before.
      v128.store(q - 16, alongThree<P, Op>(upper, first));
      v128.store(q - 16 + outStep, alongThree<P, Op>(lower, second));
    }
    upper = first;
    lower = second;
    alone = q + 16 > last;
    if (alone) {
      row = p + 16;
      const e = loadPair<P>(row);
      const f = loadPair<P>(row + line);
      const g = loadPair<P>(row + 2 * line);
      const h = loadPair<P>(row + 3 * line);
      seen = op.observe(seen, op.observe(op.observe(e, f), op.observe(g, h)));
      const beside = op.combine(f, g);
      v128.store(q, alongThree<P, Op>(upper, op.combine(e, beside)));
      v128.store(q + outStep, alongThree<P, Op>(lower, op.combine(beside, h)));
      if (q == last) break;
    }
    q += 16;
    p += 16;
    if (q > last) {
      p -= q - last;
      q = last;
    }
  } while (true);
  return seen;
}

// @ts-ignore: decorator
@inline
function alongThree<P, Op extends PoolOp>(first: v128, next: v128): v128 {
  const op = changetype<Op>(0);
  return op.combine(op.combine(first, after1<P>(first, next)), after2<P>(first, next));
}

// Rows of outputs in vectors, one at least. Returns whether anything observed was lost.
function inVectors<P, A, Op extends PoolOp, C extends Columns, W extends Windows>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const three = changetype<C>(0).count() == 3;
  const tail = changetype<C>(0).count() - stride;
  const step = (<usize>stride) << 4;
  const divisor = v128.load(rows.divisors);
  const head = changetype<W>(0).atEdge() && rows.left;
  const end = changetype<W>(0).atEdge() && rows.right;
  const exact = rows.exact;
  const lineStep = rows.lineStep;
  const slices = rows.slices;
  const sliceStep = rows.sliceStep;
  const lines = rows.lines;
  const rowStep = rows.rowStep;
  const outStep = rows.outStep;
  const outBytes = rows.outBytes;
  let seen: v128 = i32x4.splat(0);
  let x = rows.x;
  let y = rows.y;
  const count = rows.rows;
  const plane = rows.plane;
  const rowBytes = rows.rowBytes;
  const starts = rows.starts;
  const counts = rows.counts;
  const padding = rows.padding;
  for (let r = 0; r < count; r++, x += rowStep, y += outStep) {
    // Second and third row of square windows, in bytes from the first.
    let line1: usize = 0;
    let line2: usize = 0;
    if (changetype<W>(0).square()) {
      const at = (<usize>r) << 2;
      const start = load<i32>(starts + at);
      const lines = load<i32>(counts + at);
      x = plane + <usize>start * rowBytes;
      const nothing = padding - x;
      line1 = lines > 1 ? lineStep : nothing;
      line2 = lines > 2 ? 2 * lineStep : nothing;
      if (sharesRows<Op, C, W>() && r + 1 < count && lines == 3 && lineStep == rowBytes) {
        if (load<i32>(counts + at, 4) == 3 && load<i32>(starts + at, 4) == start + 1) {
          seen = twoRows<P, Op>(x, lineStep, y, outStep, outBytes, seen);
          y += outStep;
          r++;
          continue;
        }
      }
    }
    let p = x;
    let q = y;
    const last = y + outBytes - 16;
    // The columns of the vector before, which the first ones of the next complete.
    let first: v128 = i32x4.splat(0);
    let second: v128 = first;
    let alone = true;
    do {
      let a = loadHead<P, Op>(p, head);
      let b = stride == 2 ? op.lift(loadBeside<W>(p)) : a;
      // Second operands are joined before they are observed, to keep the chain of additions short.
      let lost: v128;
      if (changetype<W>(0).square()) {
        let row = p + line1;
        let v = loadHead<P, Op>(row, head);
        a = op.combine(a, v);
        lost = v;
        if (stride == 2) {
          v = op.lift(loadBeside<W>(row));
          b = op.combine(b, v);
          lost = op.observe(lost, v);
        }
        if (three) {
          row = p + line2;
          v = loadHead<P, Op>(row, head);
          a = op.combine(a, v);
          lost = op.observe(lost, v);
          if (stride == 2) {
            v = op.lift(loadBeside<W>(row));
            b = op.combine(b, v);
            lost = op.observe(lost, v);
          }
        }
      } else {
        lost = i32x4.splat(0);
        let row = p;
        let slice = p;
        for (let th = 1, td = 1; th < lines || td < slices; th++) {
          row += lineStep;
          if (th == lines) {
            th = 0;
            td++;
            slice += sliceStep;
            row = slice;
          }
          let v = loadHead<P, Op>(row, head);
          a = op.combine(a, v);
          lost = op.observe(lost, v);
          if (stride == 2) {
            v = op.lift(loadBeside<W>(row));
            b = op.combine(b, v);
            lost = op.observe(lost, v);
          }
        }
      }
      const next = stride == 2 ? even<P>(a, b) : a;
      if (tail > 0 && !changetype<W>(0).atEdge() && !alone) {
        // The vector before.
        const folded = alongRow<P, Op, C>(first, second, next);
        lost = op.observeResult(op.observe(lost, lostAlongRow<P, Op, C>(first, second, next)), folded);
        v128.store(q - 16, op.divides() ? op.finish(folded, divisor, exact) : folded);
      }
      first = next;
      second = stride == 2 ? odd<P>(a, b) : a;
      if (tail > 0 && !changetype<W>(0).atEdge() && q + 16 <= last) {
        seen = op.observe(seen, lost);
        alone = false;
      } else {
        let c = first;
        if (tail > 0) {
          c = loadTail<P, Op>(tail, p + step, end);
          if (changetype<W>(0).square()) {
            let v = loadTail<P, Op>(tail, p + step + line1, end);
            c = op.combine(c, v);
            lost = op.observe(lost, v);
            if (three) {
              v = loadTail<P, Op>(tail, p + step + line2, end);
              c = op.combine(c, v);
              lost = op.observe(lost, v);
            }
          } else {
            let row = p + step;
            let slice = row;
            for (let th = 1, td = 1; th < lines || td < slices; th++) {
              row += lineStep;
              if (th == lines) {
                th = 0;
                td++;
                slice += sliceStep;
                row = slice;
              }
              const v = loadTail<P, Op>(tail, row, end);
              c = op.combine(c, v);
              lost = op.observe(lost, v);
            }
          }
        }
        const folded = alongRow<P, Op, C>(first, second, c);
        lost = op.observeResult(op.observe(lost, lostAlongRow<P, Op, C>(first, second, c)), folded);
        seen = op.observe(seen, lost);
        v128.store(q, op.divides() ? op.finish(folded, divisor, exact) : folded);
        // At an edge there is but one vector.
        if (changetype<W>(0).atEdge() || q == last) break;
        alone = true;
      }
      q += 16;
      p += step;
      if (q > last) {
        p -= (q - last) * stride;
        q = last;
      }
    } while (true);
  }
  return flagged<A>(seen);
}

// Which windows `inVectors` is to do.
const enum Shape {
  Square,
  SquareAtEdge,
  Oblong,
}

// The columns and the stride that windows have, as one number.
// @ts-ignore: decorator
@inline
function columnsKey(columns: i32, stride: i32): i32 {
  return columns * 2 + stride - 5;
}

function vectorsOf<P, A, Op extends PoolOp>(key: i32, shape: Shape, rows: Rows): i32 {
  switch (key * 3 + shape) {
    case 0: return inVectors<P, A, Op, Two1, Square>(rows);
    case 2: return inVectors<P, A, Op, Two1, Oblong>(rows);
    case 3: return inVectors<P, A, Op, Two2, Square>(rows);
    case 5: return inVectors<P, A, Op, Two2, Oblong>(rows);
    case 6: return inVectors<P, A, Op, Three1, Square>(rows);
    case 7: return inVectors<P, A, Op, Three1, SquareAtEdge>(rows);
    case 8: return inVectors<P, A, Op, Three1, Oblong>(rows);
    case 9: return inVectors<P, A, Op, Three2, Square>(rows);
    case 10: return inVectors<P, A, Op, Three2, SquareAtEdge>(rows);
    default: return inVectors<P, A, Op, Three2, Oblong>(rows);
  }
}

// The same for ops of which there are square windows of stride 2 alone.
function squaresOf<P, A, Op extends PoolOp>(key: i32, shape: Shape, rows: Rows): i32 {
  if (key == columnsKey(2, 2)) return inVectors<P, A, Op, Two2, Square>(rows);
  if (shape == Shape.Square) return inVectors<P, A, Op, Three2, Square>(rows);
  return inVectors<P, A, Op, Three2, SquareAtEdge>(rows);
}

function vectors(reduction: Reduction, key: i32, shape: Shape, rows: Rows): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: return vectorsOf<f32, f32, MaxUnlessNaN<f32>>(key, shape, rows);
    case Reduction.MinF32UnlessNaN: return vectorsOf<f32, f32, MinUnlessNaN<f32>>(key, shape, rows);
    case Reduction.SumF32: return vectorsOf<f32, f32, Sum<f32>>(key, shape, rows);
    case Reduction.NormF32: return squaresOf<f32, f32, Norm<f32>>(key, shape, rows);
    case Reduction.MaxU8: return squaresOf<u8, u8, Max<u8>>(key, shape, rows);
    case Reduction.MaxI16: return squaresOf<i16, i16, Max<i16>>(key, shape, rows);
    default: return squaresOf<u32, u8, Max<u8>>(key, shape, rows);
  }
}

function oneByOne(plan: Plan, rows: Rows, down: f64): i32 {
  switch (plan.reduction) {
    case Reduction.MaxF32UnlessNaN: return alone<f32, f32, MaxUnlessNaN<f32>>(plan, rows, down);
    case Reduction.MinF32UnlessNaN: return alone<f32, f32, MinUnlessNaN<f32>>(plan, rows, down);
    case Reduction.SumF32: return alone<f32, f32, Sum<f32>>(plan, rows, down);
    case Reduction.NormF32: return alone<f32, f32, Norm<f32>>(plan, rows, down);
    case Reduction.MaxU8: return alone<u8, u8, Max<u8>>(plan, rows, down);
    case Reduction.MaxI16: return alone<i16, i16, Max<i16>>(plan, rows, down);
    default: return alone<u32, u8, Max<u8>>(plan, rows, down);
  }
}

// What padding holds, as of `PoolOp`.
function paddingOf(reduction: Reduction): v128 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: return changetype<MaxUnlessNaN<f32>>(0).padding();
    case Reduction.MinF32UnlessNaN: return changetype<MinUnlessNaN<f32>>(0).padding();
    case Reduction.SumF32: return changetype<Sum<f32>>(0).padding();
    case Reduction.NormF32: return changetype<Norm<f32>>(0).padding();
    case Reduction.MaxI16: return changetype<Max<i16>>(0).padding();
    default: return changetype<Max<u8>>(0).padding();
  }
}

// The words of the plan's header that are this kernel's own: the mirror of planesScratch in src/backends/words.ts.
@unmanaged
class Vectors {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of a position.
  size: i32;
  // Outputs [from, to) are done in vectors.
  from: i32;
  to: i32;
  // The first column of window 0, of the rule: -1 if that is padding.
  column: i32;
  // Windows 0 and last lack their outermost column, and each has a vector at its edge.
  left: i32;
  right: i32;
  // What vectors of whole windows are between, which may overlap those at the edges: none if `end` is 0.
  begin: i32;
  end: i32;
  // All rows of a plane can be done in one call: none of their windows is wholly in the padding, and nothing is divided.
  rows: i32;
}

// Places in the scratch, behind a vector of divisors: `Rows`, a row of padding.
const ROWS_AT: usize = 32;
const PADDING_AT: usize = 160;

// Output rows `from` to `to`, counted over the whole tensor, row-major.
export function planes(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const own = changetype<Vectors>(plan);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const size = <usize>own.size;
  const lanes = 16 / own.size;
  const columns = width.kernelSize;
  const stride = <usize>width.stride;
  const key = columnsKey(columns, width.stride);
  const sums = plan.reduction == Reduction.SumF32;
  const outputs = width.output;
  const rowBytes = <usize>width.input * size;
  const outStep = <usize>outputs * size;
  const sliceBytes = <usize>height.input * rowBytes;
  const rows = changetype<Rows>(scratch + ROWS_AT);
  rows.divisors = scratch;
  rows.outStep = outStep;
  rows.rowBytes = rowBytes;
  rows.sliceStep = <usize>depth.dilation * sliceBytes;
  rows.lineStep = <usize>height.dilation * rowBytes;

  const identity = scratch + PADDING_AT;
  const padding = paddingOf(plan.reduction);
  for (let at: usize = 0; at < rowBytes; at += 16) v128.store(identity + at, padding);

  const planeRows = <u32>(depth.output * height.output);
  let outer = <i32>(from / planeRows);
  let od = <i32>(from % planeRows) / height.output;
  let oh = <i32>(from % planeRows) % height.output;
  let out = y + <usize>from * outStep;
  let remaining = to - from;
  let lost = 0;
  while (remaining > 0) {
    const slices = countOf(plan, depth, od);
    const lines = countOf(plan, height, oh);
    const square = height.kernelSize == columns && slices == 1;
    // Rows of windows of one size, that start at one distance from each other; maxima of square windows of any rows.
    let count = own.rows && square ? height.output - oh : runOf(plan, height, oh);
    count = min<i32>(<i32>remaining, count);
    const start = startOf(plan, height, oh);
    const step = count > 1 ? startOf(plan, height, oh + 1) - start : 0;
    const slice = x + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes;
    const p = slice + <usize>start * rowBytes;
    rows.rowStep = <usize>step * rowBytes;
    rows.rows = count;
    rows.slices = slices;
    rows.lines = lines;
    rows.starts = changetype<usize>(plan) + height.starts + ((<usize>oh) << 2);
    rows.counts = changetype<usize>(plan) + height.counts + ((<usize>oh) << 2);
    const down: f64 = divisorOf(plan, depth, od) * divisorOf(plan, height, oh);
    const inVectors = slices * lines > 0 && own.to > own.from;
    rows.doneFrom = inVectors ? own.from : 0;
    rows.doneTo = inVectors ? own.to : 0;
    if (inVectors) {
      const column = <usize>own.column * size;
      if (columns == 3 && square) {
        rows.outBytes = 16;
        rows.exact = false;
        for (let edge = 0; edge < 2; edge++) {
          rows.left = edge == 0 && own.left != 0;
          rows.right = own.right != 0 && (edge == 1 ? own.left == 0 || outputs > lanes : outputs == lanes);
          if (!rows.left && !rows.right) continue;
          const o = edge == 0 ? 0 : outputs - lanes;
          const at = column + <usize>o * size * stride;
          rows.plane = slice + at;
          rows.padding = identity + at;
          rows.y = out + <usize>o * size;
          if (sums) {
            for (let lane = 0; lane < 4; lane++) store<f32>(scratch + (<usize>lane << 2), <f32>(down * divisorOf(plan, width, o + lane)));
          }
          lost |= vectors(plan.reduction, key, Shape.SquareAtEdge, rows);
        }
      }
      if (!square) {
        rows.doneFrom = own.begin;
        rows.doneTo = own.end;
      }
      if (own.end > 0) {
        const at = column + <usize>own.begin * size * stride;
        rows.plane = slice + at;
        rows.padding = identity + at;
        rows.x = p + at;
        rows.y = out + <usize>own.begin * size;
        rows.outBytes = <usize>(own.end - own.begin) * size;
        if (sums) {
          const by = down * divisorOf(plan, width, own.begin);
          rows.exact = isPowerOfTwo(by);
          v128.store(scratch, f32x4.splat(<f32>(rows.exact ? 1 / by : by)));
        }
        lost |= vectors(plan.reduction, key, square ? Shape.Square : Shape.Oblong, rows);
      }
    }
    if (rows.doneTo - rows.doneFrom < outputs) {
      rows.plane = slice;
      rows.y = out;
      lost |= oneByOne(plan, rows, down);
    }
    remaining -= count;
    oh += count;
    out += <usize>count * outStep;
    if (oh == height.output) {
      oh = 0;
      if (++od == depth.output) {
        od = 0;
        outer++;
      }
    }
  }
  return lost;
}
