// Vectors of the accumulation type A, loaded from and stored as the storage type S: the same, or S = f32 and A = f64.

// @ts-ignore: decorator
@inline
export function lanesOf<A>(): i32 {
  return 16 / sizeof<A>();
}

// @ts-ignore: decorator
@inline
export function loadLanes<S, A>(p: usize): v128 {
  return sizeof<S>() == sizeof<A>() ? v128.load(p) : f64x2.promote_low_f32x4(v128.load64_zero(p));
}

// @ts-ignore: decorator
@inline
export function storeLanes<A, S>(p: usize, v: v128): void {
  if (sizeof<S>() == sizeof<A>()) v128.store(p, v);
  else v128.store64_lane(p, f32x4.demote_f64x2_zero(v), 0);
}
