/**
 * wasm-pooling: pooling for tensors, in WebAssembly SIMD with a TypeScript fallback.
 *
 * The functions below and those of indices.ts run on one default instance, made on first use. `createPooling` makes others.
 * Gradients have an entry of their own, gradients.ts.
 */
import { bound } from './instance.js';
import type { PoolingFunctions } from './pooling.js';

export type { Indexing } from './indexing.js';
export * from './indices.js';
export { createPooling } from './instance.js';
export type { FunctionName, Op, Rank, TaskName } from './ops.js';
export type {
  FunctionOptions,
  IndicesOptions,
  IndicesPlanOptions,
  NaNRule,
  PaddingOption,
  PerAxis,
  PlanOptions,
  Rounding,
  Samples,
  UnpoolOptions,
  UnpoolPlanOptions,
} from './options.js';
export type { Layout } from './plan.js';
export type { Pooling, PoolingFunctions, PoolingOptions, PoolPlan, ResidentTensor } from './pooling.js';
export type {
  ConvertOptions,
  IndicesPlan,
  MovePlan,
  TensorWithIndices,
} from './tasks.js';
export type { ArrayOf, DType, ImageLike, Tensor, TypedArray } from './tensor.js';

/**
 * Slides a window over the two spatial axes of `x` and keeps its largest element.
 *
 * Output size per axis, of L elements with padding p₀, p₁, window k, dilation d and stride s:
 * ⌊(L + p₀ + p₁ − d(k−1) − 1) / s⌋ + 1, or as `ceilMode` and `outputSize` say. Padding is never the maximum; a window
 * without any element of the input gives −Infinity, or the lowest integer of its type.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to. An
 * `ImageData` is one as well, of layout `'hwc'`.
 * @param options `kernelSize` is required, `layout` too where the axes are not spatial alone. Sizes are in elements: a number,
 * or `[height, width]`. Defaults: `stride` is the window's size, `padding` 0, `dilation` 1, `ceilMode` false, `nan`
 * `'propagate'`.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError for a wrong kind of value or an unknown option, RangeError for a value out of range or a window that
 * fits nowhere; nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * maxPool2d(x, { kernelSize: 2, stride: 1 }).data; // → [4, 5, 7, 8]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html for the size formula and `ceilMode`
 */
export const maxPool2d: PoolingFunctions['maxPool2d'] = /* @__PURE__ */ bound('maxPool2d');

/**
 * Works out a max pooling once, to be run often: shapes, windows, kernel and memory are settled here.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * const plan = planMaxPool2d([1, 64, 112, 112], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
 * plan.outputShape; // → [1, 64, 56, 56]
 * const y = plan.run(new Float32Array(64 * 112 * 112));
 */
export const planMaxPool2d: PoolingFunctions['planMaxPool2d'] = /* @__PURE__ */ bound('planMaxPool2d');

/**
 * {@link maxPool2d} along one axis. The formulas are there.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool2d}; a number, or one per axis: `[width]`.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * maxPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [4] }, { kernelSize: 2 }).data; // → [5, 4]
 */
export const maxPool1d: PoolingFunctions['maxPool1d'] = /* @__PURE__ */ bound('maxPool1d');

/**
 * The plan of {@link maxPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link maxPool1d}.
 * @example
 * planMaxPool1d([2, 3, 8], { layout: 'ncw', kernelSize: 2 }).outputShape; // → [2, 3, 4]
 */
export const planMaxPool1d: PoolingFunctions['planMaxPool1d'] = /* @__PURE__ */ bound('planMaxPool1d');

/**
 * {@link maxPool2d} over depth, height and width. The formulas are there.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool2d}; a number, or one per axis: `[depth, height, width]`.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * maxPool3d({ data: Float32Array.of(1, 5, 2, 4, 3, 0, 7, 6), shape: [2, 2, 2] }, { kernelSize: [1, 2, 2] }).data; // → [5, 7]
 */
export const maxPool3d: PoolingFunctions['maxPool3d'] = /* @__PURE__ */ bound('maxPool3d');

/**
 * The plan of {@link maxPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link maxPool3d}.
 * @example
 * planMaxPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4, 4]
 */
export const planMaxPool3d: PoolingFunctions['planMaxPool3d'] = /* @__PURE__ */ bound('planMaxPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps its least element. Sizes and options are those of `maxPool2d`.
 * A window without any element of the input gives Infinity, or the highest integer of its type.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool2d}.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * minPool2d(x, { kernelSize: 2, stride: 1 }).data; // → [0, 1, 3, 4]
 */
export const minPool2d: PoolingFunctions['minPool2d'] = /* @__PURE__ */ bound('minPool2d');

/**
 * The plan of {@link minPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * planMinPool2d([2, 3, 8, 8], { layout: 'nchw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4]
 */
export const planMinPool2d: PoolingFunctions['planMinPool2d'] = /* @__PURE__ */ bound('planMinPool2d');

/**
 * {@link minPool2d} along one axis. The formulas are there.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link minPool2d}; a number, or one per axis: `[width]`.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * minPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [4] }, { kernelSize: 2 }).data; // → [1, 2]
 */
