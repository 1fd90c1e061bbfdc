// Conversions: what makes the elements of one type and op those of another that there is a kernel for, and its results
// those of the first again. They go over a band at a time, a vector or four elements a step.

// The mirror of Convert in src/backends/conversions.ts.
export const enum Conversion {
  // To float32, and from it. What does not fit becomes the nearest that does; NaN becomes 0 in an integer.
  F32OfU8,
  F32OfI8,
  F32OfU16,
  F32OfI16,
  F32OfF16,
  U8OfF32,
  I8OfF32,
  U16OfF32,
  I16OfF32,
  F16OfF32,
  // To float64, and from it. Other types go by way of float32.
  F64OfF32,
  F64OfI32,
  F64OfU32,
  F32OfF64,
  I32OfF64,
  U32OfF64,
  // From here on, elements keep their size. Bits are kept where the mask has them, and flipped where it has them.
  Keep,
  Flip,
  I32OfF32,
  U32OfF32,
  // NaN to -Infinity.
  DropNaNF32,
  DropNaNF64,
  SquareF32,
  SquareF64,
  RootF32,
  RootF64,
  // To whole numbers: the nearest, halves away from zero or to even; or towards zero.
  HalfAwayF32,
  HalfAwayF64,
  HalfEvenF32,
  HalfEvenF64,
  TruncF32,
  TruncF64,
  // To what rounds to the same float16 by way of float32.
  TracedF64,
  // float16 to i16 in the order of the values, all flipped by the mask, NaN last; and back.
  OrderedF16,
  F16Ordered,
  // NaN to what loses against all others.
  DropNaNOrdered,
  // What is below 0 to 0.
  NotNegativeF64,
}

// Four elements of a type as floats.
interface Four {
  bytes(): usize;
  f32(p: usize): v128;
  ofF32(p: usize, v: v128): void;
}

// The bits of float16 in lanes of 32 bits. The exponent is moved; small numbers without a leading 1 are given one that is then
// taken away again: processors are slow at what is as small as a product of them with a power of two. The exponent of
// infinities and NaN is the largest in both types.
// @ts-ignore: decorator
@inline
function f32OfHalves(bits: v128): v128 {
  const size = v128.and(bits, i32x4.splat(0x7fff));
  const normal = i32x4.add(i32x4.shl(size, 13), i32x4.splat(0x38000000));
  const one = i32x4.splat(0x38800000);
  const small = f32x4.sub(v128.or(normal, one), one);
  const finite = v128.bitselect(small, normal, i32x4.lt_s(normal, one));
  const special = v128.and(i32x4.gt_s(size, i32x4.splat(0x7bff)), i32x4.splat(0x7f800000));
  return v128.or(v128.or(finite, special), i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16));
}

// The nearest float16, halves to even, as bits in lanes of 32 bits.
// @ts-ignore: decorator
@inline
function halvesOfF32(v: v128): v128 {
  const sign = v128.and(v, i32x4.splat(<i32>0x80000000));
  const magnitude = v128.xor(v, sign);
  // Rounded by adding what carries into the last bit that stays; one that is odd already needs less.
  const last = v128.and(i32x4.shr_u(magnitude, 13), i32x4.splat(1));
  const rounded = i32x4.add(i32x4.add(magnitude, i32x4.splat(<i32>0xc8000fff)), last);
  const normal = i32x4.shr_u(rounded, 13);
  // Below 2^-14: an addition shifts the last bit to its place, and rounds.
  const small = i32x4.sub(f32x4.add(magnitude, f32x4.splat(0.5)), i32x4.splat(0x3f000000));
  const finite = v128.bitselect(small, normal, i32x4.lt_s(magnitude, i32x4.splat(0x38800000)));
  const nan = v128.and(i32x4.gt_s(magnitude, i32x4.splat(0x7f800000)), i32x4.splat(0x0200));
  const special = v128.or(i32x4.splat(0x7c00), nan);
  const half = v128.bitselect(finite, special, i32x4.lt_s(magnitude, i32x4.splat(0x47800000)));
  return v128.or(half, i32x4.shr_u(sign, 16));
}

