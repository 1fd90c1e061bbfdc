// Square windows in vectors of outputs: as many rows as columns and as far apart, none dilated.
//
// Where columns are shared, a vector's first columns are kept for the one before, which they complete. A row is its first
// vector, those between, and its last one, which overlaps the one before it if need be: one after the other, without loops
// around them, since of the two vectors that a row of small planes has each is one of the two at its edges. Rows and columns
// that padding takes are read from a row of padding, or shuffled in.
import { Columns } from './columns';
import { even, first1, last1, loadPair, odd } from './lanes';
import { flagged, isPowerOfTwo, PoolOp } from './ops';
import { alongRow, loadTail, Rows } from './planes-rows';

// Row `at` of the plane, which is or would be at `line`, or the row of padding.
// @ts-ignore: decorator
@inline
function lineOf(rows: Rows, at: i32, line: usize): usize {
  return <u32>at < <u32>rows.high ? line : rows.padding;
}

// What a row of outputs divides by besides each column's divisor.
// @ts-ignore: decorator
@inline
function downOf(rows: Rows, oh: i32): v128 {
  return f32x4.splat(<f32>(rows.downs == 0 ? rows.down : rows.down * load<f64>(rows.downs + (<usize>oh << 3))));
}

// Joins to `seen` what a row holds that windows fold: those of its elements that the last row of windows alone reads.
function observeLine<P, Op extends PoolOp>(seen: v128, rows: Rows, at: i32, line: usize, bytes: usize): v128 {
  if (<u32>at >= <u32>rows.high) return seen;
  const op = changetype<Op>(0);
  const size: usize = sizeof<P>();
  let p = line;
  const last = p + bytes - (rows.end ? size : 0) - 16;
  if (rows.head) p += size;
  for (; p < last; p += 16) seen = op.observe(seen, v128.load(p));
  return op.observe(seen, v128.load(last));
}

// The folds of each two neighbouring bytes of v and then w: the halves of 16-bit lanes, which takes fewer shuffles.
// @ts-ignore: decorator
@inline
function foldBytes<Op extends PoolOp>(v: v128, w: v128): v128 {
  const op = changetype<Op>(0);
  const low = i16x8.splat(0xff);
  v = v128.and(op.combine(v, i16x8.shr_u(v, 8)), low);
  return i8x16.narrow_i16x8_u(v, v128.and(op.combine(w, i16x8.shr_u(w, 8)), low));
}

// Windows two columns wide and two apart: no two share an element, and one vector a turn is as fast as two.
export function twoByTwo<P, A, Op extends PoolOp>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  let seen: v128 = i32x4.splat(0);
  let divisor = v128.load(rows.divisors, 16);
  let exact = false;
  let isFirst = true;
  let y = rows.y + rows.from;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const whole = max(0, rows.high - 1);
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane + rows.column;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const end = min(oh + left, rows.outputs);
    left -= end - oh;
    let at = rows.first + 2 * oh;
    let x = plane + <usize>at * rowBytes;
    for (; oh < end; oh++, at += 2, x += rowBytes << 1, y += outStep) {
      let p = x;
      let line = rowBytes;
      if (<u32>at >= <u32>whole) {
        p = lineOf(rows, at, x);
        line = lineOf(rows, at + 1, x + line) - p;
      }
      if (op.divides() && (isFirst || rows.downs != 0)) {
        isFirst = false;
        divisor = f32x4.mul(v128.load(rows.divisors, 16), downOf(rows, oh));
        // A division by a power of two is the same as a multiplication.
        exact = isPowerOfTwo(f32x4.extract_lane(divisor, 0));
        if (exact) divisor = f32x4.div(f32x4.splat(1), divisor);
      }
      let q = y;
      const last = q + rows.bytes - 16;
      for (;;) {
        const row = p + line;
        const c = op.lift(v128.load(row));
        const d = op.lift(v128.load(row, 16));
        const v = op.combine(op.lift(v128.load(p)), c);
        const w = op.combine(op.lift(v128.load(p, 16)), d);
        let second: v128 = v;
        let folded: v128;
        if (sizeof<P>() == 1) {
          folded = foldBytes<Op>(v, w);
        } else {
          second = odd<P>(v, w);
          folded = op.combine(even<P>(v, w), second);
        }
        seen = op.observe(seen, op.observe(op.observe(c, d), second));
        seen = op.observeResult(seen, folded);
        v128.store(q, op.divides() ? op.finish(folded, divisor, exact) : folded);
        if (q == last) break;
        p += 32;
        q += 16;
        if (q > last) {
          p -= (q - last) << 1;
          q = last;
        }
      }
    }
  }
  return flagged<A>(seen);
}

