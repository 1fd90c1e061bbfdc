/**
 * Poolings that say where their results came from, and what is done with such indices: unpooling and gathering. On the
 * default instance, as all functions of the package.
 */
import { bound } from './instance.js';
import type { PoolingFunctions } from './pooling.js';
import { addIndices } from './task-calls.js';

/**
 * {@link maxPool2d}, and for each result where in the input it came from.
 *
 * Of equal elements the first in row-major order has the index, of several NaN the last one; with `nan: 'ignore'` a NaN never
 * has it. The index of a window without elements is −1.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool2d}; also `indexing`, what an index counts, `'plane'` unless it is given (the place in
 * its plane, h·W + w, without padding), and `outIndices`, where to write the indices, a new array unless it is given.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape; `options.out`
 * and `options.outIndices` where they were given.
 * @throws TypeError and RangeError as {@link maxPool2d}; RangeError also if an index could be 2³¹ or more, or if `out` and
 * `outIndices` overlap.
 * @example
 * const x = { data: Float32Array.of(0, 9, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * const y = maxPool2dWithIndices(x, { kernelSize: 2, stride: 1 });
 * y.data; // → [9, 9, 7, 8]
 * y.indices.data; // → [1, 1, 7, 8]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html for `return_indices`
 */
export const maxPool2dWithIndices: PoolingFunctions['maxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'maxPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link maxPool2dWithIndices}: all that does not depend on the data is worked out once, for inputs of `shape`, to
 * be run often.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to come,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, oh, ow]` each.
 * @throws TypeError and RangeError as {@link maxPool2dWithIndices}.
 * @example
 * const plan = planMaxPool2dWithIndices([1, 64, 112, 112], { layout: 'nchw', kernelSize: 2 });
 * const result = plan.run(new Float32Array(64 * 112 * 112));
 * plan.run(new Float32Array(64 * 112 * 112), result); // into the same arrays
 */
export const planMaxPool2dWithIndices: PoolingFunctions['planMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'planMaxPool2dWithIndices',
  addIndices,
);

/**
 * {@link maxPool1d}, and for each result where in the input it came from; the rules are those of {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool1d}; also `indexing`, `'plane'` unless it is given (w), and `outIndices`.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link maxPool1d} and {@link maxPool2dWithIndices}.
 */
export const maxPool1dWithIndices: PoolingFunctions['maxPool1dWithIndices'] = /* @__PURE__ */ bound(
  'maxPool1dWithIndices',
  addIndices,
);

/**
 * The plan of {@link maxPool1dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool1dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to come,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, ow]` each.
 * @throws TypeError and RangeError as {@link maxPool1dWithIndices}.
 */
export const planMaxPool1dWithIndices: PoolingFunctions['planMaxPool1dWithIndices'] = /* @__PURE__ */ bound(
  'planMaxPool1dWithIndices',
  addIndices,
);

/**
 * {@link maxPool3d}, and for each result where in the input it came from; the rules are those of {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and `outIndices`.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link maxPool3d} and {@link maxPool2dWithIndices}.
 */
export const maxPool3dWithIndices: PoolingFunctions['maxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'maxPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link maxPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to come,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, od, oh, ow]` each.
 * @throws TypeError and RangeError as {@link maxPool3dWithIndices}.
 */
export const planMaxPool3dWithIndices: PoolingFunctions['planMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'planMaxPool3dWithIndices',
  addIndices,
);

/**
 * {@link globalMaxPool2d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link globalMaxPool2d}; also `indexing`, `'plane'` unless it is given (h·W + w), and `outIndices`.
 * @returns A tensor `[n, c, 1, 1]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link globalMaxPool2d} and {@link maxPool2dWithIndices}.
 * @example
 * const x = { data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] };
 * globalMaxPool2dWithIndices(x, { layout: 'nchw' }).indices.data; // → [1]
 */
export const globalMaxPool2dWithIndices: PoolingFunctions['globalMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'globalMaxPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link globalMaxPool2dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, 1, 1]` each.
 * @throws TypeError and RangeError as {@link globalMaxPool2dWithIndices}.
 */
export const planGlobalMaxPool2dWithIndices: PoolingFunctions['planGlobalMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool2dWithIndices',
  addIndices,
);

/**
 * {@link globalMaxPool1d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link globalMaxPool1d}; also `indexing`, `'plane'` unless it is given (w), and `outIndices`.
 * @returns A tensor `[n, c, 1]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link globalMaxPool1d} and {@link maxPool2dWithIndices}.
 */