export const minPool1d: PoolingFunctions['minPool1d'] = /* @__PURE__ */ bound('minPool1d');

/**
 * The plan of {@link minPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link minPool1d}.
 * @example
 * planMinPool1d([2, 3, 8], { layout: 'ncw', kernelSize: 2 }).outputShape; // → [2, 3, 4]
 */
export const planMinPool1d: PoolingFunctions['planMinPool1d'] = /* @__PURE__ */ bound('planMinPool1d');

/**
 * {@link minPool2d} over depth, height and width. The formulas are there.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link minPool2d}; a number, or one per axis: `[depth, height, width]`.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * minPool3d({ data: Float32Array.of(1, 5, 2, 4, 3, 0, 7, 6), shape: [2, 2, 2] }, { kernelSize: [1, 2, 2] }).data; // → [1, 0]
 */
export const minPool3d: PoolingFunctions['minPool3d'] = /* @__PURE__ */ bound('minPool3d');

/**
 * The plan of {@link minPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link minPool3d}.
 * @example
 * planMinPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4, 4]
 */
export const planMinPool3d: PoolingFunctions['planMinPool3d'] = /* @__PURE__ */ bound('planMinPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps the mean of its elements: their sum, divided by how many of
 * them are input, or by what `countIncludePad` or `divisorOverride` say. Sizes are those of `maxPool2d`.
 *
 * Means of float32 are within 2 units in the last place, plus 10⁻⁶ of the mean of |x|; means of integers are exact, and
 * rounded to integers as `rounding` says. A window without any element of the input gives 0 where padding is counted or the
 * divisor is given, else NaN (integers: 0).
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool2d}, and `countIncludePad`, false unless it is given, `divisorOverride`, and `rounding`,
 * `'half-away'` unless it is given.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * avgPool2d(x, { kernelSize: 2, stride: 1 }).data; // → [2, 3, 5, 6]
 * @see https://onnx.ai/onnx/operators/onnx__AveragePool.html for the divisors
 */
export const avgPool2d: PoolingFunctions['avgPool2d'] = /* @__PURE__ */ bound('avgPool2d');

/**
 * The plan of {@link avgPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link avgPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * planAvgPool2d([2, 3, 8, 8], { layout: 'nchw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4]
 */
export const planAvgPool2d: PoolingFunctions['planAvgPool2d'] = /* @__PURE__ */ bound('planAvgPool2d');

/**
 * {@link avgPool2d} along one axis. The formulas are there.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link avgPool2d}; a number, or one per axis: `[width]`.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * avgPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [4] }, { kernelSize: 2 }).data; // → [3, 3]
 */
export const avgPool1d: PoolingFunctions['avgPool1d'] = /* @__PURE__ */ bound('avgPool1d');

/**
 * The plan of {@link avgPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link avgPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link avgPool1d}.
 * @example
 * planAvgPool1d([2, 3, 8], { layout: 'ncw', kernelSize: 2 }).outputShape; // → [2, 3, 4]
 */
export const planAvgPool1d: PoolingFunctions['planAvgPool1d'] = /* @__PURE__ */ bound('planAvgPool1d');

/**
 * {@link avgPool2d} over depth, height and width. The formulas are there.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link avgPool2d}; a number, or one per axis: `[depth, height, width]`.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * avgPool3d({ data: Float32Array.of(1, 5, 2, 4, 3, 0, 7, 6), shape: [2, 2, 2] }, { kernelSize: [1, 2, 2] }).data; // → [3, 4]
 */
export const avgPool3d: PoolingFunctions['avgPool3d'] = /* @__PURE__ */ bound('avgPool3d');

/**
 * The plan of {@link avgPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link avgPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link avgPool3d}.
 * @example
 * planAvgPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4, 4]
 */
export const planAvgPool3d: PoolingFunctions['planAvgPool3d'] = /* @__PURE__ */ bound('planAvgPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps the sum of its elements. Sizes and options are those of
 * `maxPool2d`. An empty window gives 0.
 *
 * Sums of floats have the type of the input. Those of integers never overflow: int8 and int16 give int32; uint8,
 * uint8-clamped and uint16 give uint32; int32 and uint32 give float64, exact up to 2^53.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link maxPool2d}.
 * @returns A tensor `[n, c, oh, ow]` with the same layout, of the type above; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}; RangeError also if the largest window has too many elements for the
 * type of the result.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * sumPool2d(x, { kernelSize: 2, stride: 1 }).data; // → [8, 12, 20, 24]
 */
export const sumPool2d: PoolingFunctions['sumPool2d'] = /* @__PURE__ */ bound('sumPool2d');

/**
 * The plan of {@link sumPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link sumPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * planSumPool2d([2, 3, 8, 8], { layout: 'nchw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4]
 */
export const planSumPool2d: PoolingFunctions['planSumPool2d'] = /* @__PURE__ */ bound('planSumPool2d');

/**
 * {@link sumPool2d} along one axis. The formulas are there.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link sumPool2d}; a number, or one per axis: `[width]`.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * sumPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [4] }, { kernelSize: 2 }).data; // → [6, 6]
 */
