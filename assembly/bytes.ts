// Averages of 2 x 2 bytes, two apart, over planes and over positions of few channels: in integers.
//
// Sums of two neighbouring bytes are one instruction, which gives words of 16 bits; the bytes of two neighbouring positions
// are moved side by side first. A sum of four is divided by a shift, after what rounds it was added: exact, so that the order
// of operations does not matter. The last vector of a row overlaps the one before.
import { depthOf, heightOf, Plan, startOf, widthOf } from './plan';

// The words of the plan's header that are this kernel's own: the mirror of bytesScratch in src/backends/words.ts.
@unmanaged
class Own {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of two neighbouring positions side by side: which byte of a vector goes where.
  order: i32;
  order1: i32;
  order2: i32;
  order3: i32;
  // What is added to a sum, and what besides if its quotient is odd.
  bias: i32;
  toEven: i32;
}

// @ts-ignore: decorator
@inline
function quotients(p: usize, below: usize, order: v128, bias: v128, toEven: v128): v128 {
  const a = i16x8.extadd_pairwise_i8x16_u(i8x16.swizzle(v128.load(p), order));
  const b = i16x8.extadd_pairwise_i8x16_u(i8x16.swizzle(v128.load(below), order));
  const sum = i16x8.add(a, b);
  const odd = v128.and(i16x8.shr_u(sum, 2), toEven);
  return i16x8.shr_u(i16x8.add(i16x8.add(sum, bias), odd), 2);
}

// A row of outputs, in vectors.
function averageRow(own: Own, p: usize, below: usize, q: usize, last: usize): void {
  const order = v128.load(changetype<usize>(own) + offsetof<Own>('order'));
  const bias = i16x8.splat(<i16>own.bias);
  const toEven = i16x8.splat(<i16>own.toEven);
  let i: usize = 0;
  do {
    const a = quotients(p + 2 * i, below + 2 * i, order, bias, toEven);
    const b = quotients(p + 2 * i + 16, below + 2 * i + 16, order, bias, toEven);
    v128.store(q + i, i8x16.narrow_i16x8_u(a, b));
    if (i == last) break;
    i = min(i + 16, last);
  } while (true);
}

// Output rows `from` to `to`, counted over the whole tensor, row-major.
export function bytes(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const rowBytes = <usize>(width.input * plan.inner);
  const outBytes = <usize>(width.output * plan.inner);
  const at = <usize>(startOf(plan, width, 0) * plan.inner);
  for (let row = from; row < to; row++) {
    const plane = <i32>(row / <u32>height.output);
    const slice = (plane / depth.output) * depth.input + startOf(plan, depth, plane % depth.output);
    const line = slice * height.input + startOf(plan, height, <i32>(row % <u32>height.output));
    const p = x + <usize>line * rowBytes + at;
    const below = p + <usize>height.dilation * rowBytes;
    const q = y + <usize>row * outBytes;
    if (outBytes < 16) {
      // Outputs that fill no vector, which strips of a row may be, are a part of one.
      memory.copy(scratch, p, 2 * outBytes);
      memory.copy(scratch + 32, below, 2 * outBytes);
      averageRow(changetype<Own>(plan), scratch, scratch + 32, scratch, 0);
      memory.copy(q, scratch, outBytes);
    } else averageRow(changetype<Own>(plan), p, below, q, outBytes - 16);
  }
  return 0;
}
