// Narrow windows over planes in registers: channels first, windows two or three positions wide, one or two apart.
//
// For a vector of neighbouring outputs, the rows of the window are folded column by column into vectors, and those are
// folded along the row by shuffles: no partial result goes through memory, so that small planes are as fast as large ones.
// The last vector of a row overlaps the one before; windows that padding clips, and rows of fewer outputs than a vector
// has, are done one at a time.
//
// Order of operations: the rows of each column, top to bottom, then the columns, left to right. It is the same in vectors
// and one at a time, so it depends on the window alone. What is loaded is taps of the vector's outputs and nothing else.
import { Columns } from './columns';
import { after1, after2, even, first1, last1, loadPair, loadPosition, odd, storePosition } from './lanes';
import { flagged, isPowerOfTwo, PoolOp } from './ops';
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, runOf, startOf, widthOf } from './plan';

// Padding, beside or below a row. That of a sum is -0, which leaves every sum as it is, a sum of -0 included: a window
// done in a vector gets the same bits as one done alone, where there is no padding.
// @ts-ignore: decorator
@inline
function padding<P, Op extends PoolOp>(): v128 {
  return changetype<Op>(0).divides() ? v128.splat<P>(<P>-0.0) : changetype<Op>(0).identity();
}

// A row's columns for a vector of outputs: a first vector, which begins one position before the row where `clipped`, ...
// @ts-ignore: decorator
@inline
function loadHead<P, Op extends PoolOp>(p: usize, clipped: bool): v128 {
  const op = changetype<Op>(0);
  return clipped ? last1<P>(padding<P, Op>(), op.lift(v128.load(p + sizeof<P>()))) : op.lift(v128.load(p));
}

