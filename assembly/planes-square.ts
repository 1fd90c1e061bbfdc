// Square windows in vectors of outputs: as many rows as columns and as far apart, none dilated.
//
// Where columns are shared, a vector's first columns are kept for the one before, which they complete. A row is its first
// vector, those between, and its last one, which overlaps the one before it if need be: one after the other, without loops
// around them, since of the two vectors that a row of small planes has each is one of the two at its edges. Rows and columns
// that padding takes are read from a row of padding, or shuffled in.
import { Columns, Three2 } from './columns';
import { even, first1, last1, loadPosition, odd } from './lanes';
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

// Joins to `seen` what a row holds that windows fold, from x to a vector from `bytes` on.
// @ts-ignore: decorator
@inline
function observeRow<Op extends PoolOp>(seen: v128, x: usize, bytes: usize): v128 {
  const op = changetype<Op>(0);
  const last = x + bytes;
  for (; x < last; x += 16) seen = op.observe(seen, v128.load(x));
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
  let y = rows.y;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const whole = rows.whole;
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const end = min(oh + left, rows.outputs);
    left -= end - oh;
    let at = rows.first + 2 * oh;
    let x = plane + <usize>at * rowBytes;
    for (; oh < end; oh++, at += 2, x += rowBytes << 1, y += outStep) {
      let p = x;
      let line = rowBytes;
      if (<u32>at >= whole) {
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
      const last = q + rows.last;
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

// The fold of three rows, as they are loaded.
// @ts-ignore: decorator
@inline
function fold3<Op extends PoolOp>(a: v128, b: v128, c: v128): v128 {
  const op = changetype<Op>(0);
  return op.combine(op.combine(op.lift(a), op.lift(b)), op.lift(c));
}

// Windows of 3 x 3 two apart, row by row. Observed are the second rows, which may be lost to the first ones, and the columns
// that those are folded into. (To keep what was loaded until then, there are not enough registers.)
export function threeByThree<P, A, Op extends PoolOp>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  let seen: v128 = i32x4.splat(0);
  let divisor = v128.load(rows.divisors, 16);
  let firstDivisor = divisor;
  let lastDivisor = divisor;
  let isFirst = true;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const bytes = rows.last;
  const behind = rows.behind;
  const end = rows.end;
  const whole = rows.whole;
  let y = rows.y;
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const to = min(oh + left, rows.outputs);
    left -= to - oh;
    let at = rows.first + 2 * oh;
    const until = rows.first + 2 * to;
    let x = plane + <usize>at * rowBytes;
    do {
      let row = x;
      let row1 = row + rowBytes;
      let row2 = row1 + rowBytes;
      x = row2;
      if (<u32>at >= whole) {
        row = lineOf(rows, at, row);
        row1 = lineOf(rows, at + 1, row1);
        row2 = lineOf(rows, at + 2, row2);
      }
      if (op.divides() && (isFirst || rows.downs != 0)) {
        isFirst = false;
        const down = downOf(rows, (at - rows.first) / 2);
        firstDivisor = f32x4.mul(v128.load(rows.divisors), down);
        divisor = f32x4.mul(v128.load(rows.divisors, 16), down);
        lastDivisor = f32x4.mul(v128.load(rows.divisors, 32), down);
      }
      let q = y;
      const last = q + bytes;
      // The vector's columns, until the next one's complete them.
      let b = v128.load(row1);
      let first = fold3<Op>(v128.load(row), b, v128.load(row2));
      if (behind < 16) first = last1<P>(op.padding(), first);
      row += behind;
      row1 += behind;
      row2 += behind;
      let c = v128.load(row1);
      let a = fold3<Op>(v128.load(row), c, v128.load(row2));
      let second = odd<P>(first, a);
      first = even<P>(first, a);
      seen = op.observe(seen, op.observe(op.observe(op.observe(b, c), second), first));
      row += 16;
      row1 += 16;
      row2 += 16;
      if (bytes != 0) {
        let by = firstDivisor;
        if (bytes > 16) do {
          b = v128.load(row1);
          let next = fold3<Op>(v128.load(row), b, v128.load(row2));
          c = v128.load(row1, 16);
          a = fold3<Op>(v128.load(row, 16), c, v128.load(row2, 16));
          const nextSecond = odd<P>(next, a);
          next = even<P>(next, a);
          const folded = alongRow<P, Op, Three2>(first, second, next);
          seen = op.observe(seen, op.observe(op.observe(op.observe(b, c), nextSecond), next));
          seen = op.observeResult(seen, folded);
          v128.store(q, op.divides() ? op.finish(folded, by, false) : folded);
          by = divisor;
          first = next;
          second = nextSecond;
          q += 16;
          row += 32;
          row1 += 32;
          row2 += 32;
        } while (q + 16 < last);
        // The last vector may overlap this one.
        a = fold3<Op>(loadPosition<P>(row), loadPosition<P>(row1), loadPosition<P>(row2));
        const folded = alongRow<P, Op, Three2>(first, second, a);
        seen = op.observeResult(seen, folded);
        v128.store(q, op.divides() ? op.finish(folded, by, false) : folded);
        const on = ((last - q) << 1) - 32;
        row += on;
        row1 += on;
        row2 += on;
        b = v128.load(row1);
        first = fold3<Op>(v128.load(row), b, v128.load(row2));
        c = v128.load(row1, 16);
        a = fold3<Op>(v128.load(row, 16), c, v128.load(row2, 16));
        second = odd<P>(first, a);
        first = even<P>(first, a);
        seen = op.observe(seen, op.observe(op.observe(op.observe(b, c), second), first));
        row += 32;
        row1 += 32;
        row2 += 32;
      }
      c = op.padding();
      if (!end) {
        b = loadPosition<P>(row1);
        c = fold3<Op>(loadPosition<P>(row), b, loadPosition<P>(row2));
        seen = op.observe(seen, op.observe(b, c));
      }
      const folded = alongRow<P, Op, Three2>(first, second, c);
      seen = op.observeResult(seen, folded);
      v128.store(last, op.divides() ? op.finish(folded, lastDivisor, false) : folded);
      y += outStep;
      at += 2;
    } while (at < until);
    // The third row of windows is the first of the next ones, where it is observed, unless there are none.
    if (op.observes() && at < rows.high) seen = observeRow<Op>(seen, x, rows.reach);
  }
  return flagged<A>(seen);
}

// The same for maxima, in rows that are no whole number of vectors, for all rows but the last one, which is what `rows` says in
// the end. No vectors overlap: what a row's last one has too much are folds of what follows in the input, and is stored where the
// next row of outputs goes. (Half of what a row of two vectors that overlap takes is finding out where.)
export function raggedRows<P, Op extends PoolOp>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  let seen: v128 = i32x4.splat(0);
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const behind = rows.behind;
  const whole = rows.whole;
  const last = rows.last;
  let y = rows.y;
  let oh = rows.oh;
  let left = rows.rows - 1;
  let plane = rows.plane;
  for (;;) {
    const to = min(oh + left, rows.outputs);
    left -= to - oh;
    let at = rows.first + 2 * oh;
    const until = rows.first + 2 * to;
    oh = to;
    let x = plane + <usize>at * rowBytes;
    for (; at < until; at += 2, y += outStep) {
      let row = x;
      let row1 = row + rowBytes;
      let row2 = row1 + rowBytes;
      x = row2;
      if (<u32>at >= whole) {
        row = lineOf(rows, at, row);
        row1 = lineOf(rows, at + 1, row1);
        row2 = lineOf(rows, at + 2, row2);
      }
      let b = v128.load(row1);
      let first = fold3<Op>(v128.load(row), b, v128.load(row2));
      if (behind < 16) first = last1<P>(op.padding(), first);
      row += behind;
      row1 += behind;
      row2 += behind;
      let c = v128.load(row1);
      let a = fold3<Op>(v128.load(row), c, v128.load(row2));
      let second = odd<P>(first, a);
      first = even<P>(first, a);
      seen = op.observe(seen, op.observe(op.observe(op.observe(b, c), second), first));
      let q = y;
      const end = y + last;
      do {
        b = v128.load(row1, 16);
        let next = fold3<Op>(v128.load(row, 16), b, v128.load(row2, 16));
        c = v128.load(row1, 32);
        a = fold3<Op>(v128.load(row, 32), c, v128.load(row2, 32));
        const nextSecond = odd<P>(next, a);
        next = even<P>(next, a);
        seen = op.observe(seen, op.observe(op.observe(op.observe(b, c), nextSecond), next));
        v128.store(q, alongRow<P, Op, Three2>(first, second, next));
        first = next;
        second = nextSecond;
        q += 16;
        row += 32;
        row1 += 32;
        row2 += 32;
      } while (q < end);
      v128.store(q, alongRow<P, Op, Three2>(first, second, first));
    }
    if (oh < rows.outputs) break;
    oh = 0;
    plane += rows.sliceBytes;
    if (at < rows.high) seen = observeRow<Op>(seen, x, rows.reach);
    if (left == 0) break;
  }
  rows.y = y;
  rows.oh = oh;
  rows.plane = plane;
  rows.rows = 1;
  return flagged<f32>(seen);
}

