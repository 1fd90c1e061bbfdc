// Where the largest element of each window is: float32, rows of windows two or three columns wide and two apart over planes,
// or any windows over positions of four channels and more.
//
// Taps are taken in the order of the input, so that of equal ones the first stays; a NaN is always taken, so that the last one
// stays. Rows of planes are done without regard to NaN first, the taps of a row before the rows; whoever looks for a NaN
// is added up beside, and a row that has met one is done again. The least element is that of the numbers with their sign bits flipped, which is what `flip` does.

// −1 for each lane where `v` is taken in place of `best`.
// @ts-ignore: decorator
@inline
function beats(v: v128, best: v128): v128 {
  return v128.or(v128.gt<f32>(v, best), v128.ne<f32>(v, v));
}

// One window, clipped: rows h0 to h1, columns w0 to w1.
function one(x: usize, y: usize, places: usize, W: i32, h0: i32, h1: i32, w0: i32, w1: i32, flip: u32): void {
  let best = -f32.MAX_VALUE - f32.MAX_VALUE;
  // The first is right where nothing beats −Infinity.
  let place = h0 < h1 && w0 < w1 ? h0 * W + w0 : -1;
  for (let h = h0; h < h1; h++) {
    for (let w = w0; w < w1; w++) {
      const at = h * W + w;
      const v = f32.reinterpret_i32(i32.load(x + (<usize>at << 2)) ^ flip);
      if (v > best || v != v) {
        best = v;
        place = at;
      }
    }
  }
  i32.store(y, i32.reinterpret_f32(best) ^ flip);
  i32.store(places, place);
}

// Four windows of `k` columns, two apart, that begin at column `c`.
// @ts-ignore: decorator
@inline
function four(x: usize, y: usize, places: usize, W: i32, h0: i32, h1: i32, c: i32, k: i32, flip: v128): void {
  let best = v128.splat<f32>(-f32.MAX_VALUE - f32.MAX_VALUE);
  let at = v128.add<i32>(v128.splat<i32>(h0 * W + c), i32x4(0, 2, 4, 6));
  let place = at;
  const one = v128.splat<i32>(1);
  const step = v128.splat<i32>(W - k + 1);
  let p = x + (<usize>(h0 * W + c) << 2);
  for (let h = h0; h < h1; h++, p += <usize>W << 2) {
    const a = v128.xor(v128.load(p), flip);
    // Three columns end one element behind those that are two times four.
    const b = v128.xor(v128.load(p, 16), flip);
    const t0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    const m0 = beats(t0, best);
    best = v128.bitselect(t0, best, m0);
    place = v128.bitselect(at, place, m0);
    const t1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const m1 = beats(t1, best);
    at = v128.add<i32>(at, one);
    best = v128.bitselect(t1, best, m1);
    place = v128.bitselect(at, place, m1);
    if (k == 3) {
      const t2 = v128.shuffle<i32>(t0, v128.xor(v128.load_splat<i32>(p, 32), flip), 1, 2, 3, 4);
      const m2 = beats(t2, best);
      at = v128.add<i32>(at, one);
      best = v128.bitselect(t2, best, m2);
      place = v128.bitselect(at, place, m2);
    }
    at = v128.add<i32>(at, step);
  }
  v128.store(y, v128.xor(best, flip));
  v128.store(places, place);
}

// `outputs` windows, at least four of them, that begin at column `c`.
function inside(x: usize, y: usize, places: usize, W: i32, h0: i32, h1: i32, c: i32, k: i32, outputs: i32, flip: v128): void {
  for (let o = 0; ; o += 4) {
    const i = min(o, outputs - 4);
    four(x, y + (<usize>i << 2), places + (<usize>i << 2), W, h0, h1, c + 2 * i, k, flip);
    if (i + 4 >= outputs) break;
  }
}

// The same of windows of three columns where there is no NaN; false if there may be one.
function threeUnlessNaN(x: usize, y: usize, places: usize, W: i32, h0: i32, h1: i32, c: i32, outputs: i32): bool {
  const lowest = v128.splat<f32>(-f32.MAX_VALUE - f32.MAX_VALUE);
  const third = v128.splat<i32>(-2);
  const down = v128.splat<i32>(W);
  let check = v128.splat<f32>(0);
  for (let o = 0; ; o += 4) {
    const i = min(o, outputs - 4);
    const first = h0 * W + c + 2 * i;
    let best = lowest;
    let at = v128.add<i32>(v128.splat<i32>(first), i32x4(0, 2, 4, 6));
    let place = at;
    let p = x + (<usize>first << 2);
    for (let h = h0; h < h1; h++, p += <usize>W << 2) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const t0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
      const t1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
      const t2 = v128.shuffle<i32>(t0, v128.load32_splat(p, 32), 1, 2, 3, 4);
      const two = v128.pmax<f32>(t0, t1);
      const row = v128.pmax<f32>(two, t2);
      // The column, 0, 1 or 2, with the sign turned.
      const column = v128.bitselect(third, v128.gt<f32>(t1, t0), v128.gt<f32>(t2, two));
      check = v128.add<f32>(check, v128.add<f32>(v128.add<f32>(t1, t2), row));
      place = v128.bitselect(v128.sub<i32>(at, column), place, v128.gt<f32>(row, best));
      best = v128.pmax<f32>(best, row);
      at = v128.add<i32>(at, down);
    }
    v128.store(y + (<usize>i << 2), best);
    v128.store(places + (<usize>i << 2), place);
    if (i + 4 >= outputs) break;
  }
  return !v128.any_true(v128.ne<f32>(check, check));
}

