// Windows of any number of rows and slices, as far apart and as dilated as they may be, in vectors of outputs. What is at
// the edges, where padding takes columns, is not done here.
//
// Two vectors a turn; a vector's first columns are kept for the one before. Of NaN, second operands and folded columns are
// observed.
import { Columns } from './columns';
import { even, odd } from './lanes';
import { flagged, isPowerOfTwo, PoolOp } from './ops';
import { alongRow, loadTail, Rows } from './planes-rows';

// Rows of outputs, all of whose windows have as many rows. Returns whether anything observed was lost.
export function oblong<P, A, Op extends PoolOp, C extends Columns>(rows: Rows): i32 {
  const op = changetype<Op>(0);
  const stride = changetype<C>(0).stride();
  const tail = changetype<C>(0).count() - stride;
  const step = (<usize>stride) << 4;
  let divisor = f32x4.mul(v128.load(rows.divisors, 16), f32x4.splat(<f32>rows.down));
  // A division by a power of two is the same as a multiplication.
  const exact = op.divides() && isPowerOfTwo(f32x4.extract_lane(divisor, 0));
  if (exact) divisor = f32x4.div(f32x4.splat(1), divisor);
  const offsets = rows.offsets;
  const end = rows.offsetsEnd;
  let seen: v128 = i32x4.splat(0);
  let x = rows.x;
  let y = rows.y;
  for (let r = rows.rows; r > 0; r--, x += rows.rowStep, y += rows.outStep) {
    let p = x;
    let q = y;
    const last = q + rows.last;
    for (;;) {
      let a = op.lift(v128.load(p));
      let b = stride == 2 ? op.lift(v128.load(p, 16)) : a;
      for (let at = offsets; at < end; at += 4) {
        const row = p + load<i32>(at);
        let v = op.lift(v128.load(row));
        a = op.combine(a, v);
        seen = op.observe(seen, v);
        if (stride == 2) {
          v = op.lift(v128.load(row, 16));
          b = op.combine(b, v);
          seen = op.observe(seen, v);
        }
      }
      let first = stride == 2 ? even<P>(a, b) : a;
      let second = stride == 2 ? odd<P>(a, b) : a;
      p += step;
      for (; q + 32 <= last; q += 32) {
        seen = op.observe(seen, stride == 2 ? op.observe(first, second) : first);
        a = op.lift(v128.load(p));
        b = op.lift(v128.load(p, 16));
        let c = a;
        let d = b;
        if (stride == 2) {
          c = op.lift(v128.load(p, 32));
          d = op.lift(v128.load(p, 48));
        }
        for (let at = offsets; at < end; at += 4) {
          const row = p + load<i32>(at);
          let v = op.lift(v128.load(row));
          a = op.combine(a, v);
          let w = op.lift(v128.load(row, 16));
          b = op.combine(b, w);
          v = op.observe(v, w);
          if (stride == 2) {
            w = op.lift(v128.load(row, 32));
            c = op.combine(c, w);
            v = op.observe(v, w);
            w = op.lift(v128.load(row, 48));
            d = op.combine(d, w);
            v = op.observe(v, w);
          }
          seen = op.observe(seen, v);
        }
        const next = stride == 2 ? even<P>(a, b) : a;
        const nextSecond = stride == 2 ? odd<P>(a, b) : a;
        const folded = alongRow<P, Op, C>(first, second, next);
        first = stride == 2 ? even<P>(c, d) : b;
        second = stride == 2 ? odd<P>(c, d) : b;
        const folded2 = alongRow<P, Op, C>(next, nextSecond, first);
        seen = op.observe(seen, stride == 2 ? op.observe(next, nextSecond) : next);
        seen = op.observeResult(op.observeResult(seen, folded), folded2);
        v128.store(q, op.divides() ? op.finish(folded, divisor, exact) : folded);
        v128.store(q, op.divides() ? op.finish(folded2, divisor, exact) : folded2, 16);
        p += 2 * step;
      }
      a = first;
      if (tail > 0) {
        a = loadTail<P, Op, C>(p, false);
        for (let at = offsets; at < end; at += 4) {
          b = loadTail<P, Op, C>(p + load<i32>(at), false);
          a = op.combine(a, b);
          seen = op.observe(seen, b);
        }
      }
      const folded = alongRow<P, Op, C>(first, second, a);
      seen = op.observe(seen, op.observe(op.observe(first, second), a));
      seen = op.observeResult(seen, folded);
      v128.store(q, op.divides() ? op.finish(folded, divisor, exact) : folded);
      if (q == last) break;
      q += 16;
      if (q > last) {
        p -= (q - last) * <usize>stride;
        q = last;
      }
    }
  }
  return flagged<A>(seen);
}
