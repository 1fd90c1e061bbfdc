// Sums by place: the gradients of the largest elements of windows that may overlap. They are added up in 64-bit floats, in the
// order of the results, and rounded once.

// Whether all of `count` places are among the `size` from `first` on.
export function inside(places: usize, count: i32, first: i32, size: i32): bool {
  const end = places + (<usize>count << 2);
  const begin = v128.splat<i32>(first);
  let most = v128.splat<i32>(0);
  for (; places + 16 <= end; places += 16) most = v128.max<u32>(most, v128.sub<i32>(v128.load(places), begin));
  for (; places < end; places += 4) most = v128.max<u32>(most, v128.splat<i32>(i32.load(places) - first));
  return !v128.any_true(v128.ge<u32>(most, v128.splat<i32>(size)));
}

// @ts-ignore: decorator
@inline
function add<T>(dy: usize, places: usize, sums: usize, apart: usize, planes: i32, results: i32, inner: i32): void {
  const position = <usize>inner << 3;
  for (; planes > 0; planes--, sums += apart) {
    let channel: usize = 0;
    for (const end = places + (<usize>results << 2); places < end; places += 4, dy += sizeof<T>()) {
      const place = i32.load(places);
      const to = sums + <usize>place * position + channel;
      if (place >= 0) f64.store(to, f64.load(to) + <f64>load<T>(dy));
      channel += 8;
      if (channel == position) channel = 0;
    }
  }
}

// Adds `results` gradients of each of some planes to its sums; those of the next plane are `apart` bytes further on. `wide` ones
// are 64-bit floats.
export function scatter(
  dy: usize,
  places: usize,
  sums: usize,
  apart: usize,
  planes: i32,
  results: i32,
  inner: i32,
  wide: bool,
): void {
  if (wide) add<f64>(dy, places, sums, apart, planes, results, inner);
  else add<f32>(dy, places, sums, apart, planes, results, inner);
}

// Rounds `count` sums to 32-bit floats at `to`, and makes them zero.
export function settle(sums: usize, to: usize, count: i32): void {
  const zero = v128.splat<f64>(0);
  const end = to + (<usize>count << 2);
  for (; to + 16 <= end; to += 16, sums += 32) {
    const low = f32x4.demote_f64x2_zero(v128.load(sums));
    const high = f32x4.demote_f64x2_zero(v128.load(sums, 16));
    v128.store(sums, zero);
    v128.store(sums, zero, 16);
    v128.store(to, v128.shuffle<i32>(low, high, 0, 1, 4, 5));
  }
  for (; to < end; to += 4, sums += 8) {
    f32.store(to, <f32>f64.load(sums));
    f64.store(sums, 0);
  }
}

// Puts rows `first` to `end` of results where they have zeros between them: `down` rows and `right` columns apart, in planes of H
// rows of W columns of `inner` channels.
export function space(
  from: usize,
  to: usize,
  first: i32,
  end: i32,
  rows: i32,
  columns: i32,
  H: i32,
  W: i32,
  down: i32,
  right: i32,
  inner: i32,
): void {
  const position = <usize>inner << 2;
  const gap = <usize>(right - 1) * position;
  from += <usize>(first * columns) * position;
  for (; first < end; first++) {
    let at = to + <usize>((first / rows) * H + (first % rows) * down) * <usize>W * position;
    const stop = from + <usize>columns * position;
    if (inner == 1) {
      for (; from < stop; from += 4, at += 4 + gap) i32.store(at, i32.load(from));
    }
    for (; from < stop; at += gap) {
      const next = from + position;
      for (; from + 16 <= next; from += 16, at += 16) v128.store(at, v128.load(from));
      for (; from < next; from += 4, at += 4) i32.store(at, i32.load(from));
    }
  }
}