// A vector `bytes` behind p, which are a constant.
// @ts-ignore: decorator
@inline
function loadFrom(p: usize, bytes: i32): v128 {
  if (bytes == 0) return v128.load(p);
  if (bytes == 16) return v128.load(p, 16);
  if (bytes == 32) return v128.load(p, 32);
  if (bytes == 48) return v128.load(p, 48);
  return v128.load(p, 64);
}

// The fold of a vector of columns of a window's rows, the second of which is loaded.
// @ts-ignore: decorator
@inline
function foldAt<Op extends PoolOp, C extends Columns>(row: usize, middle: v128, row2: usize, bytes: i32): v128 {
  const op = changetype<Op>(0);
  const v = op.combine(op.lift(loadFrom(row, bytes)), middle);
  return changetype<C>(0).count() == 3 ? op.combine(v, op.lift(loadFrom(row2, bytes))) : v;
}

// Windows that share columns, row by row. Observed are the second rows, which may be lost to the first ones, and the columns
// that those are folded into. (To keep what was loaded until then, there are not enough registers.)
export function rowByRow<P, A, Op extends PoolOp, C extends Columns>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const three = changetype<C>(0).count() == 3;
  // From the first vector's last half on: where the next vector is.
  const ahead = stride == 2 ? 16 : 0;
  let seen: v128 = i32x4.splat(0);
  let divisor = v128.load(rows.divisors, 16);
  let firstDivisor = divisor;
  let lastDivisor = divisor;
  let exact = false;
  let isFirst = true;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const bytes = rows.bytes - 16;
  const lead: usize = rows.head ? sizeof<P>() : 0;
  const behind: usize = 16 - lead;
  const jump = bytes * <usize>stride - 16;
  const end = rows.end;
  const whole = max(0, rows.high - changetype<C>(0).count() + 1);
  let y = rows.y + rows.from;
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane + rows.column + lead;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const to = min(oh + left, rows.outputs);
    left -= to - oh;
    let at = rows.first + stride * oh;
    const until = rows.first + stride * to;
    let x = plane + <usize>at * rowBytes;
    do {
      let row = x;
      let row1 = row + rowBytes;
      let row2 = row1 + rowBytes;
      x = stride == 2 ? row2 : row1;
      if (<u32>at >= <u32>whole) {
        row = lineOf(rows, at, row);
        row1 = lineOf(rows, at + 1, row1);
        if (three) row2 = lineOf(rows, at + 2, row2);
      }
      if (op.divides() && (isFirst || rows.downs != 0)) {
        isFirst = false;
        const down = downOf(rows, (at - rows.first) / stride);
        firstDivisor = f32x4.mul(v128.load(rows.divisors), down);
        divisor = f32x4.mul(v128.load(rows.divisors, 16), down);
        lastDivisor = f32x4.mul(v128.load(rows.divisors, 32), down);
        if (!three) {
          // A division by a power of two is the same as a multiplication.
          exact = isPowerOfTwo(f32x4.extract_lane(divisor, 0));
          if (exact) firstDivisor = divisor = lastDivisor = f32x4.div(f32x4.splat(1), divisor);
        }
      }
      let q = y;
      const last = q + bytes;
      // The vector's columns, until the next one's complete them.
      let b = op.lift(v128.load(row1));
      let first = foldAt<Op, C>(row, b, row2, 0);
      if (lead != 0) first = last1<P>(op.padding(), first);
      row += behind;
      row1 += behind;
      row2 += behind;
      let second = first;
      let a: v128;
      let c: v128;
      if (stride == 2) {
        c = op.lift(v128.load(row1));
        b = op.observe(b, c);
        a = foldAt<Op, C>(row, c, row2, 0);
        second = odd<P>(first, a);
        first = even<P>(first, a);
        b = op.observe(b, second);
      }
      seen = op.observe(seen, op.observe(b, first));
      if (bytes != 0) {
        let by = firstDivisor;
        while (q + 16 < last) {
          b = op.lift(loadFrom(row1, ahead));
          let next = foldAt<Op, C>(row, b, row2, ahead);
          let nextSecond = next;
          if (stride == 2) {
            c = op.lift(loadFrom(row1, ahead + 16));
            b = op.observe(b, c);
            a = foldAt<Op, C>(row, c, row2, ahead + 16);
            nextSecond = odd<P>(next, a);
            next = even<P>(next, a);
            b = op.observe(b, nextSecond);
          }
          const folded = alongRow<P, Op, C>(first, second, next);
          seen = op.observeResult(op.observe(seen, op.observe(b, next)), folded);
          v128.store(q, op.divides() ? op.finish(folded, by, exact) : folded);
          if (op.divides()) by = divisor;
          first = next;
          second = nextSecond;
          q += 16;
          row += <usize>stride * 16;
          row1 += <usize>stride * 16;
          row2 += <usize>stride * 16;
        }
        // The last vector, which may overlap the one before.
        let next = op.combine(loadTail<P, Op, C>(row + ahead, false), loadTail<P, Op, C>(row1 + ahead, false));
        if (three) next = op.combine(next, loadTail<P, Op, C>(row2 + ahead, false));
        const folded = alongRow<P, Op, C>(first, second, next);
        seen = op.observeResult(seen, folded);
        v128.store(q, op.divides() ? op.finish(folded, by, exact) : folded);
        const on = (last - q) * <usize>stride - 16;
        row += on;
        row1 += on;
        row2 += on;
        b = op.lift(v128.load(row1));
        first = foldAt<Op, C>(row, b, row2, 0);
        second = first;
        if (stride == 2) {
          c = op.lift(v128.load(row1, 16));
          b = op.observe(b, c);
          a = foldAt<Op, C>(row, c, row2, 16);
          second = odd<P>(first, a);
          first = even<P>(first, a);
          b = op.observe(b, second);
        }
        seen = op.observe(seen, op.observe(b, first));
        row += 16;
        row1 += 16;
        row2 += 16;
      }
      c = op.padding();
      if (stride == 1 || !end) {
        b = loadTail<P, Op, C>(row1 + ahead, end);
        c = op.combine(loadTail<P, Op, C>(row + ahead, end), b);
        if (three) c = op.combine(c, loadTail<P, Op, C>(row2 + ahead, end));
        if (end) c = first1<P>(c, op.padding());
        seen = op.observe(seen, op.observe(b, c));
      }
      const folded = alongRow<P, Op, C>(first, second, c);
      seen = op.observeResult(seen, folded);
      v128.store(last, op.divides() ? op.finish(folded, lastDivisor, exact) : folded);
      y += outStep;
      at += stride;
    } while (at < until);
    // The third row of windows two apart is the first of the next ones, where it is observed, unless there are none.
    if (op.observes() && three && at < rows.high) {
      const last = x + rows.bytes * <usize>stride + sizeof<P>() - lead - (end ? sizeof<P>() : 0) - 16;
      for (; x < last; x += 16) seen = op.observe(seen, v128.load(x));
      seen = op.observe(seen, v128.load(last));
    }
  }
  return flagged<A>(seen);
}