export const globalMaxPool1dWithIndices: PoolingFunctions['globalMaxPool1dWithIndices'] = /* @__PURE__ */ bound(
  'globalMaxPool1dWithIndices',
  addIndices,
);

/**
 * The plan of {@link globalMaxPool1dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool1dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, 1]` each.
 * @throws TypeError and RangeError as {@link globalMaxPool1dWithIndices}.
 */
export const planGlobalMaxPool1dWithIndices: PoolingFunctions['planGlobalMaxPool1dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool1dWithIndices',
  addIndices,
);

/**
 * {@link globalMaxPool3d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link globalMaxPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and
 * `outIndices`.
 * @returns A tensor `[n, c, 1, 1, 1]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link globalMaxPool3d} and {@link maxPool2dWithIndices}.
 */
export const globalMaxPool3dWithIndices: PoolingFunctions['globalMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'globalMaxPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link globalMaxPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, 1, 1, 1]` each.
 * @throws TypeError and RangeError as {@link globalMaxPool3dWithIndices}.
 */
export const planGlobalMaxPool3dWithIndices: PoolingFunctions['planGlobalMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool3dWithIndices',
  addIndices,
);

/**
 * {@link adaptiveMaxPool2d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link adaptiveMaxPool2d}; also `indexing`, `'plane'` unless it is given (h·W + w), and `outIndices`.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool2d} and {@link maxPool2dWithIndices}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveMaxPool2dWithIndices(x, { outputSize: [1, 3] }).indices.data; // → [1, 3, 4]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool2d.html for `return_indices`
 */
export const adaptiveMaxPool2dWithIndices: PoolingFunctions['adaptiveMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link adaptiveMaxPool2dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, oh, ow]` each.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool2dWithIndices}.
 */
export const planAdaptiveMaxPool2dWithIndices: PoolingFunctions['planAdaptiveMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool2dWithIndices', addIndices);

/**
 * {@link adaptiveMaxPool1d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link adaptiveMaxPool1d}; also `indexing`, `'plane'` unless it is given (w), and `outIndices`.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool1d} and {@link maxPool2dWithIndices}.
 */
export const adaptiveMaxPool1dWithIndices: PoolingFunctions['adaptiveMaxPool1dWithIndices'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool1dWithIndices',
  addIndices,
);

/**
 * The plan of {@link adaptiveMaxPool1dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool1dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, ow]` each.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool1dWithIndices}.
 */
export const planAdaptiveMaxPool1dWithIndices: PoolingFunctions['planAdaptiveMaxPool1dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool1dWithIndices', addIndices);

/**
 * {@link adaptiveMaxPool3d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link adaptiveMaxPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and
 * `outIndices`.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool3d} and {@link maxPool2dWithIndices}.
 */
