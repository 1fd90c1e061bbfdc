/**
 * Index conventions: what number says where in the input an element of the result came from. Loops find places, positions
 * in the row-major plane, and this file alone knows what else they can be called.
 */
import { type Axis, LAYOUTS, type Layout, largest, most, type Plan } from './plan.js';

/**
 * `'plane'`: the place in its plane, row-major, without padding (PyTorch). `'image'`: the place in its item of the batch,
 * in the tensor's own layout (TensorFlow). `'tensor'`: the place in the whole tensor (ONNX). `'tensor-column-major'`: the
 * same with each plane counted column by column (ONNX, `storage_order: 1`). `'window'`: the number of the tap, row-major,
 * padding included.
 */
export type Indexing = 'plane' | 'image' | 'tensor' | 'tensor-column-major' | 'window';

/** The first is the default. */
export const INDEXINGS: readonly Indexing[] = ['plane', 'image', 'tensor', 'tensor-column-major', 'window'];

/** The index of a window that has no element, in every convention. */
const NO_ELEMENT = -1;

/** Indices are 32-bit integers that are not negative. */
const MOST_ELEMENTS = 2 ** 31;

/** The taps of one axis' windows, padding included: tap t of window o is at `firsts[o]` + t·dilation. */
interface Taps {
  readonly firsts: Int32Array;
  readonly sizes: Int32Array;
  readonly dilation: number;
  /** Those inside the input. */
  readonly starts: Int32Array;
  readonly counts: Int32Array;
}

type AxisTaps = readonly [depth: Taps, height: Taps, width: Taps];

/** The indices of one plan's results in one convention. */
export class IndexSpace {
  readonly indexing: Indexing;
  readonly #plan: Plan;
  /** Depth, height and width of the input. */
  readonly #sizes: readonly [number, number, number];
  /** Elements of a plane, and planes of a batch item that lie one after the other. */
  readonly #positions: number;
  readonly #planesPerItem: number;
  /** Of every plane, or of each. */
  readonly #taps: readonly AxisTaps[];
  #places: Int32Array | undefined;

  /** @throws RangeError if there are more elements than indices. */
  constructor(fn: string, plan: Plan, layout: Layout, indexing: Indexing) {
    const { inputShape } = plan;
    const { spatial, outer } = LAYOUTS[layout];
    const sizes = [1, 1, 1, ...spatial.map((place) => inputShape[place])].slice(-3);
    this.indexing = indexing;
    this.#plan = plan;
    this.#sizes = sizes as [number, number, number];
    this.#positions = sizes[0] * sizes[1] * sizes[2];
    this.#planesPerItem = outer.reduce((product, place) => (layout[place] === 'c' ? inputShape[place] : product), 1);
    // A window that is the whole plane is the plane, however its axes were planned.
    this.#taps = indexing === 'window' && !plan.axes.every(isWhole) ? (plan.planes ?? [plan.axes]).map(tapsOf) : [];
    const count = plan.outputCount === 0 ? 0 : Math.max(this.#positions, this.#elements());
    if (count > MOST_ELEMENTS) {
      throw new RangeError(`${fn}: '${indexing}' indices of ${count} elements do not fit 31 bits`);
    }
  }

  /** How many indices there may be. */
  #elements(): number {
    switch (this.indexing) {
      case 'plane':
        return this.#positions;
      case 'image':
        return this.#positions * this.#planesPerItem * this.#plan.inner;
      case 'tensor':
      case 'tensor-column-major':
        return this.#plan.inputCount;
      case 'window':
        return most(this.#taps, (taps) => taps.reduce((product, { sizes }) => product * largest(sizes), 1));
    }
  }

  /** Turns places into indices, all of them. */
  encode(indices: Int32Array): void {
    if (this.isPlain) return;
    if (this.indexing === 'window') this.#convertTaps(indices, indices, false);
    else this.#encodeOffsets(indices);
  }

  /**
   * The places that `indices` name: they themselves, or an array that is filled with them and belongs to this space. `what`
   * is what they are called.
   * @throws RangeError for an index of no element of its plane, and for one of none at all unless `empty`.
   */
  decode(fn: string, what: string, indices: Int32Array, empty: boolean): Int32Array {
    if (this.isPlain) {
      const positions = this.#positions;
      for (let i = 0; i < indices.length; i++) {
        const place = indices[i];
        if (place >= 0 ? place >= positions : place !== NO_ELEMENT || !empty) this.#refuse(fn, what, indices, i);
      }
      return indices;
    }
    this.#places ??= new Int32Array(indices.length);
    const places = this.#places;
    if (this.indexing === 'window') this.#convertTaps(indices, places, true);
    else this.#decodeOffsets(indices, places);
    for (let i = 0; i < indices.length; i++) {
      if (places[i] === INVALID || (places[i] === NO_ELEMENT && !empty)) this.#refuse(fn, what, indices, i);
    }
    return places;
  }

  /** Whether indices are places. */
  get isPlain(): boolean {
    return this.indexing === 'plane' || (this.indexing === 'window' && this.#taps.length === 0);
  }

  #refuse(fn: string, what: string, indices: Int32Array, i: number): never {
    const kind = this.indexing === 'plane' ? 'a place' : `one of '${this.indexing}'`;
    throw new RangeError(
      `${fn}: ${what}[${i}] is ${indices[i]}, which is not ${kind} in its plane of ${this.#positions} elements`,
    );
  }

  // None of the loops below takes a function or a list apart: plans that are run again allocate nothing.

  /** Index = place · inner + channel + base, where the place may be column-major. */
  #encodeOffsets(indices: Int32Array): void {
    const { outer, inner } = this.#plan;
    const [depth, height, width] = this.#sizes;
    const byColumn = this.indexing === 'tensor-column-major';
    const results = indices.length / outer;
    for (let plane = 0, i = 0; plane < outer; plane++) {
      const base = this.#baseOf(plane);
      for (const end = i + results; i < end; ) {
        for (let channel = 0; channel < inner; channel++, i++) {
          const place = indices[i];
          if (place >= 0)
            indices[i] = (byColumn ? turned(place, depth, height, width) : place) * inner + channel + base;
        }
      }
    }
  }

