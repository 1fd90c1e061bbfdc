/**
 * Elements moved between a pooling's input and its results by place: unpooling puts results back, gathering takes elements.
 * Nothing is computed with them, so that dtypes of the same size are one to the loops.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';

type Words = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const words = new WeakMap<TypedArray, Words>();

const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array } as const;

/** The elements of `array` as numbers of their size. */
function wordsOf(array: TypedArray): Words {
  let view = words.get(array);
  if (view === undefined) {
    const Elements = WORDS[array.BYTES_PER_ELEMENT as keyof typeof WORDS];
    view = new Elements(array.buffer as ArrayBuffer, array.byteOffset, array.length);
    words.set(array, view);
  }
  return view;
}

/** large = 0, then large[place of result i] = small[i] for each i in order. */
export function unpool(
  { inputCount, outputCount, outer, inner }: Plan,
  small: TypedArray,
  places: Int32Array,
  large: TypedArray,
): void {
  const from = wordsOf(small);
  const to = wordsOf(large);
  to.fill(0);
  if (outputCount === 0) return;
  const results = outputCount / outer;
  const positions = inputCount / outer;
  for (let plane = 0, i = 0; plane < outer; plane++) {
    const base = plane * positions;
    for (const end = i + results; i < end; ) {
      for (let channel = 0; channel < inner; channel++, i++) {
        if (places[i] >= 0) to[base + places[i] * inner + channel] = from[i];
      }
    }
  }
}

/** small[i] = large[place of result i], or 0 where there is none. */
export function gather(
  { inputCount, outputCount, outer, inner }: Plan,
  large: TypedArray,
  places: Int32Array,
  small: TypedArray,
): void {
  if (outputCount === 0) return;
  const from = wordsOf(large);
  const to = wordsOf(small);
  const results = outputCount / outer;
  const positions = inputCount / outer;
  for (let plane = 0, i = 0; plane < outer; plane++) {
    const base = plane * positions;
    for (const end = i + results; i < end; ) {
      for (let channel = 0; channel < inner; channel++, i++) {
        to[i] = places[i] >= 0 ? from[base + places[i] * inner + channel] : 0;
      }
    }
  }
}