class U8 implements Four {
  // @ts-ignore: decorator
  @inline
  bytes(): usize {
    return 4;
  }
  // @ts-ignore: decorator
  @inline
  f32(p: usize): v128 {
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(p))));
  }
  // @ts-ignore: decorator
  @inline
  ofF32(p: usize, v: v128): void {
    const w = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(v), i32x4.splat(0));
    v128.store32_lane(p, i8x16.narrow_i16x8_u(w, w), 0);
  }
}
class I8 implements Four {
  // @ts-ignore: decorator
  @inline
  bytes(): usize {
    return 4;
  }
  // @ts-ignore: decorator
  @inline
  f32(p: usize): v128 {
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(p))));
  }
  // @ts-ignore: decorator
  @inline
  ofF32(p: usize, v: v128): void {
    const w = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(v), i32x4.splat(0));
    v128.store32_lane(p, i8x16.narrow_i16x8_s(w, w), 0);
  }
}
class U16 implements Four {
  // @ts-ignore: decorator
  @inline
  bytes(): usize {
    return 8;
  }
  // @ts-ignore: decorator
  @inline
  f32(p: usize): v128 {
    return f32x4.convert_i32x4_s(v128.load16x4_u(p));
  }
  // @ts-ignore: decorator
  @inline
  ofF32(p: usize, v: v128): void {
    const w = i32x4.trunc_sat_f32x4_s(v);
    v128.store64_lane(p, i16x8.narrow_i32x4_u(w, w), 0);
  }
}
class I16 implements Four {
  // @ts-ignore: decorator
  @inline
  bytes(): usize {
    return 8;
  }
  // @ts-ignore: decorator
  @inline
  f32(p: usize): v128 {
    return f32x4.convert_i32x4_s(v128.load16x4_s(p));
  }
  // @ts-ignore: decorator
  @inline
  ofF32(p: usize, v: v128): void {
    const w = i32x4.trunc_sat_f32x4_s(v);
    v128.store64_lane(p, i16x8.narrow_i32x4_s(w, w), 0);
  }
}
class F16 implements Four {
  // @ts-ignore: decorator
  @inline
  bytes(): usize {
    return 8;
  }
  // @ts-ignore: decorator
  @inline
  f32(p: usize): v128 {
    return f32OfHalves(v128.load16x4_u(p));
  }
  // @ts-ignore: decorator
  @inline
  ofF32(p: usize, v: v128): void {
    const w = halvesOfF32(v);
    v128.store64_lane(p, i16x8.narrow_i32x4_u(w, w), 0);
  }
}

// Elements of 32 bits as float64, two of them at a time: the lower two lanes of what is 32 bits wide.
interface Wide {
  f64(v: v128): v128;
  ofF64(v: v128): v128;
}
class F32 implements Wide {
  // @ts-ignore: decorator
  @inline
  f64(v: v128): v128 {
    return f64x2.promote_low_f32x4(v);
  }
  // @ts-ignore: decorator
  @inline
  ofF64(v: v128): v128 {
    return f32x4.demote_f64x2_zero(v);
  }
}
class I32 implements Wide {
  // @ts-ignore: decorator
  @inline
  f64(v: v128): v128 {
    return f64x2.convert_low_i32x4_s(v);
  }
  // @ts-ignore: decorator
  @inline
  ofF64(v: v128): v128 {
    return i32x4.trunc_sat_f64x2_s_zero(v);
  }
}
class U32 implements Wide {
  // @ts-ignore: decorator
  @inline
  f64(v: v128): v128 {
    return f64x2.convert_low_i32x4_u(v);
  }
  // @ts-ignore: decorator
  @inline
  ofF64(v: v128): v128 {
    return i32x4.trunc_sat_f64x2_u_zero(v);
  }
}

// The loops convert as many times four elements, or vectors, as they are told, and return how many bytes these are before
// and after. The condition comes last in them: engines take constants out of loops only where all of a loop is run.
// @ts-ignore: decorator
@inline
function sizes(before: usize, after: usize): usize {
  return (before << 8) | after;
}

function toF32<T extends Four>(dst: usize, src: usize, steps: usize): usize {
  const four = changetype<T>(0);
  if (steps > 0) {
    do {
      v128.store(dst, four.f32(src));
      src += four.bytes();
      dst += 16;
    } while (--steps);
  }
  return sizes(four.bytes(), 16);
}

function ofF32<T extends Four>(dst: usize, src: usize, steps: usize): usize {
  const four = changetype<T>(0);
  if (steps > 0) {
    do {
      four.ofF32(dst, v128.load(src));
      src += 16;
      dst += four.bytes();
    } while (--steps);
  }
  return sizes(16, four.bytes());
}

// From the end on: dst may be src.
function toF64<T extends Wide>(dst: usize, src: usize, steps: usize): usize {
  const wide = changetype<T>(0);
  src += steps * 16;
  dst += steps * 32;
  for (; steps > 0; steps--) {
    src -= 16;
    dst -= 32;
    const v = v128.load(src);
    v128.store(dst, wide.f64(v));
    v128.store(dst, wide.f64(i64x2.shuffle(v, v, 1, 0)), 16);
  }
  return sizes(16, 32);
}

