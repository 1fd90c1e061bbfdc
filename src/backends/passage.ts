/**
 * Parts of tensors in the wasm memory: those of tensors that live there are where they are, others are copied in and out.
 */
import type { TypedArray } from '../tensor.js';
import { type Arena, EXTERNAL } from './arena.js';
import { Views } from './views.js';

/** Of int32, float32 and float64. Parts have a number each, as of `Views`; addresses are those where tensors begin. */
export class Passage {
  readonly #arena: Arena;
  readonly #views = new Views();

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Where `tensor` begins, or would if all of it were there, whose element `from` is at `address` unless it lives there. */
  at(tensor: TypedArray, from: number, address: number): number {
    const at = this.#arena.addressOf(tensor);
    return at === EXTERNAL ? (address - from * tensor.BYTES_PER_ELEMENT) | 0 : at;
  }

  /** The same, once elements `from` to `to` are there. */
  in(tensor: TypedArray, part: number, from: number, to: number, address: number): number {
    if (this.#arena.addressOf(tensor) === EXTERNAL) {
      this.#memory(tensor).set(this.#views.part(tensor, part, from, to), address / tensor.BYTES_PER_ELEMENT);
    }
    return this.at(tensor, from, address);
  }

  /** Puts elements `from` to `to` into `tensor`, which are at `address` unless it lives in the memory. */
  out(tensor: TypedArray, part: number, from: number, to: number, address: number): void {
    if (this.#arena.addressOf(tensor) !== EXTERNAL) return;
    const first = address / tensor.BYTES_PER_ELEMENT;
    tensor.set(this.#views.part(this.#memory(tensor), part, first, first + to - from), from);
  }

  #memory(tensor: TypedArray): TypedArray {
    if (tensor instanceof Int32Array) return this.#arena.view('int32');
    return this.#arena.view(tensor.BYTES_PER_ELEMENT === 8 ? 'float64' : 'float32');
  }
}