export const adaptiveMaxPool3dWithIndices: PoolingFunctions['adaptiveMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link adaptiveMaxPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, od, oh, ow]` each.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool3dWithIndices}.
 */
export const planAdaptiveMaxPool3dWithIndices: PoolingFunctions['planAdaptiveMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool3dWithIndices', addIndices);

/**
 * {@link fractionalMaxPool2d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link fractionalMaxPool2d}; also `indexing`, `'plane'` unless it is given (h·W + w), and `outIndices`.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link fractionalMaxPool2d} and {@link maxPool2dWithIndices}.
 * @example
 * const x = { data: Float32Array.from({ length: 25 }, (_, i) => i), shape: [5, 5] };
 * const samples = { data: [0.5, 0], shape: [1, 1, 2] };
 * fractionalMaxPool2dWithIndices(x, { kernelSize: 2, outputSize: 3, samples }).indices.data; // → [6, 8, 9, 11, 13, 14, 21, 23, 24]
 * @see https://arxiv.org/abs/1412.6071 for the pooling (Graham, 2014)
 * @see https://pytorch.org/docs/stable/generated/torch.nn.FractionalMaxPool2d.html for `return_indices`
 */
export const fractionalMaxPool2dWithIndices: PoolingFunctions['fractionalMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'fractionalMaxPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link fractionalMaxPool2dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, oh, ow]` each.
 * @throws TypeError and RangeError as {@link fractionalMaxPool2dWithIndices}.
 */
export const planFractionalMaxPool2dWithIndices: PoolingFunctions['planFractionalMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('planFractionalMaxPool2dWithIndices', addIndices);

/**
 * {@link fractionalMaxPool3d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link fractionalMaxPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and
 * `outIndices`.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link fractionalMaxPool3d} and {@link maxPool2dWithIndices}.
 */
export const fractionalMaxPool3dWithIndices: PoolingFunctions['fractionalMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'fractionalMaxPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link fractionalMaxPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, od, oh, ow]` each.
 * @throws TypeError and RangeError as {@link fractionalMaxPool3dWithIndices}.
 */
export const planFractionalMaxPool3dWithIndices: PoolingFunctions['planFractionalMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('planFractionalMaxPool3dWithIndices', addIndices);

/**
 * {@link minPool2d}, and for each result where in the input it came from; the rules are those of {@link maxPool2dWithIndices},
 * for the least element.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link minPool2d}; also `indexing`, `'plane'` unless it is given (h·W + w), and `outIndices`.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link minPool2d} and {@link maxPool2dWithIndices}.
 * @example
 * const x = { data: Float32Array.of(4, 1, 2, 3), shape: [2, 2] };
 * minPool2dWithIndices(x, { kernelSize: 2 }).indices.data; // → [1]
 */
export const minPool2dWithIndices: PoolingFunctions['minPool2dWithIndices'] = /* @__PURE__ */ bound(
  'minPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link minPool2dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to come,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, oh, ow]` each.
 * @throws TypeError and RangeError as {@link minPool2dWithIndices}.
 */
export const planMinPool2dWithIndices: PoolingFunctions['planMinPool2dWithIndices'] = /* @__PURE__ */ bound(
  'planMinPool2dWithIndices',
  addIndices,
);

/**
 * {@link minPool1d}, and for each result where in the input it came from; the rules are those of {@link maxPool2dWithIndices},
 * for the least element.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link minPool1d}; also `indexing`, `'plane'` unless it is given (w), and `outIndices`.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link minPool1d} and {@link maxPool2dWithIndices}.
 */
export const minPool1dWithIndices: PoolingFunctions['minPool1dWithIndices'] = /* @__PURE__ */ bound(
  'minPool1dWithIndices',
  addIndices,
);

/**
 * The plan of {@link minPool1dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool1dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to come,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, ow]` each.
 * @throws TypeError and RangeError as {@link minPool1dWithIndices}.
 */
export const planMinPool1dWithIndices: PoolingFunctions['planMinPool1dWithIndices'] = /* @__PURE__ */ bound(
  'planMinPool1dWithIndices',
  addIndices,
);

/**
 * {@link minPool3d}, and for each result where in the input it came from; the rules are those of {@link maxPool2dWithIndices},
 * for the least element.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link minPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and `outIndices`.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link minPool3d} and {@link maxPool2dWithIndices}.
 */
export const minPool3dWithIndices: PoolingFunctions['minPool3dWithIndices'] = /* @__PURE__ */ bound(
  'minPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link minPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to come,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, od, oh, ow]` each.
 * @throws TypeError and RangeError as {@link minPool3dWithIndices}.
 */
export const planMinPool3dWithIndices: PoolingFunctions['planMinPool3dWithIndices'] = /* @__PURE__ */ bound(
  'planMinPool3dWithIndices',
  addIndices,
);

/**
 * {@link globalMinPool2d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}, for the least element.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link globalMinPool2d}; also `indexing`, `'plane'` unless it is given (h·W + w), and `outIndices`.
 * @returns A tensor `[n, c, 1, 1]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link globalMinPool2d} and {@link maxPool2dWithIndices}.
 */
export const globalMinPool2dWithIndices: PoolingFunctions['globalMinPool2dWithIndices'] = /* @__PURE__ */ bound(
  'globalMinPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link globalMinPool2dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, 1, 1]` each.
 * @throws TypeError and RangeError as {@link globalMinPool2dWithIndices}.
 */
export const planGlobalMinPool2dWithIndices: PoolingFunctions['planGlobalMinPool2dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMinPool2dWithIndices',
  addIndices,
);

/**
 * {@link globalMinPool1d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}, for the least element.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link globalMinPool1d}; also `indexing`, `'plane'` unless it is given (w), and `outIndices`.
 * @returns A tensor `[n, c, 1]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link globalMinPool1d} and {@link maxPool2dWithIndices}.
 */
export const globalMinPool1dWithIndices: PoolingFunctions['globalMinPool1dWithIndices'] = /* @__PURE__ */ bound(
  'globalMinPool1dWithIndices',
  addIndices,
);

/**
 * The plan of {@link globalMinPool1dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool1dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, 1]` each.
 * @throws TypeError and RangeError as {@link globalMinPool1dWithIndices}.
 */
export const planGlobalMinPool1dWithIndices: PoolingFunctions['planGlobalMinPool1dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMinPool1dWithIndices',
  addIndices,
);

/**
 * {@link globalMinPool3d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}, for the least element.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link globalMinPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and
 * `outIndices`.
 * @returns A tensor `[n, c, 1, 1, 1]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link globalMinPool3d} and {@link maxPool2dWithIndices}.
 */
export const globalMinPool3dWithIndices: PoolingFunctions['globalMinPool3dWithIndices'] = /* @__PURE__ */ bound(
  'globalMinPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link globalMinPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, 1, 1, 1]` each.
 * @throws TypeError and RangeError as {@link globalMinPool3dWithIndices}.
 */
export const planGlobalMinPool3dWithIndices: PoolingFunctions['planGlobalMinPool3dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMinPool3dWithIndices',
  addIndices,
);

/**
 * {@link adaptiveMinPool2d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}, for the least element.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link adaptiveMinPool2d}; also `indexing`, `'plane'` unless it is given (h·W + w), and `outIndices`.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link adaptiveMinPool2d} and {@link maxPool2dWithIndices}.
 */
export const adaptiveMinPool2dWithIndices: PoolingFunctions['adaptiveMinPool2dWithIndices'] = /* @__PURE__ */ bound(
  'adaptiveMinPool2dWithIndices',
  addIndices,
);

/**
 * The plan of {@link adaptiveMinPool2dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool2dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, oh, ow]` each.
 * @throws TypeError and RangeError as {@link adaptiveMinPool2dWithIndices}.
 */
export const planAdaptiveMinPool2dWithIndices: PoolingFunctions['planAdaptiveMinPool2dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool2dWithIndices', addIndices);

/**
 * {@link adaptiveMinPool1d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}, for the least element.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link adaptiveMinPool1d}; also `indexing`, `'plane'` unless it is given (w), and `outIndices`.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link adaptiveMinPool1d} and {@link maxPool2dWithIndices}.
 */
export const adaptiveMinPool1dWithIndices: PoolingFunctions['adaptiveMinPool1dWithIndices'] = /* @__PURE__ */ bound(
  'adaptiveMinPool1dWithIndices',
  addIndices,
);

/**
 * The plan of {@link adaptiveMinPool1dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool1dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, ow]` each.
 * @throws TypeError and RangeError as {@link adaptiveMinPool1dWithIndices}.
 */
export const planAdaptiveMinPool1dWithIndices: PoolingFunctions['planAdaptiveMinPool1dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool1dWithIndices', addIndices);

/**
 * {@link adaptiveMinPool3d}, and for each result where in the input it came from; the rules are those of
 * {@link maxPool2dWithIndices}, for the least element.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link adaptiveMinPool3d}; also `indexing`, `'plane'` unless it is given ((d·H + h)·W + w), and
 * `outIndices`.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`, with its `indices`, an int32 tensor of the same shape.
 * @throws TypeError and RangeError as {@link adaptiveMinPool3d} and {@link maxPool2dWithIndices}.
 */
export const adaptiveMinPool3dWithIndices: PoolingFunctions['adaptiveMinPool3dWithIndices'] = /* @__PURE__ */ bound(
  'adaptiveMinPool3dWithIndices',
  addIndices,
);

/**
 * The plan of {@link adaptiveMinPool3dWithIndices}, for inputs of `shape`; see {@link planMaxPool2dWithIndices}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool3dWithIndices} but for `out` and `outIndices`; `dtype` is that of the inputs to
 * come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?, outIndices?)` gives both, `[n, c, od, oh, ow]` each.
 * @throws TypeError and RangeError as {@link adaptiveMinPool3dWithIndices}.
 */
export const planAdaptiveMinPool3dWithIndices: PoolingFunctions['planAdaptiveMinPool3dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool3dWithIndices', addIndices);

/**
 * The elements of `x` at the indices that {@link maxPool2dWithIndices} gave, y[i] = x[indices[i]], and 0 for an index of −1.
 *
 * Of the pooling's own input that is its result. Of any other it is the derivative of the pooling in the direction of `x`, and
 * so the gradient of its gradient: where `dx` is {@link maxPool2dBackward} of `dy`, the gradient with respect to `dy` is the
 * gather of the one with respect to `dx`.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link maxPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}; RangeError also for an index that names no element of its plane.
 * Nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(10, 20, 30, 40), shape: [1, 4] };
 * const indices = { data: Int32Array.of(1, 2), shape: [1, 2] };
 * maxPool2dGather(x, indices, { kernelSize: [1, 2] }).data; // → [20, 30]
 * @see https://pytorch.org/docs/stable/generated/torch.gather.html for the same along one axis
 */
export const maxPool2dGather: PoolingFunctions['maxPool2dGather'] = /* @__PURE__ */ bound(
  'maxPool2dGather',
  addIndices,
);

/**
 * The plan of {@link maxPool2dGather}: all that does not depend on the data is worked out once, for an `x` of `shape`, to be
 * run often.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 * @example
 * const plan = planMaxPool2dGather([1, 4], { kernelSize: [1, 2] });
 * plan.run(Float32Array.of(10, 20, 30, 40), Int32Array.of(1, -1)).data; // → [20, 0]
 */
export const planMaxPool2dGather: PoolingFunctions['planMaxPool2dGather'] = /* @__PURE__ */ bound(
  'planMaxPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link maxPool1dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, ow]`, in an `Int32Array`.
 * @param options Those of {@link maxPool1d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const maxPool1dGather: PoolingFunctions['maxPool1dGather'] = /* @__PURE__ */ bound(
  'maxPool1dGather',
  addIndices,
);

/**
 * The plan of {@link maxPool1dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool1dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link maxPool1dGather}.
 */
export const planMaxPool1dGather: PoolingFunctions['planMaxPool1dGather'] = /* @__PURE__ */ bound(
  'planMaxPool1dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link maxPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, od, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link maxPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const maxPool3dGather: PoolingFunctions['maxPool3dGather'] = /* @__PURE__ */ bound(
  'maxPool3dGather',
  addIndices,
);

/**
 * The plan of {@link maxPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link maxPool3dGather}.
 */
export const planMaxPool3dGather: PoolingFunctions['planMaxPool3dGather'] = /* @__PURE__ */ bound(
  'planMaxPool3dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link globalMaxPool2dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, 1, 1]`, in an `Int32Array`.
 * @param options Those of {@link globalMaxPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, 1, 1]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const globalMaxPool2dGather: PoolingFunctions['globalMaxPool2dGather'] = /* @__PURE__ */ bound(
  'globalMaxPool2dGather',
  addIndices,
);

/**
 * The plan of {@link globalMaxPool2dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMaxPool2dGather}.
 */
export const planGlobalMaxPool2dGather: PoolingFunctions['planGlobalMaxPool2dGather'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link globalMaxPool1dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, 1]`, in an `Int32Array`.
 * @param options Those of {@link globalMaxPool1d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, 1]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const globalMaxPool1dGather: PoolingFunctions['globalMaxPool1dGather'] = /* @__PURE__ */ bound(
  'globalMaxPool1dGather',
  addIndices,
);

/**
 * The plan of {@link globalMaxPool1dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool1dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalMaxPool1dGather}.
 */
export const planGlobalMaxPool1dGather: PoolingFunctions['planGlobalMaxPool1dGather'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool1dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link globalMaxPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, 1, 1, 1]`, in an `Int32Array`.
 * @param options Those of {@link globalMaxPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, 1, 1, 1]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const globalMaxPool3dGather: PoolingFunctions['globalMaxPool3dGather'] = /* @__PURE__ */ bound(
  'globalMaxPool3dGather',
  addIndices,
);

/**
 * The plan of {@link globalMaxPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMaxPool3dGather}.
 */
export const planGlobalMaxPool3dGather: PoolingFunctions['planGlobalMaxPool3dGather'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool3dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link adaptiveMaxPool2dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link adaptiveMaxPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const adaptiveMaxPool2dGather: PoolingFunctions['adaptiveMaxPool2dGather'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool2dGather',
  addIndices,
);

/**
 * The plan of {@link adaptiveMaxPool2dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool2dGather}.
 */
export const planAdaptiveMaxPool2dGather: PoolingFunctions['planAdaptiveMaxPool2dGather'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link adaptiveMaxPool1dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, ow]`, in an `Int32Array`.
 * @param options Those of {@link adaptiveMaxPool1d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const adaptiveMaxPool1dGather: PoolingFunctions['adaptiveMaxPool1dGather'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool1dGather',
  addIndices,
);

/**
 * The plan of {@link adaptiveMaxPool1dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool1dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool1dGather}.
 */
export const planAdaptiveMaxPool1dGather: PoolingFunctions['planAdaptiveMaxPool1dGather'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool1dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link adaptiveMaxPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, od, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link adaptiveMaxPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const adaptiveMaxPool3dGather: PoolingFunctions['adaptiveMaxPool3dGather'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool3dGather',
  addIndices,
);

/**
 * The plan of {@link adaptiveMaxPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool3dGather}.
 */
export const planAdaptiveMaxPool3dGather: PoolingFunctions['planAdaptiveMaxPool3dGather'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool3dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link fractionalMaxPool2dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link fractionalMaxPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const fractionalMaxPool2dGather: PoolingFunctions['fractionalMaxPool2dGather'] = /* @__PURE__ */ bound(
  'fractionalMaxPool2dGather',
  addIndices,
);

/**
 * The plan of {@link fractionalMaxPool2dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link fractionalMaxPool2dGather}.
 */
export const planFractionalMaxPool2dGather: PoolingFunctions['planFractionalMaxPool2dGather'] = /* @__PURE__ */ bound(
  'planFractionalMaxPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link fractionalMaxPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, od, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link fractionalMaxPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const fractionalMaxPool3dGather: PoolingFunctions['fractionalMaxPool3dGather'] = /* @__PURE__ */ bound(
  'fractionalMaxPool3dGather',
  addIndices,
);

/**
 * The plan of {@link fractionalMaxPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link fractionalMaxPool3dGather}.
 */
export const planFractionalMaxPool3dGather: PoolingFunctions['planFractionalMaxPool3dGather'] = /* @__PURE__ */ bound(
  'planFractionalMaxPool3dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link minPool2dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link minPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const minPool2dGather: PoolingFunctions['minPool2dGather'] = /* @__PURE__ */ bound(
  'minPool2dGather',
  addIndices,
);

/**
 * The plan of {@link minPool2dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link minPool2dGather}.
 */
export const planMinPool2dGather: PoolingFunctions['planMinPool2dGather'] = /* @__PURE__ */ bound(
  'planMinPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link minPool1dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, ow]`, in an `Int32Array`.
 * @param options Those of {@link minPool1d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const minPool1dGather: PoolingFunctions['minPool1dGather'] = /* @__PURE__ */ bound(
  'minPool1dGather',
  addIndices,
);

/**
 * The plan of {@link minPool1dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool1dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link minPool1dGather}.
 */
export const planMinPool1dGather: PoolingFunctions['planMinPool1dGather'] = /* @__PURE__ */ bound(
  'planMinPool1dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link minPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, od, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link minPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const minPool3dGather: PoolingFunctions['minPool3dGather'] = /* @__PURE__ */ bound(
  'minPool3dGather',
  addIndices,
);

/**
 * The plan of {@link minPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link minPool3dGather}.
 */
export const planMinPool3dGather: PoolingFunctions['planMinPool3dGather'] = /* @__PURE__ */ bound(
  'planMinPool3dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link globalMinPool2dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, 1, 1]`, in an `Int32Array`.
 * @param options Those of {@link globalMinPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, 1, 1]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const globalMinPool2dGather: PoolingFunctions['globalMinPool2dGather'] = /* @__PURE__ */ bound(
  'globalMinPool2dGather',
  addIndices,
);

/**
 * The plan of {@link globalMinPool2dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMinPool2dGather}.
 */
export const planGlobalMinPool2dGather: PoolingFunctions['planGlobalMinPool2dGather'] = /* @__PURE__ */ bound(
  'planGlobalMinPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link globalMinPool1dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, 1]`, in an `Int32Array`.
 * @param options Those of {@link globalMinPool1d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, 1]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const globalMinPool1dGather: PoolingFunctions['globalMinPool1dGather'] = /* @__PURE__ */ bound(
  'globalMinPool1dGather',
  addIndices,
);

/**
 * The plan of {@link globalMinPool1dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool1dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalMinPool1dGather}.
 */
export const planGlobalMinPool1dGather: PoolingFunctions['planGlobalMinPool1dGather'] = /* @__PURE__ */ bound(
  'planGlobalMinPool1dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link globalMinPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, 1, 1, 1]`, in an `Int32Array`.
 * @param options Those of {@link globalMinPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, 1, 1, 1]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const globalMinPool3dGather: PoolingFunctions['globalMinPool3dGather'] = /* @__PURE__ */ bound(
  'globalMinPool3dGather',
  addIndices,
);

/**
 * The plan of {@link globalMinPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMinPool3dGather}.
 */
export const planGlobalMinPool3dGather: PoolingFunctions['planGlobalMinPool3dGather'] = /* @__PURE__ */ bound(
  'planGlobalMinPool3dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link adaptiveMinPool2dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link adaptiveMinPool2d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const adaptiveMinPool2dGather: PoolingFunctions['adaptiveMinPool2dGather'] = /* @__PURE__ */ bound(
  'adaptiveMinPool2dGather',
  addIndices,
);

/**
 * The plan of {@link adaptiveMinPool2dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool2dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool2dGather}.
 */
export const planAdaptiveMinPool2dGather: PoolingFunctions['planAdaptiveMinPool2dGather'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool2dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link adaptiveMinPool1dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, ow]`, in an `Int32Array`.
 * @param options Those of {@link adaptiveMinPool1d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const adaptiveMinPool1dGather: PoolingFunctions['adaptiveMinPool1dGather'] = /* @__PURE__ */ bound(
  'adaptiveMinPool1dGather',
  addIndices,
);

/**
 * The plan of {@link adaptiveMinPool1dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool1dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool1dGather}.
 */
export const planAdaptiveMinPool1dGather: PoolingFunctions['planAdaptiveMinPool1dGather'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool1dGather',
  addIndices,
);

/**
 * The elements of `x` at the indices that {@link adaptiveMinPool3dWithIndices} gave; see {@link maxPool2dGather}.
 *
 * @param x A tensor of the shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and
 * `c`; of any dtype; not written to.
 * @param indices Of the shape of the pooling's result, `[n, c, od, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link adaptiveMinPool3d}, and `indexing`, `'plane'` unless it is given.
 * @returns A tensor `[n, c, od, oh, ow]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dGather}.
 */
export const adaptiveMinPool3dGather: PoolingFunctions['adaptiveMinPool3dGather'] = /* @__PURE__ */ bound(
  'adaptiveMinPool3dGather',
  addIndices,
);

/**
 * The plan of {@link adaptiveMinPool3dGather}, for an `x` of `shape`; see {@link planMaxPool2dGather}.
 *
 * @param shape Shape of `x`, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool3dGather} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool3dGather}.
 */
export const planAdaptiveMinPool3dGather: PoolingFunctions['planAdaptiveMinPool3dGather'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool3dGather',
  addIndices,
);

/**
 * Puts results of a max pooling back where they came from, with zeros everywhere else: y[indices[i]] = x[i].
 *
 * On an axis of o results the size is (o − 1)·s + K − p₀ − p₁, for stride s, extent K = d(k−1) + 1 and padding p₀, p₁; or
 * `outputSize`, up to s − 1 less or more, as another input of the pooling may have had. `outputSize` without `kernelSize` may
 * be anything, since the indices say all else. Elements are put back in row-major order, so that of several with the same index
 * the last one stays.
 *
 * @param x Results of a pooling, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of any dtype; not
 * written to.
 * @param indices Where in the result they go, of the same shape, in an `Int32Array`; −1 is not allowed.
 * @param options Those of the pooling, `layout`, `kernelSize`, `stride`, `dilation`, `padding`, with the same defaults, but not
 * `ceilMode`; or `outputSize`. `indexing`, `'plane'` unless it is given, says what an index counts.
 * @returns A tensor `[n, c, h, w]` of the dtype of `x`; `options.out` if it was given.
 * @throws RangeError for an index that names no element of its plane, or a size that the pooling cannot have had; TypeError and
 * RangeError as {@link maxPool2d}. Nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(5, 7), shape: [1, 2] };
 * const indices = { data: Int32Array.of(1, 2), shape: [1, 2] };
 * maxUnpool2d(x, indices, { kernelSize: [1, 2] }).data; // → [0, 5, 7, 0]
 * maxUnpool2d(x, indices, { outputSize: [1, 3] }).data; // → [0, 5, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxUnpool2d.html
 */
export const maxUnpool2d: PoolingFunctions['maxUnpool2d'] = /* @__PURE__ */ bound('maxUnpool2d', addIndices);

/**
 * The plan of {@link maxUnpool2d}: all that does not depend on the data is worked out once, for indices of `shape`, to be run
 * often.
 *
 * @param shape Shape of the indices, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxUnpool2d} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, h, w]`; its `inputShape` is that, as it is the pooling's.
 * @throws TypeError and RangeError as {@link maxUnpool2d}.
 * @example
 * const plan = planMaxUnpool2d([1, 2], { kernelSize: [1, 2] });
 * plan.run(Float32Array.of(5, 7), Int32Array.of(1, 2)).data; // → [0, 5, 7, 0]
 */
export const planMaxUnpool2d: PoolingFunctions['planMaxUnpool2d'] = /* @__PURE__ */ bound(
  'planMaxUnpool2d',
  addIndices,
);

/**
 * {@link maxUnpool2d} along one axis. The rules are there.
 *
 * @param x Results of a pooling, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of any dtype; not
 * written to.
 * @param indices Where in the result they go, of the same shape, in an `Int32Array`; −1 is not allowed.
 * @param options As for {@link maxUnpool2d}; a number, or one per axis: `[width]`.
 * @returns A tensor `[n, c, w]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxUnpool2d}.
 */
export const maxUnpool1d: PoolingFunctions['maxUnpool1d'] = /* @__PURE__ */ bound('maxUnpool1d', addIndices);

/**
 * The plan of {@link maxUnpool1d}, for indices of `shape`; see {@link planMaxUnpool2d}.
 *
 * @param shape Shape of the indices, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxUnpool1d} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, w]`; its `inputShape` is that, as it is the pooling's.
 * @throws TypeError and RangeError as {@link maxUnpool1d}.
 */
export const planMaxUnpool1d: PoolingFunctions['planMaxUnpool1d'] = /* @__PURE__ */ bound(
  'planMaxUnpool1d',
  addIndices,
);

/**
 * {@link maxUnpool2d} over depth, height and width. The rules are there.
 *
 * @param x Results of a pooling, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`; of any dtype;
 * not written to.
 * @param indices Where in the result they go, of the same shape, in an `Int32Array`; −1 is not allowed.
 * @param options As for {@link maxUnpool2d}; a number, or one per axis: `[depth, height, width]`.
 * @returns A tensor `[n, c, d, h, w]` of the dtype of `x`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxUnpool2d}.
 */
export const maxUnpool3d: PoolingFunctions['maxUnpool3d'] = /* @__PURE__ */ bound('maxUnpool3d', addIndices);

/**
 * The plan of {@link maxUnpool3d}, for indices of `shape`; see {@link planMaxUnpool2d}.
 *
 * @param shape Shape of the indices, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxUnpool3d} but for `out`; `dtype` is that of `x`, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, indices, out?)` gives `[n, c, d, h, w]`; its `inputShape` is that, as it is the pooling's.
 * @throws TypeError and RangeError as {@link maxUnpool3d}.
 */
export const planMaxUnpool3d: PoolingFunctions['planMaxUnpool3d'] = /* @__PURE__ */ bound(
  'planMaxUnpool3d',
  addIndices,
);

export { convertIndices } from './tasks.js';
