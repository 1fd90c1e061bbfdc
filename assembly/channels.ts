// Windows of 2 x 2 and 3 x 3 taps, in one to three slices, over positions of many channels: channels last.
//
// A vector or two of channels at a time, position by position, as they lie in memory: the rows of each column are folded,
// then the columns. Columns that neighbouring 3 x 3 windows share are folded once, and kept in the scratch until then.
//
// Rows of 3 x 3 windows in several slices are folded into rows of the scratch first, and those that windows share stay there.
// Windows of 2 x 2 x 2 are done in one piece.
//
// Order of operations: the rows of each column, top to bottom, then the columns, left to right, then two slices, front to
// back. Each channel by itself, so it depends on the window alone. The last vectors of a position, or of a row of outputs,
// overlap those before.
import { flagged, isPowerOfTwo, Max, MaxUnlessNaN, MinUnlessNaN, Norm, PoolOp, Sum } from './ops';
import { countOf, depthOf, divisorOf, heightOf, Plan, Reduction, runOf, startOf, widthOf } from './plan';
import { fillIdentity } from './rows';

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
  columns: i32;
  columnStep: usize;
  // From a window's first row to its second and third. In place of those that it lacks a maximum takes the first one again,
  // and a sum a row of zeros.
  line1: usize;
  line2: usize;
  // Of 2 x 2 windows in two slices, from the first to the second.
  sliceStep: usize;
  // A vector of divisors, or of their reciprocals if `exact`.
  divisors: usize;
  exact: bool;
  // Of windows that share columns: how many bytes are done at once, less two vectors; where the folds of columns are kept;
  // and of windows one column apart, where those of the first and the second column are.
  last: usize;
  kept: usize;
  first: usize;
  second: usize;
}

// The loops that there are over windows of a row.
const enum Loop {
  TwoByTwo,
  TwoByTwoByTwo,
  ThreeByThreeApart1,
  ThreeByThreeApart2,
  Alone,
}

// @ts-ignore: decorator
@inline
function finished<Op extends PoolOp>(v: v128, divisor: v128, exact: bool): v128 {
  const op = changetype<Op>(0);
  return op.divides() ? op.finish(v, divisor, exact) : v;
}

