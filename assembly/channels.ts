// Windows of 2 x 2 and 3 x 3 taps over positions of many channels, in registers: channels last. The taps of a window are
// so few that each output reads them all, a vector of channels after the other.
//
// Order of operations: the taps of each row, left to right, then the rows, top to bottom; each channel by itself, so it
// depends on the window alone. The last vector of a position overlaps the one before.
import { Columns } from './columns';
import { flagged, isPowerOfTwo, PoolOp } from './ops';
import { countOf, depthOf, divisorOf, heightOf, Plan, startOf, widthOf } from './plan';

// The outputs of one position, `bytes` of them, of a whole window of as many rows as columns in one slice.
function square<A, Op extends PoolOp, C extends Columns>(
  x: usize,
  lineStep: usize,
  columnStep: usize,
  y: usize,
  bytes: usize,
  divisor: v128,
  exact: bool,
  seen: v128,
): v128 {
  const op = changetype<Op>(0);
  const three = changetype<C>(0).count() == 3;
  const end = y + bytes;
  do {
    const row1 = x + lineStep;
    let a = op.begin(op.lift(v128.load(x)));
    let b = op.begin(op.lift(v128.load(row1)));
    let v = op.lift(v128.load(x + columnStep));
    let w = op.lift(v128.load(row1 + columnStep));
    a = op.combine(a, v);
    b = op.combine(b, w);
    let lost = op.observe(v, w);
    if (three) {
      const row2 = row1 + lineStep;
      let c = op.begin(op.lift(v128.load(row2)));
      const u = op.lift(v128.load(row2 + columnStep));
      c = op.combine(c, u);
      v = op.lift(v128.load(x + 2 * columnStep));
      w = op.lift(v128.load(row1 + 2 * columnStep));
      const t = op.lift(v128.load(row2 + 2 * columnStep));
      a = op.combine(a, v);
      b = op.combine(b, w);
      c = op.combine(c, t);
      a = op.combine(a, b);
      lost = op.observe(op.observe(op.observe(lost, u), op.observe(v, w)), op.observe(op.observe(t, b), c));
      a = op.combine(a, c);
    } else {
      lost = op.observe(lost, b);
      a = op.combine(a, b);
    }
    seen = op.observe(seen, lost);
    v128.store(y, op.divides() ? op.finish(a, divisor, exact) : a);
    x += 16;
    y += 16;
    if (y >= end) break;
    if (y + 16 > end) {
      x -= y + 16 - end;
      y = end - 16;
    }
  } while (true);
  return seen;
}

// The same of a window of any number of rows and columns, which may have none.
function oblong<A, Op extends PoolOp>(
  x: usize,
  slices: i32,
  sliceStep: usize,
  lines: i32,
  lineStep: usize,
  columns: i32,
  columnStep: usize,
  y: usize,
  bytes: usize,
  divisor: v128,
  exact: bool,
  seen: v128,
): v128 {
  const op = changetype<Op>(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    let folded = op.identity();
    for (let r = 0; columns > 0 && r < slices * lines; r++) {
      let p = x + at + <usize>(r / lines) * sliceStep + <usize>(r % lines) * lineStep;
      let row = op.begin(op.lift(v128.load(p)));
      for (let tw = 1; tw < columns; tw++) {
        p += columnStep;
        const v = op.lift(v128.load(p));
        row = op.combine(row, v);
        seen = op.observe(seen, v);
      }
      folded = r == 0 ? row : op.combine(folded, row);
      seen = op.observe(seen, row);
    }
    v128.store(y + at, op.divides() ? op.finish(folded, divisor, exact) : folded);
  }
  return seen;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. A position has a vector of channels at least.
export function channels<A, Op extends PoolOp, C extends Columns>(plan: Plan, x: usize, y: usize, from: u32, to: u32): i32 {
  const op = changetype<Op>(0);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const inner = plan.inner;
  const outputs = width.output;
  const position = <usize>inner * sizeof<A>();
  const rowBytes = <usize>width.input * position;
  const lineStep = <usize>height.dilation * rowBytes;
  const sliceBytes = <usize>height.input * rowBytes;
  const sliceStep = <usize>depth.dilation * sliceBytes;
  const columnStep = <usize>width.dilation * position;
  const planeRows = <u32>(depth.output * height.output);
  let out = y + <usize>from * <usize>outputs * position;
  let seen: v128 = i32x4.splat(0);
  for (let row = from; row < to; row++) {
    const outer = <i32>(row / planeRows);
    const od = <i32>(row % planeRows) / height.output;
    const oh = <i32>(row % planeRows) % height.output;
    const slices = countOf(plan, depth, od);
    const lines = countOf(plan, height, oh);
    const slice = <usize>(outer * depth.input + startOf(plan, depth, od));
    const rows = x + slice * sliceBytes + <usize>startOf(plan, height, oh) * rowBytes;
    const down: f64 = op.divides() ? divisorOf(plan, depth, od) * divisorOf(plan, height, oh) : 1;
    for (let o = 0; o < outputs; o++, out += position) {
      const columns = countOf(plan, width, o);
      const divisor: f64 = op.divides() ? down * divisorOf(plan, width, o) : 1;
      const exact = isPowerOfTwo(divisor);
      const by = v128.splat<A>(<A>(exact ? <f64>1 / divisor : divisor));
      const p = rows + <usize>startOf(plan, width, o) * position;
      const whole = changetype<C>(0).count();
      seen =
        slices == 1 && lines == whole && columns == whole
          ? square<A, Op, C>(p, lineStep, columnStep, out, position, by, exact, seen)
          : oblong<A, Op>(p, slices, sliceStep, lines, lineStep, columns, columnStep, out, position, by, exact, seen);
    }
  }
  return flagged<A>(seen);
}
