// The plan as the kernels see it: words written by src/backends/words.ts, in this order, and read through these classes.
// Tables follow behind and are addressed relative to the plan, so that it can be copied to any place of any memory.

@unmanaged
export class Axis {
  input: i32;
  output: i32;
  dilation: i32;
  // Windows by rule: before clipping, window o has `kernelSize` taps from o·stride + first; `kernelSize` is 0 where there
  // is no rule, and the tables alone say.
  kernelSize: i32;
  stride: i32;
  first: i32;
  // Positions that the windows' row of the scratch spans, [first, first + span), and those of them that are input,
  // [low, high).
  span: i32;
  low: i32;
  high: i32;
  // Tables, in bytes from the plan: i32 starts, i32 counts, f64 divisors.
  starts: i32;
  counts: i32;
  divisors: i32;
}

@unmanaged
export class Plan {
  outer: i32;
  inner: i32;
  // Words of the path's own.
  slots: i32;
  slotLength: i32;
  slotStart: i32;
  slotsAt: i32;
  foldedAt: i32;
  divisorsAt: i32;
  reserved0: i32;
  reserved1: i32;
  reserved2: i32;
  reserved3: i32;
}

const AXIS_BYTES: usize = offsetof<Axis>();
const PLAN_BYTES: usize = offsetof<Plan>();

// @ts-ignore: decorator
@inline
export function depthOf(plan: Plan): Axis {
  return changetype<Axis>(changetype<usize>(plan) + PLAN_BYTES);
}

// @ts-ignore: decorator
@inline
export function heightOf(plan: Plan): Axis {
  return changetype<Axis>(changetype<usize>(plan) + PLAN_BYTES + AXIS_BYTES);
}

// @ts-ignore: decorator
@inline
export function widthOf(plan: Plan): Axis {
  return changetype<Axis>(changetype<usize>(plan) + PLAN_BYTES + 2 * AXIS_BYTES);
}

// @ts-ignore: decorator
@inline
export function startOf(plan: Plan, axis: Axis, o: i32): i32 {
  return load<i32>(changetype<usize>(plan) + axis.starts + ((<usize>o) << 2));
}

// @ts-ignore: decorator
@inline
export function countOf(plan: Plan, axis: Axis, o: i32): i32 {
  return load<i32>(changetype<usize>(plan) + axis.counts + ((<usize>o) << 2));
}

// @ts-ignore: decorator
@inline
export function divisorOf(plan: Plan, axis: Axis, o: i32): f64 {
  return load<f64>(changetype<usize>(plan) + axis.divisors + ((<usize>o) << 3));
}