// @ts-ignore: decorator
@inline
function twos<A, Op extends PoolOp>(windows: Windows, deep: bool): i32 {
  const op = changetype<Op>(0);
  const line1 = windows.line1;
  const sliceStep = windows.sliceStep;
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
    // Of less than a vector the rest is the next position's.
    const last = y + max(bytes, 16) - 16;
    do {
      const row1 = p + line1;
      const a = op.lift(v128.load(p));
      const b = op.lift(v128.load(row1));
      const c = op.lift(v128.load(p + columnStep));
      const d = op.lift(v128.load(row1 + columnStep));
      const left = op.combine(a, b);
      const right = op.combine(c, d);
      let folded = op.combine(left, right);
      // Joined before they are observed, to keep the chain of additions short.
      let lost = op.observe(op.observe(b, d), right);
      if (deep) {
        const row2 = p + sliceStep;
        const row3 = row1 + sliceStep;
        const e = op.lift(v128.load(row2));
        const f = op.lift(v128.load(row3));
        const g = op.lift(v128.load(row2 + columnStep));
        const h = op.lift(v128.load(row3 + columnStep));
        const front = op.combine(e, f);
        const back = op.combine(g, h);
        const second = op.combine(front, back);
        folded = op.combine(folded, second);
        lost = op.observe(op.observe(lost, op.observe(f, h)), op.observe(back, second));
      }
      seen = op.observe(seen, op.observeResult(lost, folded));
      v128.store(q, finished<Op>(folded, divisor, exact));
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

function twoByTwo<A, Op extends PoolOp>(windows: Windows): i32 {
  return twos<A, Op>(windows, false);
}

function twoByTwoByTwo<A, Op extends PoolOp>(windows: Windows): i32 {
  return twos<A, Op>(windows, true);
}

// 3 x 3 windows one column apart, two vectors at a time along the channels of a whole row. A position has as much at least:
// what is read was written before.
// @ts-ignore: decorator
@inline
function threeByThreeApart1<A, Op extends PoolOp>(windows: Windows): i32 {
  const op = changetype<Op>(0);
  const divisor = v128.load(windows.divisors);
  const exact = windows.exact;
  const last = windows.last;
  const p = windows.x;
  const r = p + windows.line1;
  const s = p + windows.line2;
  const k = windows.first;
  const l = windows.second;
  const m = windows.kept;
  const q = windows.y;
  let seen: v128 = i32x4.splat(0);
  let i: usize = 0;
  do {
    let v = op.lift(v128.load(r + i));
    let w = op.lift(v128.load(s + i));
    const c = op.combine(op.combine(op.lift(v128.load(p + i)), v), w);
    let lost = op.observe(op.observe(v, w), c);
    v = op.lift(v128.load(r + i, 16));
    w = op.lift(v128.load(s + i, 16));
    const d = op.combine(op.combine(op.lift(v128.load(p + i, 16)), v), w);
    lost = op.observe(lost, op.observe(op.observe(v, w), d));
    const a = op.combine(op.combine(v128.load(k + i), v128.load(l + i)), c);
    const b = op.combine(op.combine(v128.load(k + i, 16), v128.load(l + i, 16)), d);
    v128.store(m + i, c);
    v128.store(m + i, d, 16);
    seen = op.observe(seen, op.observeResult(op.observeResult(lost, a), b));
    v128.store(q + i, finished<Op>(a, divisor, exact));
    v128.store(q + i, finished<Op>(b, divisor, exact), 16);
    if (i == last) break;
    i = min(i + 32, last);
  } while (true);
  return flagged<A>(seen);
}

// 3 x 3 windows two columns apart: the third column of each is the first of the next.
function threeByThreeApart2<A, Op extends PoolOp>(windows: Windows): i32 {
  const op = changetype<Op>(0);
  const bytes = windows.bytes;
  const last = windows.last;
  const divisor = v128.load(windows.divisors);
  const exact = windows.exact;
  let seen: v128 = i32x4.splat(0);
  let p = windows.x;
  let k = windows.kept;
  let l = k + bytes;
  let q = windows.y;
  for (let o = -1; o < windows.outputs; o++) {
    const r = p + windows.line1;
    const s = p + windows.line2;
    let i: usize = 0;
    do {
      let v = op.lift(v128.load(r + i));
      let w = op.lift(v128.load(s + i));
      const c = op.combine(op.combine(op.lift(v128.load(p + i)), v), w);
      let lost = op.observe(op.observe(v, w), c);
      v = op.lift(v128.load(r + i, 16));
      w = op.lift(v128.load(s + i, 16));
      const d = op.combine(op.combine(op.lift(v128.load(p + i, 16)), v), w);
      lost = op.observe(lost, op.observe(op.observe(v, w), d));
      v128.store(l + i, c);
      v128.store(l + i, d, 16);
      if (o >= 0) {
        // In the column before.
        const j = i - bytes;
        v = op.lift(v128.load(r + j));
        w = op.lift(v128.load(s + j));
        let b = op.combine(op.combine(op.lift(v128.load(p + j)), v), w);
        lost = op.observe(lost, op.observe(op.observe(v, w), b));
        const e = op.combine(op.combine(v128.load(k + i), b), c);
        v = op.lift(v128.load(r + j, 16));
        w = op.lift(v128.load(s + j, 16));
        b = op.combine(op.combine(op.lift(v128.load(p + j, 16)), v), w);
        lost = op.observe(lost, op.observe(op.observe(v, w), b));
        const f = op.combine(op.combine(v128.load(k + i, 16), b), d);
        lost = op.observeResult(op.observeResult(lost, e), f);
        v128.store(q + i, finished<Op>(e, divisor, exact));
        v128.store(q + i, finished<Op>(f, divisor, exact), 16);
      }
      seen = op.observe(seen, lost);
      if (i == last) break;
      i = min(i + 32, last);
    } while (true);
    if (o >= 0) q += bytes;
    p += 2 * bytes;
    // What was written is read.
    const read = k;
    k = l;
    l = read;
  }
  return flagged<A>(seen);
}

// Windows of one to three columns, at any distance, and of one to three rows.
// @ts-ignore: decorator
@inline
function alone<A, Op extends PoolOp>(windows: Windows): i32 {
  const op = changetype<Op>(0);
  const line1 = windows.line1;
  const line2 = windows.line2;
  const columns = windows.columns;
  const columnStep = windows.columnStep;
  const last = windows.bytes - 16;
  const divisor = v128.load(windows.divisors);
  let seen: v128 = i32x4.splat(0);
  let p = windows.x;
  let q = windows.y;
  for (let o = windows.outputs; o > 0; o--, p += windows.windowStep, q += windows.bytes) {
    let i: usize = 0;
    do {
      let folded = op.identity();
      let lost: v128 = i32x4.splat(0);
      for (let tw = 0, column = p + i; tw < columns; tw++, column += columnStep) {
        const v = op.lift(v128.load(column + line1));
        const w = op.lift(v128.load(column + line2));
        const c = op.combine(op.combine(op.lift(v128.load(column)), v), w);
        lost = op.observe(lost, op.observe(op.observe(v, w), c));
        folded = tw == 0 ? c : op.combine(folded, c);
      }
      seen = op.observe(seen, op.observeResult(lost, folded));
      v128.store(q + i, finished<Op>(folded, divisor, windows.exact));
      if (i == last) break;
      i = min(i + 16, last);
    } while (true);
  }
  return flagged<A>(seen);
}

function poolAs<A, Op extends PoolOp>(loop: Loop, windows: Windows): i32 {
  switch (loop) {
    case Loop.TwoByTwo: return twoByTwo<A, Op>(windows);
    case Loop.ThreeByThreeApart1: return isInteger<A>() ? 0 : threeByThreeApart1<A, Op>(windows);
    case Loop.ThreeByThreeApart2: return threeByThreeApart2<A, Op>(windows);
    default: return alone<A, Op>(windows);
  }
}

function pool(reduction: Reduction, loop: Loop, windows: Windows): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN:
      return loop == Loop.TwoByTwoByTwo ? twoByTwoByTwo<f32, MaxUnlessNaN<f32>>(windows) : poolAs<f32, MaxUnlessNaN<f32>>(loop, windows);
    case Reduction.MinF32UnlessNaN: return poolAs<f32, MinUnlessNaN<f32>>(loop, windows);
    case Reduction.SumF32:
      return loop == Loop.TwoByTwoByTwo ? twoByTwoByTwo<f32, Sum<f32>>(windows) : poolAs<f32, Sum<f32>>(loop, windows);
    // Rare in windows of 3 x 3, which have no loops of their own.
    case Reduction.NormF32: return loop == Loop.TwoByTwo ? twoByTwo<f32, Norm<f32>>(windows) : alone<f32, Norm<f32>>(windows);
    default: return poolAs<u8, Max<u8>>(loop, windows);
  }
}

