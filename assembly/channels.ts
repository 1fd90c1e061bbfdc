// Windows of 2 x 2 and 3 x 3 taps over positions of many channels, in registers: channels last.
//
// A vector or two of channels at a time, along a row of outputs: the rows of each column are folded, then the columns. Of
// 3 x 3 windows two columns apart, the column that the next window has as well stays in registers.
//
// Order of operations: the rows of each column, top to bottom, then the columns, left to right; clipped windows the taps of
// each row, then the rows. Each channel by itself, so it depends on the window alone. The last vectors of a position
// overlap those before.
import { flagged, isPowerOfTwo, Max, MaxUnlessNaN, MinUnlessNaN, Norm, PoolOp, Sum } from './ops';
import { countOf, depthOf, divisorOf, heightOf, Plan, Reduction, runOf, startOf, widthOf } from './plan';

// Neighbouring windows of a row, alike in size. Kept in memory, so that handing them over costs nothing.
@unmanaged
class Windows {
  // The first one's first tap and output; how many; from one to the next.
  x: usize;
  y: usize;
  outputs: i32;
  windowStep: usize;
  // Bytes of a position's channels.
  bytes: usize;
  slices: i32;
  sliceStep: usize;
  lines: i32;
  lineStep: usize;
  columns: i32;
  columnStep: usize;
  // From a window's first row to its second and third. Those that it lacks are one that it has, which no maximum minds.
  line1: usize;
  line2: usize;
  // A vector of divisors, or of their reciprocals if `exact`.
  divisors: usize;
  exact: bool;
}

// @ts-ignore: decorator
@inline
function store16<Op extends PoolOp>(q: usize, v: v128, divisor: v128, exact: bool): void {
  v128.store(q, changetype<Op>(0).divides() ? changetype<Op>(0).finish(v, divisor, exact) : v);
}

function twoByTwo<A, Op extends PoolOp>(windows: Windows): i32 {
  const op = changetype<Op>(0);
  const line1 = windows.line1;
  const columnStep = windows.columnStep;
  const bytes = windows.bytes;
  const divisor = v128.load(windows.divisors);
  const exact = windows.exact;
  let seen: v128 = i32x4.splat(0);
  let x = windows.x;
  let y = windows.y;
  for (let o = windows.outputs; o > 0; o--, x += windows.windowStep, y += bytes) {
    let p = x;
    let q = y;
    const last = y + bytes - 16;
    do {
      const row1 = p + line1;
      const a = op.lift(v128.load(p));
      const b = op.lift(v128.load(row1));
      const c = op.lift(v128.load(p + columnStep));
      const d = op.lift(v128.load(row1 + columnStep));
      const left = op.combine(a, b);
      const right = op.combine(c, d);
      const folded = op.combine(left, right);
      // Joined before they are observed, to keep the chain of additions short.
      seen = op.observe(seen, op.observeResult(op.observe(op.observe(b, d), right), folded));
      store16<Op>(q, folded, divisor, exact);
      if (q == last) break;
      p += 16;
      q += 16;
      if (q > last) {
        p -= q - last;
        q = last;
      }
    } while (true);
  }
  return flagged<A>(seen);
}