// The same of whole windows of 2 x 2, from place `at` on: no loop over two rows.
function squareUnlessNaN(p: usize, y: usize, places: usize, line: usize, at: i32, W: i32, outputs: i32): bool {
  let check = v128.splat<f32>(0);
  let other = check;
  const down = v128.splat<i32>(W);
  const first = v128.add<i32>(v128.splat<i32>(at), i32x4(0, 2, 4, 6));
  for (let o = 0; ; o += 4) {
    const i = min(o, outputs - 4);
    const to = <usize>i << 2;
    const q = p + 2 * to;
    const a = v128.load(q);
    const b = v128.load(q, 16);
    const c = v128.load(q + line);
    const d = v128.load(q + line, 16);
    const t0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    const t1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const t2 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    const t3 = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
    const upper = v128.pmax<f32>(t0, t1);
    const lower = v128.pmax<f32>(t2, t3);
    const below = v128.gt<f32>(lower, upper);
    check = v128.add<f32>(check, v128.add<f32>(t1, t3));
    other = v128.add<f32>(other, lower);
    const column = v128.bitselect(v128.gt<f32>(t3, t2), v128.gt<f32>(t1, t0), below);
    const place = v128.sub<i32>(v128.add<i32>(first, v128.splat<i32>(2 * i)), column);
    v128.store(y + to, v128.pmax<f32>(upper, lower));
    v128.store(places + to, v128.add<i32>(place, v128.and(below, down)));
    if (i + 4 >= outputs) break;
  }
  check = v128.add<f32>(check, other);
  return !v128.any_true(v128.ne<f32>(check, check));
}

// One window over `inner` channels.
function channels(
  x: usize,
  y: usize,
  places: usize,
  W: i32,
  h0: i32,
  h1: i32,
  w0: i32,
  w1: i32,
  inner: i32,
  flip: v128,
): void {
  const step = <usize>inner << 2;
  for (let i = 0; ; i += 4) {
    const c = <usize>min(i, inner - 4) << 2;
    let best = v128.splat<f32>(-f32.MAX_VALUE - f32.MAX_VALUE);
    let place = v128.splat<i32>(h0 < h1 && w0 < w1 ? h0 * W + w0 : -1);
    for (let h = h0; h < h1; h++) {
      let at = h * W + w0;
      let p = x + <usize>at * step + c;
      for (let w = w0; w < w1; w++, at++, p += step) {
        const v = v128.xor(v128.load(p), flip);
        const m = beats(v, best);
        best = v128.bitselect(v, best, m);
        place = v128.bitselect(v128.splat<i32>(at), place, m);
      }
    }
    v128.store(y + c, v128.xor(best, flip));
    v128.store(places + c, place);
    if (i + 4 >= inner) break;
  }
}

// Output rows `from` to `to` of the whole tensor, whose planes have H rows of W columns. Windows have kh rows and kw columns,
// are sh and sw apart, and begin ph and pw before the input. Of planes (inner = 1) kw is 2 or 3, and sw is 2.
export function argmax(
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
): void {
  const signs = v128.splat<i32>(flip);
  const row = <usize>(columns * inner) << 2;
  // Windows that lie inside: from `first` on, `fit` of them.
  const first = (pw + sw - 1) / sw;
  const fit = W + pw < kw ? 0 : min(columns, (W - kw + pw) / sw + 1) - first;
  for (let index = from; index < to; index++) {
    const plane = x + <usize>(index / rows) * <usize>(H * W * inner) * 4;
    const oh = index % rows;
    const h0 = max(0, oh * sh - ph);
    const h1 = min(H, oh * sh - ph + kh);
    const q = y + <usize>index * row;
    const r = places + <usize>index * row;
    const vectors = inner == 1 && fit >= 4 && h0 < h1;
    if (vectors) {
      const at = <usize>first << 2;
      const c = first * 2 - pw;
      const done =
        flip == 0 &&
        (kw == 3
          ? threeUnlessNaN(plane, q + at, r + at, W, h0, h1, c, fit)
          : h1 - h0 == 2 &&
            squareUnlessNaN(plane + (<usize>(h0 * W + c) << 2), q + at, r + at, <usize>W << 2, h0 * W + c, W, fit));
      if (!done) inside(plane, q + at, r + at, W, h0, h1, c, kw, fit, signs);
    }
    for (let ow = 0; ow < columns; ow++) {
      if (vectors && ow == first) {
        ow += fit - 1;
        continue;
      }
      const w0 = max(0, ow * sw - pw);
      const w1 = min(W, ow * sw - pw + kw);
      const at = <usize>(ow * inner) << 2;
      if (inner == 1) one(plane, q + at, r + at, W, h0, h1, w0, w1, flip);
      else channels(plane, q + at, r + at, W, h0, h1, w0, w1, inner, signs);
    }
  }
}