// dst may be src.
function ofF64<T extends Wide>(dst: usize, src: usize, steps: usize): usize {
  const wide = changetype<T>(0);
  for (; steps > 0; steps--, src += 32, dst += 16) {
    v128.store(dst, i64x2.shuffle(wide.ofF64(v128.load(src)), wide.ofF64(v128.load(src, 16)), 0, 2));
  }
  return sizes(32, 16);
}

// What changes vectors, each lane by itself.
interface Change {
  of(v: v128, mask: v128): v128;
}
class Keep implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return v128.and(v, mask);
  }
}
class Flip implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return v128.xor(v, mask);
  }
}
class I32OfF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return i32x4.trunc_sat_f32x4_s(v);
  }
}
class U32OfF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return i32x4.trunc_sat_f32x4_u(v);
  }
}
class DropNaNF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return v128.bitselect(v, f32x4.splat(-Infinity), f32x4.eq(v, v));
  }
}
class SquareF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f32x4.mul(v, v);
  }
}
class RootF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f32x4.sqrt(v);
  }
}
class HalfAwayF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    const whole = f32x4.trunc(v);
    const rest = v128.and(f32x4.ge(f32x4.abs(f32x4.sub(v, whole)), f32x4.splat(0.5)), f32x4.splat(1));
    return f32x4.add(whole, v128.or(rest, v128.and(v, f32x4.splat(-0.0))));
  }
}
class HalfEvenF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f32x4.nearest(v);
  }
}
class TruncF32 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f32x4.trunc(v);
  }
}
class DropNaNF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return v128.bitselect(v, f64x2.splat(-Infinity), f64x2.eq(v, v));
  }
}
class SquareF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f64x2.mul(v, v);
  }
}
class RootF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f64x2.sqrt(v);
  }
}
class HalfAwayF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    const whole = f64x2.trunc(v);
    const rest = v128.and(f64x2.ge(f64x2.abs(f64x2.sub(v, whole)), f64x2.splat(0.5)), f64x2.splat(1));
    return f64x2.add(whole, v128.or(rest, v128.and(v, f64x2.splat(-0.0))));
  }
}
class HalfEvenF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f64x2.nearest(v);
  }
}
class TruncF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f64x2.trunc(v);
  }
}
// The bits that float32 has no room for leave a trace in the last one that it has.
class TracedF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    const cut = i64x2.splat(0x1fffffff);
    const trace = v128.and(i64x2.ne(v128.and(v, cut), i64x2.splat(0)), i64x2.splat(0x20000000));
    return v128.or(v128.andnot(v, cut), trace);
  }
}
// Bits of float16 as numbers, and back: those below zero have all bits but the sign flipped.
// @ts-ignore: decorator
@inline
function ordered(v: v128): v128 {
  return v128.xor(v, v128.and(i16x8.shr_s(v, 15), i16x8.splat(0x7fff)));
}
class OrderedF16 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    const nan = i16x8.gt_s(v128.and(v, i16x8.splat(0x7fff)), i16x8.splat(0x7c00));
    return v128.bitselect(i16x8.splat(0x7fff), v128.xor(ordered(v), mask), nan);
  }
}
// The numbers are from -0x7c01 to 0x7c00; 0x7fff is NaN, and less than that an empty window.
class F16Ordered implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    const nan = i16x8.gt_s(v, i16x8.splat(0x7c00));
    v = v128.xor(i16x8.max_s(v, i16x8.splat(-0x7c01)), mask);
    return v128.bitselect(i16x8.splat(0x7e00), ordered(v), nan);
  }
}
class DropNaNOrdered implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return v128.bitselect(i16x8.splat(-0x8000), v, i16x8.gt_s(v, i16x8.splat(0x7c00)));
  }
}
class NotNegativeF64 implements Change {
  // @ts-ignore: decorator
  @inline
  of(v: v128, mask: v128): v128 {
    return f64x2.pmax(v, f64x2.splat(0));
  }
}

// dst may be src.
function change<C extends Change>(dst: usize, src: usize, steps: usize, mask: v128): usize {
  const change = changetype<C>(0);
  if (steps > 0) {
    do {
      v128.store(dst, change.of(v128.load(src), mask));
      src += 16;
      dst += 16;
    } while (--steps);
  }
  return sizes(16, 16);
}