export const sumPool1d: PoolingFunctions['sumPool1d'] = /* @__PURE__ */ bound('sumPool1d');

/**
 * The plan of {@link sumPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link sumPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link sumPool1d}.
 * @example
 * planSumPool1d([2, 3, 8], { layout: 'ncw', kernelSize: 2 }).outputShape; // → [2, 3, 4]
 */
export const planSumPool1d: PoolingFunctions['planSumPool1d'] = /* @__PURE__ */ bound('planSumPool1d');

/**
 * {@link sumPool2d} over depth, height and width. The formulas are there.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link sumPool2d}; a number, or one per axis: `[depth, height, width]`.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * sumPool3d({ data: Float32Array.of(1, 5, 2, 4, 3, 0, 7, 6), shape: [2, 2, 2] }, { kernelSize: [1, 2, 2] }).data; // → [12, 16]
 */
export const sumPool3d: PoolingFunctions['sumPool3d'] = /* @__PURE__ */ bound('sumPool3d');

/**
 * The plan of {@link sumPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link sumPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link sumPool3d}.
 * @example
 * planSumPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4, 4]
 */
export const planSumPool3d: PoolingFunctions['planSumPool3d'] = /* @__PURE__ */ bound('planSumPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps (Σ|x|^p)^(1/p) of its elements; with `p: Infinity`, the largest
 * |x|. Sizes and options are those of `maxPool2d`, and `p`, 2 unless it is given. An empty window gives 0.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options As for {@link maxPool2d}, and `p`, above 0.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}; TypeError also for integers: pool them as floats.
 * @example
 * const x = { data: Float32Array.of(3, 4, 0, -5), shape: [1, 4] };
 * lpPool2d(x, { kernelSize: [1, 2] }).data; // → [5, 5]
 * @see https://onnx.ai/onnx/operators/onnx__LpPool.html
 */
export const lpPool2d: PoolingFunctions['lpPool2d'] = /* @__PURE__ */ bound('lpPool2d');

/**
 * The plan of {@link lpPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link lpPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * planLpPool2d([2, 3, 8, 8], { layout: 'nchw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4]
 */
export const planLpPool2d: PoolingFunctions['planLpPool2d'] = /* @__PURE__ */ bound('planLpPool2d');

/**
 * {@link lpPool2d} along one axis. The formulas are there.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options As for {@link lpPool2d}; a number, or one per axis: `[width]`.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * lpPool1d({ data: Float32Array.of(3, 4, 0, -5), shape: [4] }, { kernelSize: 2 }).data; // → [5, 5]
 */
export const lpPool1d: PoolingFunctions['lpPool1d'] = /* @__PURE__ */ bound('lpPool1d');

/**
 * The plan of {@link lpPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link lpPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link lpPool1d}.
 * @example
 * planLpPool1d([2, 3, 8], { layout: 'ncw', kernelSize: 2 }).outputShape; // → [2, 3, 4]
 */
export const planLpPool1d: PoolingFunctions['planLpPool1d'] = /* @__PURE__ */ bound('planLpPool1d');

/**
 * {@link lpPool2d} over depth, height and width. The formulas are there.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options As for {@link lpPool2d}; a number, or one per axis: `[depth, height, width]`.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * lpPool3d({ data: Float32Array.of(3, 4, 0, 0, 0, 0, 6, -8), shape: [2, 2, 2] }, { kernelSize: [1, 2, 2] }).data; // → [5, 10]
 */
export const lpPool3d: PoolingFunctions['lpPool3d'] = /* @__PURE__ */ bound('lpPool3d');

/**
 * The plan of {@link lpPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often; see
 * {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link lpPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link lpPool3d}.
 * @example
 * planLpPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', kernelSize: 2 }).outputShape; // → [2, 3, 4, 4, 4]
 */
export const planLpPool3d: PoolingFunctions['planLpPool3d'] = /* @__PURE__ */ bound('planLpPool3d');

/**
 * The largest element of each plane. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link maxPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * globalMaxPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // → [5]
 */
export const globalMaxPool2d: PoolingFunctions['globalMaxPool2d'] = /* @__PURE__ */ bound('globalMaxPool2d');

/**
 * The plan of {@link globalMaxPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMaxPool2d}.
 * @example
 * planGlobalMaxPool2d([2, 3, 8, 8], { layout: 'nchw' }).outputShape; // → [2, 3, 1, 1]
 */
export const planGlobalMaxPool2d: PoolingFunctions['planGlobalMaxPool2d'] =
  /* @__PURE__ */ bound('planGlobalMaxPool2d');

/**
 * The largest element of each row. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link maxPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * globalMaxPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 4] }, { layout: 'ncw' }).data; // → [5]
 */
export const globalMaxPool1d: PoolingFunctions['globalMaxPool1d'] = /* @__PURE__ */ bound('globalMaxPool1d');

/**
 * The plan of {@link globalMaxPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalMaxPool1d}.
 * @example
 * planGlobalMaxPool1d([2, 3, 8], { layout: 'ncw' }).outputShape; // → [2, 3, 1]
 */
