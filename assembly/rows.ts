// Rows: the loops over one row of elements, of which the kernels for windows of any size are made, for each op and type.
//
// Each is a function of its own: compilers keep the registers of a small loop, and those of a large function they do not.
// Whole vectors first, then single elements: nothing outside the rows is read or written.
import { even, loadPosition, odd, storePosition } from './lanes';
import { flagged, Max, MaxUnlessNaN, Min, MinUnlessNaN, PoolOp, Sum } from './ops';
import { Axis, divisorOf, Plan, Reduction } from './plan';

// dst[i] = a[i] ∘ b[i] ∘ c[i] ∘ d[i] for i < n, with the first `count` of the four rows, joined to dst[i] if `join`.
function foldRowsAs<A, Op extends PoolOp>(dst: usize, n: i32, a: usize, b: usize, c: usize, d: usize, count: i32, join: bool): void {
  const op = changetype<Op>(0);
  const size: usize = sizeof<A>();
  const end = (<usize>n * size) & ~15;
  let i: usize = 0;
  // The most frequent ones have loops of their own.
  if (count == 2 && !join) {
    for (; i < end; i += 16) v128.store(dst + i, op.combine(v128.load(a + i), v128.load(b + i)));
  } else if (count == 3 && !join) {
    for (; i < end; i += 16) {
      v128.store(dst + i, op.combine(op.combine(v128.load(a + i), v128.load(b + i)), v128.load(c + i)));
    }
  } else if (count == 4 && !join) {
    for (; i < end; i += 16) {
      const v = op.combine(v128.load(a + i), v128.load(b + i));
      v128.store(dst + i, op.combine(v, op.combine(v128.load(c + i), v128.load(d + i))));
    }
  }
  // The branches go the same way each time: a processor foresees them, and one loop is a quarter of the code of four.
  for (; i < end; i += 16) {
    let v = v128.load(a + i);
    if (count > 1) v = op.combine(v, v128.load(b + i));
    if (count > 2) {
      let w = v128.load(c + i);
      if (count > 3) w = op.combine(w, v128.load(d + i));
      v = op.combine(v, w);
    }
    if (join) v = op.combine(v128.load(dst + i), v);
    v128.store(dst + i, v);
  }
  for (const last = <usize>n * size; i < last; i += size) {
    let v = loadPosition<A>(a + i);
    if (count > 1) v = op.combine(v, loadPosition<A>(b + i));
    if (count > 2) {
      let w = loadPosition<A>(c + i);
      if (count > 3) w = op.combine(w, loadPosition<A>(d + i));
      v = op.combine(v, w);
    }
    if (join) v = op.combine(loadPosition<A>(dst + i), v);
    storePosition<A>(dst + i, v);
  }
}

export function foldRows(reduction: Reduction, dst: usize, n: i32, a: usize, b: usize, c: usize, d: usize, count: i32, join: bool): void {
  switch (reduction) {
    case Reduction.MaxF32: return foldRowsAs<f32, Max<f32>>(dst, n, a, b, c, d, count, join);
    case Reduction.MaxF32UnlessNaN: return foldRowsAs<f32, MaxUnlessNaN<f32>>(dst, n, a, b, c, d, count, join);
    case Reduction.MinF32UnlessNaN: return foldRowsAs<f32, MinUnlessNaN<f32>>(dst, n, a, b, c, d, count, join);
    case Reduction.SumF32:
    case Reduction.SumF32InF64: return foldRowsAs<f32, Sum<f32>>(dst, n, a, b, c, d, count, join);
    case Reduction.MaxF64: return foldRowsAs<f64, Max<f64>>(dst, n, a, b, c, d, count, join);
    case Reduction.SumF64: return foldRowsAs<f64, Sum<f64>>(dst, n, a, b, c, d, count, join);
    case Reduction.MaxU8: return foldRowsAs<u8, Max<u8>>(dst, n, a, b, c, d, count, join);
    case Reduction.MinU8: return foldRowsAs<u8, Min<u8>>(dst, n, a, b, c, d, count, join);
    case Reduction.MaxI16: return foldRowsAs<i16, Max<i16>>(dst, n, a, b, c, d, count, join);
    default: return foldRowsAs<i32, Max<i32>>(dst, n, a, b, c, d, count, join);
  }
}

