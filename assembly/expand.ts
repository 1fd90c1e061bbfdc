// The gradients of windows of 2 x 2, side by side: float32. Those of the largest elements are compared into their places, with
// zeros in the three others; those of sums and averages go to all four. So all is written once and in order.
//
// Which element is the largest, and `flip`, are as in argmax.ts: rows are done without regard to NaN first, and again where one
// may have been lost.

// What says where a gradient goes: the input, the places of the largest elements, or nothing since it goes everywhere.
const enum Source {
  Input,
  Places,
  None,
}

// @ts-ignore: decorator
@inline
function columnsOf(planes: bool, p: usize, apart: usize, second: bool): v128 {
  if (!planes) return v128.load(second ? p + apart : p);
  const a = v128.load(p);
  const b = v128.load(p, 16);
  return second ? v128.shuffle<i32>(a, b, 1, 3, 5, 7) : v128.shuffle<i32>(a, b, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function put(planes: bool, p: usize, apart: usize, a: v128, b: v128): void {
  v128.store(p, planes ? v128.shuffle<i32>(a, b, 0, 4, 1, 5) : a);
  v128.store(planes ? p + 16 : p + apart, planes ? v128.shuffle<i32>(a, b, 2, 6, 3, 7) : b);
}

// A row of windows, `positions` times `count`: of planes (once as many as there are), or of as many channels at each position.
// Their taps are at x and `line` bytes further on, their places at x if these are the source, the first of them being `at`.
// `by` is what the gradients are divided by, else `flip`. What it gives is zero where a place is none of its window's, or a NaN
// where one may have been lost.
// @ts-ignore: decorator
@inline
function row(
  source: Source,
  planes: bool,
  x: usize,
  dy: usize,
  dx: usize,
  line: usize,
  positions: i32,
  count: i32,
  at: i32,
  W: i32,
  by: v128,
): v128 {
  const apart = <usize>count << 2;
  const second = v128.splat<i32>(1);
  const third = v128.splat<i32>(W);
  const fourth = v128.splat<i32>(W + 1);
  const last = <usize>(count - 4) << 2;
  // The last four come first, and overlap those before them; by the input they come last, which is faster there.
  const firstPlaces = planes ? v128.add<i32>(v128.splat<i32>(at), i32x4(0, 2, 4, 6)) : v128.splat<i32>(at);
  let places = planes ? v128.add<i32>(firstPlaces, v128.splat<i32>(2 * count - 8)) : firstPlaces;
  let nextPlaces = firstPlaces;
  let check = v128.splat<i32>(source == Source.Places ? -1 : 0);
  for (; ; positions--) {
    let c: usize = source == Source.Input ? <usize>0 : last;
    for (let next: usize = 0; ; next += 16) {
      const p = dx + (planes ? 2 * c : c);
      const g = v128.load(dy + c);
      if (source == Source.None) {
        const v = v128.div<f32>(g, by);
        put(planes, p, apart, v, v);
        put(planes, p + line, apart, v, v);
      } else if (source == Source.Places) {
        const place = v128.sub<i32>(v128.load(x + c), places);
        const isFirst = v128.eq<i32>(place, v128.splat<i32>(0));
        const isSecond = v128.eq<i32>(place, second);
        const isThird = v128.eq<i32>(place, third);
        const isFourth = v128.eq<i32>(place, fourth);
        check = v128.and(check, v128.or(v128.or(isFirst, isSecond), v128.or(isThird, isFourth)));
        put(planes, p, apart, v128.and(g, isFirst), v128.and(g, isSecond));
        put(planes, p + line, apart, v128.and(g, isThird), v128.and(g, isFourth));
      } else {
        const q = x + (planes ? 2 * c : c);
        const a = v128.xor(columnsOf(planes, q, apart, false), by);
        const b = v128.xor(columnsOf(planes, q, apart, true), by);
        const c = v128.xor(columnsOf(planes, q + line, apart, false), by);
        const d = v128.xor(columnsOf(planes, q + line, apart, true), by);
        const lower = v128.pmax<f32>(c, d);
        const right = v128.gt<f32>(b, a);
        const below = v128.gt<f32>(lower, v128.pmax<f32>(a, b));
        const lowerRight = v128.gt<f32>(d, c);
        check = v128.add<f32>(check, v128.add<f32>(v128.add<f32>(b, d), lower));
        const up = v128.andnot(g, below);
        const down = v128.and(g, below);
        put(planes, p, apart, v128.andnot(up, right), v128.and(up, right));
        put(planes, p + line, apart, v128.andnot(down, lowerRight), v128.and(down, lowerRight));
      }
      if (next >= last) break;
      c = source == Source.Input ? min<usize>(next + 16, last) : next;
      if (!planes) continue;
      places = nextPlaces;
      nextPlaces = v128.add<i32>(nextPlaces, v128.splat<i32>(8));
    }
    if (planes || positions == 1) break;
    x += source == Source.Places ? apart : 2 * apart;
    dx += 2 * apart;
    dy += apart;
    places = v128.add<i32>(places, v128.splat<i32>(2));
  }
  return check;
}

// The same of a row with a NaN, by the input: one window after the other, in `columns` times `inner` of them.
function exactly(x: usize, dy: usize, dx: usize, line: usize, columns: i32, inner: i32, flip: i32): void {
  const apart = <usize>inner << 2;
  for (let ow = 0; ow < columns; ow++, x += apart, dx += apart) {
    for (const end = x + apart; x < end; x += 4, dx += 4, dy += 4) {
      let best = -f32.MAX_VALUE - f32.MAX_VALUE;
      let place: usize = 0;
      for (let tap = 0; tap < 4; tap++) {
        const at = (tap & 1 ? apart : 0) + (tap & 2 ? line : 0);
        const v = f32.reinterpret_i32(i32.load(x + at) ^ flip);
        if (v > best || v != v) {
          best = v;
          place = at;
        }
        i32.store(dx + at, 0);
      }
      i32.store(dx + place, i32.load(dy));
    }
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
// plane. At least four columns, or four channels. `x` are the places if these are the source; then it is false if one of them is
// in none of the places of its window.
export function expand(
  source: Source,
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
  divisor: f32,
): bool {
  const by = source == Source.None ? v128.splat<f32>(divisor) : v128.splat<i32>(flip);
  const line = <usize>(W * inner) << 2;
  const covered = <usize>(2 * columns * inner) << 2;
  for (let index = from; index < to; index++) {
    const oh = index % rows;
    const at = (<usize>(index / rows) * H + 2 * oh) * line;
    const first = <usize>(index * columns * inner) << 2;
    const g = dy + first;
    const p = dx + at;
    // Written out for each kind, as constants.
    if (source == Source.Input) {
      const check =
        inner == 1
          ? row(Source.Input, true, x + at, g, p, line, 1, columns, 0, W, by)
          : row(Source.Input, false, x + at, g, p, line, columns, inner, 0, W, by);
      if (v128.any_true(v128.ne<f32>(check, check))) exactly(x + at, g, p, line, columns, inner, flip);
    } else if (source == Source.Places) {
      const check =
        inner == 1
          ? row(Source.Places, true, x + first, g, p, line, 1, columns, 2 * oh * W, W, by)
          : row(Source.Places, false, x + first, g, p, line, columns, inner, 2 * oh * W, W, by);
      if (!v128.all_true<i32>(check)) return false;
    } else if (inner == 1) row(Source.None, true, x, g, p, line, 1, columns, 0, W, by);
    else row(Source.None, false, x, g, p, line, columns, inner, 0, W, by);
    clearRest(p, line, covered, oh + 1 == rows ? H - 2 * oh : 2);
  }
  return true;
}

// `count` elements divided by one number, or copied: it costs more to call `memory.copy` for a row.
function quotients(from: usize, to: usize, count: i32, divisor: f32): void {
  if (count < 4) {
    for (let i: usize = 0; i < <usize>count << 2; i += 4) f32.store(to + i, f32.load(from + i) / divisor);
    return;
  }
  const by = v128.splat<f32>(divisor);
  const last = <usize>(count - 4) << 2;
  let at = last;
  for (let next: usize = 0; ; next += 16) {
    if (divisor == 1) v128.store(to + at, v128.load(from + at));
    else v128.store(to + at, v128.div<f32>(v128.load(from + at), by));
    if (next >= last) break;
    at = next;
  }
}

// How many taps of window `o` are input.
function taps(o: i32, k: i32, stride: i32, before: i32, input: i32): i32 {
  const start = o * stride - before;
  return min(input, start + k) - max(0, start);
}

// Divides output rows `from` to `to` by the part of the taps of their windows, which are as in argmax.ts, that is input: all of
// most windows, for which it costs no division.
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
  const whole = <f32>kh * <f32>kw;
  for (let index = from, oh = from % rows; index < end; index++, oh++) {
    if (oh == rows) oh = 0;
    const n = taps(oh, kh, sh, ph, H);
    for (let ow = 0; ow < columns; ) {
      const at = <usize>((index * columns + ow) * inner) << 2;
      const alike = ow == first && fit > 0 ? fit : 1;
      quotients(dy + at, to + at, alike * inner, <f32>(n * taps(ow, kw, sw, pw, W)) / whole);
      ow += alike;
    }
  }
}