// Two vectors of channels from byte `at` on, of windows two columns apart: the third column of each is the first of the next.
function threeByThreeApart2<A, Op extends PoolOp>(windows: Windows, at: usize): i32 {
  const op = changetype<Op>(0);
  const columnStep = windows.columnStep;
  const bytes = windows.bytes;
  const divisor = v128.load(windows.divisors);
  const exact = windows.exact;
  // The three rows of a column.
  let p = windows.x + at;
  let r = p + windows.line1;
  let s = p + windows.line2;
  let q = windows.y + at;
  const end = q + <usize>windows.outputs * bytes;
  let v = op.lift(v128.load(r));
  let w = op.lift(v128.load(s));
  let a = op.combine(op.combine(op.lift(v128.load(p)), v), w);
  let seen = op.observe(v, w);
  v = op.lift(v128.load(r, 16));
  w = op.lift(v128.load(s, 16));
  let b = op.combine(op.combine(op.lift(v128.load(p, 16)), v), w);
  seen = op.observe(seen, op.observe(v, w));
  for (; q < end; q += bytes) {
    p += columnStep;
    r += columnStep;
    s += columnStep;
    v = op.lift(v128.load(r));
    w = op.lift(v128.load(s));
    let c = op.combine(op.combine(op.lift(v128.load(p)), v), w);
    let lost = op.observe(op.observe(v, w), c);
    a = op.combine(a, c);
    v = op.lift(v128.load(r, 16));
    w = op.lift(v128.load(s, 16));
    c = op.combine(op.combine(op.lift(v128.load(p, 16)), v), w);
    lost = op.observe(lost, op.observe(op.observe(v, w), c));
    b = op.combine(b, c);
    p += columnStep;
    r += columnStep;
    s += columnStep;
    v = op.lift(v128.load(r));
    w = op.lift(v128.load(s));
    c = op.combine(op.combine(op.lift(v128.load(p)), v), w);
    lost = op.observe(lost, op.observe(op.observe(v, w), c));
    v = op.lift(v128.load(r, 16));
    w = op.lift(v128.load(s, 16));
    const d = op.combine(op.combine(op.lift(v128.load(p, 16)), v), w);
    lost = op.observe(lost, op.observe(op.observe(v, w), d));
    a = op.combine(a, c);
    b = op.combine(b, d);
    seen = op.observe(seen, op.observeResult(op.observeResult(lost, a), b));
    store16<Op>(q, a, divisor, exact);
    store16<Op>(q + 16, b, divisor, exact);
    a = c;
    b = d;
  }
  return flagged<A>(seen);
}

// A vector of channels from byte `at` on, of windows at any distance.
function threeByThree<A, Op extends PoolOp>(windows: Windows, at: usize): i32 {
  const op = changetype<Op>(0);
  const line1 = windows.line1;
  const line2 = windows.line2;
  const columnStep = windows.columnStep;
  const divisor = v128.load(windows.divisors);
  let seen: v128 = i32x4.splat(0);
  let p = windows.x + at;
  let q = windows.y + at;
  for (let o = windows.outputs; o > 0; o--, p += windows.windowStep, q += windows.bytes) {
    let folded = op.identity();
    let lost: v128 = i32x4.splat(0);
    for (let tw = 0, column = p; tw < 3; tw++, column += columnStep) {
      const v = op.lift(v128.load(column + line1));
      const w = op.lift(v128.load(column + line2));
      const c = op.combine(op.combine(op.lift(v128.load(column)), v), w);
      lost = op.observe(lost, op.observe(op.observe(v, w), c));
      folded = tw == 0 ? c : op.combine(folded, c);
    }
    seen = op.observe(seen, op.observeResult(lost, folded));
    store16<Op>(q, folded, divisor, windows.exact);
  }
  return flagged<A>(seen);
}

// Windows of any number of rows and columns, which may have none.
function oblong<A, Op extends PoolOp>(windows: Windows): i32 {
  const op = changetype<Op>(0);
  const slices = windows.slices;
  const lines = windows.lines;
  const columns = windows.columns;
  const sliceStep = windows.sliceStep;
  const lineStep = windows.lineStep;
  const columnStep = windows.columnStep;
  const bytes = windows.bytes;
  const divisor = v128.load(windows.divisors);
  let seen: v128 = i32x4.splat(0);
  let x = windows.x;
  let y = windows.y;
  for (let o = windows.outputs; o > 0; o--, x += windows.windowStep, y += bytes) {
    for (let at: usize = 0; at < bytes; at += 16) {
      at = min(at, bytes - 16);
      let folded = op.identity();
      let lost: v128 = i32x4.splat(0);
      let slice = x + at;
      for (let td = 0; columns > 0 && td < slices; td++, slice += sliceStep) {
        let line = slice;
        for (let th = 0; th < lines; th++, line += lineStep) {
          let p = line;
          let row = op.lift(v128.load(p));
          for (let tw = 1; tw < columns; tw++) {
            p += columnStep;
            const v = op.lift(v128.load(p));
            row = op.combine(row, v);
            lost = op.observe(lost, v);
          }
          folded = td + th == 0 ? row : op.combine(folded, row);
          lost = op.observe(lost, row);
        }
      }
      seen = op.observe(seen, op.observeResult(lost, folded));
      store16<Op>(y + at, folded, divisor, windows.exact);
    }
  }
  return flagged<A>(seen);
}

const CACHE_BYTES: usize = 24576;