// ... and one or two columns behind the vector's last stride, of which the last is behind the row where `clipped`.
// @ts-ignore: decorator
@inline
function loadTail<P, Op extends PoolOp>(columns: i32, p: usize, clipped: bool): v128 {
  const op = changetype<Op>(0);
  if (columns == 1) return clipped ? padding<P, Op>() : op.lift(loadPosition<P>(p));
  return clipped ? first1<P>(op.lift(loadPosition<P>(p)), padding<P, Op>()) : op.lift(loadPair<P>(p));
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

// Up to three columns from `p` on of one window, in each of `lines` rows of `slices` slices. Returns what was observed.
function one<P, A, Op extends PoolOp>(
  p: usize,
  slices: i32,
  sliceStep: usize,
  lines: i32,
  lineStep: usize,
  columns: i32,
  out: usize,
  divisor: f64,
  seen: v128,
): v128 {
  const op = changetype<Op>(0);
  let folded = op.identity();
  if (columns > 0) {
    let a = op.identity();
    let b = op.identity();
    for (let td = 0; td < slices; td++, p += sliceStep) {
      let row = p;
      for (let th = 0; th < lines; th++, row += lineStep) {
        let v = op.lift(loadPosition<P>(row));
        if (columns > 1) v = op.lift(loadPair<P>(row));
        a = td + th == 0 ? op.begin(v) : op.combine(a, v);
        seen = op.observe(seen, v);
        if (columns == 3) {
          v = op.lift(loadPosition<P>(row + 2 * sizeof<P>()));
          b = td + th == 0 ? op.begin(v) : op.combine(b, v);
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
  }
  if (op.divides()) folded = op.finish(folded, v128.splat<A>(<A>divisor), false);
  storePosition<P>(out, folded);
  return seen;
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

// `rows` rows of outputs, a vector of them at least, of windows whose second and third row, if they are square, are `line1`
// and `line2` bytes from the first; else they have `slices` times `lines` rows. At an edge, the first
// window's first column is padding if `left`, and the last window's last one if `right`. `by` points to the vector of
// divisors, or of reciprocals if `exact`.
function inVectors<P, A, Op extends PoolOp, C extends Columns, W extends Windows>(
  x: usize,
  rowStep: usize,
  line1: usize,
  line2: usize,
  slices: i32,
  sliceStep: usize,
  lines: i32,
  y: usize,
  outStep: usize,
  outBytes: usize,
  rows: i32,
  left: bool,
  right: bool,
  by: usize,
  exact: bool,
  seen: v128,
): v128 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const three = changetype<C>(0).count() == 3;
  const tail = changetype<C>(0).count() - stride;
  const step = (<usize>stride) << 4;
  const divisor = v128.load(by);
  const head = changetype<W>(0).atEdge() && left;
  const end = changetype<W>(0).atEdge() && right;
  for (; rows > 0; rows--, x += rowStep, y += outStep) {
    let p = x;
    let q = y;
    const last = y + outBytes - 16;
    // The columns of the vector before, which the first ones of the next complete.
    let first: v128 = i32x4.splat(0);
    let second: v128 = first;
    let alone = true;
    do {
      let a = op.begin(loadHead<P, Op>(p, head));
      let b = stride == 2 ? op.begin(op.lift(loadBeside<W>(p))) : a;
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
          row += line1;
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
      if (!alone) {
        // The vector before.
        const folded = alongRow<P, Op, C>(first, second, next);
        lost = op.observe(lost, lostAlongRow<P, Op, C>(first, second, next));
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
          c = op.begin(loadTail<P, Op>(tail, p + step, end));
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
              row += line1;
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
        lost = op.observe(lost, lostAlongRow<P, Op, C>(first, second, c));
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
  return seen;
}

// What fits the first-level cache, read in order: a processor fetches one stream of addresses from memory faster than the
// streams of several rows.
const AHEAD_BYTES: i32 = 16384;
function readAhead(p: usize, end: usize): i32 {
  let sum = 0;
  for (; p < end; p += 64) sum += load<i32>(p);
  return sum;
}

// The product of `divisor` and the divisors of a vector of outputs from `o` on.
// @ts-ignore: decorator
@inline
function storeDivisors<A>(to: usize, plan: Plan, width: Axis, o: i32, divisor: f64): void {
  for (let lane = 0; lane < 16 / sizeof<A>(); lane++) {
    store<A>(to + <usize>lane * sizeof<A>(), <A>(divisor * divisorOf(plan, width, o + lane)));
  }
}

// The words of the plan's header that are this kernel's own: the mirror of planesScratch in src/backends/words.ts.
@unmanaged
class Vectors {
  outer: i32;
  inner: i32;
  cold: i32;
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
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. The scratch takes a vector of divisors, a word, and
// from its third vector on a row of padding.
export function planes<P, A, Op extends PoolOp, C extends Columns>(
  plan: Plan,
  x: usize,
  y: usize,
  scratch: usize,
  from: u32,
  to: u32,
): i32 {
  const op = changetype<Op>(0);
  const vectors = changetype<Vectors>(plan);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const size: usize = sizeof<P>();
  const lanes = 16 / sizeof<P>();
  const columns = changetype<C>(0).count();
  const stride = <usize>changetype<C>(0).stride();
  const outputs = width.output;
  const rowBytes = <usize>width.input * size;
  const outStep = <usize>outputs * size;
  const lineStep = <usize>height.dilation * rowBytes;
  const sliceBytes = <usize>height.input * rowBytes;
  const sliceStep = <usize>depth.dilation * sliceBytes;

  const identity = scratch + 32;
  for (let at: usize = 0; at < rowBytes; at += 16) v128.store(identity + at, padding<P, Op>());

  const planeRows = <u32>(depth.output * height.output);
  let outer = <i32>(from / planeRows);
  let od = <i32>(from % planeRows) / height.output;
  let oh = <i32>(from % planeRows) % height.output;
  let out = y + <usize>from * outStep;
  let remaining = to - from;
  let seen: v128 = i32x4.splat(0);
  while (remaining > 0) {
    // Rows of windows of one size, that start at one distance from each other.
    const slices = countOf(plan, depth, od);
    const lines = countOf(plan, height, oh);
    const taps = slices * lines;
    const square = height.kernelSize == columns && slices == 1;
    let rows = min<i32>(<i32>remaining, runOf(plan, height, oh));
    const start = startOf(plan, height, oh);
    const step = rows > 1 ? startOf(plan, height, oh + 1) - start : 0;

    let p = x + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes + <usize>start * rowBytes;
    const rowStep = <usize>step * rowBytes;
    // The row that stands for those which padding takes does not move on with the others.
    if (square && lines < columns) rows = 1;
    if (plan.cold) {
      rows = min(rows, max(1, AHEAD_BYTES / <i32>max<usize>(1, rowStep)));
      // Kept, so that no compiler leaves the reading out.
      store<i32>(scratch, readAhead(p, p + <usize>rows * rowStep), 16);
    }
    const divisor: f64 = op.divides() ? divisorOf(plan, depth, od) * divisorOf(plan, height, oh) : 1;
    const inVector = taps > 0 && vectors.to > vectors.from;
    let doneFrom = inVector ? vectors.from : 0;
    let doneTo = inVector ? vectors.to : 0;
    if (inVector) {
      const first = p + <usize>vectors.column * size;
      const nothing = identity - p;
      const line1: usize = lines > 1 || !square ? lineStep : nothing;
      const line2: usize = lines > 2 ? 2 * lineStep : nothing;
      if (columns == 3 && square) {
        for (let edge = 0; edge < 2; edge++) {
          const left = edge == 0 && vectors.left != 0;
          const right = vectors.right != 0 && (edge == 1 ? vectors.left == 0 || outputs > lanes : outputs == lanes);
          if (!left && !right) continue;
          const o = edge == 0 ? 0 : outputs - lanes;
          const at = <usize>o * size;
          if (op.divides()) storeDivisors<A>(scratch, plan, width, o, divisor);
          seen = inVectors<P, A, Op, C, SquareAtEdge>(first + at * stride, rowStep, line1, line2, 1, 0, 0, out + at, outStep, 16, rows, left, right, scratch, false, seen);
        }
      }
      if (!square) {
        doneFrom = vectors.begin;
        doneTo = vectors.end;
      }
      if (vectors.end > 0) {
        const at = <usize>vectors.begin * size;
        const bytes = <usize>(vectors.end - vectors.begin) * size;
        let exact = false;
        if (op.divides()) {
          const by = divisor * divisorOf(plan, width, vectors.begin);
          exact = isPowerOfTwo(by);
          v128.store(scratch, v128.splat<A>(<A>(exact ? 1 / by : by)));
        }
        seen = square
          ? inVectors<P, A, Op, C, Square>(first + at * stride, rowStep, line1, line2, 1, 0, 0, out + at, outStep, bytes, rows, false, false, scratch, exact, seen)
          : inVectors<P, A, Op, C, Oblong>(first + at * stride, rowStep, line1, 0, slices, sliceStep, lines, out + at, outStep, bytes, rows, false, false, scratch, exact, seen);
      }
    }
    remaining -= rows;
    oh += rows;
    if (doneTo - doneFrom < outputs) {
      for (let r = rows; r > 0; r--, p += rowStep, out += outStep) {
        for (let o = 0; o < outputs; o++) {
          if (o == doneFrom && doneTo > 0) {
            o = doneTo;
            if (o == outputs) break;
          }
          const count = taps > 0 ? countOf(plan, width, o) : 0;
          const at = p + <usize>startOf(plan, width, o) * size;
          const by = divisor * divisorOf(plan, width, o);
          seen = one<P, A, Op>(at, slices, sliceStep, lines, lineStep, count, out + <usize>o * size, by, seen);
        }
      }
    } else {
      out += <usize>rows * outStep;
    }
    if (oh == height.output) {
      oh = 0;
      if (++od == depth.output) {
        od = 0;
        outer++;
      }
    }
  }
  return flagged<A>(seen);
}
