/**
 * The slow definition that the library is held against: for each output position, list the elements inside the window,
 * and reduce the list in float64. It shares no code with the library. What options mean is in docs/semantics.md.
 */

export type Op = 'max' | 'min' | 'avg' | 'sum' | 'lp';
export type Pair = readonly [number, number];

/** A pooling, with one entry per spatial axis in every list. */
export interface Pooling {
  op: Op;
  /** Names of the axes: n, c, and d, h, w for the spatial ones. */
  layout: string;
  kind: 'window' | 'global' | 'adaptive';
  kernelSize?: readonly number[];
  stride?: readonly number[];
  dilation?: readonly number[];
  /** Before and after. */
  padding?: readonly Pair[] | 'valid' | 'same' | 'same-lower';
  ceilMode?: boolean;
  outputSize?: readonly (number | null)[];
  countIncludePad?: boolean;
  divisorOverride?: number;
  nan?: 'propagate' | 'ignore';
  p?: number;
}

/**
 * The values of a result in float64, before they are rounded to a type, and for each the size of what went into it: of an
 * average Σ|x| / divisor, of a sum Σ|x|, else that of the value.
 */
export interface Result {
  shape: number[];
  values: number[];
  sizes: number[];
  /** The largest that a partial result may be. */
  reaches: number[];
}

export interface Window {
  /** Positions on the axis, in order; those outside the input are left out. */
  taps: number[];
  /** The number of each among all of the window's taps, and how many these are. */
  numbers: number[];
  size: number;
  /** What the axis contributes to an average's divisor, padding counted and not counted. */
  withPadding: number;
}

/** Pools `data`; undefined if the case is invalid, and the library has to refuse it. */
export function pool(pooling: Pooling, data: ArrayLike<number>, shape: readonly number[]): Result | undefined {
  const letters = [...pooling.layout];
  const spatial = letters.flatMap((letter, place) => ('dhw'.includes(letter) ? [place] : []));
  const windows: Window[][] = [];
  for (let axis = 0; axis < spatial.length; axis++) {
    const list = windowsOf(pooling, axis, shape[spatial[axis]]);
    if (list === undefined) return undefined;
    windows.push(list);
  }
  const outputShape = shape.slice();
  spatial.forEach((place, axis) => {
    outputShape[place] = windows[axis].length;
  });
  const values: number[] = [];
  const sizes: number[] = [];
  const reaches: number[] = [];
  for (const position of positionsOf(outputShape)) {
    const inside: number[] = [];
    let withPadding = 1;
    const at = position.slice();
    const visit = (axis: number) => {
      if (axis === spatial.length) {
        inside.push(data[offsetOf(at, shape)]);
        return;
      }
      for (const tap of windows[axis][position[spatial[axis]]].taps) {
        at[spatial[axis]] = tap;
        visit(axis + 1);
      }
    };
    visit(0);
    spatial.forEach((place, axis) => {
      withPadding *= windows[axis][position[place]].withPadding;
    });
    const linear = pooling.op === 'avg' || pooling.op === 'sum';
    const value = reduce(pooling, inside, withPadding);
    const exponent = pooling.op === 'lp' ? (pooling.p ?? 2) : 1;
    values.push(value);
    reaches.push(Math.max(Math.abs(value), total(inside.map((x) => Math.abs(x) ** exponent))));
    sizes.push(Math.abs(reduce(pooling, linear ? inside.map(Math.abs) : inside, withPadding)));
  }
  return { shape: outputShape, values, sizes, reaches };
}

