// Where the largest element of each window is, at a cost that hardly grows with the window: float32, any windows that have
// elements, over planes or over positions of any number of channels.
//
// A row of elements with their places, a pair of rows, is joined with itself some columns further on, 1, 2, 4 and so on, until it
// holds the windows of that row of the input; such rows are kept for as many as a window has. What windows down columns have in
// common is joined once: from the last row of a window up to each of its rows, and from there on down; a window is the end of one
// and the beginning of the other. Of two, the second is taken if it is better or a NaN, and it is never above or before the
// first: so that of equal elements the first stays, and of NaN the last, whatever both have in common.
import { beats } from './argmax';

// to = a, or b where that is taken, with their places, which are `apart` bytes further on. Whole vectors: there is room. `to` may
// be `a`, and b begin in the middle of it: what a turn writes has been read.
function join(to: usize, a: usize, b: usize, bytes: usize, apart: usize): void {
  for (const end = to + bytes; to < end; to += 16, a += 16, b += 16) {
    const v = v128.load(a);
    const w = v128.load(b);
    const m = beats(w, v);
    const place = v128.bitselect(v128.load(b + apart), v128.load(a + apart), m);
    v128.store(to, v128.bitselect(w, v, m));
    v128.store(to + apart, place);
  }
}

// The `outputs` windows of a row of the input, W columns at `p` and with places from `base` on, to `to`, by way of `spare`. They
// have k columns, are `stride` apart, and the first of them begins at column `c`. Columns that are not there have the least
// number, and those before the first its place: it is the first one that windows there have.
function fold(
  to: usize,
  spare: usize,
  apart: usize,
  p: usize,
  base: i32,
  W: i32,
  c: i32,
  k: i32,
  stride: i32,
  outputs: i32,
  inner: i32,
  flip: v128,
): void {
  const step = <usize>inner << 2;
  const n = (outputs - 1) * stride + k;
  const bytes = <usize>n * step;
  const least = v128.xor(v128.splat<f32>(-f32.MAX_VALUE - f32.MAX_VALUE), flip);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(spare + i, least);
  const begin = max(0, c);
  memory.copy(spare + <usize>(begin - c) * step, p + <usize>begin * step, <usize>(min(W, c + n) - begin) * step);
  if (v128.any_true(flip)) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(spare + i, v128.xor(v128.load(spare + i), flip));
  }
  // Of a plane, four places to a vector; of channels, one to each of a position.
  const lanes = inner == 1 ? i32x4(0, 1, 2, 3) : i32x4(0, 0, 0, 0);
  const positions = inner == 1 ? 4 : 1;
  for (let w = 0; w < n; w += positions) {
    const place = v128.max<i32>(v128.add<i32>(v128.splat<i32>(base + c + w), lanes), v128.splat<i32>(base));
    const at = spare + apart + <usize>w * step;
    for (let i: usize = 0; i < step; i += 16) v128.store(at + i, place);
  }

  let m = 1;
  for (; 2 * m <= k; m *= 2) join(spare, spare, spare + <usize>m * step, bytes - <usize>(2 * m - 1) * step, apart);
  join(stride == 1 ? to : spare, spare, spare + <usize>(k - m) * step, bytes - <usize>(k - 1) * step, apart);
  if (stride == 1) return;
  for (const last = to + <usize>outputs * step; to < last; spare += <usize>(stride - 1) * step) {
    for (const next = to + step; to < next; to += 4, spare += 4) {
      i32.store(to, i32.load(spare));
      i32.store(to + apart, i32.load(spare + apart));
    }
  }
}

// Output rows `from` to `to` of the whole tensor, as for argmax; `strip` columns of them at a time. `scratch` has two halves of
// `apart` bytes, elements and places: kh + 1 rows of `line` bytes each, which have room for a strip and one vector more, and one
// with the columns of the input.
export function argmaxSliding(
  x: usize,
  y: usize,
  places: usize,
  from: i32,
  to: i32,
  H: i32,
  W: i32,
  rows: i32,
  columns: i32,
  kh: i32,
  kw: i32,
  sh: i32,
  sw: i32,
  ph: i32,
  pw: i32,
  inner: i32,
  flip: i32,
  scratch: usize,
  apart: usize,
  line: usize,
  strip: i32,
): void {
  const signs = v128.splat<i32>(flip);
  const step = <usize>inner << 2;
  const below = scratch + <usize>kh * line;
  const spare = below + line;
  for (let o = 0; o < columns; o += strip) {
    const outputs = min(strip, columns - o);
    const bytes = <usize>outputs * step;
    // Rows that have been folded end at `end`, and those that hold what is below them as well at `middle`.
    let middle = 0;
    let end = 0;
    for (let index = from; index < to; index++) {
      const oh = index % rows;
      const plane = x + <usize>(index / rows) * <usize>(H * W) * step;
      const h0 = max(0, oh * sh - ph);
      const h1 = min(H, oh * sh - ph + kh);
      if (index == from || oh == 0) middle = end = h0;
      end = max(end, h0);
      const begins = h0 >= middle;
      for (; end < h1; end++) {
        const kept = scratch + <usize>(end % kh) * line;
        fold(kept, spare, apart, plane + <usize>(end * W) * step, end * W, W, o * sw - pw, kw, sw, outputs, inner, signs);
        if (!begins) join(below, end == middle ? kept : below, kept, bytes, apart);
      }
      let above = scratch + <usize>(h0 % kh) * line;
      if (begins) {
        let next = scratch + <usize>((h1 - 1) % kh) * line;
        for (let h = h1 - 2; h >= h0; h--) {
          const kept = scratch + <usize>(h % kh) * line;
          join(kept, kept, next, bytes, apart);
          next = kept;
        }
        middle = h1;
      }
      join(spare, above, end > middle ? below : above, bytes, apart);
      if (flip != 0) {
        for (let i: usize = 0; i < bytes; i += 16) v128.store(spare + i, v128.xor(v128.load(spare + i), signs));
      }
      const at = (<usize>index * <usize>columns + o) * step;
      memory.copy(y + at, spare, bytes);
      memory.copy(places + at, spare + apart, bytes);
    }
  }
}