function pool<A, Op extends PoolOp>(size: i32, windows: Windows): i32 {
  const op = changetype<Op>(0);
  // A maximum may take a row twice.
  const lines = windows.lines;
  const fits = lines == size || (lines > 0 && (op.observes() || isInteger<A>()));
  if (windows.slices != 1 || !fits || windows.columns != size) return oblong<A, Op>(windows);
  windows.line1 = lines > 1 ? windows.lineStep : 0;
  windows.line2 = lines > 2 ? 2 * windows.lineStep : windows.line1;
  if (size == 2) return twoByTwo<A, Op>(windows);
  const bytes = windows.bytes;
  const apart2 = windows.windowStep == 2 * windows.columnStep;
  // So many windows that their taps stay in the first-level cache while one vector of channels after the other is done.
  const most = max(1, <i32>(CACHE_BYTES / (3 * windows.windowStep)));
  let lost = 0;
  for (let left = windows.outputs; left > 0; left -= most) {
    windows.outputs = min(left, most);
    let at: usize = 0;
    if (apart2) {
      for (; at + 32 <= bytes; at += 32) lost |= threeByThreeApart2<A, Op>(windows, at);
    }
    for (; at < bytes; at += 16) lost |= threeByThree<A, Op>(windows, min(at, bytes - 16));
    windows.x += <usize>most * windows.windowStep;
    windows.y += <usize>most * bytes;
  }
  return lost;
}

function poolAs(reduction: Reduction, size: i32, windows: Windows): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: return pool<f32, MaxUnlessNaN<f32>>(size, windows);
    case Reduction.MinF32UnlessNaN: return pool<f32, MinUnlessNaN<f32>>(size, windows);
    case Reduction.SumF32: return pool<f32, Sum<f32>>(size, windows);
    case Reduction.NormF32: return pool<f32, Norm<f32>>(size, windows);
    default: return pool<u8, Max<u8>>(size, windows);
  }
}

// The words of the plan's header that are this kernel's own: the mirror of channelsScratch in src/backends/words.ts.
@unmanaged
class Own {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of an element.
  size: i32;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. A position has a vector of channels at least. The
// scratch takes a vector of divisors and, behind it, `Windows`.
export function channels(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const windows = changetype<Windows>(scratch + 16);
  const sums = plan.reduction == Reduction.SumF32;
  const position = <usize>(plan.inner * changetype<Own>(plan).size);
  const rowBytes = <usize>width.input * position;
  const sliceBytes = <usize>height.input * rowBytes;
  const planeRows = <u32>(depth.output * height.output);
  windows.windowStep = <usize>width.stride * position;
  windows.bytes = position;
  windows.sliceStep = <usize>depth.dilation * sliceBytes;
  windows.lineStep = <usize>height.dilation * rowBytes;
  windows.columnStep = <usize>width.dilation * position;
  windows.divisors = scratch;
  let out = y + <usize>from * <usize>width.output * position;
  let lost = 0;
  for (let row = from; row < to; row++) {
    const outer = <i32>(row / planeRows);
    const od = <i32>(row % planeRows) / height.output;
    const oh = <i32>(row % planeRows) % height.output;
    const slice = <usize>(outer * depth.input + startOf(plan, depth, od));
    const p = x + slice * sliceBytes + <usize>startOf(plan, height, oh) * rowBytes;
    const down = divisorOf(plan, depth, od) * divisorOf(plan, height, oh);
    windows.slices = countOf(plan, depth, od);
    windows.lines = countOf(plan, height, oh);
    for (let o = 0; o < width.output; ) {
      // Windows alike and, as they are by rule, a stride apart: of clipped ones only the first is sure to be.
      const whole = countOf(plan, width, o) == width.kernelSize;
      const outputs = whole ? runOf(plan, width, o) : 1;
      windows.outputs = outputs;
      windows.columns = countOf(plan, width, o);
      windows.x = p + <usize>startOf(plan, width, o) * position;
      if (sums) {
        const divisor = down * divisorOf(plan, width, o);
        windows.exact = isPowerOfTwo(divisor);
        v128.store(scratch, f32x4.splat(<f32>(windows.exact ? 1 / divisor : divisor)));
      }
      windows.y = out;
      lost |= poolAs(plan.reduction, width.kernelSize, windows);
      out += <usize>outputs * position;
      o += outputs;
    }
  }
  return lost;
}
