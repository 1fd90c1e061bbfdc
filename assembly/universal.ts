// The universal path: any window, stride, dilation, padding, layout and op, separably.
//
// For each output row, the rows of its window are folded into one row of the scratch, then the taps along that row are
// folded into the outputs. Padding is identity elements at both ends of the scratch row, so no loop has an edge case.
//
// Order of operations: rows of a depth slice are taken four at a time, (a ∘ b) ∘ (c ∘ d), and joined to the accumulator;
// taps along the row likewise. It depends on the window alone, not on where a band, a vector or a chunk of rows begins,
// so the same plan gives the same bits however it is run. No load or store leaves its row, because a vector loop takes
// whole vectors only and a scalar loop the rest.
import { lanesOf, loadLane, loadLanes, loadPosition, storeLane, storeLanes, storePosition } from './lanes';
import { foldLanes, PoolOp } from './ops';
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, startOf, widthOf } from './plan';

// The words of the plan's header that are this kernel's own: the mirror of universalScratch in src/backends/words.ts.
@unmanaged
class Scratch {
  outer: i32;
  inner: i32;
  cold: i32;
  // Rows that a strided row is split into, one per tap or one per phase of the stride; 0 if it is not split. Positions of
  // one, and positions from the start of one's elements to those of the next.
  slots: i32;
  slotLength: i32;
  slotStart: i32;
  // In bytes from the scratch, besides the row that windows are folded into.
  slotsAt: i32;
  foldedAt: i32;
  divisorsAt: i32;
}

// dst[i] = a[i] ∘ b[i] ∘ c[i] ∘ d[i] for i < n, with the first `count` of the four rows, joined to dst[i] if `join`. Rows
// of the tensor are lifted; `lifts` is a literal of the caller's.
// @ts-ignore: decorator
@inline
function foldGroup<S, A, Op extends PoolOp>(
  lifts: bool,
  dst: usize,
  n: i32,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  count: i32,
  join: bool,
): void {
  const op = changetype<Op>(0);
  const from: usize = sizeof<S>();
  const into: usize = sizeof<A>();
  const lanes = <usize>lanesOf<A>();
  const end = <usize>n & ~(lanes - 1);
  let i: usize = 0;
  // The branches go the same way each time: a processor foresees them, and one loop is a quarter of the code of four.
  for (; i < end; i += lanes) {
    let v = loadLanes<S, A>(a + i * from);
    if (lifts) v = op.begin(op.lift(v));
    if (count > 1) v = op.combine(v, lift<S, A, Op>(lifts, loadLanes<S, A>(b + i * from)));
    if (count > 2) {
      let w = lift<S, A, Op>(lifts, loadLanes<S, A>(c + i * from));
      if (count > 3) {
        if (lifts) w = op.begin(w);
        w = op.combine(w, lift<S, A, Op>(lifts, loadLanes<S, A>(d + i * from)));
      }
      v = op.combine(v, w);
    }
    if (join) v = op.combine(v128.load(dst + i * into), v);
    v128.store(dst + i * into, v);
  }
  for (; i < <usize>n; i++) {
    let v = loadLane<S, A>(a + i * from);
    if (lifts) v = op.begin(op.lift(v));
    if (count > 1) v = op.combine(v, lift<S, A, Op>(lifts, loadLane<S, A>(b + i * from)));
    if (count > 2) {
      let w = lift<S, A, Op>(lifts, loadLane<S, A>(c + i * from));
      if (count > 3) {
        if (lifts) w = op.begin(w);
        w = op.combine(w, lift<S, A, Op>(lifts, loadLane<S, A>(d + i * from)));
      }
      v = op.combine(v, w);
    }
    if (join) v = op.combine(loadPosition<A>(dst + i * into), v);
    storePosition<A>(dst + i * into, v);
  }
}

// @ts-ignore: decorator
@inline
function lift<S, A, Op extends PoolOp>(lifts: bool, v: v128): v128 {
  return lifts ? changetype<Op>(0).lift(v) : v;
}

// Rows of the tensor into a row of partial results.
export function foldRows<S, A, Op extends PoolOp>(
  dst: usize,
  n: i32,
  a: usize,
  step: usize,
  count: i32,
  join: bool,
): void {
  foldGroup<S, A, Op>(true, dst, n, a, a + step, a + 2 * step, a + 3 * step, count, join);
}

// Rows of partial results into one.
export function fold<A, Op extends PoolOp>(
  dst: usize,
  n: i32,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  count: i32,
  join: bool,
): void {
  foldGroup<A, A, Op>(false, dst, n, a, b, c, d, count, join);
}