export const planGlobalMaxPool1d: PoolingFunctions['planGlobalMaxPool1d'] =
  /* @__PURE__ */ bound('planGlobalMaxPool1d');

/**
 * The largest element of each volume. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link maxPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * globalMaxPool3d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 1, 2, 2] }, { layout: 'ncdhw' }).data; // → [5]
 */
export const globalMaxPool3d: PoolingFunctions['globalMaxPool3d'] = /* @__PURE__ */ bound('globalMaxPool3d');

/**
 * The plan of {@link globalMaxPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMaxPool3d}.
 * @example
 * planGlobalMaxPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw' }).outputShape; // → [2, 3, 1, 1, 1]
 */
export const planGlobalMaxPool3d: PoolingFunctions['planGlobalMaxPool3d'] =
  /* @__PURE__ */ bound('planGlobalMaxPool3d');

/**
 * The least element of each plane. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link minPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * globalMinPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // → [1]
 */
export const globalMinPool2d: PoolingFunctions['globalMinPool2d'] = /* @__PURE__ */ bound('globalMinPool2d');

/**
 * The plan of {@link globalMinPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMinPool2d}.
 * @example
 * planGlobalMinPool2d([2, 3, 8, 8], { layout: 'nchw' }).outputShape; // → [2, 3, 1, 1]
 */
export const planGlobalMinPool2d: PoolingFunctions['planGlobalMinPool2d'] =
  /* @__PURE__ */ bound('planGlobalMinPool2d');

/**
 * The least element of each row. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link minPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * globalMinPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 4] }, { layout: 'ncw' }).data; // → [1]
 */
export const globalMinPool1d: PoolingFunctions['globalMinPool1d'] = /* @__PURE__ */ bound('globalMinPool1d');

/**
 * The plan of {@link globalMinPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalMinPool1d}.
 * @example
 * planGlobalMinPool1d([2, 3, 8], { layout: 'ncw' }).outputShape; // → [2, 3, 1]
 */
export const planGlobalMinPool1d: PoolingFunctions['planGlobalMinPool1d'] =
  /* @__PURE__ */ bound('planGlobalMinPool1d');

/**
 * The least element of each volume. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link minPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * globalMinPool3d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 1, 2, 2] }, { layout: 'ncdhw' }).data; // → [1]
 */
export const globalMinPool3d: PoolingFunctions['globalMinPool3d'] = /* @__PURE__ */ bound('globalMinPool3d');

/**
 * The plan of {@link globalMinPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalMinPool3d}.
 * @example
 * planGlobalMinPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw' }).outputShape; // → [2, 3, 1, 1, 1]
 */
export const planGlobalMinPool3d: PoolingFunctions['planGlobalMinPool3d'] =
  /* @__PURE__ */ bound('planGlobalMinPool3d');

/**
 * The mean of each plane, of integers rounded as `rounding` says (default: to the nearest, halves away from zero). The spatial
 * axes stay, one position long.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link avgPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * globalAvgPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // → [3]
 */
export const globalAvgPool2d: PoolingFunctions['globalAvgPool2d'] = /* @__PURE__ */ bound('globalAvgPool2d');

/**
 * The plan of {@link globalAvgPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalAvgPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalAvgPool2d}.
 * @example
 * planGlobalAvgPool2d([2, 3, 8, 8], { layout: 'nchw' }).outputShape; // → [2, 3, 1, 1]
 */
export const planGlobalAvgPool2d: PoolingFunctions['planGlobalAvgPool2d'] =
  /* @__PURE__ */ bound('planGlobalAvgPool2d');

/**
 * The mean of each row, of integers rounded as `rounding` says (default: to the nearest, halves away from zero). The spatial
 * axes stay, one position long.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link avgPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * globalAvgPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 4] }, { layout: 'ncw' }).data; // → [3]
 */
export const globalAvgPool1d: PoolingFunctions['globalAvgPool1d'] = /* @__PURE__ */ bound('globalAvgPool1d');

/**
 * The plan of {@link globalAvgPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalAvgPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalAvgPool1d}.
 * @example
 * planGlobalAvgPool1d([2, 3, 8], { layout: 'ncw' }).outputShape; // → [2, 3, 1]
 */
export const planGlobalAvgPool1d: PoolingFunctions['planGlobalAvgPool1d'] =
  /* @__PURE__ */ bound('planGlobalAvgPool1d');

/**
 * The mean of each volume, of integers rounded as `rounding` says (default: to the nearest, halves away from zero). The
 * spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link avgPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * globalAvgPool3d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 1, 2, 2] }, { layout: 'ncdhw' }).data; // → [3]
 */
export const globalAvgPool3d: PoolingFunctions['globalAvgPool3d'] = /* @__PURE__ */ bound('globalAvgPool3d');

/**
 * The plan of {@link globalAvgPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalAvgPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalAvgPool3d}.
 * @example
 * planGlobalAvgPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw' }).outputShape; // → [2, 3, 1, 1, 1]
 */
export const planGlobalAvgPool3d: PoolingFunctions['planGlobalAvgPool3d'] =
  /* @__PURE__ */ bound('planGlobalAvgPool3d');

