/**
 * A backend is somewhere plans run: `prepareTs`, or the kernels of a `WasmBackend`. It knows no options and checks no data.
 */
import type { Strided } from '../strided.js';
import type { TypedArray } from '../tensor.js';

/**
 * Pools all of `x` into all of `y`; both have been checked against the plan. float16 comes as bits. False, with nothing
 * written, if it takes more room in the wasm memory than there is: `makeRoom`, and it can be run again.
 */
export type Run = (x: TypedArray | Strided, y: TypedArray) => boolean;