// The same fold over `count` taps of one partial result each, `step` bytes apart.
function foldTaps<A, Op extends PoolOp>(dst: usize, p: usize, count: i32, step: usize): void {
  const op = changetype<Op>(0);
  let folded = op.identity();
  for (; count >= 4; count -= 4, p += 4 * step) {
    folded = op.combine(
      folded,
      op.combine(
        op.combine(loadPosition<A>(p), loadPosition<A>(p + step)),
        op.combine(loadPosition<A>(p + 2 * step), loadPosition<A>(p + 3 * step)),
      ),
    );
  }
  for (; count > 0; count--, p += step) folded = op.combine(folded, loadPosition<A>(p));
  storePosition<A>(dst, folded);
}

// The fold of `count` partial results side by side: a vector of folds, then its lanes, then what is left over.
function foldRun<A, Op extends PoolOp>(dst: usize, p: usize, count: i32): void {
  const op = changetype<Op>(0);
  const lanes = lanesOf<A>();
  if (count < 2 * lanes) return foldTaps<A, Op>(dst, p, count, sizeof<A>());
  let v = v128.load(p);
  let i = lanes;
  for (; i + lanes <= count; i += lanes) v = op.combine(v, v128.load(p + <usize>i * sizeof<A>()));
  let folded = foldLanes<A, Op>(v);
  for (; i < count; i++) folded = op.combine(folded, loadPosition<A>(p + <usize>i * sizeof<A>()));
  storePosition<A>(dst, folded);
}

function fillIdentity<A, Op extends PoolOp>(dst: usize, n: i32): void {
  const identity = changetype<Op>(0).identity();
  for (let i: usize = 0; i < <usize>n; i++) storePosition<A>(dst + i * sizeof<A>(), identity);
}

// dst[i] = folded[i] divided by its divisor, in the storage type.
function finish<A, S, Op extends PoolOp>(dst: usize, n: i32, folded: usize, divisors: usize, divisor: A): void {
  const op = changetype<Op>(0);
  const lanes = <usize>lanesOf<A>();
  const from: usize = sizeof<A>();
  const into: usize = sizeof<S>();
  const rows = v128.splat<A>(divisor);
  let i: usize = 0;
  for (const end = <usize>n & ~(lanes - 1); i < end; i += lanes) {
    const by = v128.mul<A>(rows, v128.load(divisors + i * from));
    storeLanes<A, S>(dst + i * into, op.finish(v128.load(folded + i * from), by, false));
  }
  for (; i < <usize>n; i++) {
    const by = v128.mul<A>(rows, loadPosition<A>(divisors + i * from));
    storeLane<A, S>(dst + i * into, op.finish(loadPosition<A>(folded + i * from), by, false));
  }
}

