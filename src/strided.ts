/**
 * Tensors whose elements lie apart: views of ndarrays that are transposed, sliced, turned around or broadcast. Backends read
 * them a band at a time, so that there is never a packed copy of the whole.
 */
import {
  checkData,
  checkedData,
  describe,
  elementsOf,
  type Form,
  type ImageLike,
  packedPart,
  readStrides,
  sameShape,
  type Tensor,
  type TypedArray,
} from './tensor.js';

/** From this many neighbouring elements on, copying them at once makes up for the view that it takes. */
const MANY_NEIGHBOURS = 64;

/** What the wasm backend reads a band at a time, as it is not there as a whole. */
export abstract class Streamed {
  /** Puts elements `from` to `to` into `target`, from `at` on. */
  abstract pack(target: TypedArray, at: number, from: number, to: number): void;
}

/** The elements of a tensor in row-major order, wherever they are in an array. */
export class Strided extends Streamed {
  /** The part of the array that they are in, from the first to the last. */
  readonly extent: TypedArray;
  /** The same, half-precision floats as bits. */
  readonly #data: TypedArray;
  /** Where in `extent` the first element of the tensor is. */
  readonly #offset: number;
  /** Axes with more than one element; neighbours that lie as one are one. */
  readonly #shape: readonly number[];
  readonly #strides: readonly number[];

  /** @param extent From the least to the greatest place that there is, `offset` being that of the first element. */
  constructor(extent: TypedArray, shape: readonly number[], strides: readonly number[], offset: number) {
    super();
    this.extent = extent;
    this.#data = elementsOf(extent);
    this.#offset = offset;
    // There is an axis even if none has more than one element.
    const lengths = [1];
    const steps = [0];
    for (let axis = 0; axis < shape.length; axis++) {
      if (shape[axis] === 1) continue;
      const last = lengths.length - 1;
      if (steps[last] === shape[axis] * strides[axis]) {
        lengths[last] *= shape[axis];
        steps[last] = strides[axis];
      } else {
        lengths.push(shape[axis]);
        steps.push(strides[axis]);
      }
    }
    this.#shape = lengths;
    this.#strides = steps;
  }

  /** Copies elements `from` to `to` of the tensor to `target`, from `at` on. */
  pack(target: TypedArray, at: number, from: number, to: number): void {
    const data = this.#data;
    const last = this.#shape.length - 1;
    const length = this.#shape[last];
    const step = this.#strides[last];
    let position = from;
    while (position < to) {
      const place = this.#placeOf(position);
      const count = Math.min(to - position, length - (position % length));
      if (step === 1 && count >= MANY_NEIGHBOURS) {
        target.set(data.subarray(place, place + count), at);
      } else {
        copyApart(target, at, data, place, step, count);
      }
      at += count;
      position += count;
    }
  }

  /** Element `position` of the tensor. */
  at(position: number): number {
    return this.#data[this.#placeOf(position)];
  }

  #placeOf(position: number): number {
    let place = this.#offset;
    let rest = position;
    for (let axis = this.#shape.length - 1; axis >= 0; axis--) {
      const index = rest % this.#shape[axis];
      place += index * this.#strides[axis];
      rest = (rest - index) / this.#shape[axis];
    }
    return place;
  }
}

// A function of its own, so that engines see whole numbers alone.
function copyApart(target: TypedArray, at: number, data: TypedArray, place: number, step: number, count: number): void {
  for (let i = 0; i < count; i++) target[at + i] = data[place + i * step];
}

/** The elements of a pooling's input, once they are known to be of that form: an array where they are packed. */
export function readInput(fn: string, x: Tensor | ImageLike | TypedArray, form: Form): TypedArray | Strided {
  const { dtype, shape } = form;
  const view = readStrides(fn, 'input', x);
  if (view === undefined || packedPart(view)?.length === form.count || !sameShape(view.shape, shape)) {
    return checkedData(fn, 'data', 'input', x, form);
  }
  const { data, strides, offset } = view;
  let low = offset;
  let high = offset;
  shape.forEach((length, axis) => {
    const reach = (length - 1) * strides[axis];
    if (reach < 0) low += reach;
    else high += reach;
  });
  if (low < 0 || high >= data.length) {
    throw new RangeError(
      `${fn}: input of shape ${describe(shape)}, strides ${describe(strides)} and offset ${offset} reaches from ` +
        `element ${low} to ${high} of an array of ${data.length}`,
    );
  }
  const extent = data.subarray(low, high + 1);
  checkData(fn, 'data', extent, { dtype, shape: [extent.length], count: extent.length });
  return new Strided(extent, shape, strides, offset - low);
}
