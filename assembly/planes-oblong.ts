// Windows of any number of rows and slices, as far apart and as dilated as they may be, in vectors of outputs. What is at
// the edges, where padding takes columns, is not done here.
import { Columns } from './columns';
import { even, odd } from './lanes';
import { flagged, isPowerOfTwo, PoolOp } from './ops';
import { alongRow, loadTail, lostAlongRow, Rows } from './planes-rows';

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
  const lineStep = rows.lineStep;
  const lines = rows.lines;
  const slices = rows.slices;
  let seen: v128 = i32x4.splat(0);
  let x = rows.x + rows.column;
  let y = rows.y + rows.from;
  for (let r = rows.rows; r > 0; r--, x += rows.rowStep, y += rows.outStep) {
    let p = x;
    let q = y;
    const last = q + rows.bytes - 16;
    // The columns of the vector before, which the first ones of the next complete.
    let first: v128 = i32x4.splat(0);
    let second: v128 = first;
    let alone = true;
    do {
      let a = op.lift(v128.load(p));
      let b = stride == 2 ? op.lift(v128.load(p, 16)) : a;
      // Second operands are joined before they are observed, to keep the chain of additions short.
      let lost: v128 = i32x4.splat(0);
      let row = p;
      let slice = p;
      for (let th = 1, td = 1; th < lines || td < slices; th++) {
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
          c = loadTail<P, Op, C>(p + step, false);
          row = p + step;
          slice = row;
          for (let th = 1, td = 1; th < lines || td < slices; th++) {
            row += lineStep;
            if (th == lines) {
              th = 0;
              td++;
              slice += rows.sliceStep;
              row = slice;
            }
            const v = loadTail<P, Op, C>(row, false);
            c = op.combine(c, v);
            lost = op.observe(lost, v);
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