/**
 * The sum of each plane, of the type that {@link sumPool2d} gives. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link sumPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * globalSumPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // → [12]
 */
export const globalSumPool2d: PoolingFunctions['globalSumPool2d'] = /* @__PURE__ */ bound('globalSumPool2d');

/**
 * The plan of {@link globalSumPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalSumPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalSumPool2d}.
 * @example
 * planGlobalSumPool2d([2, 3, 8, 8], { layout: 'nchw' }).outputShape; // → [2, 3, 1, 1]
 */
export const planGlobalSumPool2d: PoolingFunctions['planGlobalSumPool2d'] =
  /* @__PURE__ */ bound('planGlobalSumPool2d');

/**
 * The sum of each row, of the type that {@link sumPool2d} gives. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link sumPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * globalSumPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 4] }, { layout: 'ncw' }).data; // → [12]
 */
export const globalSumPool1d: PoolingFunctions['globalSumPool1d'] = /* @__PURE__ */ bound('globalSumPool1d');

/**
 * The plan of {@link globalSumPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalSumPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalSumPool1d}.
 * @example
 * planGlobalSumPool1d([2, 3, 8], { layout: 'ncw' }).outputShape; // → [2, 3, 1]
 */
export const planGlobalSumPool1d: PoolingFunctions['planGlobalSumPool1d'] =
  /* @__PURE__ */ bound('planGlobalSumPool1d');

/**
 * The sum of each volume, of the type that {@link sumPool2d} gives. The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link sumPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * globalSumPool3d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 1, 2, 2] }, { layout: 'ncdhw' }).data; // → [12]
 */
export const globalSumPool3d: PoolingFunctions['globalSumPool3d'] = /* @__PURE__ */ bound('globalSumPool3d');

/**
 * The plan of {@link globalSumPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalSumPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalSumPool3d}.
 * @example
 * planGlobalSumPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw' }).outputShape; // → [2, 3, 1, 1, 1]
 */
export const planGlobalSumPool3d: PoolingFunctions['planGlobalSumPool3d'] =
  /* @__PURE__ */ bound('planGlobalSumPool3d');

/**
 * The p-norm of each plane, (Σ|x|^p)^(1/p), `p` as in {@link lpPool2d} (default 2). The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link lpPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * globalLpPool2d({ data: Float32Array.of(1, 5, 1, -3), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // → [6]
 */
export const globalLpPool2d: PoolingFunctions['globalLpPool2d'] = /* @__PURE__ */ bound('globalLpPool2d');

/**
 * The plan of {@link globalLpPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalLpPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalLpPool2d}.
 * @example
 * planGlobalLpPool2d([2, 3, 8, 8], { layout: 'nchw' }).outputShape; // → [2, 3, 1, 1]
 */
export const planGlobalLpPool2d: PoolingFunctions['planGlobalLpPool2d'] = /* @__PURE__ */ bound('planGlobalLpPool2d');

/**
 * The p-norm of each row, (Σ|x|^p)^(1/p), `p` as in {@link lpPool2d} (default 2). The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link lpPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * globalLpPool1d({ data: Float32Array.of(1, 5, 1, -3), shape: [1, 1, 4] }, { layout: 'ncw' }).data; // → [6]
 */
export const globalLpPool1d: PoolingFunctions['globalLpPool1d'] = /* @__PURE__ */ bound('globalLpPool1d');

/**
 * The plan of {@link globalLpPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalLpPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1]`.
 * @throws TypeError and RangeError as {@link globalLpPool1d}.
 * @example
 * planGlobalLpPool1d([2, 3, 8], { layout: 'ncw' }).outputShape; // → [2, 3, 1]
 */
export const planGlobalLpPool1d: PoolingFunctions['planGlobalLpPool1d'] = /* @__PURE__ */ bound('planGlobalLpPool1d');

/**
 * The p-norm of each volume, (Σ|x|^p)^(1/p), `p` as in {@link lpPool2d} (default 2). The spatial axes stay, one position long.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options `layout` where the axes are not spatial alone; what {@link lpPool2d} takes, but for the window.
 * @returns A tensor `[n, c, 1, 1, 1]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * globalLpPool3d({ data: Float32Array.of(1, 5, 1, -3), shape: [1, 1, 1, 2, 2] }, { layout: 'ncdhw' }).data; // → [6]
 */
export const globalLpPool3d: PoolingFunctions['globalLpPool3d'] = /* @__PURE__ */ bound('globalLpPool3d');

/**
 * The plan of {@link globalLpPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run often;
 * see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalLpPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, 1, 1, 1]`.
 * @throws TypeError and RangeError as {@link globalLpPool3d}.
 * @example
 * planGlobalLpPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw' }).outputShape; // → [2, 3, 1, 1, 1]
 */
export const planGlobalLpPool3d: PoolingFunctions['planGlobalLpPool3d'] = /* @__PURE__ */ bound('planGlobalLpPool3d');

/**
 * The maximum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[height, width]`, with `null` for the size of the input.
 * The rest as for {@link maxPool2d}, but for the window.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveMaxPool2d(x, { outputSize: [1, 3] }).data; // → [1, 3, 4]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool2d.html for the windows
 */
