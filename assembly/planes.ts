// Narrow windows over planes in registers: channels first, windows two or three positions wide, one or two apart.
//
// For a vector of neighbouring outputs, the rows of the window are folded column by column into vectors, and those are
// folded along the row by shuffles: no partial result goes through memory, so that small planes are as fast as large ones.
// The last vector of a row overlaps the one before; what is not done in vectors (windows that more padding clips, rows of
// fewer outputs than a vector has) is done one output at a time.
//
// Order of operations: the rows of each column, top to bottom, then the columns, left to right; of sums, it is the same in
// vectors and one at a time, so it depends on the window alone. What is loaded is taps of the vector's outputs and nothing
// else.
//
// `P` is a type as large as a position, `A` that of the lanes: the four u8 of a pixel travel together as one u32.
import { Three1, Three2, Two1, Two2 } from './columns';
import { after1, loadPair, loadPosition, storePosition } from './lanes';
import { flagged, Max, MaxUnlessNaN, MinUnlessNaN, Norm, PoolOp, Sum } from './ops';
import { countOf, depthOf, divisorOf, heightOf, Plan, Reduction, runOf, startOf, widthOf } from './plan';
import { oblong } from './planes-oblong';
import { Rows } from './planes-rows';
import { raggedRows, threeByThree, twoByTwo, twoRows } from './planes-square';

