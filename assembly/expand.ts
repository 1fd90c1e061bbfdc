// The gradients of windows of 2 x 2, side by side: float32. Those of the largest elements are compared into their places, with
// zeros in the three others; those of sums and averages go to all four. So all is written once and in order.
//
// Which element is the largest, and `flip`, are as in argmax.ts.

// @ts-ignore: decorator
@inline
function beats(v: v128, best: v128): v128 {
  return v128.or(v128.gt<f32>(v, best), v128.ne<f32>(v, v));
}

// The gradients of four outputs, of planes (`apart` is 0) or of four channels of positions that are `apart` bytes apart.
function four(p: usize, q: usize, g: usize, dp: usize, dq: usize, apart: usize, flip: v128): void {
  let a = v128.load(p);
  let b = v128.load(p + (apart == 0 ? 16 : apart));
  let c = v128.load(q);
  let d = v128.load(q + (apart == 0 ? 16 : apart));
  if (apart == 0) {
    const even = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    b = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    a = even;
    const below = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    d = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
    c = below;
  }
  let best = v128.xor(a, flip);
  b = v128.xor(b, flip);
  c = v128.xor(c, flip);
  const second = beats(b, best);
  best = v128.bitselect(b, best, second);
  const third = beats(c, best);
  best = v128.bitselect(c, best, third);
  const fourth = beats(v128.xor(d, flip), best);
  // The last one that beat those before it has the gradient.
  let rest = v128.load(g);
  d = v128.and(rest, fourth);
  rest = v128.andnot(rest, fourth);
  c = v128.and(rest, third);
  rest = v128.andnot(rest, third);
  b = v128.and(rest, second);
  a = v128.andnot(rest, second);
  if (apart == 0) {
    v128.store(dp, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
    v128.store(dp, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
    v128.store(dq, v128.shuffle<i32>(c, d, 0, 4, 1, 5));
    v128.store(dq, v128.shuffle<i32>(c, d, 2, 6, 3, 7), 16);
  } else {
    v128.store(dp, a);
    v128.store(dp + apart, b);
    v128.store(dq, c);
    v128.store(dq + apart, d);
  }
}

function planeRow(p: usize, q: usize, g: usize, dp: usize, dq: usize, columns: i32, flip: v128): void {
  for (let o = 0; ; o += 4) {
    const i = <usize>min(o, columns - 4) << 2;
    four(p + 2 * i, q + 2 * i, g + i, dp + 2 * i, dq + 2 * i, 0, flip);
    if (o + 4 >= columns) break;
  }
}

function channelsRow(p: usize, q: usize, g: usize, dp: usize, dq: usize, columns: i32, inner: i32, flip: v128): void {
  const apart = <usize>inner << 2;
  for (let ow = 0; ow < columns; ow++) {
    for (let i = 0; ; i += 4) {
      const c = <usize>min(i, inner - 4) << 2;
      four(p + c, q + c, g + c, dp + c, dq + c, apart, flip);
      if (i + 4 >= inner) break;
    }
    p += 2 * apart;
    q += 2 * apart;
    dp += 2 * apart;
    dq += 2 * apart;
    g += apart;
  }
}

function clear(from: usize, to: usize): void {
  for (let p = from; p < to; p += 4) i32.store(p, 0);
}

// What no window covers: behind the `covered` bytes of two rows from `p` on, and the rows behind these, `lines` in all.
function clearRest(p: usize, line: usize, covered: usize, lines: i32): void {
  if (covered < line) clear(p + covered, p + line);
  if (covered < line || lines > 2) clear(p + line + covered, p + <usize>lines * line);
}

// Output rows `from` to `to` of the whole tensor, whose planes have H rows of W columns; `rows` and `columns` are outputs of a
// plane. At least four columns, or four channels.
export function expand(
  x: usize,
  dy: usize,
  dx: usize,
  from: i32,
  to: i32,
  H: i32,
  W: i32,
  rows: i32,
  columns: i32,
  inner: i32,
  flip: i32,
): void {
  const signs = v128.splat<i32>(flip);
  const line = <usize>(W * inner) << 2;
  const covered = <usize>(2 * columns * inner) << 2;
  for (let index = from; index < to; index++) {
    const oh = index % rows;
    const at = (<usize>(index / rows) * H + 2 * oh) * line;
    const g = dy + (<usize>(index * columns * inner) << 2);
    const p = dx + at;
    if (inner == 1) planeRow(x + at, x + at + line, g, p, p + line, columns, signs);
    else channelsRow(x + at, x + at + line, g, p, p + line, columns, inner, signs);
    clearRest(p, line, covered, oh + 1 == rows ? H - 2 * oh : 2);
  }
}

function planeQuotients(g: usize, dp: usize, dq: usize, columns: i32, divisor: v128): void {
  for (let o = 0; ; o += 4) {
    const i = <usize>min(o, columns - 4) << 2;
    const v = v128.div<f32>(v128.load(g + i), divisor);
    const a = v128.shuffle<i32>(v, v, 0, 0, 1, 1);
    const b = v128.shuffle<i32>(v, v, 2, 2, 3, 3);
    const p = dp + 2 * i;
    const q = dq + 2 * i;
    v128.store(p, a);
    v128.store(p, b, 16);
    v128.store(q, a);
    v128.store(q, b, 16);
    if (o + 4 >= columns) break;
  }
}

function channelsQuotients(g: usize, dp: usize, dq: usize, columns: i32, inner: i32, divisor: v128): void {
  const apart = <usize>inner << 2;
  for (let ow = 0; ow < columns; ow++) {
    for (let i = 0; ; i += 4) {
      const c = <usize>min(i, inner - 4) << 2;
      const v = v128.div<f32>(v128.load(g + c), divisor);
      v128.store(dp + c, v);
      v128.store(dp + apart + c, v);
      v128.store(dq + c, v);
      v128.store(dq + apart + c, v);
      if (i + 4 >= inner) break;
    }
    dp += 2 * apart;
    dq += 2 * apart;
    g += apart;
  }
}

// The same of averages by `divisor`.
export function spread(
  dy: usize,
  dx: usize,
  from: i32,
  to: i32,
  H: i32,
  W: i32,
  rows: i32,
  columns: i32,
  inner: i32,
  divisor: f32,
): void {
  const by = v128.splat<f32>(divisor);
  const line = <usize>(W * inner) << 2;
  for (let index = from; index < to; index++) {
    const oh = index % rows;
    const g = dy + (<usize>(index * columns * inner) << 2);
    const p = dx + (<usize>(index / rows) * H + 2 * oh) * line;
    if (inner == 1) planeQuotients(g, p, p + line, columns, by);
    else channelsQuotients(g, p, p + line, columns, inner, by);
    clearRest(p, line, <usize>(2 * columns * inner) << 2, oh + 1 == rows ? H - 2 * oh : 2);
  }
}

// `count` elements divided by one number.
function quotients(from: usize, to: usize, count: i32, divisor: f32): void {
  if (count < 4) {
    for (let i: usize = 0; i < <usize>count << 2; i += 4) f32.store(to + i, f32.load(from + i) / divisor);
    return;
  }
  const by = v128.splat<f32>(divisor);
  for (let o = 0; ; o += 4) {
    const i = <usize>min(o, count - 4) << 2;
    v128.store(to + i, v128.div<f32>(v128.load(from + i), by));
    if (o + 4 >= count) break;
  }
}

// How many taps of window `o` are input.
function taps(o: i32, k: i32, stride: i32, before: i32, input: i32): i32 {
  const start = o * stride - before;
  return min(input, start + k) - max(0, start);
}

// Divides output rows `from` to `to` by the number of taps of their windows, which are as in argmax.ts.
export function divide(
  dy: usize,
  to: usize,
  from: i32,
  end: i32,
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
): void {
  const first = (pw + sw - 1) / sw;
  const fit = W + pw < kw ? 0 : min(columns, (W - kw + pw) / sw + 1) - first;
  for (let index = from; index < end; index++) {
    const n = taps(index % rows, kh, sh, ph, H);
    for (let ow = 0; ow < columns; ) {
      const at = <usize>((index * columns + ow) * inner) << 2;
      const alike = ow == first && fit > 0 ? fit : 1;
      quotients(dy + at, to + at, alike * inner, <f32>(n * taps(ow, kw, sw, pw, W)));
      ow += alike;
    }
  }
}
