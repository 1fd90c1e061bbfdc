/**
 * A backend is somewhere kernels run: it turns a plan into a function. It knows no options and checks no data.
 */
import type { Plan } from '../plan.js';
import type { Strided } from '../strided.js';
import type { TypedArray } from '../tensor.js';

/**
 * Pools all of `x` into all of `y`; both have been checked against the plan. float16 comes as bits. What it throws, it
 * throws before anything is written.
 */
export type Run = (x: TypedArray | Strided, y: TypedArray) => void;

export interface Backend {
  readonly name: 'wasm' | 'ts';
  /** Whether it can run `plan`. */
  serves(plan: Plan): boolean;
  /** Name of the path that it takes. */
  pathOf(plan: Plan): string;
  /** Everything that can be done before data is there. */
  prepare(plan: Plan): Run;
}
