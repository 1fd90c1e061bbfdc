// One small class per op. An op is a type parameter of the kernels: its methods are inlined, so that every kernel is
// compiled for each op as if written for it. `A` is the type in which the op accumulates.

export interface PoolOp<A> {
  // What an empty window gives before `finish`, and what padding holds.
  identity(): A;
  // What a first element makes of itself.
  begin(a: A): A;
  beginLanes(a: v128): v128;
  combine(a: A, b: A): A;
  combineLanes(a: v128, b: v128): v128;
  // Joins to `seen` what combineLanes(a, b) may have lost of b; `flagged(seen)` tells if it was anything.
  observe(seen: v128, b: v128): v128;
  // Whether `finish` does anything; a constant, so that kernels can leave the pass out.
  divides(): bool;
  finish(a: A, divisor: A): A;
  finishLanes(a: v128, divisor: v128): v128;
}

// The maximum; a NaN anywhere is the result.
export class Max<A> implements PoolOp<A> {
  // @ts-ignore: decorator
  @inline
  identity(): A {
    return isFloat<A>() ? <A>-Infinity : <A>lowest<A>();
  }
  // @ts-ignore: decorator
  @inline
  begin(a: A): A {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  beginLanes(a: v128): v128 {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: A, b: A): A {
    return max<A>(a, b);
  }
  // pmax drops a NaN in its second operand: one of the two orders keeps it, and for all other values both are the same
  // number. Half the price of v128.max, which also has to order zeros.
  // @ts-ignore: decorator
  @inline
  combineLanes(a: v128, b: v128): v128 {
    return isFloat<A>() ? v128.or(v128.pmax<A>(a, b), v128.pmax<A>(b, a)) : v128.max<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(a: A, divisor: A): A {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  finishLanes(a: v128, divisor: v128): v128 {
    return a;
  }
}

// The maximum at the price of one instruction, of data that hold no NaN: pmax drops a NaN in its second operand, so every
// second operand is observed, and a kernel that flagged one is run again with Max.
export class MaxUnlessNaN<A> implements PoolOp<A> {
  // @ts-ignore: decorator
  @inline
  identity(): A {
    return isFloat<A>() ? <A>-Infinity : <A>lowest<A>();
  }
  // @ts-ignore: decorator
  @inline
  begin(a: A): A {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  beginLanes(a: v128): v128 {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: A, b: A): A {
    return max<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  combineLanes(a: v128, b: v128): v128 {
    return v128.pmax<A>(a, b);
  }
  // A NaN sticks in a sum. So does +∞ met by −∞, or an overflow followed by −∞: false alarms, and rare.
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return v128.add<A>(seen, b);
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(a: A, divisor: A): A {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  finishLanes(a: v128, divisor: v128): v128 {
    return a;
  }
}

// The maximum of what is not NaN. It begins with the identity, which is never NaN, and pmax keeps its first operand
// unless the second is greater.
export class MaxIgnoringNaN<A> implements PoolOp<A> {
  // @ts-ignore: decorator
  @inline
  identity(): A {
    return <A>-Infinity;
  }
  // @ts-ignore: decorator
  @inline
  begin(a: A): A {
    return this.combine(this.identity(), a);
  }
  // @ts-ignore: decorator
  @inline
  beginLanes(a: v128): v128 {
    return this.combineLanes(v128.splat<A>(this.identity()), a);
  }
  // @ts-ignore: decorator
  @inline
  combine(a: A, b: A): A {
    return select<A>(b, a, a < b);
  }
  // @ts-ignore: decorator
  @inline
  combineLanes(a: v128, b: v128): v128 {
    return v128.pmax<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline
  finish(a: A, divisor: A): A {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  finishLanes(a: v128, divisor: v128): v128 {
    return a;
  }
}

// The average: a sum, divided at the end.
export class Avg<A> implements PoolOp<A> {
  // @ts-ignore: decorator
  @inline
  identity(): A {
    return <A>0;
  }
  // @ts-ignore: decorator
  @inline
  begin(a: A): A {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  beginLanes(a: v128): v128 {
    return a;
  }
  // @ts-ignore: decorator
  @inline
  combine(a: A, b: A): A {
    return a + b;
  }
  // @ts-ignore: decorator
  @inline
  combineLanes(a: v128, b: v128): v128 {
    return v128.add<A>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  observe(seen: v128, b: v128): v128 {
    return seen;
  }
  // @ts-ignore: decorator
  @inline
  divides(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline
  finish(a: A, divisor: A): A {
    return a / divisor;
  }
  // @ts-ignore: decorator
  @inline
  finishLanes(a: v128, divisor: v128): v128 {
    return v128.div<A>(a, divisor);
  }
}

// @ts-ignore: decorator
@inline
export function flagged<A>(seen: v128): i32 {
  return isFloat<A>() ? <i32>v128.any_true(v128.ne<A>(seen, seen)) : 0;
}

// @ts-ignore: decorator
@inline
function lowest<A>(): A {
  const sign = 8 * sizeof<A>() - 1;
  return (isSigned<A>() ? (-1 as i64) << (sign as i64) : 0) as A;
}