// The outputs that are not done in vectors, one at a time. Returns whether anything observed was lost.
function alone<P, A, Op extends PoolOp>(plan: Plan, rows: Rows): i32 {
  const op = changetype<Op>(0);
  const width = widthOf(plan);
  const size: usize = sizeof<P>();
  const slices = rows.slices;
  const sliceStep = rows.sliceStep;
  const lineStep = rows.lineStep;
  let seen: v128 = i32x4.splat(0);
  const height = heightOf(plan);
  let plane = rows.plane - rows.column;
  let oh = rows.oh;
  let y = rows.y - rows.from;
  for (let r = 0; r < rows.rows; r++, oh++, y += rows.outStep) {
    if (oh == rows.outputs) {
      oh = 0;
      plane += rows.sliceBytes;
    }
    const lines = countOf(plan, height, oh);
    const x = plane + <usize>startOf(plan, height, oh) * rows.rowBytes;
    const down = rows.down * (rows.downs == 0 ? 1 : load<f64>(rows.downs + ((<usize>oh) << 3)));
    for (let o = 0; o < width.output; o++) {
      if (o == rows.doneFrom && rows.doneTo > 0) {
        o = rows.doneTo;
        if (o == width.output) break;
      }
      const columns = slices * lines > 0 ? countOf(plan, width, o) : 0;
      let folded = op.identity();
      if (columns > 0) {
        let p = x + <usize>startOf(plan, width, o) * size;
        let a = op.padding();
        let b = a;
        for (let td = 0; td < slices; td++, p += sliceStep) {
          let row = p;
          for (let th = 0; th < lines; th++, row += lineStep) {
            let v = loadPosition<P>(row);
            if (columns > 1) v = loadPair<P>(row);
            v = op.lift(v);
            a = td + th == 0 ? v : op.combine(a, v);
            seen = op.observe(seen, v);
            if (columns == 3) {
              v = op.lift(loadPosition<P>(row + 2 * sizeof<P>()));
              b = td + th == 0 ? v : op.combine(b, v);
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
        // The other lanes hold what is of no meaning.
        seen = op.observeResult(seen, i32x4.shuffle(folded, folded, 0, 0, 0, 0));
      }
      if (op.divides()) folded = op.finish(folded, v128.splat<A>(<A>(down * divisorOf(plan, width, o))), false);
      storePosition<P>(y + <usize>o * size, folded);
    }
  }
  return flagged<A>(seen);
}

// The columns and the stride that windows have, as one number.
// @ts-ignore: decorator
@inline
function columnsKey(columns: i32, stride: i32): i32 {
  return columns * 2 + stride - 5;
}

function windowsOf<P, A, Op extends PoolOp>(key: i32, square: bool, rows: Rows): i32 {
  switch (key * 2 + i32(square)) {
    // Of windows two columns wide, one apart, there are square ones alone.
    case 0:
    case 1: return twoRows<P, A, Op, Two1>(rows);
    case 2: return oblong<P, A, Op, Two2>(rows);
    case 3: return twoByTwo<P, A, Op>(rows);
    case 4: return oblong<P, A, Op, Three1>(rows);
    case 5: return twoRows<P, A, Op, Three1>(rows);
    case 6: return oblong<P, A, Op, Three2>(rows);
    default: return threeByThree<P, A, Op>(rows);
  }
}

// The same for ops of which there are square windows of stride 2 alone.
function squaresOf<P, A, Op extends PoolOp>(key: i32, rows: Rows): i32 {
  if (key == columnsKey(2, 2)) return twoByTwo<P, A, Op>(rows);
  return threeByThree<P, A, Op>(rows);
}

// Rows of more outputs than a vector and no multiple of it, all of them in vectors, the last windows of which have all their
// columns and two of their rows.
// @ts-ignore: decorator
@inline
function areRagged(rows: Rows): bool {
  if ((rows.last & 15) == 0 || rows.last + 16 != rows.outStep || rows.end) return false;
  return rows.first + 2 * rows.outputs <= rows.high;
}

function vectors(reduction: Reduction, key: i32, square: bool, rows: Rows): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: {
      const lost = square && key == columnsKey(3, 2) && areRagged(rows) ? raggedRows<f32, MaxUnlessNaN<f32>>(rows) : 0;
      return lost | windowsOf<f32, f32, MaxUnlessNaN<f32>>(key, square, rows);
    }
    case Reduction.MinF32UnlessNaN: return windowsOf<f32, f32, MinUnlessNaN<f32>>(key, square, rows);
    case Reduction.SumF32: return windowsOf<f32, f32, Sum<f32>>(key, square, rows);
    case Reduction.NormF32: return squaresOf<f32, f32, Norm<f32>>(key, rows);
    case Reduction.MaxU8: return squaresOf<u8, u8, Max<u8>>(key, rows);
    case Reduction.MaxI16: return squaresOf<i16, i16, Max<i16>>(key, rows);
    default: return squaresOf<u32, u8, Max<u8>>(key, rows);
  }
}

function oneByOne(plan: Plan, rows: Rows): i32 {
  switch (plan.reduction) {
    case Reduction.MaxF32UnlessNaN: return alone<f32, f32, MaxUnlessNaN<f32>>(plan, rows);
    case Reduction.MinF32UnlessNaN: return alone<f32, f32, MinUnlessNaN<f32>>(plan, rows);
    case Reduction.SumF32: return alone<f32, f32, Sum<f32>>(plan, rows);
    case Reduction.NormF32: return alone<f32, f32, Norm<f32>>(plan, rows);
    case Reduction.MaxU8: return alone<u8, u8, Max<u8>>(plan, rows);
    case Reduction.MaxI16: return alone<i16, i16, Max<i16>>(plan, rows);
    default: return alone<u32, u8, Max<u8>>(plan, rows);
  }
}

// Four bytes of what padding holds, as of `PoolOp`.
function paddingOf(reduction: Reduction): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: return i32x4.extract_lane(changetype<MaxUnlessNaN<f32>>(0).padding(), 0);
    case Reduction.MinF32UnlessNaN: return i32x4.extract_lane(changetype<MinUnlessNaN<f32>>(0).padding(), 0);
    case Reduction.SumF32: return i32x4.extract_lane(changetype<Sum<f32>>(0).padding(), 0);
    case Reduction.NormF32: return i32x4.extract_lane(changetype<Norm<f32>>(0).padding(), 0);
    case Reduction.MaxI16: return i32x4.extract_lane(changetype<Max<i16>>(0).padding(), 0);
    default: return i32x4.extract_lane(changetype<Max<u8>>(0).padding(), 0);
  }
}

// The words of the plan's header that are this kernel's own: the mirror of planesScratch in src/backends/words.ts.
@unmanaged
class Own {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of a position.
  size: i32;
  // Whether windows are square: see planes-square.ts.
  square: i32;
  // Outputs [from, to) are done in vectors: one vector of them at least, or none.
  from: i32;
  to: i32;
  // The column that window `from` begins with, of the rule: -1 if that is padding, so that the first window lacks its first
  // column; whether the last one lacks its last.
  column: i32;
  end: i32;
  // How many rows of outputs can be done in one call; whether all rows of a plane have one divisor.
  rows: Together;
  sameDivisors: i32;
}

// Those with windows of one size; square ones, none of which is wholly in the padding, of a whole plane; of all planes, where
// slice follows slice and all are divided by the same.
const enum Together {
  Run,
  Plane,
  All,
}

// Places in the scratch, behind three vectors of divisors: `Rows`; a list of a window's rows, or a row of padding.
const ROWS_AT: usize = 48;
const LIST_AT: usize = 192;