// The folds of two rows of windows one apart, out of the elements of their rows. Sums are in the order of rows; of maxima the
// rows that both windows have are folded once.
// @ts-ignore: decorator
@inline
function upperOf<Op extends PoolOp, C extends Columns>(a: v128, b: v128, c: v128): v128 {
  const op = changetype<Op>(0);
  if (changetype<C>(0).count() == 2) return op.combine(a, b);
  return op.divides() ? op.combine(op.combine(a, b), c) : op.combine(a, op.combine(b, c));
}

// @ts-ignore: decorator
@inline
function lowerOf<Op extends PoolOp, C extends Columns>(b: v128, c: v128, d: v128): v128 {
  const op = changetype<Op>(0);
  const folded = op.combine(b, c);
  return changetype<C>(0).count() == 2 ? folded : op.combine(folded, d);
}

// Windows one apart: rows of outputs in pairs, which share all rows but one. A last row without another is computed with one
// of anything, and stored over it. Observed are the folded columns, where the first row of each window stays: rows that none
// begins with stay in neither.
export function twoRows<P, A, Op extends PoolOp, C extends Columns>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  const three = changetype<C>(0).count() == 3;
  let seen: v128 = i32x4.splat(0);
  let down: v128 = seen;
  let lowerDown: v128 = seen;
  let divisor: v128 = seen;
  let lowerDivisor: v128 = seen;
  let isFirst = true;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const bytes = rows.last;
  const behind = rows.behind;
  const end = rows.end;
  const whole = rows.whole;
  let y = rows.y;
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane;
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
      if (<u32>at >= whole) {
        row = lineOf(rows, at, row);
        row1 = lineOf(rows, at + 1, row1);
        row2 = lineOf(rows, at + 2, row2);
        if (three) row3 = lineOf(rows, at + 3, row3);
      }
      if (at + 1 == until) {
        // A band need not have a row more that no output of it reads.
        if (three) row3 = row2;
        else row2 = row1;
        below = 0;
      }
      if (op.divides() && (isFirst || rows.downs != 0)) {
        isFirst = false;
        const o = at - rows.first;
        down = downOf(rows, o);
        // Behind the last divisor are other tables, and it does not matter what they say.
        lowerDown = downOf(rows, o + 1);
        divisor = f32x4.mul(v128.load(rows.divisors, 16), down);
        lowerDivisor = f32x4.mul(v128.load(rows.divisors, 16), lowerDown);
      }
      let by = divisor;
      let lowerBy = lowerDivisor;
      if (op.divides()) {
        by = f32x4.mul(v128.load(rows.divisors), down);
        lowerBy = f32x4.mul(v128.load(rows.divisors), lowerDown);
      }
      let q = y;
      const last = q + bytes;
      // The vector's columns, until the next one's complete them.
      let b = v128.load(row1);
      let c = v128.load(row2);
      let upper = upperOf<Op, C>(v128.load(row), b, c);
      let lower = lowerOf<Op, C>(b, c, three ? v128.load(row3) : c);
      if (behind < 16) {
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
          b = v128.load(row1);
          c = v128.load(row2);
          const nextUpper = upperOf<Op, C>(v128.load(row), b, c);
          const nextLower = lowerOf<Op, C>(b, c, three ? v128.load(row3) : c);
          lower = alongRow<P, Op, C>(lower, lower, nextLower);
          v128.store(q + below, op.divides() ? op.finish(lower, lowerBy, false) : lower);
          upper = alongRow<P, Op, C>(upper, upper, nextUpper);
          v128.store(q, op.divides() ? op.finish(upper, by, false) : upper);
          seen = op.observe(seen, op.observe(nextUpper, nextLower));
          upper = nextUpper;
          lower = nextLower;
          by = divisor;
          lowerBy = lowerDivisor;
          q += 16;
          row += 16;
          row1 += 16;
          row2 += 16;
          row3 += 16;
        }
        // The last vector may overlap this one.
        b = loadTail<P, Op, C>(row1, false);
        c = loadTail<P, Op, C>(row2, false);
        lower = alongRow<P, Op, C>(lower, lower, lowerOf<Op, C>(b, c, three ? loadTail<P, Op, C>(row3, false) : c));
        v128.store(q + below, op.divides() ? op.finish(lower, lowerBy, false) : lower);
        upper = alongRow<P, Op, C>(upper, upper, upperOf<Op, C>(loadTail<P, Op, C>(row, false), b, c));
        v128.store(q, op.divides() ? op.finish(upper, by, false) : upper);
        const on = last - q - 16;
        row += on;
        row1 += on;
        row2 += on;
        row3 += on;
        b = v128.load(row1);
        c = v128.load(row2);
        upper = upperOf<Op, C>(v128.load(row), b, c);
        lower = lowerOf<Op, C>(b, c, three ? v128.load(row3) : c);
        seen = op.observe(seen, op.observe(upper, lower));
        row += 16;
        row1 += 16;
        row2 += 16;
        row3 += 16;
      }
      b = loadTail<P, Op, C>(row1, end);
      c = loadTail<P, Op, C>(row2, end);
      let above = upperOf<Op, C>(loadTail<P, Op, C>(row, end), b, c);
      b = lowerOf<Op, C>(b, c, three ? loadTail<P, Op, C>(row3, end) : c);
      if (end) {
        above = first1<P>(above, op.padding());
        b = first1<P>(b, op.padding());
      }
      seen = op.observe(seen, op.observe(above, b));
      if (op.divides()) {
        by = f32x4.mul(v128.load(rows.divisors, 32), down);
        lowerBy = f32x4.mul(v128.load(rows.divisors, 32), lowerDown);
      }
      lower = alongRow<P, Op, C>(lower, lower, b);
      v128.store(last + below, op.divides() ? op.finish(lower, lowerBy, false) : lower);
      upper = alongRow<P, Op, C>(upper, upper, above);
      v128.store(last, op.divides() ? op.finish(upper, by, false) : upper);
      y += outStep << 1;
      at += 2;
    } while (at < until);
    // A row of outputs without another has gone one too far.
    if (at > until) y -= outStep;
    // The last rows of a pair are the first ones of the next, where they are observed, unless there is none.
    if (op.observes()) {
      const high = min(rows.high, until + (three ? 2 : 1));
      for (; at < high; at++, x += rowBytes) seen = observeRow<Op>(seen, x, rows.reach);
    }
  }
  return flagged<A>(seen);
}