// The fold of `count` elements side by side, one by one.
// @ts-ignore: decorator
@inline
function foldFewAs<A, Op extends PoolOp>(dst: usize, p: usize, count: i32): void {
  const op = changetype<Op>(0);
  let folded = loadPosition<A>(p);
  for (const end = p + <usize>(count - 1) * sizeof<A>(); p < end; ) {
    p += sizeof<A>();
    folded = op.combine(folded, loadPosition<A>(p));
  }
  storePosition<A>(dst, folded);
}

// Of ops that lose nothing.
export function foldFew(reduction: Reduction, dst: usize, p: usize, count: i32): void {
  switch (reduction) {
    case Reduction.MaxF32: return foldFewAs<f32, Max<f32>>(dst, p, count);
    case Reduction.SumF32: return foldFewAs<f32, Sum<f32>>(dst, p, count);
    case Reduction.MaxF64: return foldFewAs<f64, Max<f64>>(dst, p, count);
    case Reduction.SumF64: return foldFewAs<f64, Sum<f64>>(dst, p, count);
    case Reduction.MaxU8: return foldFewAs<u8, Max<u8>>(dst, p, count);
    case Reduction.MinU8: return foldFewAs<u8, Min<u8>>(dst, p, count);
    case Reduction.MaxI16: return foldFewAs<i16, Max<i16>>(dst, p, count);
    default: return foldFewAs<i32, Max<i32>>(dst, p, count);
  }
}

// Whether combining the elements of a row may lose one: a NaN.
function losesInRowAs<A, Op extends PoolOp>(row: usize, n: i32): i32 {
  const op = changetype<Op>(0);
  let a: v128 = i32x4.splat(0);
  let b: v128 = i32x4.splat(0);
  const end = row + <usize>n * sizeof<A>();
  for (; row + 32 <= end; row += 32) {
    a = op.observe(a, v128.load(row));
    b = op.observe(b, v128.load(row, 16));
  }
  for (; row < end; row += sizeof<A>()) a = op.observe(a, loadPosition<A>(row));
  return flagged<A>(op.observe(a, b));
}

export function losesInRow(reduction: Reduction, row: usize, n: i32): i32 {
  return observes(reduction) ? losesInRowAs<f32, MaxUnlessNaN<f32>>(row, n) : 0;
}

export function observes(reduction: Reduction): bool {
  return reduction == Reduction.MaxF32UnlessNaN || reduction == Reduction.MinF32UnlessNaN;
}

function identityOf(reduction: Reduction): v128 {
  switch (reduction) {
    case Reduction.MaxF32: return changetype<Max<f32>>(0).identity();
    case Reduction.MaxF32UnlessNaN: return changetype<MaxUnlessNaN<f32>>(0).identity();
    case Reduction.MinF32UnlessNaN: return changetype<MinUnlessNaN<f32>>(0).identity();
    case Reduction.SumF32:
    case Reduction.SumF32InF64: return changetype<Sum<f32>>(0).identity();
    case Reduction.MaxF64: return changetype<Max<f64>>(0).identity();
    case Reduction.SumF64: return changetype<Sum<f64>>(0).identity();
    case Reduction.MaxU8: return changetype<Max<u8>>(0).identity();
    case Reduction.MinU8: return changetype<Min<u8>>(0).identity();
    case Reduction.MaxI16: return changetype<Max<i16>>(0).identity();
    default: return changetype<Max<i32>>(0).identity();
  }
}

// Identity elements for `bytes` bytes.
export function fillIdentity(reduction: Reduction, dst: usize, bytes: usize): void {
  const identity = identityOf(reduction);
  const end = dst + bytes;
  for (; dst + 16 <= end; dst += 16) v128.store(dst, identity);
  // The same in smaller and smaller parts: they begin where an element does.
  const part = i64x2.extract_lane(identity, 0);
  if (dst + 8 <= end) {
    store<i64>(dst, part);
    dst += 8;
  }
  if (dst + 4 <= end) {
    store<i32>(dst, <i32>part);
    dst += 4;
  }
  if (dst + 2 <= end) {
    store<i16>(dst, <i16>part);
    dst += 2;
  }
  if (dst < end) store<i8>(dst, <i8>part);
}

// The divisors of windows `from` to `to` along the rows, for each channel.
export function fillDivisors(plan: Plan, width: Axis, from: i32, to: i32, wide: bool, dst: usize): void {
  for (let o = from; o < to; o++) {
    const divisor = divisorOf(plan, width, o);
    for (let i = plan.inner; i > 0; i--) {
      if (wide) store<f64>(dst, divisor);
      else store<f32>(dst, <f32>divisor);
      dst += wide ? 8 : 4;
    }
  }
}

