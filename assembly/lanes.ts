// Vectors as kernels move them: whole ones, single elements in the first lane, and the lanes of two neighbours.
//
// `S` is the type that elements are stored as and `A` the one they accumulate in: the same, or f32 and f64. `P` is a type
// of the size of a position where only that size matters, so that the u8 channels of a pixel travel together as a u32.

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

// One element in lane 0; what the other lanes hold is of no meaning.
// @ts-ignore: decorator
@inline
export function loadLane<S, A>(p: usize): v128 {
  const v = loadPosition<S>(p);
  return sizeof<S>() == sizeof<A>() ? v : f64x2.promote_low_f32x4(v);
}

// @ts-ignore: decorator
@inline
export function storeLane<A, S>(p: usize, v: v128): void {
  storePosition<S>(p, sizeof<S>() == sizeof<A>() ? v : f32x4.demote_f64x2_zero(v));
}

// @ts-ignore: decorator
@inline
export function loadPosition<P>(p: usize): v128 {
  if (sizeof<P>() == 1) return v128.load8_splat(p);
  if (sizeof<P>() == 2) return v128.load16_splat(p);
  if (sizeof<P>() == 4) return v128.load32_zero(p);
  return v128.load64_zero(p);
}

// Two neighbouring positions in the first two lanes of their size.
// @ts-ignore: decorator
@inline
export function loadPair<P>(p: usize): v128 {
  if (sizeof<P>() == 1) return v128.load16_splat(p);
  if (sizeof<P>() == 2) return v128.load32_zero(p);
  if (sizeof<P>() == 4) return v128.load64_zero(p);
  return v128.load(p);
}

// @ts-ignore: decorator
@inline
export function storePosition<P>(p: usize, v: v128): void {
  if (sizeof<P>() == 1) v128.store8_lane(p, v, 0);
  else if (sizeof<P>() == 2) v128.store16_lane(p, v, 0);
  else if (sizeof<P>() == 4) v128.store32_lane(p, v, 0);
  else v128.store64_lane(p, v, 0);
}

// Of the positions of a and then b, every other one from the first on.
// @ts-ignore: decorator
@inline
export function even<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return i8x16.shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  if (sizeof<P>() == 2) return i16x8.shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
  if (sizeof<P>() == 4) return i32x4.shuffle(a, b, 0, 2, 4, 6);
  return i64x2.shuffle(a, b, 0, 2);
}

// @ts-ignore: decorator
@inline
export function odd<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return i8x16.shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  if (sizeof<P>() == 2) return i16x8.shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
  if (sizeof<P>() == 4) return i32x4.shuffle(a, b, 1, 3, 5, 7);
  return i64x2.shuffle(a, b, 1, 3);
}

// The positions of a and then b from the second (after1) or third (after2) on.
// @ts-ignore: decorator
@inline
export function after1<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return i8x16.shuffle(a, b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  if (sizeof<P>() == 2) return i16x8.shuffle(a, b, 1, 2, 3, 4, 5, 6, 7, 8);
  if (sizeof<P>() == 4) return i32x4.shuffle(a, b, 1, 2, 3, 4);
  return i64x2.shuffle(a, b, 1, 2);
}

// @ts-ignore: decorator
@inline
export function after2<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return i8x16.shuffle(a, b, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
  if (sizeof<P>() == 2) return i16x8.shuffle(a, b, 2, 3, 4, 5, 6, 7, 8, 9);
  if (sizeof<P>() == 4) return i32x4.shuffle(a, b, 2, 3, 4, 5);
  return b;
}

// The last position of a and then b: b, moved on by one position.
// @ts-ignore: decorator
@inline
export function last1<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return i8x16.shuffle(a, b, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  if (sizeof<P>() == 2) return i16x8.shuffle(a, b, 7, 8, 9, 10, 11, 12, 13, 14);
  if (sizeof<P>() == 4) return i32x4.shuffle(a, b, 3, 4, 5, 6);
  return i64x2.shuffle(a, b, 1, 2);
}

// The first position of a and then b.
// @ts-ignore: decorator
@inline
export function first1<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return i8x16.shuffle(a, b, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  if (sizeof<P>() == 2) return i16x8.shuffle(a, b, 0, 8, 9, 10, 11, 12, 13, 14);
  if (sizeof<P>() == 4) return i32x4.shuffle(a, b, 0, 4, 5, 6);
  return i64x2.shuffle(a, b, 0, 2);
}
