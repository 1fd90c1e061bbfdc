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
  // Tables, in bytes from the plan: i32 starts, i32 counts, f64 divisors, and i32 runs: how many windows from each one on
  // have its count and divisor and start at one distance.
  starts: i32;
  counts: i32;
  divisors: i32;
  runs: i32;
}

// The ops on the lanes that there are kernels for: the mirror of Reduction in src/backends/conversions.ts. Those
// `UnlessNaN` may lose a NaN, and return that they did. A pixel is four u8 that move as one. What is summed up `InF64` goes
// through float32 between the axes.
export const enum Reduction {
  MaxF32,
  MaxF32UnlessNaN,
  MinF32UnlessNaN,
  SumF32,
  NormF32,
  MaxF64,
  SumF64,
  MaxU8,
  MinU8,
  MaxPixel,
  MaxI16,
  MaxI32,
  AverageU8,
  SumF32InF64,
}

@unmanaged
export class Plan {
  outer: i32;
  inner: i32;
  // Which op on which lanes.
  reduction: i32;
  // Words of the path's own; see the class of each.
  own0: i32;
  own1: i32;
  own2: i32;
  own3: i32;
  own4: i32;
  own5: i32;
  own6: i32;
  own7: i32;
  own8: i32;
  own9: i32;
  own10: i32;
  own11: i32;
  own12: i32;
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
export function runOf(plan: Plan, axis: Axis, o: i32): i32 {
  return load<i32>(changetype<usize>(plan) + axis.runs + ((<usize>o) << 2));
}

// @ts-ignore: decorator
@inline
export function divisorOf(plan: Plan, axis: Axis, o: i32): f64 {
  return load<f64>(changetype<usize>(plan) + axis.divisors + ((<usize>o) << 3));
}