// dst[i] = folded[i] divided by down · divisors[i].
function divideRowAs<A>(dst: usize, n: i32, folded: usize, divisors: usize, down: f64): void {
  const rows = v128.splat<A>(<A>down);
  const size: usize = sizeof<A>();
  let i: usize = 0;
  for (const end = (<usize>n * size) & ~15; i < end; i += 16) {
    v128.store(dst + i, v128.div<A>(v128.load(folded + i), v128.mul<A>(rows, v128.load(divisors + i))));
  }
  for (const end = <usize>n * size; i < end; i += size) {
    store<A>(dst + i, <A>(load<A>(folded + i) / (<A>down * load<A>(divisors + i))));
  }
}

export function divideRow(reduction: Reduction, dst: usize, n: i32, folded: usize, divisors: usize, down: f64): void {
  if (reduction == Reduction.SumF32) divideRowAs<f32>(dst, n, folded, divisors, down);
  else divideRowAs<f64>(dst, n, folded, divisors, down);
}

// The reciprocals of the divisors of windows `from` to `to` along the rows, `apart` of each.
export function fillReciprocals(plan: Plan, width: Axis, from: i32, to: i32, apart: i32, dst: usize): void {
  for (let o = from; o < to; o++) {
    const reciprocal = 1 / divisorOf(plan, width, o);
    for (let i = apart; i > 0; i--, dst += 8) store<f64>(dst, reciprocal);
  }
}

// `rows` rows of `bytes` bytes.
export function copyRows(dst: usize, dstStep: usize, src: usize, srcStep: usize, bytes: usize, rows: i32): void {
  for (; rows > 0; rows--, dst += dstStep, src += srcStep) {
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) v128.store(dst + i, v128.load(src + i));
    // The same in smaller and smaller parts.
    if (bytes & 8) {
      store<i64>(dst + i, load<i64>(src + i));
      i += 8;
    }
    if (bytes & 4) {
      store<i32>(dst + i, load<i32>(src + i));
      i += 4;
    }
    if (bytes & 2) {
      store<i16>(dst + i, load<i16>(src + i));
      i += 2;
    }
    if (bytes & 1) store<i8>(dst + i, load<i8>(src + i));
  }
}

// Every second position of a row of `count`, from the first on to `first` and from the second on to `second`. `P` is a type
// as large as a position.
function splitAs<P>(first: usize, second: usize, row: usize, count: i32): void {
  const size: usize = sizeof<P>();
  const end = row + <usize>count * size;
  for (; row + 32 <= end; row += 32, first += 16, second += 16) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    v128.store(first, even<P>(a, b));
    v128.store(second, odd<P>(a, b));
  }
  for (; row < end; row += 2 * size, first += size, second += size) {
    store<P>(first, load<P>(row));
    if (row + size < end) store<P>(second, load<P>(row + size));
  }
}

export function split(position: usize, first: usize, second: usize, row: usize, count: i32): void {
  switch (<i32>position) {
    case 1: return splitAs<u8>(first, second, row, count);
    case 2: return splitAs<u16>(first, second, row, count);
    case 4: return splitAs<u32>(first, second, row, count);
    default: return splitAs<u64>(first, second, row, count);
  }
}

// `positions` positions of `inner` elements each, `stride` positions apart, side by side.
function copyEveryAs<T>(dst: usize, row: usize, positions: i32, stride: i32, inner: i32): void {
  const step = <usize>stride * <usize>inner * sizeof<T>();
  for (let i = 0; i < positions; i++, row += step) {
    store<T>(dst, load<T>(row));
    dst += sizeof<T>();
    for (let c = 1; c < inner; c++, dst += sizeof<T>()) store<T>(dst, load<T>(row + <usize>c * sizeof<T>()));
  }
}

export function copyEvery(size: i32, dst: usize, row: usize, positions: i32, stride: i32, inner: i32): void {
  switch (size) {
    case 1: return copyEveryAs<u8>(dst, row, positions, stride, inner);
    case 2: return copyEveryAs<u16>(dst, row, positions, stride, inner);
    case 4: return copyEveryAs<u32>(dst, row, positions, stride, inner);
    default: return copyEveryAs<u64>(dst, row, positions, stride, inner);
  }
}
