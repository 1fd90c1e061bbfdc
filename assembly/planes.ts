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
  // Whether none lacks any, so that they are `rowStep` apart from `x` on.
  steady: bool;
  // All others: the first output's first tap, and from one row to the next; they have `lines` rows in each of `slices`
  // slices.
  x: usize;
  rowStep: usize;
  slices: i32;
  sliceStep: usize;
  lines: i32;
  // From a row of a window to the next.
  lineStep: usize;
  // Vectors of whole windows: from which byte of a row of outputs on, how many bytes.
  begin: usize;
  outBytes: usize;
  // Vectors at the edges; see `Own`. The one at the right is so many bytes from the row's start.
  edgeFrom: i32;
  edgeTo: i32;
  lastAt: usize;
  single: bool;
  // A vector of divisors, and one for each edge.
  divisors: usize;
  // Where rows have divisors of their own that those are to be multiplied by, f64; and what all have.
  downs: usize;
  down: f64;
  // Of outputs one at a time: those that vectors have done.
  doneFrom: i32;
  doneTo: i32;
}

// The outputs that are not done in vectors, one at a time. Returns whether anything observed was lost.
function alone<P, A, Op extends PoolOp>(plan: Plan, rows: Rows): i32 {
  const op = changetype<Op>(0);
  const width = widthOf(plan);
  const size: usize = sizeof<P>();
  const slices = rows.slices;
  const sliceStep = rows.sliceStep;
  const lineStep = rows.lineStep;
  let seen: v128 = i32x4.splat(0);
  let lines = rows.lines;
  let x = rows.x;
  let y = rows.y;
  for (let r = 0; r < rows.rows; r++, x += rows.rowStep, y += rows.outStep) {
    if (!rows.steady) {
      lines = load<i32>(rows.counts + ((<usize>r) << 2));
      x = rows.plane + <usize>load<i32>(rows.starts + ((<usize>r) << 2)) * rows.rowBytes;
    }
    const down = op.divides() && rows.downs != 0 ? rows.down * load<f64>(rows.downs + ((<usize>r) << 3)) : rows.down;
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

// What else is the same for all windows of a call, as a constant at compile time.
interface Windows {
  // As many rows as columns, all in one slice: then their loop is unrolled, and rows that padding takes are identity.
  square(): bool;
}
class Square implements Windows {
  // @ts-ignore: decorator
  @inline
  square(): bool {
    return true;
  }
}
class Oblong implements Windows {
  // @ts-ignore: decorator
  @inline
  square(): bool {
    return false;
  }
}

// Whether rows of outputs are done in pairs, which share two rows of three: maxima of 3 x 3 windows one apart. A sum would
// depend on which rows are a pair.
// @ts-ignore: decorator
@inline
function sharesRows<Op extends PoolOp, C extends Columns, W extends Windows>(): bool {
  const three1 = changetype<C>(0).stride() == 1 && changetype<C>(0).count() == 3;
  return three1 && changetype<W>(0).square() && changetype<Op>(0).observes();
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

// A vector of outputs of 3 x 3 windows, of which the first lacks its first column if `head`, and the last its last if `end`.
// `p` may be before the memory's first byte: adding to it wraps around, which an offset of the instruction's own does not.
// @ts-ignore: decorator
@inline
function edge<P, A, Op extends PoolOp, C extends Columns>(
  p: usize,
  line1: usize,
  line2: usize,
  head: bool,
  end: bool,
  q: usize,
  divisor: v128,
  seen: v128,
): v128 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const tail = 3 - stride;
  const behind = p + ((<usize>stride) << 4);
  let a = loadHead<P, Op>(p, head);
  let v = loadHead<P, Op>(p + line1, head);
  let w = loadHead<P, Op>(p + line2, head);
  let lost = op.observe(v, w);
  a = op.combine(op.combine(a, v), w);
  let b = a;
  if (stride == 2) {
    const beside = p + 16;
    b = op.lift(v128.load(beside));
    v = op.lift(v128.load(beside + line1));
    w = op.lift(v128.load(beside + line2));
    lost = op.observe(lost, op.observe(v, w));
    b = op.combine(op.combine(b, v), w);
  }
  let c = loadTail<P, Op>(tail, behind, end);
  v = loadTail<P, Op>(tail, behind + line1, end);
  w = loadTail<P, Op>(tail, behind + line2, end);
  lost = op.observe(lost, op.observe(v, w));
  c = op.combine(op.combine(c, v), w);
  const first = stride == 2 ? even<P>(a, b) : a;
  const second = stride == 2 ? odd<P>(a, b) : a;
  const folded = alongRow<P, Op, C>(first, second, c);
  lost = op.observeResult(op.observe(lost, lostAlongRow<P, Op, C>(first, second, c)), folded);
  v128.store(q, op.divides() ? op.finish(folded, divisor, false) : folded);
  return op.observe(seen, lost);
}

// Rows of outputs in vectors, one at least. Returns whether anything observed was lost.
function inVectors<P, A, Op extends PoolOp, C extends Columns, W extends Windows>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const three = changetype<C>(0).count() == 3;
  const tail = changetype<C>(0).count() - stride;
  const step = (<usize>stride) << 4;
  let down = f32x4.splat(<f32>rows.down);
  let divisor = f32x4.mul(v128.load(rows.divisors), down);
  // A division by a power of two is the same as a multiplication.
  const exact = op.divides() && rows.downs == 0 && isPowerOfTwo(f32x4.extract_lane(divisor, 0));
  if (exact) divisor = f32x4.div(f32x4.splat(1), divisor);
  const lineStep = rows.lineStep;
  const lines = rows.lines;
  let seen: v128 = i32x4.splat(0);
  let x = rows.x;
  let y = rows.y;
  const count = rows.rows;
  let pairs = true;
  let isDone = false;
  for (let r = 0; r < count; r++, x += rows.rowStep, y += rows.outStep) {
    if (op.divides() && rows.downs != 0) {
      down = f32x4.splat(<f32>(rows.down * load<f64>(rows.downs + ((<usize>r) << 3))));
      divisor = f32x4.mul(v128.load(rows.divisors), down);
    }
    // Second and third row of square windows, in bytes from the first.
    let line1 = lineStep;
    let line2: usize = 2 * lineStep;
    if (changetype<W>(0).square() && !rows.steady) {
      const at = (<usize>r) << 2;
      const start = load<i32>(rows.starts + at);
      const lines = load<i32>(rows.counts + at);
      x = rows.plane + <usize>start * rows.rowBytes;
      const nothing = rows.padding - x;
      if (lines < 2) line1 = nothing;
      if (lines < 3) line2 = nothing;
      // Neither this row of windows nor the next one is clipped.
      if (sharesRows<Op, C, W>()) pairs = lines == 3 && r + 1 < count && load<i32>(rows.counts + at, 4) == 3;
    }
    if (three && changetype<W>(0).square()) {
      for (let at = rows.edgeFrom; at < rows.edgeTo; at++) {
        const outputs: usize = at == 0 ? 0 : rows.lastAt;
        const end = at == 1 || rows.single;
        const by = op.divides() ? f32x4.mul(v128.load(rows.divisors + 16 + (<usize>at << 4)), down) : divisor;
        seen = edge<P, A, Op, C>(x + outputs * stride, line1, line2, at == 0, end, y + outputs, by, seen);
      }
      if (rows.outBytes == 0) continue;
    }
    if (sharesRows<Op, C, W>()) {
      if (isDone) {
        isDone = false;
        continue;
      }
      if (pairs && r + 1 < count && rows.rowStep == rows.rowBytes && lineStep == rows.rowBytes) {
        seen = twoRows<P, Op>(x + rows.begin * stride, lineStep, y + rows.begin, rows.outStep, rows.outBytes, seen);
        isDone = true;
        continue;
      }
    }
    let p = x + rows.begin * stride;
    let q = y + rows.begin;
    const last = q + rows.outBytes - 16;
    // The columns of the vector before, which the first ones of the next complete.
    let first: v128 = i32x4.splat(0);
    let second: v128 = first;
    let alone = true;
    do {
      let a = op.lift(v128.load(p));
      let b = stride == 2 ? op.lift(v128.load(p, 16)) : a;
      // Second operands are joined before they are observed, to keep the chain of additions short.
      let lost: v128;
      if (changetype<W>(0).square()) {
        let row = p + line1;
        let v = op.lift(v128.load(row));
        a = op.combine(a, v);
        lost = v;
        if (stride == 2) {
          v = op.lift(v128.load(row, 16));
          b = op.combine(b, v);
          lost = op.observe(lost, v);
        }
        if (three) {
          row = p + line2;
          v = op.lift(v128.load(row));
          a = op.combine(a, v);
          lost = op.observe(lost, v);
          if (stride == 2) {
            v = op.lift(v128.load(row, 16));
            b = op.combine(b, v);
            lost = op.observe(lost, v);
          }
        }
      } else {
        lost = i32x4.splat(0);
        let row = p;
        let slice = p;
        for (let th = 1, td = 1; th < lines || td < rows.slices; th++) {
          row += lineStep;
          if (th == lines) {
            th = 0;
            td++;
            slice += rows.sliceStep;
            row = slice;
          }
          let v = op.lift(v128.load(row));
          a = op.combine(a, v);
          lost = op.observe(lost, v);
          if (stride == 2) {
            v = op.lift(v128.load(row, 16));
            b = op.combine(b, v);
            lost = op.observe(lost, v);
          }
        }
      }
      const next = stride == 2 ? even<P>(a, b) : a;
      if (tail > 0 && !alone) {
        // The vector before.
        const folded = alongRow<P, Op, C>(first, second, next);
        lost = op.observeResult(op.observe(lost, lostAlongRow<P, Op, C>(first, second, next)), folded);
        v128.store(q - 16, op.divides() ? op.finish(folded, divisor, exact) : folded);
      }
      first = next;
      second = stride == 2 ? odd<P>(a, b) : a;
      if (tail > 0 && q + 16 <= last) {
        seen = op.observe(seen, lost);
        alone = false;
      } else {
        let c = first;
        if (tail > 0) {
          c = loadTail<P, Op>(tail, p + step, false);
          if (changetype<W>(0).square()) {
            let v = loadTail<P, Op>(tail, p + step + line1, false);
            c = op.combine(c, v);
            lost = op.observe(lost, v);
            if (three) {
              v = loadTail<P, Op>(tail, p + step + line2, false);
              c = op.combine(c, v);
              lost = op.observe(lost, v);
            }
          } else {
            let row = p + step;
            let slice = row;
            for (let th = 1, td = 1; th < lines || td < rows.slices; th++) {
              row += lineStep;
              if (th == lines) {
                th = 0;
                td++;
                slice += rows.sliceStep;
                row = slice;
              }
              const v = loadTail<P, Op>(tail, row, false);
              c = op.combine(c, v);
              lost = op.observe(lost, v);
            }
          }
        }
        const folded = alongRow<P, Op, C>(first, second, c);
        lost = op.observeResult(op.observe(lost, lostAlongRow<P, Op, C>(first, second, c)), folded);
        seen = op.observe(seen, lost);
        v128.store(q, op.divides() ? op.finish(folded, divisor, exact) : folded);
        if (q == last) break;
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

// The columns and the stride that windows have, as one number.
// @ts-ignore: decorator
@inline
function columnsKey(columns: i32, stride: i32): i32 {
  return columns * 2 + stride - 5;
}

function vectorsOf<P, A, Op extends PoolOp>(key: i32, square: bool, rows: Rows): i32 {
  switch (key * 2 + i32(square)) {
    // Of windows two columns wide, one apart, there are square ones alone.
    case 0:
    case 1: return inVectors<P, A, Op, Two1, Square>(rows);
    case 2: return inVectors<P, A, Op, Two2, Oblong>(rows);
    case 3: return inVectors<P, A, Op, Two2, Square>(rows);
    case 4: return inVectors<P, A, Op, Three1, Oblong>(rows);
    case 5: return inVectors<P, A, Op, Three1, Square>(rows);
    case 6: return inVectors<P, A, Op, Three2, Oblong>(rows);
    default: return inVectors<P, A, Op, Three2, Square>(rows);
  }
}

// The same for ops of which there are square windows of stride 2 alone.
function squaresOf<P, A, Op extends PoolOp>(key: i32, rows: Rows): i32 {
  if (key == columnsKey(2, 2)) return inVectors<P, A, Op, Two2, Square>(rows);
  return inVectors<P, A, Op, Three2, Square>(rows);
}

function vectors(reduction: Reduction, key: i32, square: bool, rows: Rows): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: return vectorsOf<f32, f32, MaxUnlessNaN<f32>>(key, square, rows);
    case Reduction.MinF32UnlessNaN: return vectorsOf<f32, f32, MinUnlessNaN<f32>>(key, square, rows);
    case Reduction.SumF32: return vectorsOf<f32, f32, Sum<f32>>(key, square, rows);
    case Reduction.NormF32: return squaresOf<f32, f32, Norm<f32>>(key, rows);
    case Reduction.MaxU8: return squaresOf<u8, u8, Max<u8>>(key, rows);
    case Reduction.MaxI16: return squaresOf<i16, i16, Max<i16>>(key, rows);
    default: return squaresOf<u32, u8, Max<u8>>(key, rows);
  }
}

function oneByOne(plan: Plan, rows: Rows): i32 {
  switch (plan.reduction) {
    case Reduction.MaxF32UnlessNaN: return alone<f32, f32, MaxUnlessNaN<f32>>(plan, rows);
    case Reduction.MinF32UnlessNaN: return alone<f32, f32, MinUnlessNaN<f32>>(plan, rows);
    case Reduction.SumF32: return alone<f32, f32, Sum<f32>>(plan, rows);
    case Reduction.NormF32: return alone<f32, f32, Norm<f32>>(plan, rows);
    case Reduction.MaxU8: return alone<u8, u8, Max<u8>>(plan, rows);
    case Reduction.MaxI16: return alone<i16, i16, Max<i16>>(plan, rows);
    default: return alone<u32, u8, Max<u8>>(plan, rows);
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
class Own {
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
  // Vectors at edges, whose first window lacks its first column (0) or whose last lacks its last (1): [edgeFrom, edgeTo).
  edgeFrom: i32;
  edgeTo: i32;
  // The one at the left is at the right, too.
  single: i32;
  // What vectors of whole windows are between, which may overlap those at the edges: none if `end` is 0.
  begin: i32;
  end: i32;
  // How many rows of outputs can be done in one call.
  rows: Together;
}

// Those with windows of one size; square ones, of a whole plane, of which none is wholly in the padding; those of all
// planes, which are all alike and as far from each other as from the ones of the next plane.
const enum Together {
  Run,
  Plane,
  All,
}

// Places in the scratch, behind three vectors of divisors: `Rows`, a row of padding.
const ROWS_AT: usize = 48;
const PADDING_AT: usize = 224;

// Output rows `from` to `to`, counted over the whole tensor, row-major.
export function planes(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const own = changetype<Own>(plan);
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

  rows.edgeFrom = own.edgeFrom;
  rows.single = own.single != 0;
  rows.lastAt = <usize>(outputs - lanes) * size;
  rows.begin = <usize>own.begin * size;
  rows.outBytes = own.end > 0 ? <usize>(own.end - own.begin) * size : 0;
  // The divisors of columns: of all that are between the edges, and at either edge.
  if (sums && own.to > own.from) {
    v128.store(scratch, f32x4.splat(<f32>divisorOf(plan, width, min(own.begin, outputs - 1))));
    for (let lane = 0; lane < 4; lane++) {
      const to = scratch + (<usize>lane << 2);
      store<f32>(to, own.edgeFrom == 0 && own.edgeTo > 0 ? <f32>divisorOf(plan, width, lane) : 1, 16);
      store<f32>(to, own.edgeTo == 2 ? <f32>divisorOf(plan, width, outputs - lanes + lane) : 1, 32);
    }
  }

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
    // Rows of windows of one size, that start at one distance from each other; or more of them.
    let count = own.rows == Together.All ? <i32>remaining : own.rows == Together.Plane ? height.output - oh : runOf(plan, height, oh);
    count = min<i32>(<i32>remaining, count);
    const start = startOf(plan, height, oh);
    const step = square ? height.stride : count > 1 ? startOf(plan, height, oh + 1) - start : 0;
    rows.steady = own.rows == Together.All || (lines == columns && countOf(plan, height, oh + count - 1) == columns);
    const slice = x + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes;
    const p = slice + <usize>start * rowBytes;
    rows.rowStep = <usize>step * rowBytes;
    rows.rows = count;
    rows.slices = slices;
    rows.lines = lines;
    rows.starts = changetype<usize>(plan) + height.starts + ((<usize>oh) << 2);
    rows.counts = changetype<usize>(plan) + height.counts + ((<usize>oh) << 2);
    rows.down = divisorOf(plan, depth, od);
    rows.downs = changetype<usize>(plan) + height.divisors + ((<usize>oh) << 3);
    if (rows.steady || own.rows == Together.Run) {
      rows.down *= divisorOf(plan, height, oh);
      rows.downs = 0;
    }
    const inVectors = slices * lines > 0 && own.to > own.from;
    rows.doneFrom = inVectors ? own.from : 0;
    rows.doneTo = inVectors ? own.to : 0;
    if (inVectors) {
      const column = <usize>own.column * size;
      rows.plane = slice + column;
      rows.padding = identity + column;
      rows.x = p + column;
      rows.y = out;
      rows.edgeTo = square && columns == 3 ? own.edgeTo : 0;
      if (!square) {
        rows.doneFrom = own.begin;
        rows.doneTo = own.end;
      }
      if (rows.edgeTo > rows.edgeFrom || own.end > 0) lost |= vectors(plan.reduction, key, square, rows);
    }
    if (rows.doneTo - rows.doneFrom < outputs) {
      rows.plane = slice;
      rows.x = p;
      rows.y = out;
      lost |= oneByOne(plan, rows);
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