function run(conversion: Conversion, dst: usize, src: usize, steps: usize, mask: v128): usize {
  switch (conversion) {
    case Conversion.F32OfU8: return toF32<U8>(dst, src, steps);
    case Conversion.F32OfI8: return toF32<I8>(dst, src, steps);
    case Conversion.F32OfU16: return toF32<U16>(dst, src, steps);
    case Conversion.F32OfI16: return toF32<I16>(dst, src, steps);
    case Conversion.F32OfF16: return toF32<F16>(dst, src, steps);
    case Conversion.U8OfF32: return ofF32<U8>(dst, src, steps);
    case Conversion.I8OfF32: return ofF32<I8>(dst, src, steps);
    case Conversion.U16OfF32: return ofF32<U16>(dst, src, steps);
    case Conversion.I16OfF32: return ofF32<I16>(dst, src, steps);
    case Conversion.F16OfF32: return ofF32<F16>(dst, src, steps);
    case Conversion.F64OfF32: return toF64<F32>(dst, src, steps);
    case Conversion.F64OfI32: return toF64<I32>(dst, src, steps);
    case Conversion.F64OfU32: return toF64<U32>(dst, src, steps);
    case Conversion.F32OfF64: return ofF64<F32>(dst, src, steps);
    case Conversion.I32OfF64: return ofF64<I32>(dst, src, steps);
    case Conversion.U32OfF64: return ofF64<U32>(dst, src, steps);
    case Conversion.Keep: return change<Keep>(dst, src, steps, mask);
    case Conversion.I32OfF32: return change<I32OfF32>(dst, src, steps, mask);
    case Conversion.U32OfF32: return change<U32OfF32>(dst, src, steps, mask);
    case Conversion.DropNaNF32: return change<DropNaNF32>(dst, src, steps, mask);
    case Conversion.DropNaNF64: return change<DropNaNF64>(dst, src, steps, mask);
    case Conversion.SquareF32: return change<SquareF32>(dst, src, steps, mask);
    case Conversion.SquareF64: return change<SquareF64>(dst, src, steps, mask);
    case Conversion.RootF32: return change<RootF32>(dst, src, steps, mask);
    case Conversion.RootF64: return change<RootF64>(dst, src, steps, mask);
    case Conversion.HalfAwayF32: return change<HalfAwayF32>(dst, src, steps, mask);
    case Conversion.HalfAwayF64: return change<HalfAwayF64>(dst, src, steps, mask);
    case Conversion.HalfEvenF32: return change<HalfEvenF32>(dst, src, steps, mask);
    case Conversion.HalfEvenF64: return change<HalfEvenF64>(dst, src, steps, mask);
    case Conversion.TruncF32: return change<TruncF32>(dst, src, steps, mask);
    case Conversion.TruncF64: return change<TruncF64>(dst, src, steps, mask);
    case Conversion.TracedF64: return change<TracedF64>(dst, src, steps, mask);
    case Conversion.OrderedF16: return change<OrderedF16>(dst, src, steps, mask);
    case Conversion.F16Ordered: return change<F16Ordered>(dst, src, steps, mask);
    case Conversion.DropNaNOrdered: return change<DropNaNOrdered>(dst, src, steps, mask);
    case Conversion.NotNegativeF64: return change<NotNegativeF64>(dst, src, steps, mask);
    default: return change<Flip>(dst, src, steps, mask);
  }
}

// Converts `n` elements of `size` bytes, which is the size of both where that does not change. `low` and `high` are the
// words of the mask, again and again. `spare` takes 64 bytes: what is left over at the end passes by there, so that nothing
// is read or written behind a tensor.
export function convert(
  conversion: Conversion,
  dst: usize,
  src: usize,
  n: usize,
  size: usize,
  low: i32,
  high: i32,
  spare: usize,
): void {
  let mask = i32x4.splat(low);
  mask = i32x4.replace_lane(i32x4.replace_lane(mask, 1, high), 3, high);
  // A step is four elements, or the 16 bytes of a vector.
  const isChange = conversion >= Conversion.Keep;
  const shift: usize = isChange ? 4 : 2;
  if (isChange) n *= size;
  const steps = n >> shift;
  const rest = n - (steps << shift);
  const bytes = run(conversion, 0, 0, 0, mask);
  const before = bytes >> 8;
  const after = bytes & 255;
  // Before all others, which may be put over it.
  memory.copy(spare, src + steps * before, (rest * before) >> shift);
  run(conversion, dst, src, steps, mask);
  if (rest == 0) return;
  run(conversion, spare + 32, spare, 1, mask);
  memory.copy(dst + steps * after, spare + 32, (rest * after) >> shift);
}
