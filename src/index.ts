/**
 * wasm-pooling: pooling for tensors, in WebAssembly SIMD with a TypeScript fallback.
 *
 * The functions below run on one default instance, made on first use. `createPooling` makes others.
 */
import type {
  AdaptivePool2dOptions,
  AdaptivePool2dPlanOptions,
  AvgPool2dOptions,
  AvgPool2dPlanOptions,
  GlobalPool2dOptions,
  GlobalPool2dPlanOptions,
  MaxPool2dOptions,
  MaxPool2dPlanOptions,
} from './options.js';
import { type ArrayOf, type DTypeOf, Pooling, type PoolPlan } from './pooling.js';
import type { Tensor, TypedArray } from './tensor.js';

export type { Op } from './ops.js';
export type {
  AdaptivePool2dOptions,
  AdaptivePool2dPlanOptions,
  AvgPool2dOptions,
  AvgPool2dPlanOptions,
  GlobalPool2dOptions,
  GlobalPool2dPlanOptions,
  Layout2d,
  MaxPool2dOptions,
  MaxPool2dPlanOptions,
  NaNRule,
  Padding2d,
  PerAxis2d,
} from './options.js';
export type { ArrayOf, Pooling, PoolingOptions, PoolPlan, ResidentTensor } from './pooling.js';
export { createPooling } from './pooling.js';
export type { DType, Tensor, TypedArray } from './tensor.js';

let instance: Pooling | undefined;

function pooling(): Pooling {
  instance ??= new Pooling();
  return instance;
}

/**
 * Slides a window over the two spatial axes of `x` and keeps its largest element.
 *
 * Output size per axis, of L elements with padding p₀, p₁, window k, dilation d and stride s:
 * ⌊(L + p₀ + p₁ − d(k−1) − 1) / s⌋ + 1, or as `ceilMode` and `outputSize` say. Padding is never the maximum; a window
 * without any element of the input gives −Infinity.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names; not written to.
 * @returns A tensor with the same layout; `options.out` if it was given.
 * @throws TypeError for a wrong kind of value or an unknown option, RangeError for a value out of range or a window that
 * fits nowhere; nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * maxPool2d(x, { kernelSize: 2, stride: 1 }).data; // 4, 5, 7, 8
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html for the size formula and `ceilMode`
 */
export function maxPool2d<A extends TypedArray>(x: Tensor<A>, options: MaxPool2dOptions<A>): Tensor<A> {
  return pooling().maxPool2d(x, options);
}

/**
 * Slides a window over the two spatial axes of `x` and keeps the mean of its elements: their sum, divided by how many of
 * them are input, or by what `countIncludePad` or `divisorOverride` say. Sizes are those of `maxPool2d`.
 *
 * A window without any element of the input gives 0 where padding is counted, else NaN.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names; not written to.
 * @returns A tensor with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as `maxPool2d`.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * avgPool2d(x, { kernelSize: 2, stride: 1 }).data; // 2, 3, 5, 6
 * @see https://onnx.ai/onnx/operators/onnx__AveragePool.html for the divisors
 */
export function avgPool2d<A extends TypedArray>(x: Tensor<A>, options: AvgPool2dOptions<A>): Tensor<A> {
  return pooling().avgPool2d(x, options);
}

/**
 * The largest element of each plane. The spatial axes stay, one position long.
 *
 * @example
 * globalMaxPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 5
 */
export function globalMaxPool2d<A extends TypedArray>(x: Tensor<A>, options: GlobalPool2dOptions<A> = {}): Tensor<A> {
  return pooling().globalMaxPool2d(x, options);
}

/**
 * The mean of each plane. The spatial axes stay, one position long.
 *
 * @example
 * globalAvgPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 3
 */
export function globalAvgPool2d<A extends TypedArray>(x: Tensor<A>, options: GlobalPool2dOptions<A> = {}): Tensor<A> {
  return pooling().globalAvgPool2d(x, options);
}

/**
 * Max pooling to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉ of L elements, as in PyTorch. O may
 * exceed L.
 *
 * @example
 * adaptiveMaxPool2d({ data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] }, { outputSize: [1, 3] }).data; // 1, 3, 4
 */
export function adaptiveMaxPool2d<A extends TypedArray>(x: Tensor<A>, options: AdaptivePool2dOptions<A>): Tensor<A> {
  return pooling().adaptiveMaxPool2d(x, options);
}

/**
 * Average pooling to a given output size, with the windows of `adaptiveMaxPool2d`, each divided by its own size.
 *
 * @example
 * adaptiveAvgPool2d({ data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] }, { outputSize: [1, 3] }).data; // 0.5, 2, 3.5
 */
export function adaptiveAvgPool2d<A extends TypedArray>(x: Tensor<A>, options: AdaptivePool2dOptions<A>): Tensor<A> {
  return pooling().adaptiveAvgPool2d(x, options);
}

/**
 * Works out a max pooling once, to be run often: shapes, windows, kernel and memory are settled here.
 *
 * @param shape Shape of the inputs to come.
 * @param options As for `maxPool2d`, and `dtype` (default `'float32'`).
 * @example
 * const plan = planMaxPool2d([1, 64, 112, 112], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
 * plan.outputShape; // 1, 64, 56, 56
 * const y = plan.run(new Float32Array(64 * 112 * 112));
 */
export function planMaxPool2d<const O extends MaxPool2dPlanOptions>(
  shape: readonly number[],
  options: O,
): PoolPlan<ArrayOf<DTypeOf<O>>> {
  return pooling().planMaxPool2d(shape, options);
}

/** Works out an average pooling once, to be run often; see `planMaxPool2d`. */
export function planAvgPool2d<const O extends AvgPool2dPlanOptions>(
  shape: readonly number[],
  options: O,
): PoolPlan<ArrayOf<DTypeOf<O>>> {
  return pooling().planAvgPool2d(shape, options);
}

/** Works out a global max pooling once, to be run often; see `planMaxPool2d`. */
export function planGlobalMaxPool2d<const O extends GlobalPool2dPlanOptions>(
  shape: readonly number[],
  options: O = {} as O,
): PoolPlan<ArrayOf<DTypeOf<O>>> {
  return pooling().planGlobalMaxPool2d(shape, options);
}

/** Works out a global average pooling once, to be run often; see `planMaxPool2d`. */
export function planGlobalAvgPool2d<const O extends GlobalPool2dPlanOptions>(
  shape: readonly number[],
  options: O = {} as O,
): PoolPlan<ArrayOf<DTypeOf<O>>> {
  return pooling().planGlobalAvgPool2d(shape, options);
}

/** Works out an adaptive max pooling once, to be run often; see `planMaxPool2d`. */
export function planAdaptiveMaxPool2d<const O extends AdaptivePool2dPlanOptions>(
  shape: readonly number[],
  options: O,
): PoolPlan<ArrayOf<DTypeOf<O>>> {
  return pooling().planAdaptiveMaxPool2d(shape, options);
}

/** Works out an adaptive average pooling once, to be run often; see `planMaxPool2d`. */
export function planAdaptiveAvgPool2d<const O extends AdaptivePool2dPlanOptions>(
  shape: readonly number[],
  options: O,
): PoolPlan<ArrayOf<DTypeOf<O>>> {
  return pooling().planAdaptiveAvgPool2d(shape, options);
}
