/**
 * The slow definitions of indices, unpooling and gradients. Like oracle.ts, whose windows they use, they share no code with
 * the library: a pooling is a list of windows, each of them a list of taps.
 */
import { offsetOf, type Pooling, positionsOf, type Window, windowsOf } from './oracle.js';

export type Indexing = 'plane' | 'image' | 'tensor' | 'tensor-column-major' | 'window';
export const INDEXINGS: readonly Indexing[] = ['plane', 'image', 'tensor', 'tensor-column-major', 'window'];

/** A pooling, or a fractional one, whose samples are one number per plane and spatial axis (width before height). */
export type AnyPooling = Omit<Pooling, 'kind'> & { kind: Pooling['kind'] | 'fractional'; samples?: readonly number[] };

/** An element in a window: where in the data, and the number of its tap. */
export interface Tap {
  offset: number;
  number: number;
}

/** The taps of each result in row-major order, and what an average divides by. */
export interface Windows {
  shape: number[];
  taps: Tap[][];
  divisors: number[];
}

/** Undefined if the case is invalid. */
export function listWindows(pooling: AnyPooling, shape: readonly number[]): Windows | undefined {
  const letters = [...pooling.layout];
  const spatial = letters.flatMap((letter, place) => ('dhw'.includes(letter) ? [place] : []));
  const size = (letter: string) => (letters.includes(letter) ? shape[letters.indexOf(letter)] : 1);
  const at = (position: readonly number[], letter: string) =>
    letters.includes(letter) ? position[letters.indexOf(letter)] : 0;

  const planes: Window[][][] = [];
  for (let plane = 0; plane < (pooling.kind === 'fractional' ? size('n') * size('c') : 1); plane++) {
    const axes = spatial.map((place, axis) => axisOf(pooling, axis, shape[place], plane, spatial.length));
    if (axes.includes(undefined)) return undefined;
    planes.push(axes as Window[][]);
  }
  const result = shape.slice();
  spatial.forEach((place, axis) => {
    result[place] = planes.length > 0 ? planes[0][axis].length : ((pooling.outputSize as number[])[axis] ?? 0);
  });

  const taps: Tap[][] = [];
  const divisors: number[] = [];
  for (const position of positionsOf(result)) {
    const plane = planes[planes.length > 1 ? at(position, 'n') * size('c') + at(position, 'c') : 0];
    const windows = spatial.map((place, axis) => plane[axis][position[place]]);
    const list: Tap[] = [];
    const visit = (axis: number, tap: number[], number: number) => {
      if (axis === spatial.length) {
        list.push({ offset: offsetOf(tap, shape), number });
        return;
      }
      windows[axis].taps.forEach((p, i) => {
        const next = tap.slice();
        next[spatial[axis]] = p;
        visit(axis + 1, next, number * windows[axis].size + windows[axis].numbers[i]);
      });
    };
    visit(0, position, 0);
    taps.push(list);
    const padded = windows.reduce((product, { withPadding }) => product * withPadding, 1);
    divisors.push(pooling.divisorOverride ?? (pooling.countIncludePad ? padded : list.length));
  }
  return { shape: result, taps, divisors };
}

/** The index of an element of a tensor of this layout and shape. */
export function indexOf(indexing: Indexing, layout: string, shape: readonly number[], { offset, number }: Tap): number {
  const letters = [...layout];
  const size = (letter: string) => (letters.includes(letter) ? shape[letters.indexOf(letter)] : 1);
  const position: Record<string, number> = { n: 0, c: 0, d: 0, h: 0, w: 0 };
  let rest = offset;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    position[letters[axis]] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  const { n, c, d, h, w } = position;
  const [D, H, W, C] = ['d', 'h', 'w', 'c'].map(size);
  const column = d + D * (h + H * w);
  const last = letters.at(-1) === 'c';
  return {
    plane: (d * H + h) * W + w,
    image: offset - n * C * D * H * W,
    tensor: offset,
    'tensor-column-major': last ? (n * D * H * W + column) * C + c : (n * C + c) * D * H * W + column,
    window: number,
  }[indexing];
}