// Where the second row of a window and all others are. Returns where the list ends.
function listRows(rows: Rows, lines: i32): usize {
  let end = rows.offsets;
  for (let td = 0; td < rows.slices; td++) {
    for (let th = td == 0 ? 1 : 0; th < lines; th++, end += 4) {
      store<i32>(end, <i32>(<usize>td * rows.sliceStep + <usize>th * rows.lineStep));
    }
  }
  return end;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major.
export function planes(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const own = changetype<Own>(plan);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const size = <usize>own.size;
  const key = columnsKey(width.kernelSize, width.stride);
  const square = own.square != 0;
  const rowBytes = <usize>width.input * size;
  const outStep = <usize>width.output * size;
  const sliceBytes = <usize>height.input * rowBytes;
  const rows = changetype<Rows>(scratch + ROWS_AT);
  rows.divisors = scratch;
  rows.outStep = outStep;
  rows.outputs = height.output;
  rows.rowBytes = rowBytes;
  rows.sliceBytes = sliceBytes;
  rows.first = height.first;
  rows.high = height.input;
  // Rows of windows one apart are done in pairs.
  rows.whole = max(0, height.input - width.kernelSize + (width.stride == 2 ? 1 : 0));
  rows.sliceStep = <usize>depth.dilation * sliceBytes;
  rows.lineStep = <usize>height.dilation * rowBytes;
  rows.from = <usize>own.from * size;
  rows.last = <usize>(own.to - own.from) * size - 16;
  rows.column = <usize>max(0, own.column) * size;
  rows.behind = own.column < 0 ? 16 - size : 16;
  rows.end = own.end != 0;
  rows.reach = (rows.last + 16) * <usize>width.stride - 32 + rows.behind;
  rows.reach += <usize>(width.kernelSize - width.stride - own.end) * size;
  rows.padding = scratch + LIST_AT + rows.column;
  rows.offsets = scratch + LIST_AT;
  const inVectors = own.to > own.from;
  // The divisors of columns: of the first vector, of those between, of the last.
  if (plan.reduction == Reduction.SumF32 && inVectors) {
    for (let lane = 0; lane < 4; lane++) {
      const at = scratch + (<usize>lane << 2);
      store<f32>(at, <f32>divisorOf(plan, width, own.from + lane));
      store<f32>(at, <f32>divisorOf(plan, width, own.from + 1), 16);
      store<f32>(at, <f32>divisorOf(plan, width, own.to - 4 + lane), 32);
    }
  }
  if (square) {
    const padding = i32x4.splat(paddingOf(plan.reduction));
    // Ragged rows are read beyond their end.
    for (let at: usize = 0; at < rowBytes + 32; at += 16) v128.store(scratch + LIST_AT + at, padding);
  }

  const planeRows = <u32>(depth.output * height.output);
  let outer = <i32>(from / planeRows);
  let od = <i32>(from % planeRows) / height.output;
  let oh = <i32>(from % planeRows) % height.output;
  let out = y + <usize>from * outStep;
  let remaining = to - from;
  let lost = 0;
  while (remaining > 0) {
    const slices = countOf(plan, depth, od);
    const lines = countOf(plan, height, oh);
    let count = own.rows == Together.All ? <i32>remaining : own.rows == Together.Plane ? height.output - oh : runOf(plan, height, oh);
    count = min<i32>(<i32>remaining, count);
    const start = startOf(plan, height, oh);
    rows.rows = count;
    rows.y = out + rows.from;
    rows.oh = oh;
    rows.plane = x + <usize>(outer * depth.input + startOf(plan, depth, od)) * sliceBytes + rows.column;
    rows.x = rows.plane + <usize>start * rowBytes;
    rows.rowStep = count > 1 ? <usize>(startOf(plan, height, min(oh + 1, height.output - 1)) - start) * rowBytes : 0;
    rows.slices = slices;
    rows.down = divisorOf(plan, depth, od);
    rows.downs = changetype<usize>(plan) + height.divisors;
    if (own.rows == Together.Run || own.sameDivisors != 0) {
      rows.down *= divisorOf(plan, height, oh);
      rows.downs = 0;
    }
    rows.doneFrom = rows.doneTo = 0;
    if (inVectors && slices * lines > 0) {
      rows.doneFrom = own.from;
      rows.doneTo = own.to;
      if (!square) rows.offsetsEnd = listRows(rows, lines);
      lost |= vectors(plan.reduction, key, square, rows);
    }
    if (rows.doneTo - rows.doneFrom < width.output) lost |= oneByOne(plan, rows);
    if (own.rows == Together.All) break;
    remaining -= count;
    oh += count;
    out += <usize>count * outStep;
    if (oh == height.output) {
      oh = 0;
      if (++od == depth.output) {
        od = 0;
        outer++;
      }
    }
  }
  return lost;
}
