/**
 * Parts of arrays, kept so that running a plan again makes no new ones.
 */
import type { TypedArray } from '../tensor.js';

export class Views {
  readonly #parts = new WeakMap<TypedArray, TypedArray[]>();

  /** Elements `from` to `to` of `array`; `index` names this part, which may move, among all that are taken of it. */
  part<A extends TypedArray>(array: A, index: number, from: number, to: number): A {
    if (from === 0 && to === array.length) return array;
    let parts = this.#parts.get(array);
    if (parts === undefined) {
      parts = [];
      this.#parts.set(array, parts);
    }
    const place = array.byteOffset + from * array.BYTES_PER_ELEMENT;
    if (parts[index]?.byteOffset !== place) parts[index] = array.subarray(from, to);
    return parts[index] as A;
  }
}