  #decodeOffsets(indices: Int32Array, places: Int32Array): void {
    const { outer, inner } = this.#plan;
    const [depth, height, width] = this.#sizes;
    const byColumn = this.indexing === 'tensor-column-major';
    const results = indices.length / outer;
    for (let plane = 0, i = 0; plane < outer; plane++) {
      const base = this.#baseOf(plane);
      for (const end = i + results; i < end; ) {
        for (let channel = 0; channel < inner; channel++, i++) {
          const offset = indices[i] - base - channel;
          const place = offset / inner;
          if (indices[i] === NO_ELEMENT) places[i] = NO_ELEMENT;
          else if (offset < 0 || offset % inner !== 0 || place >= this.#positions) places[i] = INVALID;
          else places[i] = byColumn ? turned(place, width, height, depth) : place;
        }
      }
    }
  }

  /** Where a plane, or an item of channels last, begins among the elements that are counted. */
  #baseOf(plane: number): number {
    const before = this.indexing === 'image' ? plane % this.#planesPerItem : plane;
    return before * this.#positions * this.#plan.inner;
  }

  /** Places to taps, or back. */
  #convertTaps(from: Int32Array, to: Int32Array, decodes: boolean): void {
    const { outer, inner, axes } = this.#plan;
    const [depth, height, width] = axes;
    for (let plane = 0, i = 0; plane < outer; plane++) {
      for (let od = 0; od < depth.output; od++) {
        for (let oh = 0; oh < height.output; oh++) {
          for (let ow = 0; ow < width.output; ow++) {
            for (let channel = 0; channel < inner; channel++, i++) {
              const taps = this.#taps[this.#taps.length === 1 ? 0 : plane * inner + channel];
              const value = from[i];
              if (value < 0) to[i] = value === NO_ELEMENT ? NO_ELEMENT : INVALID;
              else to[i] = decodes ? this.#placeOf(value, taps, od, oh, ow) : this.#tapOf(value, taps, od, oh, ow);
            }
          }
        }
      }
    }
  }

  #tapOf(place: number, taps: AxisTaps, od: number, oh: number, ow: number): number {
    const height = this.#sizes[1];
    const width = this.#sizes[2];
    const w = place % width;
    const row = (place - w) / width;
    const h = row % height;
    const td = numberOf(taps[0], od, (row - h) / height);
    const th = numberOf(taps[1], oh, h);
    return (td * taps[1].sizes[oh] + th) * taps[2].sizes[ow] + numberOf(taps[2], ow, w);
  }

  #placeOf(tap: number, taps: AxisTaps, od: number, oh: number, ow: number): number {
    const columns = taps[2].sizes[ow];
    const rows = taps[1].sizes[oh];
    const tw = tap % columns;
    const row = (tap - tw) / columns;
    const th = row % rows;
    const w = positionOf(taps[2], ow, tw);
    const h = positionOf(taps[1], oh, th);
    const d = positionOf(taps[0], od, (row - th) / rows);
    return w < 0 || h < 0 || d < 0 ? INVALID : (d * this.#sizes[1] + h) * this.#sizes[2] + w;
  }
}

/** Whether the taps of the only window are the positions of the axis. */
function isWhole({ input, output, counts, origin }: Axis): boolean {
  return output === 1 && counts[0] === input && (origin === undefined || origin.kernelSize === input);
}

/** A row-major place, counted as if the axes, whose lengths are given, were in the opposite order. */
function turned(place: number, first: number, second: number, third: number): number {
  const k = place % third;
  const row = (place - k) / third;
  const j = row % second;
  return (row - j) / second + first * (j + second * k);
}

/** What stands for the place of an index that has none; never seen outside. */
const INVALID = -2;

/** The number of the tap of window `o` at `position`. */
function numberOf({ firsts, dilation }: Taps, o: number, position: number): number {
  return (position - firsts[o]) / dilation;
}

/** The position of tap `t` of window `o`, or −1 if it is outside the input. */
function positionOf({ firsts, starts, counts, dilation }: Taps, o: number, t: number): number {
  const position = firsts[o] + t * dilation;
  return position >= starts[o] && position <= starts[o] + (counts[o] - 1) * dilation ? position : -1;
}

function tapsOf(axes: Plan['axes']): AxisTaps {
  return axes.map(({ starts, counts, dilation, origin, output }): Taps => {
    if (origin === undefined) return { firsts: starts, sizes: counts, dilation, starts, counts };
    const firsts = Int32Array.from({ length: output }, (_, o) => o * origin.stride - origin.before);
    return { firsts, sizes: new Int32Array(output).fill(origin.kernelSize), dilation, starts, counts };
  }) as unknown as AxisTaps;
}