/** The windows of one spatial axis of L elements; undefined if the case is invalid. */
export function windowsOf(pooling: Pooling, axis: number, L: number): Window[] | undefined {
  const list: Window[] = [];
  if (pooling.kind === 'global') return [{ taps: range(0, L), numbers: range(0, L), size: L, withPadding: L }];
  if (pooling.kind === 'adaptive') {
    const O = pooling.outputSize?.[axis] ?? L;
    for (let i = 0; i < O; i++) {
      const start = Number((BigInt(i) * BigInt(L)) / BigInt(O));
      const end = Number((BigInt(i + 1) * BigInt(L) + BigInt(O) - 1n) / BigInt(O));
      const size = end - start;
      list.push({ taps: range(start, end), numbers: range(0, size), size, withPadding: size });
    }
    return list;
  }
  const k = (pooling.kernelSize as number[])[axis];
  const s = pooling.stride?.[axis] ?? k;
  const d = pooling.dilation?.[axis] ?? 1;
  const K = d * (k - 1) + 1;
  let p0: number;
  let p1: number;
  const { padding } = pooling;
  if (padding === undefined || padding === 'valid') p0 = p1 = 0;
  else if (typeof padding === 'string') {
    const P = Math.max((Math.ceil(L / s) - 1) * s + K - L, 0);
    p0 = padding === 'same' ? Math.floor(P / 2) : P - Math.floor(P / 2);
    p1 = P - p0;
  } else [p0, p1] = padding[axis];

  let o: number;
  const asked = pooling.outputSize?.[axis];
  if (asked !== undefined && asked !== null) o = asked;
  else if (pooling.ceilMode) {
    o = Math.floor((L + p0 + p1 - K + s - 1) / s) + 1;
    if ((o - 1) * s >= L + p0) o--;
  } else o = Math.floor((L + p0 + p1 - K) / s) + 1;
  if (o < 1) return undefined;

  for (let i = 0; i < o; i++) {
    const taps: number[] = [];
    const numbers: number[] = [];
    let withPadding = 0;
    for (let t = 0; t < k; t++) {
      const at = i * s - p0 + t * d;
      // Cropped elements are as absent as those outside.
      if (at >= Math.max(0, -p0) && at < Math.min(L, L + p1)) {
        taps.push(at);
        numbers.push(t);
      }
      if (at < L + p1) withPadding++;
    }
    list.push({ taps, numbers, size: k, withPadding });
  }
  return list;
}

function reduce({ op, nan, countIncludePad, divisorOverride, p = 2 }: Pooling, list: number[], padded: number): number {
  switch (op) {
    case 'max':
    case 'min': {
      const kept = nan === 'ignore' ? list.filter((x) => !Number.isNaN(x)) : list;
      if (kept.some(Number.isNaN)) return Number.NaN;
      const pick = op === 'max' ? Math.max : Math.min;
      return kept.reduce((a, b) => pick(a, b), op === 'max' ? -Infinity : Infinity);
    }
    case 'avg': {
      const sum = total(list);
      if (divisorOverride !== undefined) return sum / divisorOverride;
      if (!countIncludePad) return sum / list.length;
      // A window beyond even the padding: its sum, 0.
      return padded === 0 ? 0 : sum / padded;
    }
    case 'sum':
      return total(list);
    case 'lp': {
      const sizes = list.map(Math.abs);
      if (p === Infinity) return sizes.some(Number.isNaN) ? Number.NaN : sizes.reduce((a, b) => Math.max(a, b), 0);
      return total(sizes.map((x) => x ** p)) ** (1 / p);
    }
  }
}

/** The sum, by halves, so that its error does not grow with the list. */
function total(list: readonly number[]): number {
  if (list.length <= 8) return list.reduce((sum, x) => sum + x, 0);
  const half = list.length >> 1;
  return total(list.slice(0, half)) + total(list.slice(half));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Every position of a tensor, in row-major order. */
export function* positionsOf(shape: readonly number[]): Generator<number[]> {
  const count = shape.reduce((product, length) => product * length, 1);
  const position = shape.map(() => 0);
  for (let i = 0; i < count; i++) {
    yield position.slice();
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++position[axis] < shape[axis]) break;
      position[axis] = 0;
    }
  }
}

/** Where a position is in the data. */
export function offsetOf(position: readonly number[], shape: readonly number[]): number {
  return position.reduce((offset, at, axis) => offset * shape[axis] + at, 0);
}