export const adaptiveMaxPool2d: PoolingFunctions['adaptiveMaxPool2d'] = /* @__PURE__ */ bound('adaptiveMaxPool2d');

/**
 * The plan of {@link adaptiveMaxPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool2d}.
 * @example
 * planAdaptiveMaxPool2d([2, 3, 8, 8], { layout: 'nchw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2]
 */
export const planAdaptiveMaxPool2d: PoolingFunctions['planAdaptiveMaxPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool2d');

/**
 * The maximum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[width]`, with `null` for the size of the input. The rest
 * as for {@link maxPool2d}, but for the window.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [5] };
 * adaptiveMaxPool1d(x, { outputSize: 3 }).data; // → [1, 3, 4]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool1d.html for the windows
 */
export const adaptiveMaxPool1d: PoolingFunctions['adaptiveMaxPool1d'] = /* @__PURE__ */ bound('adaptiveMaxPool1d');

/**
 * The plan of {@link adaptiveMaxPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool1d}.
 * @example
 * planAdaptiveMaxPool1d([2, 3, 8], { layout: 'ncw', outputSize: 2 }).outputShape; // → [2, 3, 2]
 */
export const planAdaptiveMaxPool1d: PoolingFunctions['planAdaptiveMaxPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool1d');

/**
 * The maximum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[depth, height, width]`, with `null` for the size of the
 * input. The rest as for {@link maxPool2d}, but for the window.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 1, 5] };
 * adaptiveMaxPool3d(x, { outputSize: [1, 1, 3] }).data; // → [1, 3, 4]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool3d.html for the windows
 */
export const adaptiveMaxPool3d: PoolingFunctions['adaptiveMaxPool3d'] = /* @__PURE__ */ bound('adaptiveMaxPool3d');

/**
 * The plan of {@link adaptiveMaxPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool3d}.
 * @example
 * planAdaptiveMaxPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2, 2]
 */
export const planAdaptiveMaxPool3d: PoolingFunctions['planAdaptiveMaxPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool3d');

/**
 * The minimum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[height, width]`, with `null` for the size of the input.
 * The rest as for {@link minPool2d}, but for the window.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveMinPool2d(x, { outputSize: [1, 3] }).data; // → [0, 1, 3]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html for the windows
 */
export const adaptiveMinPool2d: PoolingFunctions['adaptiveMinPool2d'] = /* @__PURE__ */ bound('adaptiveMinPool2d');

/**
 * The plan of {@link adaptiveMinPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool2d}.
 * @example
 * planAdaptiveMinPool2d([2, 3, 8, 8], { layout: 'nchw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2]
 */
export const planAdaptiveMinPool2d: PoolingFunctions['planAdaptiveMinPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool2d');

/**
 * The minimum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[width]`, with `null` for the size of the input. The rest
 * as for {@link minPool2d}, but for the window.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [5] };
 * adaptiveMinPool1d(x, { outputSize: 3 }).data; // → [0, 1, 3]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html for the windows
 */
export const adaptiveMinPool1d: PoolingFunctions['adaptiveMinPool1d'] = /* @__PURE__ */ bound('adaptiveMinPool1d');

/**
 * The plan of {@link adaptiveMinPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool1d}.
 * @example
 * planAdaptiveMinPool1d([2, 3, 8], { layout: 'ncw', outputSize: 2 }).outputShape; // → [2, 3, 2]
 */
export const planAdaptiveMinPool1d: PoolingFunctions['planAdaptiveMinPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool1d');

/**
 * The minimum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[depth, height, width]`, with `null` for the size of the
 * input. The rest as for {@link minPool2d}, but for the window.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link minPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 1, 5] };
 * adaptiveMinPool3d(x, { outputSize: [1, 1, 3] }).data; // → [0, 1, 3]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool3d.html for the windows
 */
export const adaptiveMinPool3d: PoolingFunctions['adaptiveMinPool3d'] = /* @__PURE__ */ bound('adaptiveMinPool3d');

/**
 * The plan of {@link adaptiveMinPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool3d}.
 * @example
 * planAdaptiveMinPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2, 2]
 */
export const planAdaptiveMinPool3d: PoolingFunctions['planAdaptiveMinPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool3d');

/**
 * The mean, divided by the size of each window, over windows that share the input out to a given output size: window i of O
 * covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉, exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[height, width]`, with `null` for the size of the input.
 * The rest as for {@link avgPool2d}, but for the window.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveAvgPool2d(x, { outputSize: [1, 3] }).data; // → [0.5, 2, 3.5]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html for the windows
 */
export const adaptiveAvgPool2d: PoolingFunctions['adaptiveAvgPool2d'] = /* @__PURE__ */ bound('adaptiveAvgPool2d');

/**
 * The plan of {@link adaptiveAvgPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveAvgPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveAvgPool2d}.
 * @example
 * planAdaptiveAvgPool2d([2, 3, 8, 8], { layout: 'nchw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2]
 */