// The rows of one stride phase: every `stride`-th position of `row`, `inner` elements each.
function gather<A>(dst: usize, row: usize, positions: i32, stride: usize, inner: i32): void {
  if (inner == 1) {
    for (let i: usize = 0; i < <usize>positions; i++, row += stride) store<A>(dst + i * sizeof<A>(), load<A>(row));
    return;
  }
  for (let i = 0; i < positions; i++, row += stride) {
    for (let c = 0; c < inner; c++, dst += sizeof<A>()) store<A>(dst, load<A>(row + <usize>c * sizeof<A>()));
  }
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. Of each window only the rows `tapFrom` to `tapTo`
// are folded: what came before is in the scratch, and outputs are written once the last row is in.
export function pool<S, A, Op extends PoolOp>(
  plan: Plan,
  x: usize,
  y: usize,
  scratch: usize,
  from: u32,
  to: u32,
  tapFrom: i32,
  tapTo: i32,
): i32 {
  const op = changetype<Op>(0);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const inner = plan.inner;
  const position = <usize>inner * sizeof<A>();
  const rowBytes = <usize>width.input * <usize>inner * sizeof<S>();
  const outputs = width.output * inner;
  const direct = !op.divides() && sizeof<S>() == sizeof<A>();
  const folded = scratch + changetype<Scratch>(plan).foldedAt;
  const divisors = scratch + changetype<Scratch>(plan).divisorsAt;
  const planeRows = <u32>(depth.output * height.output);

  // The scratch row: identity elements around the columns that are input.
  const input = scratch + <usize>(width.low - width.first) * position;
  const inputs = (width.high - width.low) * inner;
  if (tapFrom == 0) {
    fillIdentity<A, Op>(scratch, (width.low - width.first) * inner);
    fillIdentity<A, Op>(input + <usize>inputs * sizeof<A>(), (width.first + width.span - width.high) * inner);
  }
  if (op.divides()) {
    for (let o = 0; o < width.output; o++) {
      const divisor = v128.splat<A>(<A>divisorOf(plan, width, o));
      for (let c: usize = 0; c < position; c += sizeof<A>()) storePosition<A>(divisors + <usize>o * position + c, divisor);
    }
  }

  for (let row = from; row < to; row++) {
    const outer = row / planeRows;
    const od = <i32>(row - outer * planeRows) / height.output;
    const oh = <i32>(row - outer * planeRows) % height.output;

    // Rows of the window into the scratch row.
    const depths = countOf(plan, depth, od);
    const heights = countOf(plan, height, oh);
    for (let td = 0; td < depths; td++) {
      const slice = <i32>outer * depth.input + startOf(plan, depth, od) + td * depth.dilation;
      const first = slice * height.input + startOf(plan, height, oh);
      for (let th = 0; th < heights; th += 4) {
        const tap = td * heights + th;
        if (tap < tapFrom || tap >= tapTo) continue;
        const step = <usize>height.dilation * rowBytes;
        const a = x + (<usize>(first + th * height.dilation) * <usize>width.input + width.low) * <usize>inner * sizeof<S>();
        foldRows<S, A, Op>(input, inputs, a, step, min(4, heights - th), tap > 0);
      }
    }
    if (depths * heights > tapTo) continue;
    if (depths * heights == 0) fillIdentity<A, Op>(input, inputs);

    // Taps along the row into the outputs.
    const out = y + <usize>row * <usize>outputs * sizeof<S>();
    const dst = direct ? out : folded;
    if (width.kernelSize == 0) alongTable<A, Op>(plan, width, scratch, dst);
    else alongRule<A, Op>(plan, width, scratch, dst);
    if (!direct) {
      const divisor = <A>(divisorOf(plan, depth, od) * divisorOf(plan, height, oh));
      finish<A, S, Op>(out, outputs, folded, divisors, divisor);
    }
  }
  return 0;
}


// Windows of their own size each: adaptive and global pooling, and rules that reach far outside the input.
function alongTable<A, Op extends PoolOp>(plan: Plan, width: Axis, row: usize, dst: usize): void {
  const inner = plan.inner;
  const position = <usize>inner * sizeof<A>();
  const step = <usize>width.dilation * position;
  for (let o = 0; o < width.output; o++, dst += position) {
    const count = countOf(plan, width, o);
    const taps = row + <usize>startOf(plan, width, o) * position;
    if (inner >= lanesOf<A>()) {
      if (count == 0) fillIdentity<A, Op>(dst, inner);
      for (let t = 0; t < count; t += 4) {
        const a = taps + <usize>t * step;
        fold<A, Op>(dst, inner, a, a + step, a + 2 * step, a + 3 * step, min(4, count - t), t > 0);
      }
    } else if (inner == 1 && width.dilation == 1) {
      foldRun<A, Op>(dst, taps, count);
    } else {
      for (let c: usize = 0; c < position; c += sizeof<A>()) foldTaps<A, Op>(dst + c, taps + c, count, step);
    }
  }
}

// Equal windows: all outputs at once where neighbouring outputs read neighbouring elements (stride 1, or a stride that
// was split into its phases), else one position of many channels after the other.
function alongRule<A, Op extends PoolOp>(plan: Plan, width: Axis, row: usize, dst: usize): void {
  const inner = plan.inner;
  const position = <usize>inner * sizeof<A>();
  const slots = changetype<Scratch>(plan).slots;
  let base = row;
  const slotBytes = <usize>changetype<Scratch>(plan).slotLength * position;
  if (slots > 0) {
    base = row + changetype<Scratch>(plan).slotsAt;
    for (let slot = 0; slot < slots; slot++) {
      const start = slot * changetype<Scratch>(plan).slotStart;
      const positions = min(changetype<Scratch>(plan).slotLength, (width.span - start + width.stride - 1) / width.stride);
      gather<A>(
        base + <usize>slot * slotBytes,
        row + <usize>start * position,
        positions,
        <usize>width.stride * position,
        inner,
      );
    }
  }
  const flat = slots > 0 || width.stride == 1;
  const n = flat ? width.output * inner : inner;
  const steps = flat ? 1 : width.output;
  for (let o = 0; o < steps; o++) {
    for (let t = 0; t < width.kernelSize; t += 4) {
      fold<A, Op>(
        dst,
        n,
        base + tapOffset(plan, width, t, position, slotBytes),
        base + tapOffset(plan, width, t + 1, position, slotBytes),
        base + tapOffset(plan, width, t + 2, position, slotBytes),
        base + tapOffset(plan, width, t + 3, position, slotBytes),
        min(4, width.kernelSize - t),
        t > 0,
      );
    }
    base += <usize>width.stride * position;
    dst += position;
  }
}

// Where tap t of the first output is, in bytes.
function tapOffset(plan: Plan, width: Axis, t: i32, position: usize, slotBytes: usize): usize {
  const at = t * width.dilation;
  if (changetype<Scratch>(plan).slots == 0) return <usize>at * position;
  // A slot per tap, or a slot per phase of the stride in which taps of the same phase lie side by side.
  if (changetype<Scratch>(plan).slots == width.kernelSize && changetype<Scratch>(plan).slotStart == width.dilation) return <usize>t * slotBytes;
  return <usize>(at % width.stride) * slotBytes + <usize>(at / width.stride) * position;
}