function axisOf(pooling: AnyPooling, axis: number, L: number, plane: number, rank: number): Window[] | undefined {
  const { kind, samples } = pooling;
  if (kind !== 'fractional') return windowsOf({ ...pooling, kind }, axis, L);
  const k = (pooling.kernelSize as number[])[axis];
  const O = (pooling.outputSize as number[])[axis];
  const u = (samples as number[])[plane * rank + (rank === 2 ? 1 - axis : axis)];
  const alpha = (L - k) / (O - 1);
  return Array.from({ length: O }, (_, i) => {
    const start = i === O - 1 ? L - k : Math.trunc((i + u) * alpha) - Math.trunc(u * alpha);
    const numbers = Array.from({ length: k }, (_, t) => t);
    return { taps: numbers.map((t) => start + t), numbers, size: k, withPadding: k };
  });
}

type Order = Pick<AnyPooling, 'op' | 'nan'>;

/** The tap that a maximum or minimum comes from. */
export function pick(order: Order, taps: readonly Tap[], x: ArrayLike<number>): Tap | undefined {
  const numbers = taps.filter(({ offset }) => !Number.isNaN(x[offset]));
  if (order.nan !== 'ignore' && numbers.length < taps.length) {
    return taps.filter(({ offset }) => Number.isNaN(x[offset])).at(-1);
  }
  const best = extreme(order, numbers, x);
  return numbers.find(({ offset }) => x[offset] === best);
}

function extreme({ op }: Order, taps: readonly Tap[], x: ArrayLike<number>): number {
  const values = taps.map(({ offset }) => x[offset]);
  return values.reduce((a, b) => (op === 'max' ? Math.max(a, b) : Math.min(a, b)), op === 'max' ? -Infinity : Infinity);
}

/** All taps as large, or as small. */
function equals(order: Order, taps: readonly Tap[], x: ArrayLike<number>): Tap[] {
  const one = pick(order, taps, x);
  if (one === undefined) return [];
  return taps.filter(
    ({ offset }) => x[offset] === x[one.offset] || (Number.isNaN(x[offset]) && Number.isNaN(x[one.offset])),
  );
}

/** A gradient in float64, and for each element the sum of the sizes of what was added up. */
export interface Gradient {
  values: number[];
  sizes: number[];
}

/** The gradient with respect to the input `x` of a pooling with these windows. */
export function gradient(
  pooling: AnyPooling,
  windows: Windows,
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  ties: 'first' | 'share',
): Gradient {
  const values = new Array<number>(x.length).fill(0);
  const sizes = new Array<number>(x.length).fill(0);
  const add = ({ offset }: Tap, value: number) => {
    values[offset] += value;
    sizes[offset] += Math.abs(value);
  };
  windows.taps.forEach((taps, o) => {
    const { op, p = 2 } = pooling;
    if (op === 'sum') for (const tap of taps) add(tap, dy[o]);
    else if (op === 'avg') for (const tap of taps) add(tap, dy[o] / windows.divisors[o]);
    else if (op === 'lp') {
      const size = (tap: Tap) => Math.abs(x[tap.offset]);
      if (p === Infinity) {
        const absolute = Array.from(x, Math.abs);
        const tap = pick({ op: 'max' }, taps, absolute);
        if (tap !== undefined) add(tap, dy[o] * Math.sign(x[tap.offset]));
        return;
      }
      const norm = taps.reduce((sum, tap) => sum + size(tap) ** p, 0) ** (1 / p);
      for (const tap of taps) {
        const value = x[tap.offset];
        // The gradient at 0 is 0, and so is that of a window of zeros.
        if (value !== 0) add(tap, dy[o] * Math.sign(value) * size(tap) ** (p - 1) * norm ** (1 - p));
      }
    } else if (ties === 'share') {
      const all = equals(pooling, taps, x);
      for (const tap of all) add(tap, dy[o] / all.length);
    } else {
      const tap = pick(pooling, taps, x);
      if (tap !== undefined) add(tap, dy[o]);
    }
  });
  return { values, sizes };
}