export const planAdaptiveAvgPool2d: PoolingFunctions['planAdaptiveAvgPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveAvgPool2d');

/**
 * The mean, divided by the size of each window, over windows that share the input out to a given output size: window i of O
 * covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉, exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[width]`, with `null` for the size of the input. The rest
 * as for {@link avgPool2d}, but for the window.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [5] };
 * adaptiveAvgPool1d(x, { outputSize: 3 }).data; // → [0.5, 2, 3.5]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html for the windows
 */
export const adaptiveAvgPool1d: PoolingFunctions['adaptiveAvgPool1d'] = /* @__PURE__ */ bound('adaptiveAvgPool1d');

/**
 * The plan of {@link adaptiveAvgPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveAvgPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveAvgPool1d}.
 * @example
 * planAdaptiveAvgPool1d([2, 3, 8], { layout: 'ncw', outputSize: 2 }).outputShape; // → [2, 3, 2]
 */
export const planAdaptiveAvgPool1d: PoolingFunctions['planAdaptiveAvgPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveAvgPool1d');

/**
 * The mean, divided by the size of each window, over windows that share the input out to a given output size: window i of O
 * covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉, exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[depth, height, width]`, with `null` for the size of the
 * input. The rest as for {@link avgPool2d}, but for the window.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 1, 5] };
 * adaptiveAvgPool3d(x, { outputSize: [1, 1, 3] }).data; // → [0.5, 2, 3.5]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool3d.html for the windows
 */
export const adaptiveAvgPool3d: PoolingFunctions['adaptiveAvgPool3d'] = /* @__PURE__ */ bound('adaptiveAvgPool3d');

/**
 * The plan of {@link adaptiveAvgPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveAvgPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveAvgPool3d}.
 * @example
 * planAdaptiveAvgPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2, 2]
 */
export const planAdaptiveAvgPool3d: PoolingFunctions['planAdaptiveAvgPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveAvgPool3d');

/**
 * The sum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[height, width]`, with `null` for the size of the input.
 * The rest as for {@link sumPool2d}, but for the window.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveSumPool2d(x, { outputSize: [1, 3] }).data; // → [1, 6, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html for the windows
 */
export const adaptiveSumPool2d: PoolingFunctions['adaptiveSumPool2d'] = /* @__PURE__ */ bound('adaptiveSumPool2d');

/**
 * The plan of {@link adaptiveSumPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveSumPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveSumPool2d}.
 * @example
 * planAdaptiveSumPool2d([2, 3, 8, 8], { layout: 'nchw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2]
 */
export const planAdaptiveSumPool2d: PoolingFunctions['planAdaptiveSumPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveSumPool2d');

/**
 * The sum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[width]`, with `null` for the size of the input. The rest
 * as for {@link sumPool2d}, but for the window.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [5] };
 * adaptiveSumPool1d(x, { outputSize: 3 }).data; // → [1, 6, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html for the windows
 */
export const adaptiveSumPool1d: PoolingFunctions['adaptiveSumPool1d'] = /* @__PURE__ */ bound('adaptiveSumPool1d');

/**
 * The plan of {@link adaptiveSumPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveSumPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveSumPool1d}.
 * @example
 * planAdaptiveSumPool1d([2, 3, 8], { layout: 'ncw', outputSize: 2 }).outputShape; // → [2, 3, 2]
 */
export const planAdaptiveSumPool1d: PoolingFunctions['planAdaptiveSumPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveSumPool1d');

/**
 * The sum over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[depth, height, width]`, with `null` for the size of the
 * input. The rest as for {@link sumPool2d}, but for the window.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link sumPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 1, 5] };
 * adaptiveSumPool3d(x, { outputSize: [1, 1, 3] }).data; // → [1, 6, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool3d.html for the windows
 */
export const adaptiveSumPool3d: PoolingFunctions['adaptiveSumPool3d'] = /* @__PURE__ */ bound('adaptiveSumPool3d');

/**
 * The plan of {@link adaptiveSumPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveSumPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveSumPool3d}.
 * @example
 * planAdaptiveSumPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2, 2]
 */
export const planAdaptiveSumPool3d: PoolingFunctions['planAdaptiveSumPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveSumPool3d');

/**
 * The norm over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[height, width]`, with `null` for the size of the input.
 * The rest as for {@link lpPool2d}, but for the window.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveLpPool2d(x, { outputSize: [1, 3], p: 1 }).data; // → [1, 6, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html for the windows
 */
export const adaptiveLpPool2d: PoolingFunctions['adaptiveLpPool2d'] = /* @__PURE__ */ bound('adaptiveLpPool2d');

/**
 * The plan of {@link adaptiveLpPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveLpPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveLpPool2d}.
 * @example
 * planAdaptiveLpPool2d([2, 3, 8, 8], { layout: 'nchw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2]
 */
export const planAdaptiveLpPool2d: PoolingFunctions['planAdaptiveLpPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool2d');

/**
 * The norm over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[width]`, with `null` for the size of the input. The rest
 * as for {@link lpPool2d}, but for the window.
 * @returns A tensor `[n, c, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [5] };
 * adaptiveLpPool1d(x, { outputSize: 3, p: 1 }).data; // → [1, 6, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html for the windows
 */