// Maxima of windows three columns wide, one apart: rows of outputs in pairs, which share two rows of three. (A sum would
// depend on which rows are a pair.) A last row without another is computed with it, and stored over it. Observed are the
// folded columns, where the first row of each window stays: rows of which that is none stay in neither.
export function twoRows<P, A, Op extends PoolOp, C extends Columns>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  let seen: v128 = i32x4.splat(0);
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const bytes = rows.bytes - 16;
  const lead: usize = rows.head ? sizeof<P>() : 0;
  const behind: usize = 16 - lead;
  const end = rows.end;
  const whole = max(0, rows.high - 3);
  let y = rows.y + rows.from;
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane + rows.column + lead;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const to = min(oh + left, rows.outputs);
    left -= to - oh;
    let at = rows.first + oh;
    const until = rows.first + to;
    let x = plane + <usize>at * rowBytes;
    do {
      let row = x;
      let row1 = row + rowBytes;
      let row2 = row1 + rowBytes;
      let row3 = row2 + rowBytes;
      let below = outStep;
      x = row2;
      if (<u32>at >= <u32>whole) {
        row = lineOf(rows, at, row);
        row1 = lineOf(rows, at + 1, row1);
        row2 = lineOf(rows, at + 2, row2);
        row3 = lineOf(rows, at + 3, row3);
      }
      if (at + 1 == until) {
        // A band need not have a fourth row that no output of it reads.
        row3 = row2;
        below = 0;
      }
      let q = y;
      const last = q + bytes;
      let middle = op.combine(v128.load(row1), v128.load(row2));
      let upper = op.combine(v128.load(row), middle);
      let lower = op.combine(middle, v128.load(row3));
      if (lead != 0) {
        upper = last1<P>(op.padding(), upper);
        lower = last1<P>(op.padding(), lower);
      }
      seen = op.observe(seen, op.observe(upper, lower));
      row += behind;
      row1 += behind;
      row2 += behind;
      row3 += behind;
      if (bytes != 0) {
        while (q + 16 < last) {
          middle = op.combine(v128.load(row1), v128.load(row2));
          const nextUpper = op.combine(v128.load(row), middle);
          const nextLower = op.combine(middle, v128.load(row3));
          v128.store(q + below, alongRow<P, Op, C>(lower, lower, nextLower));
          v128.store(q, alongRow<P, Op, C>(upper, upper, nextUpper));
          seen = op.observe(seen, op.observe(nextUpper, nextLower));
          upper = nextUpper;
          lower = nextLower;
          q += 16;
          row += 16;
          row1 += 16;
          row2 += 16;
          row3 += 16;
        }
        middle = op.combine(loadPair<P>(row1), loadPair<P>(row2));
        v128.store(q + below, alongRow<P, Op, C>(lower, lower, op.combine(middle, loadPair<P>(row3))));
        v128.store(q, alongRow<P, Op, C>(upper, upper, op.combine(loadPair<P>(row), middle)));
        const on = last - q - 16;
        row += on;
        row1 += on;
        row2 += on;
        row3 += on;
        middle = op.combine(v128.load(row1), v128.load(row2));
        upper = op.combine(v128.load(row), middle);
        lower = op.combine(middle, v128.load(row3));
        seen = op.observe(seen, op.observe(upper, lower));
        row += 16;
        row1 += 16;
        row2 += 16;
        row3 += 16;
      }
      middle = op.combine(loadTail<P, Op, C>(row1, end), loadTail<P, Op, C>(row2, end));
      let above = op.combine(loadTail<P, Op, C>(row, end), middle);
      middle = op.combine(middle, loadTail<P, Op, C>(row3, end));
      if (end) {
        above = first1<P>(above, op.padding());
        middle = first1<P>(middle, op.padding());
      }
      seen = op.observe(seen, op.observe(above, middle));
      v128.store(last + below, alongRow<P, Op, C>(lower, lower, middle));
      v128.store(last, alongRow<P, Op, C>(upper, upper, above));
      y += outStep << 1;
      at += 2;
    } while (at < until);
    // The last two rows of a pair are the first ones of the next, where they are observed, unless there is none. A row of
    // outputs without another has gone one too far.
    const reach = rows.bytes + 2 * sizeof<P>();
    if (at > until) {
      y -= outStep;
    } else {
      seen = observeLine<P, Op>(seen, rows, at + 1, x + rowBytes - lead, reach);
    }
    seen = observeLine<P, Op>(seen, rows, at, x - lead, reach);
  }
  return flagged<A>(seen);
}
