// Windows of many rows, folded down their columns after van Herk and Gil & Werman: rows are cut into blocks as long as a
// window, so that a window is the end of one block and the beginning of the next. A few vectors of columns are done at a
// time, so that folds of all ends of a block stay in the first-level cache, and those of the beginnings in registers.
//
// `S` is the type that elements are stored as and `A` the one they are folded in: the same, or f32 and f64.
import { flagged, MaxUnlessNaN, MinUnlessNaN, PoolOp, Sum } from './ops';
import { Reduction } from './plan';
import { fillIdentity, foldRows, observes } from './rows';

// Bytes of columns that are done at a time: no row has fewer.
export const GROUP: usize = 64;

// Two elements as float64.
// @ts-ignore: decorator
@inline
function widened(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

// Two vectors of float64 as one of float32.
// @ts-ignore: decorator
@inline
function rounded(a: v128, b: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}

// @ts-ignore: decorator
@inline
function scaled(v: v128, factor: v128, column: v128): v128 {
  return f64x2.mul(v, f64x2.mul(factor, column));
}

// Folds `outputs` windows of k rows, `stride` rows apart from row `start` on, of which rows [low, high) are input. Blocks begin
// at row `anchor`, and `ends` takes one row more than a block has. x is where row 0 would be, of the first of `slices` slices.
// Groups of columns are `dstGroup` bytes apart in the results, or side by side if that is 0.
// Sums of float32 are multiplied by `scale` and a factor for each window, `factorStep` bytes apart, and if `columns` is not 0,
// by one for each column of a group. Returns whether anything was lost.
function foldDownAs<S, A, Op extends PoolOp>(
  dst: usize,
  dstStep: usize,
  dstGroup: usize,
  x: usize,
  rowBytes: usize,
  slices: i32,
  sliceStep: usize,
  bytes: usize,
  ends: usize,
  anchor: i32,
  start: i32,
  outputs: i32,
  stride: i32,
  k: i32,
  low: i32,
  high: i32,
  factors: usize,
  factorStep: usize,
  scale: f64,
  columns: usize,
): i32 {
  const op = changetype<Op>(0);
  const wide = sizeof<S>() != sizeof<A>();
  const size: usize = wide ? 2 * GROUP : GROUP;
  let seen: v128 = i32x4.splat(0);
  while (outputs > 0) {
    const blockTo = start - ((start - anchor) % k) + k;
    const count = min((blockTo - start + stride - 1) / stride, outputs);
    const from = max(start, low);
    const to = max(min(blockTo, high), from);
    const after = max(blockTo, low);
    // The end of no rows.
    const none = ends + <usize>(to - from) * size;
    for (let i: usize = 0; i < size; i += 16) v128.store(none + i, op.identity());
    let column: usize = 0;
    for (;;) {
      let a = op.identity();
      let b = a;
      let c = a;
      let d = a;
      let e = a;
      let f = a;
      let g = a;
      let h = a;
      let end = none;
      for (let p = x + <usize>(to - 1) * rowBytes + column; end > ends; p -= rowBytes) {
        end -= size;
        let slice = slices;
        let q = p;
        do {
          const u = wide ? widened(v128.load64_zero(q)) : v128.load(q);
          const v = wide ? widened(v128.load64_zero(q, 8)) : v128.load(q, 16);
          const w = wide ? widened(v128.load64_zero(q, 16)) : v128.load(q, 32);
          const z = wide ? widened(v128.load64_zero(q, 24)) : v128.load(q, 48);
          a = op.combine(a, u);
          b = op.combine(b, v);
          c = op.combine(c, w);
          d = op.combine(d, z);
          if (op.observes()) seen = op.observe(op.observe(seen, op.observe(u, v)), op.observe(w, z));
          if (wide) {
            e = op.combine(e, widened(v128.load64_zero(q, 32)));
            f = op.combine(f, widened(v128.load64_zero(q, 40)));
            g = op.combine(g, widened(v128.load64_zero(q, 48)));
            h = op.combine(h, widened(v128.load64_zero(q, 56)));
          }
          q += sliceStep;
        } while (--slice > 0);
        v128.store(end, a);
        v128.store(end, b, 16);
        v128.store(end, c, 32);
        v128.store(end, d, 48);
        if (wide) {
          v128.store(end, e, 64);
          v128.store(end, f, 80);
          v128.store(end, g, 96);
          v128.store(end, h, 112);
        }
      }
      a = b = c = d = e = f = g = h = op.identity();
      let p = x + <usize>after * rowBytes + column;
      let reached = after;
      let out = dst + (dstGroup ? ((column + GROUP - 1) / GROUP) * dstGroup : column);
      let first = start;
      let factorAt = factors;
      for (let output = 0; output < count; output++) {
        for (const bottom = min(first + k, high); reached < bottom; reached++) {
          let slice = slices;
          let q = p;
          do {
            const u = wide ? widened(v128.load64_zero(q)) : v128.load(q);
            const v = wide ? widened(v128.load64_zero(q, 8)) : v128.load(q, 16);
            const w = wide ? widened(v128.load64_zero(q, 16)) : v128.load(q, 32);
            const z = wide ? widened(v128.load64_zero(q, 24)) : v128.load(q, 48);
            a = op.combine(a, u);
            b = op.combine(b, v);
            c = op.combine(c, w);
            d = op.combine(d, z);
            if (op.observes()) seen = op.observe(op.observe(seen, op.observe(u, v)), op.observe(w, z));
            if (wide) {
              e = op.combine(e, widened(v128.load64_zero(q, 32)));
              f = op.combine(f, widened(v128.load64_zero(q, 40)));
              g = op.combine(g, widened(v128.load64_zero(q, 48)));
              h = op.combine(h, widened(v128.load64_zero(q, 56)));
            }
            q += sliceStep;
          } while (--slice > 0);
          p += rowBytes;
        }
        const end = ends + <usize>(min(max(first, low), to) - from) * size;
        const u = op.combine(v128.load(end), a);
        const v = op.combine(v128.load(end, 16), b);
        const w = op.combine(v128.load(end, 32), c);
        const z = op.combine(v128.load(end, 48), d);
        if (wide) {
          const factor = f64x2.splat(load<f64>(factorAt) * scale);
          factorAt += factorStep;
          const i = op.combine(v128.load(end, 64), e);
          const j = op.combine(v128.load(end, 80), f);
          const l = op.combine(v128.load(end, 96), g);
          const m = op.combine(v128.load(end, 112), h);
          if (columns) {
            v128.store(out, rounded(scaled(u, factor, v128.load(columns)), scaled(v, factor, v128.load(columns, 16))));
            v128.store(out, rounded(scaled(w, factor, v128.load(columns, 32)), scaled(z, factor, v128.load(columns, 48))), 16);
            v128.store(out, rounded(scaled(i, factor, v128.load(columns, 64)), scaled(j, factor, v128.load(columns, 80))), 32);
            v128.store(out, rounded(scaled(l, factor, v128.load(columns, 96)), scaled(m, factor, v128.load(columns, 112))), 48);
          } else {
            v128.store(out, rounded(f64x2.mul(u, factor), f64x2.mul(v, factor)));
            v128.store(out, rounded(f64x2.mul(w, factor), f64x2.mul(z, factor)), 16);
            v128.store(out, rounded(f64x2.mul(i, factor), f64x2.mul(j, factor)), 32);
            v128.store(out, rounded(f64x2.mul(l, factor), f64x2.mul(m, factor)), 48);
          }
        } else {
          v128.store(out, u);
          v128.store(out, v, 16);
          v128.store(out, w, 32);
          v128.store(out, z, 48);
        }
        first += stride;
        out += dstStep;
      }
      if (column + GROUP == bytes) break;
      // The last columns are done again with those before them.
      column = min(column + GROUP, bytes - GROUP);
    }
    outputs -= count;
    start += count * stride;
    dst += <usize>count * dstStep;
    factors += <usize>count * factorStep;
  }
  return flagged<S>(seen);
}

// Folds of all of a window's slices of a row, joined to those at `source` if there are any.
function foldSlices(reduction: Reduction, dst: usize, source: usize, n: i32, p: usize, slices: i32, sliceStep: usize): void {
  if (source) foldRows(reduction, dst, n, source, p, 0, 0, 2, false);
  else foldRows(reduction, dst, n, p, 0, 0, 0, 1, false);
  for (let td = 1; td < slices; td++) {
    p += sliceStep;
    foldRows(reduction, dst, n, p, 0, 0, 0, 1, true);
  }
}

// The same for ops that are less frequent, of windows that begin in one block, a row at a time.
function foldDownByRows(
  reduction: Reduction,
  dst: usize,
  dstStep: usize,
  x: usize,
  rowBytes: usize,
  slices: i32,
  sliceStep: usize,
  n: i32,
  bytes: usize,
  ends: usize,
  anchor: i32,
  start: i32,
  outputs: i32,
  stride: i32,
  k: i32,
  low: i32,
  high: i32,
): void {
  const blockTo = start - ((start - anchor) % k) + k;
  const from = max(start, low);
  const to = min(blockTo, high);
  let source: usize = 0;
  let end = ends + <usize>max(to - from, 0) * bytes;
  const beginning = end;
  for (let j = to - 1; j >= from; j--) {
    end -= bytes;
    foldSlices(reduction, end, source, n, x + <usize>j * rowBytes, slices, sliceStep);
    source = end;
  }
  source = 0;
  let reached = max(blockTo, low);
  for (let output = 0; output < outputs; output++, start += stride, dst += dstStep) {
    for (const bottom = min(start + k, high); reached < bottom; reached++) {
      foldSlices(reduction, beginning, source, n, x + <usize>reached * rowBytes, slices, sliceStep);
      source = beginning;
    }
    const top = max(start, low);
    end = top < to ? ends + <usize>(top - from) * bytes : source;
    if (end) foldRows(reduction, dst, n, end, source, 0, 0, source && end != source ? 2 : 1, false);
    else fillIdentity(reduction, dst, bytes);
  }
}

// Whether the op's windows are folded a few vectors at a time.
export function foldsInGroups(reduction: Reduction): bool {
  return observes(reduction) || reduction == Reduction.SumF32InF64;
}

export function foldDown(
  reduction: Reduction,
  dst: usize,
  dstStep: usize,
  dstGroup: usize,
  x: usize,
  rowBytes: usize,
  slices: i32,
  sliceStep: usize,
  n: i32,
  bytes: usize,
  ends: usize,
  anchor: i32,
  start: i32,
  outputs: i32,
  stride: i32,
  k: i32,
  low: i32,
  high: i32,
  factors: usize,
  factorStep: usize,
  scale: f64,
  columns: usize,
): i32 {
  switch (reduction) {
    case Reduction.MaxF32UnlessNaN: return foldDownAs<f32, f32, MaxUnlessNaN<f32>>(dst, dstStep, dstGroup, x, rowBytes, slices, sliceStep, bytes, ends, anchor, start, outputs, stride, k, low, high, factors, factorStep, scale, columns);
    case Reduction.MinF32UnlessNaN: return foldDownAs<f32, f32, MinUnlessNaN<f32>>(dst, dstStep, dstGroup, x, rowBytes, slices, sliceStep, bytes, ends, anchor, start, outputs, stride, k, low, high, factors, factorStep, scale, columns);
    case Reduction.SumF32InF64: return foldDownAs<f32, f64, Sum<f64>>(dst, dstStep, dstGroup, x, rowBytes, slices, sliceStep, bytes, ends, anchor, start, outputs, stride, k, low, high, factors, factorStep, scale, columns);
    default:
      foldDownByRows(reduction, dst, dstStep, x, rowBytes, slices, sliceStep, n, bytes, ends, anchor, start, outputs, stride, k, low, high);
      return 0;
  }
}

// 16 x 16 elements of 32 bits with rows and columns exchanged.
export function turn(dst: usize, dstStep: usize, src: usize, srcStep: usize): void {
  for (let column: usize = 0; column < 64; column += 16) {
    let to = dst + (column >> 2) * dstStep;
    let from = src + column;
    for (let i = 0; i < 4; i++, from += 4 * srcStep, to += 16) {
      const a = v128.load(from);
      const b = v128.load(from + srcStep);
      const c = v128.load(from + 2 * srcStep);
      const d = v128.load(from + 3 * srcStep);
      const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const ba = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const dc = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
      v128.store(to + dstStep, i64x2.shuffle(ab, cd, 1, 3));
      v128.store(to + 2 * dstStep, i64x2.shuffle(ba, dc, 0, 2));
      v128.store(to + 3 * dstStep, i64x2.shuffle(ba, dc, 1, 3));
    }
  }
}
