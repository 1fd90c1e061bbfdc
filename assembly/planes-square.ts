// Square windows in vectors of outputs: as many rows as columns and as far apart, none dilated.
//
// Where columns are shared, two vectors a turn: what a turn costs besides (a look for interrupts, the addresses of rows) was a
// third of a loop with one. A vector's first columns are kept for the one before, which they complete. Rows and columns that
// padding takes are read from a row of padding, or shuffled in.
import { Columns } from './columns';
import { even, first1, odd } from './lanes';
import { flagged, isPowerOfTwo, PoolOp } from './ops';
import { alongRow, loadHead, loadTail, Rows } from './planes-rows';

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

// Windows that share columns, row by row. Observed are the second rows, which may be lost to the first ones, and the columns
// that those are folded into. (To keep what was loaded until then, there are not enough registers.)
export function rowByRow<P, A, Op extends PoolOp, C extends Columns>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const three = changetype<C>(0).count() == 3;
  const step = (<usize>stride) << 4;
  let seen: v128 = i32x4.splat(0);
  let divisor = v128.load(rows.divisors, 16);
  let firstDivisor = divisor;
  let lastDivisor = divisor;
  let exact = false;
  let isFirst = true;
  let y = rows.y + rows.from;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const whole = max(0, rows.high - changetype<C>(0).count() + 1);
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane + rows.column;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const to = min(oh + left, rows.outputs);
    left -= to - oh;
    let at = rows.first + stride * oh;
    let x = plane + <usize>at * rowBytes;
    for (; oh < to; oh++, at += stride, x += <usize>stride * rowBytes, y += outStep) {
      let p = x;
      let line1 = rowBytes;
      let line2 = rowBytes << 1;
      if (<u32>at >= <u32>whole) {
        p = lineOf(rows, at, x);
        line1 = lineOf(rows, at + 1, x + line1) - p;
        if (three) line2 = lineOf(rows, at + 2, x + line2) - p;
      }
      if (op.divides() && (isFirst || rows.downs != 0)) {
        isFirst = false;
        const down = downOf(rows, oh);
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
      const last = q + rows.bytes - 16;
      let head = rows.head;
      let by = firstDivisor;
      for (;;) {
        let a: v128;
        let b: v128;
        let c: v128;
        // The vector's columns, until the next one's complete them.
        let first: v128;
        if (head) {
          first = loadHead<P, Op>(p);
          b = loadHead<P, Op>(p + line1);
          first = op.combine(first, b);
          if (three) first = op.combine(first, loadHead<P, Op>(p + line2));
          head = false;
        } else {
          first = op.lift(v128.load(p));
          b = op.lift(v128.load(p + line1));
          first = op.combine(first, b);
          if (three) first = op.combine(first, op.lift(v128.load(p + line2)));
        }
        let second = first;
        if (stride == 2) {
          const behind = p + 16;
          c = op.lift(v128.load(behind + line1));
          b = op.observe(b, c);
          a = op.combine(op.lift(v128.load(behind)), c);
          if (three) a = op.combine(a, op.lift(v128.load(behind + line2)));
          second = odd<P>(first, a);
          first = even<P>(first, a);
          b = op.observe(b, second);
        }
        seen = op.observe(seen, op.observe(b, first));
        for (; q + 32 <= last; q += 32) {
          p += step;
          const row1 = p + line1;
          const row2 = p + line2;
          b = op.lift(v128.load(row1));
          let next = op.combine(op.lift(v128.load(p)), b);
          if (three) next = op.combine(next, op.lift(v128.load(row2)));
          let nextSecond = next;
          if (stride == 2) {
            c = op.lift(v128.load(row1, 16));
            b = op.observe(b, c);
            a = op.combine(op.lift(v128.load(p, 16)), c);
            if (three) a = op.combine(a, op.lift(v128.load(row2, 16)));
            nextSecond = odd<P>(next, a);
            next = even<P>(next, a);
            b = op.observe(b, nextSecond);
          }
          let folded = alongRow<P, Op, C>(first, second, next);
          seen = op.observeResult(op.observe(seen, op.observe(b, next)), folded);
          v128.store(q, op.divides() ? op.finish(folded, by, exact) : folded);

          p += step;
          b = op.lift(stride == 2 ? v128.load(row1, 32) : v128.load(row1, 16));
          first = op.combine(op.lift(v128.load(p)), b);
          if (three) first = op.combine(first, op.lift(stride == 2 ? v128.load(row2, 32) : v128.load(row2, 16)));
          second = first;
          if (stride == 2) {
            c = op.lift(v128.load(row1, 48));
            b = op.observe(b, c);
            a = op.combine(op.lift(v128.load(p, 16)), c);
            if (three) a = op.combine(a, op.lift(v128.load(row2, 48)));
            second = odd<P>(first, a);
            first = even<P>(first, a);
            b = op.observe(b, second);
          }
          folded = alongRow<P, Op, C>(next, nextSecond, first);
          seen = op.observeResult(op.observe(seen, op.observe(b, first)), folded);
          if (op.divides()) by = divisor;
          v128.store(q, op.divides() ? op.finish(folded, by, exact) : folded, 16);
        }
        p += step;
        const end = q == last && rows.end;
        c = op.padding();
        if (stride == 1 || !end) {
          b = loadTail<P, Op, C>(p + line1, end);
          c = op.combine(loadTail<P, Op, C>(p, end), b);
          if (three) c = op.combine(c, loadTail<P, Op, C>(p + line2, end));
          if (end) c = first1<P>(c, op.padding());
          seen = op.observe(seen, op.observe(b, c));
        }
        const folded = alongRow<P, Op, C>(first, second, c);
        seen = op.observeResult(seen, folded);
        if (op.divides() && q == last) by = lastDivisor;
        v128.store(q, op.divides() ? op.finish(folded, by, exact) : folded);
        if (q == last) break;
        if (op.divides()) by = divisor;
        q += 16;
        if (q > last) {
          p -= (q - last) * <usize>stride;
          q = last;
        }
      }
    }
    // The third row of windows two apart is the first of the next ones, where it is observed, unless there are none.
    if (op.observes() && three) {
      seen = observeLine<P, Op>(seen, rows, at, x, rows.bytes * <usize>stride + sizeof<P>());
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
  let y = rows.y + rows.from;
  const rowBytes = rows.rowBytes;
  const outStep = rows.outStep;
  const whole = max(0, rows.high - 3);
  let oh = rows.oh;
  let left = rows.rows;
  let plane = rows.plane + rows.column;
  for (; left > 0; plane += rows.sliceBytes, oh = 0) {
    const to = min(oh + left, rows.outputs);
    left -= to - oh;
    let at = rows.first + oh;
    let x = plane + <usize>at * rowBytes;
    for (; oh < to; oh += 2, at += 2, x += rowBytes << 1, y += outStep << 1) {
      let p = x;
      let line1 = rowBytes;
      let line2 = rowBytes << 1;
      let line3 = line2 + rowBytes;
      let below = outStep;
      if (<u32>at >= <u32>whole) {
        p = lineOf(rows, at, x);
        line1 = lineOf(rows, at + 1, x + line1) - p;
        line2 = lineOf(rows, at + 2, x + line2) - p;
        line3 = lineOf(rows, at + 3, x + line3) - p;
      }
      if (oh + 1 == to) {
        // A band need not have a fourth row that no output of it reads.
        line3 = line2;
        below = 0;
      }
      let q = y;
      const last = q + rows.bytes - 16;
      let head = rows.head;
      for (;;) {
        let upper: v128;
        let lower: v128;
        let middle: v128;
        if (head) {
          middle = op.combine(loadHead<P, Op>(p + line1), loadHead<P, Op>(p + line2));
          upper = op.combine(loadHead<P, Op>(p), middle);
          lower = op.combine(middle, loadHead<P, Op>(p + line3));
          head = false;
        } else {
          middle = op.combine(v128.load(p + line1), v128.load(p + line2));
          upper = op.combine(v128.load(p), middle);
          lower = op.combine(middle, v128.load(p + line3));
        }
        seen = op.observe(seen, op.observe(upper, lower));
        for (; q + 32 <= last; q += 32) {
          p += 16;
          const row1 = p + line1;
          const row2 = p + line2;
          const row3 = p + line3;
          middle = op.combine(v128.load(row1), v128.load(row2));
          const nextUpper = op.combine(v128.load(p), middle);
          const nextLower = op.combine(middle, v128.load(row3));
          v128.store(q + below, alongRow<P, Op, C>(lower, lower, nextLower));
          v128.store(q, alongRow<P, Op, C>(upper, upper, nextUpper));
          seen = op.observe(seen, op.observe(nextUpper, nextLower));

          p += 16;
          middle = op.combine(v128.load(row1, 16), v128.load(row2, 16));
          upper = op.combine(v128.load(p), middle);
          lower = op.combine(middle, v128.load(row3, 16));
          v128.store(q + below, alongRow<P, Op, C>(nextLower, nextLower, lower), 16);
          v128.store(q, alongRow<P, Op, C>(nextUpper, nextUpper, upper), 16);
          seen = op.observe(seen, op.observe(upper, lower));
        }
        const end = q == last && rows.end;
        p += 16;
        middle = op.combine(loadTail<P, Op, C>(p + line1, end), loadTail<P, Op, C>(p + line2, end));
        let above = op.combine(loadTail<P, Op, C>(p, end), middle);
        middle = op.combine(middle, loadTail<P, Op, C>(p + line3, end));
        if (end) {
          above = first1<P>(above, op.padding());
          middle = first1<P>(middle, op.padding());
        }
        seen = op.observe(seen, op.observe(above, middle));
        v128.store(q + below, alongRow<P, Op, C>(lower, lower, middle));
        v128.store(q, alongRow<P, Op, C>(upper, upper, above));
        if (q == last) break;
        q += 16;
        if (q > last) {
          p -= q - last;
          q = last;
        }
      }
    }
    // The last two rows of a pair are the first ones of the next, where they are observed, unless there is none. A row of
    // outputs without another has gone one too far.
    const bytes = rows.bytes + 2 * sizeof<P>();
    if (oh > to) {
      y -= outStep;
    } else {
      seen = observeLine<P, Op>(seen, rows, at + 1, x + rowBytes, bytes);
    }
    seen = observeLine<P, Op>(seen, rows, at, x, bytes);
  }
  return flagged<A>(seen);
}
