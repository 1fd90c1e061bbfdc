// The universal path: any window, stride, dilation, padding, layout and op, separably.
//
// For each output row, the rows of its window are folded into one row of the scratch, then the taps along that row are
// folded into the outputs. Padding is identity elements at both ends of the scratch row, so no loop has an edge case.
//
// Order of operations: rows of a depth slice are taken four at a time, (a ∘ b) ∘ (c ∘ d), and joined to the accumulator;
// taps along the row likewise, or where there is no rule, by quarters. It depends on the window alone, not on where a
// band, a vector or a chunk of rows begins, so the same plan gives the same bits however it is run. No load or store leaves
// its row, because a vector loop takes whole vectors only and a scalar loop the rest.
import { Axis, countOf, depthOf, divisorOf, heightOf, Plan, Reduction, startOf, widthOf } from './plan';
import { copyEvery, divideRow, fillDivisors, fillIdentity, foldFew, foldRows, split } from './rows';

// The words of the plan's header that are this kernel's own: the mirror of universalScratch in src/backends/words.ts.
@unmanaged
class Own {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of an element.
  size: i32;
  // Rows that a strided row is split into, one per tap or one per phase of the stride; 0 if it is not split. Positions of
  // one, and positions from the start of one's elements to those of the next.
  slots: i32;
  slotLength: i32;
  slotStart: i32;
  // In bytes from the scratch, besides the row that windows are folded into: the slots, or where there are none, room for
  // a quarter of that row; the outputs before they are divided; their divisors.
  slotsAt: i32;
  foldedAt: i32;
  divisorsAt: i32;
}

// Output rows `from` to `to`, counted over the whole tensor, row-major. Of each window only the rows `tapFrom` to `tapTo`
// are folded: what came before is in the scratch, and outputs are written once the last row is in.
export function universal(
  plan: Plan,
  x: usize,
  y: usize,
  scratch: usize,
  from: u32,
  to: u32,
  tapFrom: i32,
  tapTo: i32,
): i32 {
  const own = changetype<Own>(plan);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const reduction = plan.reduction;
  const divides = reduction == Reduction.SumF32 || reduction == Reduction.SumF64;
  const position = <usize>(plan.inner * own.size);
  const rowBytes = <usize>width.input * position;
  const lineStep = <usize>height.dilation * rowBytes;
  const outputs = width.output * plan.inner;
  const divisors = scratch + own.divisorsAt;
  const planeRows = <u32>(depth.output * height.output);

  // The scratch row: identity elements around the columns that are input.
  const input = scratch + <usize>(width.low - width.first) * position;
  const inputs = (width.high - width.low) * plan.inner;
  if (tapFrom == 0) {
    fillIdentity(reduction, scratch, <usize>(width.low - width.first) * position);
    fillIdentity(reduction, input + <usize>(width.high - width.low) * position, <usize>(width.first + width.span - width.high) * position);
  }
  if (divides) fillDivisors(plan, width, 0, width.output, reduction == Reduction.SumF64, divisors);

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
        const a = x + (<usize>(first + th * height.dilation) * <usize>width.input + width.low) * position;
        foldRows(reduction, input, inputs, a, a + lineStep, a + 2 * lineStep, a + 3 * lineStep, min(4, heights - th), tap > 0);
      }
    }
    if (depths * heights > tapTo) continue;
    if (depths * heights == 0) fillIdentity(reduction, input, <usize>(width.high - width.low) * position);

    // Taps along the row into the outputs.
    const out = y + <usize>row * <usize>width.output * position;
    const dst = divides ? scratch + own.foldedAt : out;
    if (width.kernelSize == 0) alongTable(plan, width, scratch, dst);
    else alongRule(plan, width, scratch, dst);
    if (divides) {
      const down = divisorOf(plan, depth, od) * divisorOf(plan, height, oh);
      divideRow(reduction, out, outputs, dst, divisors, down);
    }
  }
  return 0;
}

