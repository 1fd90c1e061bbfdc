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
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, startOf, widthOf } from './plan';

// A row's columns for a vector of outputs: a first vector, which begins one position before the row where `clipped`, ...
// @ts-ignore: decorator
@inline
function loadHead<P, Op extends PoolOp>(p: usize, clipped: bool): v128 {
  const op = changetype<Op>(0);
  return clipped ? last1<P>(op.identity(), op.lift(v128.load(p + sizeof<P>()))) : op.lift(v128.load(p));
}

// ... and one or two columns behind the vector's last stride, of which the last is behind the row where `clipped`.
// @ts-ignore: decorator
@inline
function loadTail<P, Op extends PoolOp>(columns: i32, p: usize, clipped: bool): v128 {
  const op = changetype<Op>(0);
  if (columns == 1) return clipped ? op.identity() : op.lift(loadPosition<P>(p));
  return clipped ? first1<P>(op.lift(loadPosition<P>(p)), op.identity()) : op.lift(loadPair<P>(p));
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
  // As many rows as columns, all in one slice: then their loop is unrolled.
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
class AtEdge implements Windows {
  // @ts-ignore: decorator
  @inline
  square(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  atEdge(): bool {
    return true;
  }
}

// `rows` rows of outputs, a vector of them at least, of windows of `slices` times `lines` rows. At an edge, the first
// window's first column is padding if `left`, and the last window's last one if `right`. `by` points to the vector of
// divisors, or of reciprocals if `exact`.
function inVectors<P, A, Op extends PoolOp, C extends Columns, W extends Windows>(
  x: usize,
  rowStep: usize,
  slices: i32,
  sliceStep: usize,
  lines: i32,
  lineStep: usize,
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
      let b = stride == 2 ? op.begin(op.lift(v128.load(p, 16))) : a;
      // Second operands are joined before they are observed, to keep the chain of additions short.
      let lost: v128;
      if (changetype<W>(0).square()) {
        let row = p + lineStep;
        let v = loadHead<P, Op>(row, head);
        a = op.combine(a, v);
        lost = v;
        if (stride == 2) {
          v = op.lift(v128.load(row, 16));
          b = op.combine(b, v);
          lost = op.observe(lost, v);
        }
        if (three) {
          row += lineStep;
          v = loadHead<P, Op>(row, head);
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
        for (let td = 0; td < slices; td++) {
          let row = p + <usize>td * sliceStep;
          for (let th = 0; th < lines; th++, row += lineStep) {
            if (td + th == 0) continue;
            let v = loadHead<P, Op>(row, head);
            a = op.combine(a, v);
            lost = op.observe(lost, v);
            if (stride == 2) {
              v = op.lift(v128.load(row, 16));
              b = op.combine(b, v);
              lost = op.observe(lost, v);
            }
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
            let v = loadTail<P, Op>(tail, p + step + lineStep, end);
            c = op.combine(c, v);
            lost = op.observe(lost, v);
            if (three) {
              v = loadTail<P, Op>(tail, p + step + 2 * lineStep, end);
              c = op.combine(c, v);
              lost = op.observe(lost, v);
            }
          } else {
            for (let td = 0; td < slices; td++) {
              let row = p + step + <usize>td * sliceStep;
              for (let th = 0; th < lines; th++, row += lineStep) {
                if (td + th == 0) continue;
                const v = loadTail<P, Op>(tail, row, end);
                c = op.combine(c, v);
                lost = op.observe(lost, v);
              }
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

// The product of `divisor` and the divisors of a vector of outputs from `o` on.
// @ts-ignore: decorator
@inline
function storeDivisors<A>(to: usize, plan: Plan, width: Axis, o: i32, divisor: f64): void {
  for (let lane = 0; lane < 16 / sizeof<A>(); lane++) {
    store<A>(to + <usize>lane * sizeof<A>(), <A>(divisor * divisorOf(plan, width, o + lane)));
  }
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. The scratch takes a vector of divisors.
export function planes<P, A, Op extends PoolOp, C extends Columns>(
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

  // Outputs [low, high) have whole windows. Of windows of three columns, one at each end that lacks its outermost is done
  // in a vector as well.
  let low = 0;
  while (low < outputs && countOf(plan, width, low) < columns) low++;
  let high = outputs;
  while (high > low && countOf(plan, width, high - 1) < columns) high--;
  const whole = high > low;
  let left = columns == 3 && whole && low == 1 && countOf(plan, width, 0) == 2 && startOf(plan, width, 0) == 0;
  let right = columns == 3 && whole && high == outputs - 1 && countOf(plan, width, high) == 2;
  if (outputs == lanes && left && right) {
    // One vector is at both edges.
  } else {
    left = left && high >= lanes;
    right = right && outputs - lanes >= low;
  }
  // What is left to the vectors in between, which may overlap those at the edges.
  let begin = left ? lanes : low;
  let end = right ? outputs - lanes : high;
  const between = begin < end && high - low >= lanes;
  begin = max(low, min(begin, end - lanes));
  end = max(end, begin + lanes);
  const vectors = left || right || between;
  const skipFrom = left ? 0 : low;
  const skipTo = vectors ? (right ? outputs : high) : skipFrom;
  const across = whole ? divisorOf(plan, width, low) : 1;
  const column = whole ? <usize>startOf(plan, width, low) * size : 0;

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
    const start = startOf(plan, height, oh);
    const down = divisorOf(plan, height, oh);
    const taps = slices * lines;
    let rows = 1;
    let step = 0;
    const most = min<i32>(<i32>remaining, height.output - oh);
    if (most > 1) step = startOf(plan, height, oh + 1) - start;
    while (
      rows < most &&
      countOf(plan, height, oh + rows) == lines &&
      startOf(plan, height, oh + rows) == start + rows * step &&
      divisorOf(plan, height, oh + rows) == down
    ) {
      rows++;
    }

    let p = x + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes + <usize>start * rowBytes;
    const rowStep = <usize>step * rowBytes;
    const divisor = op.divides() ? divisorOf(plan, depth, od) * down : 1;
    if (vectors && taps > 0) {
      const first = p + column - <usize>low * stride * size;
      if (left) {
        storeDivisors<A>(scratch, plan, width, 0, divisor);
        seen = inVectors<P, A, Op, C, AtEdge>(first, rowStep, slices, sliceStep, lines, lineStep, out, outStep, 16, rows, true, right && outputs == lanes, scratch, false, seen);
      }
      if (right && (!left || outputs > lanes)) {
        const o = <usize>(outputs - lanes) * size;
        storeDivisors<A>(scratch, plan, width, outputs - lanes, divisor);
        seen = inVectors<P, A, Op, C, AtEdge>(first + o * stride, rowStep, slices, sliceStep, lines, lineStep, out + o, outStep, 16, rows, false, true, scratch, false, seen);
      }
      if (between) {
        const o = <usize>begin * size;
        const bytes = <usize>(end - begin) * size;
        const by = divisor * across;
        const exact = op.divides() && isPowerOfTwo(by);
        if (op.divides()) v128.store(scratch, v128.splat<A>(<A>(exact ? 1 / by : by)));
        seen =
          taps == columns && lines == columns
            ? inVectors<P, A, Op, C, Square>(first + o * stride, rowStep, 1, 0, 0, lineStep, out + o, outStep, bytes, rows, false, false, scratch, exact, seen)
            : inVectors<P, A, Op, C, Oblong>(first + o * stride, rowStep, slices, sliceStep, lines, lineStep, out + o, outStep, bytes, rows, false, false, scratch, exact, seen);
      }
    }
    remaining -= rows;
    oh += rows;
    if (skipTo - skipFrom < outputs || taps == 0) {
      for (let r = rows; r > 0; r--, p += rowStep, out += outStep) {
        for (let o = 0; o < outputs; o++) {
          if (o == skipFrom && taps > 0) {
            o = skipTo;
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