export const adaptiveLpPool1d: PoolingFunctions['adaptiveLpPool1d'] = /* @__PURE__ */ bound('adaptiveLpPool1d');

/**
 * The plan of {@link adaptiveLpPool1d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveLpPool1d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveLpPool1d}.
 * @example
 * planAdaptiveLpPool1d([2, 3, 8], { layout: 'ncw', outputSize: 2 }).outputShape; // → [2, 3, 2]
 */
export const planAdaptiveLpPool1d: PoolingFunctions['planAdaptiveLpPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool1d');

/**
 * The norm over windows that share the input out to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉,
 * exclusive, of L elements. O may exceed L; windows may overlap and differ in size.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of floats; not written to.
 * @param options `outputSize`, required: a number, or one per axis, `[depth, height, width]`, with `null` for the size of the
 * input. The rest as for {@link lpPool2d}, but for the window.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2d}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 1, 5] };
 * adaptiveLpPool3d(x, { outputSize: [1, 1, 3], p: 1 }).data; // → [1, 6, 7]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool3d.html for the windows
 */
export const adaptiveLpPool3d: PoolingFunctions['adaptiveLpPool3d'] = /* @__PURE__ */ bound('adaptiveLpPool3d');

/**
 * The plan of {@link adaptiveLpPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveLpPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is
 * given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link adaptiveLpPool3d}.
 * @example
 * planAdaptiveLpPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', outputSize: 2 }).outputShape; // → [2, 3, 2, 2, 2]
 */
export const planAdaptiveLpPool3d: PoolingFunctions['planAdaptiveLpPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool3d');

/**
 * Max pooling to a given output size or ratio, with windows of one size at uneven steps that differ from plane to plane, as in
 * PyTorch. On an axis of L elements, for O windows of k elements and a sample u: alpha = (L − k) / (O − 1), window i starts
 * at ⌊(i + u)·alpha⌋ − ⌊u·alpha⌋, the last one at L − k. Samples are given, or drawn from `seed`.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options `kernelSize` is required, and either `outputSize` or `outputRatio`. Sizes are in elements: a number, or
 * `[height, width]`. Default: `seed` 0.
 * @returns A tensor `[n, c, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2d}; RangeError also if O + k − 1 is more than L.
 * @example
 * const x = { data: Float32Array.from({ length: 25 }, (_, i) => i), shape: [5, 5] };
 * const samples = { data: [0.5, 0], shape: [1, 1, 2] };
 * fractionalMaxPool2d(x, { kernelSize: 2, outputSize: 3, samples }).data; // → [6, 8, 9, 11, 13, 14, 21, 23, 24]
 * @see https://arxiv.org/abs/1412.6071 for the pooling (Graham, 2014)
 * @see https://pytorch.org/docs/stable/generated/torch.nn.FractionalMaxPool2d.html for options and samples
 */
export const fractionalMaxPool2d: PoolingFunctions['fractionalMaxPool2d'] =
  /* @__PURE__ */ bound('fractionalMaxPool2d');

/**
 * The plan of {@link fractionalMaxPool2d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool2d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link fractionalMaxPool2d}.
 * @example
 * planFractionalMaxPool2d([2, 3, 8, 8], { layout: 'nchw', kernelSize: 2, outputSize: 3 }).outputShape; // → [2, 3, 3, 3]
 */
export const planFractionalMaxPool2d: PoolingFunctions['planFractionalMaxPool2d'] =
  /* @__PURE__ */ bound('planFractionalMaxPool2d');

/**
 * {@link fractionalMaxPool2d} over depth, height and width. The formulas are there.
 *
 * @param x Input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`; of any dtype; not written to.
 * @param options As for {@link fractionalMaxPool2d}; one per axis is `[depth, height, width]`.
 * @returns A tensor `[n, c, od, oh, ow]` with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link fractionalMaxPool2d}.
 * @example
 * const x = { data: Float32Array.from({ length: 64 }, (_, i) => i), shape: [4, 4, 4] };
 * fractionalMaxPool3d(x, { kernelSize: 2, outputSize: [1, 1, 3], seed: 1 }).shape; // → [1, 1, 3]
 */
export const fractionalMaxPool3d: PoolingFunctions['fractionalMaxPool3d'] =
  /* @__PURE__ */ bound('fractionalMaxPool3d');

/**
 * The plan of {@link fractionalMaxPool3d}: shapes, windows and kernel are worked out once, for inputs of `shape`, to be run
 * often; see {@link planMaxPool2d}.
 *
 * @param shape Shape of the inputs to come, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool3d} but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link fractionalMaxPool3d}.
 * @example
 * planFractionalMaxPool3d([2, 3, 8, 8, 8], { layout: 'ncdhw', kernelSize: 2, outputSize: 3 }).outputShape; // → [2, 3, 3, 3, 3]
 */
export const planFractionalMaxPool3d: PoolingFunctions['planFractionalMaxPool3d'] =
  /* @__PURE__ */ bound('planFractionalMaxPool3d');