// From so many taps on, side by side, quarters cost less than one tap after the other.
const MANY_TAPS: i32 = 24;

// Windows of their own size each: adaptive and global pooling, and rules that reach far outside the input.
function alongTable(plan: Plan, width: Axis, row: usize, dst: usize): void {
  const reduction = plan.reduction;
  const inner = plan.inner;
  const position = <usize>(inner * changetype<Own>(plan).size);
  const step = <usize>width.dilation * position;
  const spare = row + changetype<Own>(plan).slotsAt;
  for (let o = 0; o < width.output; o++, dst += position) {
    let count = countOf(plan, width, o);
    let taps = row + <usize>startOf(plan, width, o) * position;
    if (count == 0) fillIdentity(reduction, dst, position);
    else if (inner == 1 && width.dilation == 1) {
      // Elements side by side are joined by quarters, until few are left.
      while (count >= MANY_TAPS) {
        const rest = count & 3;
        count >>= 2;
        const quarter = <usize>count * step;
        foldRows(reduction, spare, count, taps, taps + quarter, taps + 2 * quarter, taps + 3 * quarter, 4, false);
        copyEvery(changetype<Own>(plan).size, spare + quarter, taps + 4 * quarter, rest, 1, 1);
        taps = spare;
        count += rest;
      }
      foldFew(reduction, dst, taps, count);
    } else {
      for (let t = 0; t < count; t += 4) {
        const a = taps + <usize>t * step;
        foldRows(reduction, dst, inner, a, a + step, a + 2 * step, a + 3 * step, min(4, count - t), t > 0);
      }
    }
  }
}

// Equal windows: all outputs at once where neighbouring outputs read neighbouring elements (stride 1, or a stride that
// was split into its phases), else one position of many channels after the other.
function alongRule(plan: Plan, width: Axis, row: usize, dst: usize): void {
  const own = changetype<Own>(plan);
  const reduction = plan.reduction;
  const inner = plan.inner;
  const position = <usize>(inner * own.size);
  const slotBytes = <usize>own.slotLength * position;
  let base = row;
  if (own.slots > 0) {
    base = row + own.slotsAt;
    // Two of them, and a position that moves as one element, at once.
    const both = own.slots == 2 && width.stride == 2 && own.slotStart == 1 && (position & (position - 1)) == 0;
    if (both) split(position, base, base + slotBytes, row, width.span);
    for (let slot = both ? 2 : 0; slot < own.slots; slot++) {
      const start = slot * own.slotStart;
      const positions = min(own.slotLength, (width.span - start + width.stride - 1) / width.stride);
      copyEvery(own.size, base + <usize>slot * slotBytes, row + <usize>start * position, positions, width.stride, inner);
    }
  }
  const flat = own.slots > 0 || width.stride == 1;
  const n = flat ? width.output * inner : inner;
  const steps = flat ? 1 : width.output;
  for (let o = 0; o < steps; o++) {
    for (let t = 0; t < width.kernelSize; t += 4) {
      foldRows(
        reduction,
        dst,
        n,
        base + tapOffset(own, width, t, position, slotBytes),
        base + tapOffset(own, width, t + 1, position, slotBytes),
        base + tapOffset(own, width, t + 2, position, slotBytes),
        base + tapOffset(own, width, t + 3, position, slotBytes),
        min(4, width.kernelSize - t),
        t > 0,
      );
    }
    base += <usize>width.stride * position;
    dst += position;
  }
}

// Where tap t of the first output is, in bytes.
function tapOffset(own: Own, width: Axis, t: i32, position: usize, slotBytes: usize): usize {
  const at = t * width.dilation;
  if (own.slots == 0) return <usize>at * position;
  // A slot per tap, or a slot per phase of the stride in which taps of the same phase lie side by side.
  if (own.slots == width.kernelSize && own.slotStart == width.dilation) return <usize>t * slotBytes;
  return <usize>(at % width.stride) * slotBytes + <usize>(at / width.stride) * position;
}
