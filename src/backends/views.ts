/**
 * Parts of arrays, kept so that running a plan again makes no new ones.
 */
import type { TypedArray } from '../tensor.js';

export class Views {
  readonly #parts = new WeakMap<TypedArray, TypedArray[]>();

  /** Elements `from` to `to` of `array`; `index` names this part, which may move, among all that are taken of it. */
  part<A extends TypedArray>(array: A, index: number, from: number, to: number): A {
    if (from === 0 && to === array.length) return array;
    const parts = this.#parts.get(array) ?? [];
    if (parts.length === 0) this.#parts.set(array, parts);
    const place = array.byteOffset + from * array.BYTES_PER_ELEMENT;
    if (parts[index]?.byteOffset !== place) parts[index] = array.subarray(from, to);
    return parts[index] as A;
  }
}

/**
 * The loops that `make` makes over an array of numbers of that length, or a longer one: one for all plans, which never run at
 * the same time.
 */
export function sharedLoops<T>(make: (length: number) => T, leastLength: number): (length: number) => T {
  let loops: T;
  let longest = 0;
  return (length) => {
    if (length > longest) {
      longest = Math.max(length, leastLength);
      loops = make(longest);
    }
    return loops;
  };
}