function threeByThree(reduction: Reduction, windows: Windows): i32 {
  const bytes = windows.bytes;
  const columnStep = windows.columnStep;
  const apart = windows.windowStep;
  const total = <usize>windows.outputs * bytes;
  if (reduction == Reduction.NormF32) return pool(reduction, Loop.Alone, windows);
  if (columnStep == bytes && apart == bytes && bytes >= 32) {
    // First only columns, with outputs that mean nothing, behind what is kept.
    const x = windows.x;
    const y = windows.y;
    const kept = windows.kept;
    windows.first = x;
    windows.second = x;
    windows.y = kept + 2 * bytes + total;
    windows.last = 2 * bytes - 32;
    let lost = pool(reduction, Loop.ThreeByThreeApart1, windows);
    windows.first = kept;
    windows.second = kept + bytes;
    windows.kept = kept + 2 * bytes;
    windows.x = x + 2 * bytes;
    windows.y = y;
    windows.last = total - 32;
    lost |= pool(reduction, Loop.ThreeByThreeApart1, windows);
    windows.kept = kept;
    return lost;
  }
  if (columnStep == bytes && apart == 2 * bytes && bytes >= 32) {
    windows.last = bytes - 32;
    return pool(reduction, Loop.ThreeByThreeApart2, windows);
  }
  return pool(reduction, Loop.Alone, windows);
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

// Rows that slices are folded to.
const FOLDED: i32 = 3;

// @ts-ignore: decorator
@inline
function placeOf(line: i32, rowBytes: usize): usize {
  return <usize>(line % FOLDED) * rowBytes;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. A position has a vector of channels at least, or 12
// bytes where all windows are whole and two columns wide, and rows have several of them. The scratch takes a vector of
// divisors, `Windows`, a row of zeros, one of folded columns, and those of folded slices.
export function channels(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const reduction = plan.reduction;
  const adds = reduction == Reduction.SumF32 || reduction == Reduction.NormF32;
  const size = width.kernelSize;
  const position = <usize>(plan.inner * changetype<Own>(plan).size);
  const rowBytes = <usize>width.input * position;
  const columnStep = <usize>width.dilation * position;
  const lineStep = <usize>height.dilation * rowBytes;
  const sliceStep = <usize>(depth.dilation * height.input) * rowBytes;
  const windows = changetype<Windows>(scratch + 16);
  const zeros = scratch + 16 + offsetof<Windows>();
  const folded = zeros + 2 * rowBytes + 2 * position;
  let cleared = false;
  windows.divisors = scratch;
  windows.kept = zeros + rowBytes;
  windows.sliceStep = sliceStep;
  windows.windowStep = <usize>width.stride * position;
  let out = y + <usize>from * <usize>width.output * position;
  let lost = 0;
  let done = -1;
  for (let row = from; row < to; row++) {
    const plane = <i32>(row / <u32>height.output);
    const od = plane % depth.output;
    const oh = <i32>(row % <u32>height.output);
    const slices = countOf(plan, depth, od);
    const slice = (plane / depth.output) * depth.input + startOf(plan, depth, od);
    const line = startOf(plan, height, oh);
    let lines = min(1, min(slices, width.input)) * countOf(plan, height, oh);
    let p = x + <usize>(slice * height.input + line) * rowBytes;
    let line1: usize = lineStep;
    let line2: usize = 2 * lineStep;
    const deep = slices == 2 && lines == 2 && size == 2 && (adds || reduction == Reduction.MaxF32UnlessNaN);
    // None of this row's are folded yet.
    if (oh == 0 || height.dilation > 1) done = -1;
    if (slices == 2 && lines == 1) {
      // A row of two slices is two of one.
      lines = 2;
      line1 = sliceStep;
    } else if (slices > 1 && !deep) {
      // Rows of several slices become one, for each row of the window; those that windows share stay where they are.
      windows.line1 = sliceStep;
      windows.columnStep = slices > 2 ? sliceStep : 0;
      windows.outputs = 1;
      windows.bytes = rowBytes;
      for (let th = 0; th < lines; th++, p += lineStep) {
        if (line + th <= done) continue;
        done = line + th;
        windows.x = p;
        windows.y = folded + placeOf(line + th, rowBytes);
        // Three are four of which the middle one is there twice.
        lost |= pool(reduction, Loop.TwoByTwo, windows);
      }
      p = folded + placeOf(line, rowBytes);
      line1 = folded + placeOf(line + 1, rowBytes) - p;
      line2 = folded + placeOf(line + 2, rowBytes) - p;
    }
    windows.bytes = position;
    const down = divisorOf(plan, depth, od) * divisorOf(plan, height, oh);
    for (let o = 0; o < width.output; ) {
      const columns = countOf(plan, width, o);
      // Windows alike and, as they are by rule, a stride apart: of clipped ones only the first is sure to be.
      const outputs = columns == size ? runOf(plan, width, o) : 1;
      const bytes = <usize>outputs * position;
      const divisor = down * divisorOf(plan, width, o);
      if (lines * columns == 0) {
        if (!adds) fillIdentity(reduction, out, bytes);
        else for (let i: usize = 0; i < bytes; i += 4) store<f32>(out + i, <f32>(0 / divisor));
      } else {
        if (adds) {
          windows.exact = isPowerOfTwo(divisor);
          v128.store(scratch, f32x4.splat(<f32>(windows.exact ? 1 / divisor : divisor)));
        }
        windows.x = p + <usize>startOf(plan, width, o) * position;
        windows.y = out;
        windows.outputs = outputs;
        windows.columns = columns;
        let none: usize = 0;
        // All loops but one take three rows.
        if (adds && lines < (columns == size ? size : 3)) {
          if (!cleared) memory.fill(zeros, 0, rowBytes);
          cleared = true;
          none = zeros - windows.x;
        }
        windows.line1 = lines > 1 ? line1 : none;
        windows.line2 = lines > 2 ? line2 : none;
        windows.columnStep = columnStep;
        const two = deep ? Loop.TwoByTwoByTwo : Loop.TwoByTwo;
        if (position < 16) {
          // The last window with the end of the one before, which stays as it is.
          windows.outputs = outputs - 1;
          lost |= pool(reduction, two, windows);
          windows.outputs = 1;
          windows.x += <usize>(outputs - 1) * windows.windowStep - 4;
          const end = out + bytes - 16;
          windows.y = end;
          const before = load<f32>(end);
          lost |= pool(reduction, two, windows);
          store<f32>(end, before);
        } else if (deep && columns < size) {
          // One column of each slice, as two of one.
          windows.columnStep = sliceStep;
          lost |= pool(reduction, Loop.TwoByTwo, windows);
        } else if (columns < size) lost |= pool(reduction, Loop.Alone, windows);
        else if (size == 2) lost |= pool(reduction, two, windows);
        else if (lines == 1 && !adds) {
          // Three columns are four of which the middle one is there twice.
          windows.line1 = columnStep;
          lost |= pool(reduction, Loop.TwoByTwo, windows);
        } else lost |= threeByThree(reduction, windows);
      }
      out += bytes;
      o += outputs;
    }
  }
  return lost;
}
