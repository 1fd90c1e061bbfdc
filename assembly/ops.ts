// One small class per op. An op is a type parameter of the kernels: its methods are inlined, so that every kernel is
// compiled for each op as if written for it. All work on vectors; a single element is a vector of which lane 0 counts.
//
// `A` is the type of the lanes.

export interface PoolOp {
  // What an empty window gives before `finish`.
  identity(): v128;
  // What padding holds: it leaves every element as it is.
  padding(): v128;
  // What an element of the tensor is to the op.
  lift(v: v128): v128;
  combine(a: v128, b: v128): v128;
  // Whether `combine` may lose what has to be known.
  observes(): bool;
  // Joins to `seen` what combine(a, b) may have lost of b; `flagged(seen)` tells if it was anything.
  observe(seen: v128, b: v128): v128;
  // Whether there is a divisor; a constant, so that kernels can leave it out.
  divides(): bool;
  // Joins to `seen` what makes a result unfit.
  observeResult(seen: v128, v: v128): v128;
  // `divisor` is the reciprocal where `exact` says that multiplying by it comes to the same.
  finish(v: v128, divisor: v128, exact: bool): v128;
}

// The maximum; a NaN anywhere is the result.
export class Max<A> implements PoolOp {
  // @ts-ignore: decorator
  @inline
  identity(): v128 {
    return v128.splat<A>(isFloat<A>() ? <A>-Infinity : lowest<A>());
  }
  // @ts-ignore: decorator
  @inline
  padding(): v128 {
    return this.identity();
  }
  // @ts-ignore: decorator
  @inline
  lift(v: v128): v128 {
    return v;
  }
  // pmax drops a NaN in its second operand: one of the two orders keeps it, and for all other values both are the same
  // number. Half the price of v128.max, which also has to order zeros.
  // @ts-ignore: decorator
  @inline
  combine(a: v128, b: v128): v128 {
    return isFloat<A>() ? v128.or(v128.pmax<A>(a, b), v128.pmax<A>(b, a)) : v128.max<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observes(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  observeResult(seen: v128, v: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(v: v128, divisor: v128, exact: bool): v128 {
    return v;
  }
}

// The minimum of integers.
export class Min<A> implements PoolOp {
  // @ts-ignore: decorator
  @inline
  identity(): v128 {
    return v128.not(v128.splat<A>(lowest<A>()));
  }
  // @ts-ignore: decorator
  @inline
  padding(): v128 {
    return this.identity();
  }
  // @ts-ignore: decorator
  @inline
  lift(v: v128): v128 {
    return v;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: v128, b: v128): v128 {
    return v128.min<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observes(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  observeResult(seen: v128, v: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(v: v128, divisor: v128, exact: bool): v128 {
    return v;
  }
}

// The maximum at the price of one instruction, of data that hold no NaN: pmax drops a NaN in its second operand, so every
// second operand is observed, and a band in which one was lost is run again by an exact kernel.
export class MaxUnlessNaN<A> implements PoolOp {
  // @ts-ignore: decorator
  @inline
  identity(): v128 {
    return v128.splat<A>(<A>-Infinity);
  }
  // @ts-ignore: decorator
  @inline
  padding(): v128 {
    return this.identity();
  }
  // @ts-ignore: decorator
  @inline
  lift(v: v128): v128 {
    return v;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: v128, b: v128): v128 {
    return v128.pmax<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observes(): bool {
    return true;
  }
  // A NaN sticks in a sum. So does +∞ met by −∞, or an overflow followed by −∞: false alarms, and rare.
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return v128.add<A>(seen, b);
  }
  // @ts-ignore: decorator
  @inline
  observeResult(seen: v128, v: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(v: v128, divisor: v128, exact: bool): v128 {
    return v;
  }
}

// The minimum, likewise.
export class MinUnlessNaN<A> implements PoolOp {
  // @ts-ignore: decorator
  @inline
  identity(): v128 {
    return v128.splat<A>(<A>Infinity);
  }
  // @ts-ignore: decorator
  @inline
  padding(): v128 {
    return this.identity();
  }
  // @ts-ignore: decorator
  @inline
  lift(v: v128): v128 {
    return v;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: v128, b: v128): v128 {
    return v128.pmin<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observes(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return v128.add<A>(seen, b);
  }
  // @ts-ignore: decorator
  @inline
  observeResult(seen: v128, v: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(v: v128, divisor: v128, exact: bool): v128 {
    return v;
  }
}

// The sum, divided at the end: an average, or with divisors of 1 a sum.
export class Sum<A> implements PoolOp {
  // @ts-ignore: decorator
  @inline
  identity(): v128 {
    return v128.splat<A>(<A>0);
  }
  // It leaves a sum of -0 as it is as well.
  // @ts-ignore: decorator
  @inline
  padding(): v128 {
    return v128.splat<A>(<A>-0.0);
  }
  // @ts-ignore: decorator
  @inline
  lift(v: v128): v128 {
    return v;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: v128, b: v128): v128 {
    return v128.add<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observes(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  observeResult(seen: v128, v: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline
  finish(v: v128, divisor: v128, exact: bool): v128 {
    return exact ? v128.mul<A>(v, divisor) : v128.div<A>(v, divisor);
  }
}

// The square root of the sum of squares. Where a sum is infinite, its difference to itself is
// NaN, so that squares too large for the type are seen.
export class Norm<A> implements PoolOp {
  // @ts-ignore: decorator
  @inline
  identity(): v128 {
    return v128.splat<A>(<A>0);
  }
  // @ts-ignore: decorator
  @inline
  padding(): v128 {
    return this.identity();
  }
  // @ts-ignore: decorator
  @inline
  lift(v: v128): v128 {
    return v128.mul<A>(v, v);
  }
  // @ts-ignore: decorator
  @inline
  combine(a: v128, b: v128): v128 {
    return v128.add<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observes(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  observeResult(seen: v128, v: v128): v128 {
    return v128.add<A>(seen, v128.sub<A>(v, v));
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline
  finish(v: v128, divisor: v128, exact: bool): v128 {
    return v128.sqrt<A>(v);
  }
}

// The fold of the lanes of v, in lane 0: halves joined until one is left.
// @ts-ignore: decorator
@inline
export function foldLanes<A, Op extends PoolOp>(v: v128): v128 {
  const op = changetype<Op>(0);
  v = op.combine(v, i64x2.shuffle(v, v, 1, 0));
  if (sizeof<A>() < 8) v = op.combine(v, i32x4.shuffle(v, v, 1, 0, 3, 2));
  if (sizeof<A>() < 4) v = op.combine(v, i16x8.shuffle(v, v, 1, 0, 3, 2, 5, 4, 7, 6));
  if (sizeof<A>() < 2) v = op.combine(v, i8x16.shuffle(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  return v;
}

// Whether anything observed in `seen` was lost.
// @ts-ignore: decorator
@inline
export function flagged<A>(seen: v128): i32 {
  return isFloat<A>() ? <i32>v128.any_true(v128.ne<A>(seen, seen)) : 0;
}

// Whether dividing by `divisor` is the same as multiplying by its reciprocal: it is a power of two, and neither end of
// the range is near.
// @ts-ignore: decorator
@inline
export function isPowerOfTwo(divisor: f64): bool {
  const bits = reinterpret<u64>(divisor);
  const exponent = <i32>(bits >> 52) & 0x7ff;
  return (bits & 0x000fffffffffffff) == 0 && exponent > 1023 - 64 && exponent < 1023 + 64;
}

// @ts-ignore: decorator
@inline
function lowest<A>(): A {
  const sign = 8 * sizeof<A>() - 1;
  return (isSigned<A>() ? (-1 as i64) << (sign as i64) : 0) as A;
}
