// Where the largest element of each window is: float32, any windows over planes or over positions of four channels and more.
//
// Taps are taken in the order of the input, so that of equal ones the first stays; a NaN is always taken, so that the last one
// stays. Rows of windows two or three columns wide (over planes: and one or two apart) are done without regard to NaN first,
// the taps of a row before the rows; what may have been a NaN is added up beside, and a row that has met one is done again. The
// least element is that of the numbers with their sign bits flipped, which is what `flip` does.

// −1 for each lane where `v` is taken in place of `best`.
// @ts-ignore: decorator
@inline
export function beats(v: v128, best: v128): v128 {
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

// `outputs` windows, at least four of them, of `k` columns and `stride` apart, that begin at column `c`.
function inside(
  x: usize,
  y: usize,
  places: usize,
  W: i32,
  h0: i32,
  h1: i32,
  c: i32,
  k: i32,
  stride: i32,
  outputs: i32,
  flip: v128,
): void {
  const apart = <usize>stride << 2;
  const columns = v128.mul<i32>(v128.splat<i32>(stride), i32x4(0, 1, 2, 3));
  for (let o = 0; ; o += 4) {
    const i = min(o, outputs - 4);
    let best = v128.splat<f32>(-f32.MAX_VALUE - f32.MAX_VALUE);
    let first = h0 * W + c + stride * i;
    let place = v128.add<i32>(v128.splat<i32>(first), columns);
    for (let h = h0; h < h1; h++, first += W) {
      let at = v128.add<i32>(v128.splat<i32>(first), columns);
      let p = x + (<usize>first << 2);
      for (const end = p + (<usize>k << 2); p < end; p += 4) {
        let v: v128;
        if (stride == 1) v = v128.load(p);
        else {
          v = v128.load32_zero(p);
          v = v128.load32_lane(p + apart, v, 1);
          v = v128.load32_lane(p + 2 * apart, v, 2);
          v = v128.load32_lane(p + 3 * apart, v, 3);
        }
        v = v128.xor(v, flip);
        const m = beats(v, best);
        best = v128.bitselect(v, best, m);
        // Places only become greater.
        place = v128.max<i32>(place, v128.and(at, m));
        at = v128.add<i32>(at, v128.splat<i32>(1));
      }
    }
    v128.store(y + (<usize>i << 2), v128.xor(best, flip));
    v128.store(places + (<usize>i << 2), place);
    if (i + 4 >= outputs) break;
  }
}

// What windows are searched for where there is no NaN: the better of two, and where it is the second; of equal ones, and where
// there is a NaN, it is the first. And what all are better than.
interface Order {
  better(a: v128, b: v128): v128;
  isSecond(a: v128, b: v128): v128;
  worst(): v128;
}

class Largest implements Order {
  // @ts-ignore: decorator
  @inline
  better(a: v128, b: v128): v128 {
    return v128.pmax<f32>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  isSecond(a: v128, b: v128): v128 {
    return v128.gt<f32>(b, a);
  }
  // @ts-ignore: decorator
  @inline
  worst(): v128 {
    return v128.splat<f32>(-f32.MAX_VALUE - f32.MAX_VALUE);
  }
}

class Least implements Order {
  // @ts-ignore: decorator
  @inline
  better(a: v128, b: v128): v128 {
    return v128.pmin<f32>(a, b);
  }
  // @ts-ignore: decorator
  @inline
  isSecond(a: v128, b: v128): v128 {
    return v128.lt<f32>(b, a);
  }
  // @ts-ignore: decorator
  @inline
  worst(): v128 {
    return v128.splat<f32>(f32.MAX_VALUE + f32.MAX_VALUE);
  }
}

// Four windows of 2 x 2, whose taps these are; their rows begin at the places `at` and `below`, which is greater. Gives the
// sum of what may have been a NaN and not been taken.
// @ts-ignore: decorator
@inline
function square<Op extends Order>(
  y: usize,
  places: usize,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  at: v128,
  below: v128,
): v128 {
  const op = changetype<Op>(0);
  const upper = op.better(a, b);
  const lower = op.better(c, d);
  v128.store(y, op.better(upper, lower));
  const lowerPlace = v128.and(v128.sub<i32>(below, op.isSecond(c, d)), op.isSecond(upper, lower));
  v128.store(places, v128.max<i32>(v128.sub<i32>(at, op.isSecond(a, b)), lowerPlace));
  return v128.add<f32>(v128.add<f32>(b, d), lower);
}

// Four windows of three columns and some rows, the first of which begins at `at` and the next ones `down` further on each; of
// planes (`apart` is 0) or of channels whose positions are `apart` bytes apart.
// @ts-ignore: decorator
@inline
function three<Op extends Order>(
  p: usize,
  y: usize,
  places: usize,
  line: usize,
  rows: i32,
  apart: usize,
  at: v128,
  down: v128,
): v128 {
  const op = changetype<Op>(0);
  const third = v128.splat<i32>(-2);
  let best = op.worst();
  let place = at;
  let check = v128.splat<f32>(0);
  for (let h = 0; h < rows; h++, p += line) {
    let t0 = v128.load(p);
    let t1: v128;
    let t2: v128;
    if (apart == 0) {
      const next = v128.load(p, 16);
      t1 = v128.shuffle<i32>(t0, next, 1, 3, 5, 7);
      t0 = v128.shuffle<i32>(t0, next, 0, 2, 4, 6);
      t2 = v128.shuffle<i32>(t0, v128.load32_splat(p, 32), 1, 2, 3, 4);
    } else {
      t1 = v128.load(p + apart);
      t2 = v128.load(p + 2 * apart);
    }
    const two = op.better(t0, t1);
    const row = op.better(two, t2);
    // The column, 0, 1 or 2, with the sign turned.
    const column = v128.min<i32>(op.isSecond(t0, t1), v128.and(op.isSecond(two, t2), third));
    check = v128.add<f32>(check, v128.add<f32>(v128.add<f32>(t1, t2), row));
    place = v128.max<i32>(place, v128.and(v128.sub<i32>(at, column), op.isSecond(best, row)));
    best = op.better(best, row);
    at = v128.add<i32>(at, down);
  }
  v128.store(y, best);
  v128.store(places, place);
  return check;
}

// `outputs` windows of a row of planes, at least four of them, from place `at` on, which is at p; of two or three columns. Gives
// the sum of what may have been a NaN. The last four come first, and overlap those before them.
// @ts-ignore: decorator
@inline
function planeRow<Op extends Order>(
  k: i32,
  p: usize,
  y: usize,
  places: usize,
  at: i32,
  W: i32,
  rows: i32,
  outputs: i32,
): v128 {
  const line = <usize>W << 2;
  const down = v128.splat<i32>(W);
  const columns = i32x4(0, 2, 4, 6);
  const last = outputs - 4;
  let check = v128.splat<f32>(0);
  let next = v128.add<i32>(v128.splat<i32>(at), columns);
  let place = v128.add<i32>(v128.splat<i32>(at + 2 * last), columns);
  const lastTo = <usize>last << 2;
  let to = lastTo;
  for (let ahead: usize = 0; ; ahead += 16) {
    const q = p + 2 * to;
    let lost: v128;
    if (k == 3) {
      lost = three<Op>(q, y + to, places + to, line, rows, 0, place, down);
    } else {
      const a = v128.load(q);
      const b = v128.load(q, 16);
      const c = v128.load(q + line);
      const d = v128.load(q + line, 16);
      lost = square<Op>(
        y + to,
        places + to,
        v128.shuffle<i32>(a, b, 0, 2, 4, 6),
        v128.shuffle<i32>(a, b, 1, 3, 5, 7),
        v128.shuffle<i32>(c, d, 0, 2, 4, 6),
        v128.shuffle<i32>(c, d, 1, 3, 5, 7),
        place,
        v128.add<i32>(place, down),
      );
    }
    check = v128.add<f32>(check, lost);
    if (ahead >= lastTo) break;
    to = ahead;
    place = next;
    next = v128.add<i32>(next, v128.splat<i32>(8));
  }
  return check;
}

// The same over channels, of windows `stride` apart; or over a plane, of windows one apart, which are as channels are.
// @ts-ignore: decorator
@inline
function channelRow<Op extends Order>(
  k: i32,
  p: usize,
  y: usize,
  places: usize,
  at: i32,
  W: i32,
  rows: i32,
  outputs: i32,
  inner: i32,
  stride: i32,
): v128 {
  const apart = <usize>inner << 2;
  const isPlane = k == 3 && inner == 1;
  const positions = isPlane ? 1 : outputs;
  const last = <usize>((isPlane ? outputs : inner) - 4) << 2;
  const line = <usize>W * apart;
  const down = v128.splat<i32>(W);
  let check = v128.splat<f32>(0);
  for (let o = 0; o < positions; o++) {
    let place = v128.splat<i32>(at);
    for (let next: usize = 0; ; next += 16) {
      const c = min(next, last);
      if (isPlane) place = v128.add<i32>(v128.splat<i32>(at + <i32>(c >> 2)), i32x4(0, 1, 2, 3));
      const q = p + c;
      const lost =
        k == 3
          ? three<Op>(q, y + c, places + c, line, rows, apart, place, down)
          : square<Op>(
              y + c,
              places + c,
              v128.load(q),
              v128.load(q + apart),
              v128.load(q + line),
              v128.load(q + line + apart),
              place,
              v128.add<i32>(place, down),
            );
      check = v128.add<f32>(check, lost);
      if (next >= last) break;
    }
    at += stride;
    p += <usize>stride * apart;
    y += apart;
    places += apart;
  }
  return check;
}

// `lines` rows of `outputs` windows that lie inside, of `k` columns and `rows` rows; the next row of windows begins `down` rows
// of the input further on, and `row` bytes of the results. False if there may be a NaN.
// @ts-ignore: decorator
@inline
function lines<Op extends Order>(
  planes: bool,
  k: i32,
  p: usize,
  y: usize,
  places: usize,
  at: i32,
  W: i32,
  rows: i32,
  outputs: i32,
  inner: i32,
  stride: i32,
  count: i32,
  down: i32,
  row: usize,
): bool {
  const step = <usize>(down * W * inner) << 2;
  let check = v128.splat<f32>(0);
  for (let n = 0; n < count; n++) {
    const lost = planes
      ? planeRow<Op>(k, p, y, places, at, W, rows, outputs)
      : channelRow<Op>(k, p, y, places, at, W, rows, outputs, inner, stride);
    check = v128.add<f32>(check, lost);
    p += step;
    y += row;
    places += row;
    at += down * W;
  }
  return !v128.any_true(v128.ne<f32>(check, check));
}

// The same of windows that there is a loop for; else false. Written out for each kind of them, as constants.
function unlessNaN<Op extends Order>(
  k: i32,
  p: usize,
  y: usize,
  places: usize,
  at: i32,
  W: i32,
  rows: i32,
  outputs: i32,
  inner: i32,
  stride: i32,
  count: i32,
  down: i32,
  row: usize,
): bool {
  const overPlane = inner == 1 && stride == 2;
  if (k == 3) {
    if (overPlane) return lines<Op>(true, 3, p, y, places, at, W, rows, outputs, 1, 2, count, down, row);
    return lines<Op>(false, 3, p, y, places, at, W, rows, outputs, inner, stride, count, down, row);
  }
  if (k != 2 || rows != 2 || (inner == 1 && stride == 1)) return false;
  if (overPlane) return lines<Op>(true, 2, p, y, places, at, W, 2, outputs, 1, 2, count, down, row);
  return lines<Op>(false, 2, p, y, places, at, W, 2, outputs, inner, stride, count, down, row);
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
// are sh and sw apart, and begin ph and pw before the input.
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
  for (let index = from; index < to; ) {
    const plane = x + <usize>(index / rows) * <usize>(H * W * inner) * 4;
    const oh = index % rows;
    const h0 = max(0, oh * sh - ph);
    const h1 = min(H, oh * sh - ph + kh);
    const q = y + <usize>index * row;
    const r = places + <usize>index * row;
    // From this row on, those whose windows are all there.
    const count = h1 - h0 == kh ? min(to - index, min(rows, (H - kh + ph) / sh + 1) - oh) : 1;
    const vectors = h0 < h1 && fit >= (inner == 1 ? 4 : 1);
    const before = <usize>(first * inner) << 2;
    const c = first * sw - pw;
    const at = h0 * W + c;
    const p = plane + (<usize>(at * inner) << 2);
    const done =
      vectors &&
      (inner > 1 || sw <= 2) &&
      (flip == 0
        ? unlessNaN<Largest>(kw, p, q + before, r + before, at, W, h1 - h0, fit, inner, sw, count, sh, row)
        : unlessNaN<Least>(kw, p, q + before, r + before, at, W, h1 - h0, fit, inner, sw, count, sh, row));
    // Nothing is left where no window is clipped.
    const left = done && fit == columns ? 0 : count;
    for (let n = 0; n < left; n++) {
      const h = h0 + n * sh;
      const to = q + <usize>n * row;
      const placesTo = r + <usize>n * row;
      const rest = vectors && inner == 1 && !done;
      if (rest) inside(plane, to + before, placesTo + before, W, h, h + h1 - h0, c, kw, sw, fit, signs);
      const skip = done || rest ? fit : 0;
      for (let ow = 0; ow < columns; ow++) {
        if (skip > 0 && ow == first) {
          ow += skip - 1;
          continue;
        }
        const w0 = max(0, ow * sw - pw);
        const w1 = min(W, ow * sw - pw + kw);
        const o = <usize>(ow * inner) << 2;
        if (inner == 1) one(plane, to + o, placesTo + o, W, h, h + h1 - h0, w0, w1, flip);
        else channels(plane, to + o, placesTo + o, W, h, h + h1 - h0, w0, w1, inner, signs);
      }
    }
    index += count;
  }
}
