/**
 * wasm-pooling: pooling for tensors, in WebAssembly SIMD with a TypeScript fallback.
 *
 * The functions below and in the two files of indices and gradients run on one default instance, made on first use.
 * `createPooling` makes others.
 */
import { bound } from './instance.js';
import type { PoolingFunctions } from './pooling.js';

export * from './gradients.js';
export type { Indexing } from './indexing.js';
export * from './indices.js';
export type { FunctionName, Op, Rank, TaskName } from './ops.js';
export type {
  BackwardOptions,
  BackwardPlanOptions,
  FunctionOptions,
  IndicesOptions,
  IndicesPlanOptions,
  NaNRule,
  PaddingOption,
  PerAxis,
  PlanOptions,
  Rounding,
  Samples,
  Ties,
  UnpoolOptions,
  UnpoolPlanOptions,
} from './options.js';
export type { Layout } from './plan.js';
export type { Pooling, PoolingFunctions, PoolingOptions, PoolPlan, ResidentTensor } from './pooling.js';
export { createPooling } from './pooling.js';
export type {
  BackwardPlan,
  ConvertOptions,
  IndicesBackwardPlan,
  IndicesPlan,
  LinearBackwardPlan,
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
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, of any dtype; not written to. An `ImageData` is one as
 * well, of layout `'hwc'`.
 * @returns A tensor with the same layout; `options.out` if it was given.
 * @throws TypeError for a wrong kind of value or an unknown option, RangeError for a value out of range or a window that
 * fits nowhere; nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * maxPool2d(x, { kernelSize: 2, stride: 1 }).data; // 4, 5, 7, 8
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html for the size formula and `ceilMode`
 */
export const maxPool2d: PoolingFunctions['maxPool2d'] = /* @__PURE__ */ bound('maxPool2d');

/**
 * Works out a max pooling once, to be run often: shapes, windows, kernel and memory are settled here.
 *
 * @param shape Shape of the inputs to come.
 * @param options As for `maxPool2d` but for `out`; `dtype` is that of the inputs to come, `'float32'` unless it is given.
 * @example
 * const plan = planMaxPool2d([1, 64, 112, 112], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 });
 * plan.outputShape; // 1, 64, 56, 56
 * const y = plan.run(new Float32Array(64 * 112 * 112));
 */
export const planMaxPool2d: PoolingFunctions['planMaxPool2d'] = /* @__PURE__ */ bound('planMaxPool2d');

/**
 * `maxPool2d` along one axis: `x` is `[n, c, w]`, `[c, w]` or `[w]`, or with channels last.
 *
 * @example
 * maxPool1d({ data: Float32Array.of(1, 5, 2, 4), shape: [4] }, { kernelSize: 2 }).data; // 5, 4
 */
export const maxPool1d: PoolingFunctions['maxPool1d'] = /* @__PURE__ */ bound('maxPool1d');

/** The plan of `maxPool1d`; see `planMaxPool2d`. */
export const planMaxPool1d: PoolingFunctions['planMaxPool1d'] = /* @__PURE__ */ bound('planMaxPool1d');

/**
 * `maxPool2d` over depth, height and width: `x` is `[n, c, d, h, w]`, `[c, d, h, w]` or `[d, h, w]`, or with channels last.
 *
 * @example
 * const x = { data: new Uint8Array(4 * 8 * 8).fill(7), shape: [1, 1, 4, 8, 8] };
 * maxPool3d(x, { layout: 'ncdhw', kernelSize: 2 }).shape; // 1, 1, 2, 4, 4
 */
export const maxPool3d: PoolingFunctions['maxPool3d'] = /* @__PURE__ */ bound('maxPool3d');

/** The plan of `maxPool3d`; see `planMaxPool2d`. */
export const planMaxPool3d: PoolingFunctions['planMaxPool3d'] = /* @__PURE__ */ bound('planMaxPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps its least element. Sizes and options are those of `maxPool2d`.
 * A window without any element of the input gives Infinity, or the highest integer of its type.
 *
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * minPool2d(x, { kernelSize: 2, stride: 1 }).data; // 0, 1, 3, 4
 */
export const minPool2d: PoolingFunctions['minPool2d'] = /* @__PURE__ */ bound('minPool2d');

/** The plan of `minPool2d`; see `planMaxPool2d`. */
export const planMinPool2d: PoolingFunctions['planMinPool2d'] = /* @__PURE__ */ bound('planMinPool2d');

/**
 * `minPool2d` along one axis; see `maxPool1d`.
 */
export const minPool1d: PoolingFunctions['minPool1d'] = /* @__PURE__ */ bound('minPool1d');

/** The plan of `minPool1d`; see `planMaxPool2d`. */
export const planMinPool1d: PoolingFunctions['planMinPool1d'] = /* @__PURE__ */ bound('planMinPool1d');

/**
 * `minPool2d` over depth, height and width; see `maxPool3d`.
 */
export const minPool3d: PoolingFunctions['minPool3d'] = /* @__PURE__ */ bound('minPool3d');

/** The plan of `minPool3d`; see `planMaxPool2d`. */
export const planMinPool3d: PoolingFunctions['planMinPool3d'] = /* @__PURE__ */ bound('planMinPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps the mean of its elements: their sum, divided by how many of
 * them are input, or by what `countIncludePad` or `divisorOverride` say. Sizes are those of `maxPool2d`.
 *
 * Sums are as exact as float64 is; means of integers are rounded to integers as `rounding` says. A window without any
 * element of the input gives 0 where padding is counted, else NaN (integers: 0).
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, of any dtype; not written to.
 * @returns A tensor with the same layout; `options.out` if it was given.
 * @throws TypeError and RangeError as `maxPool2d`.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * avgPool2d(x, { kernelSize: 2, stride: 1 }).data; // 2, 3, 5, 6
 * @see https://onnx.ai/onnx/operators/onnx__AveragePool.html for the divisors
 */
export const avgPool2d: PoolingFunctions['avgPool2d'] = /* @__PURE__ */ bound('avgPool2d');

/** The plan of `avgPool2d`; see `planMaxPool2d`. */
export const planAvgPool2d: PoolingFunctions['planAvgPool2d'] = /* @__PURE__ */ bound('planAvgPool2d');

/**
 * `avgPool2d` along one axis; see `maxPool1d`.
 */
export const avgPool1d: PoolingFunctions['avgPool1d'] = /* @__PURE__ */ bound('avgPool1d');

/** The plan of `avgPool1d`; see `planMaxPool2d`. */
export const planAvgPool1d: PoolingFunctions['planAvgPool1d'] = /* @__PURE__ */ bound('planAvgPool1d');

/**
 * `avgPool2d` over depth, height and width; see `maxPool3d`.
 */
export const avgPool3d: PoolingFunctions['avgPool3d'] = /* @__PURE__ */ bound('avgPool3d');

/** The plan of `avgPool3d`; see `planMaxPool2d`. */
export const planAvgPool3d: PoolingFunctions['planAvgPool3d'] = /* @__PURE__ */ bound('planAvgPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps the sum of its elements. Sizes and options are those of
 * `maxPool2d`. An empty window gives 0.
 *
 * Sums of floats have the type of the input. Those of integers never overflow: int8 and int16 give int32; uint8,
 * uint8-clamped and uint16 give uint32; int32 and uint32 give float64, exact up to 2^53.
 *
 * @throws RangeError also if the largest window has too many elements for the type of the result.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * sumPool2d(x, { kernelSize: 2, stride: 1 }).data; // 8, 12, 20, 24
 */
export const sumPool2d: PoolingFunctions['sumPool2d'] = /* @__PURE__ */ bound('sumPool2d');

/** The plan of `sumPool2d`; see `planMaxPool2d`. */
export const planSumPool2d: PoolingFunctions['planSumPool2d'] = /* @__PURE__ */ bound('planSumPool2d');

/**
 * `sumPool2d` along one axis; see `maxPool1d`.
 */
export const sumPool1d: PoolingFunctions['sumPool1d'] = /* @__PURE__ */ bound('sumPool1d');

/** The plan of `sumPool1d`; see `planMaxPool2d`. */
export const planSumPool1d: PoolingFunctions['planSumPool1d'] = /* @__PURE__ */ bound('planSumPool1d');

/**
 * `sumPool2d` over depth, height and width; see `maxPool3d`.
 */
export const sumPool3d: PoolingFunctions['sumPool3d'] = /* @__PURE__ */ bound('sumPool3d');

/** The plan of `sumPool3d`; see `planMaxPool2d`. */
export const planSumPool3d: PoolingFunctions['planSumPool3d'] = /* @__PURE__ */ bound('planSumPool3d');

/**
 * Slides a window over the two spatial axes of `x` and keeps (Σ|x|^p)^(1/p) of its elements; with `p: Infinity`, the largest
 * |x|. Sizes and options are those of `maxPool2d`, and `p`, 2 unless it is given. An empty window gives 0.
 *
 * @throws TypeError also for integers: pool them as floats.
 * @example
 * const x = { data: Float32Array.of(3, 4, 0, -5), shape: [1, 4] };
 * lpPool2d(x, { kernelSize: [1, 2] }).data; // 5, 5
 * @see https://onnx.ai/onnx/operators/onnx__LpPool.html
 */
export const lpPool2d: PoolingFunctions['lpPool2d'] = /* @__PURE__ */ bound('lpPool2d');

/** The plan of `lpPool2d`; see `planMaxPool2d`. */
export const planLpPool2d: PoolingFunctions['planLpPool2d'] = /* @__PURE__ */ bound('planLpPool2d');

/**
 * `lpPool2d` along one axis; see `maxPool1d`.
 */
export const lpPool1d: PoolingFunctions['lpPool1d'] = /* @__PURE__ */ bound('lpPool1d');

/** The plan of `lpPool1d`; see `planMaxPool2d`. */
export const planLpPool1d: PoolingFunctions['planLpPool1d'] = /* @__PURE__ */ bound('planLpPool1d');

/**
 * `lpPool2d` over depth, height and width; see `maxPool3d`.
 */
export const lpPool3d: PoolingFunctions['lpPool3d'] = /* @__PURE__ */ bound('lpPool3d');

/** The plan of `lpPool3d`; see `planMaxPool2d`. */
export const planLpPool3d: PoolingFunctions['planLpPool3d'] = /* @__PURE__ */ bound('planLpPool3d');

/**
 * The largest element of each plane. The spatial axes stay, one position long.
 *
 * @example
 * globalMaxPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 5
 */
export const globalMaxPool2d: PoolingFunctions['globalMaxPool2d'] = /* @__PURE__ */ bound('globalMaxPool2d');

/** The plan of `globalMaxPool2d`; see `planMaxPool2d`. */
export const planGlobalMaxPool2d: PoolingFunctions['planGlobalMaxPool2d'] =
  /* @__PURE__ */ bound('planGlobalMaxPool2d');

/**
 * The largest element of each row. The spatial axes stay, one position long.
 */
export const globalMaxPool1d: PoolingFunctions['globalMaxPool1d'] = /* @__PURE__ */ bound('globalMaxPool1d');

/** The plan of `globalMaxPool1d`; see `planMaxPool2d`. */
export const planGlobalMaxPool1d: PoolingFunctions['planGlobalMaxPool1d'] =
  /* @__PURE__ */ bound('planGlobalMaxPool1d');

/**
 * The largest element of each volume. The spatial axes stay, one position long.
 */
export const globalMaxPool3d: PoolingFunctions['globalMaxPool3d'] = /* @__PURE__ */ bound('globalMaxPool3d');

/** The plan of `globalMaxPool3d`; see `planMaxPool2d`. */
export const planGlobalMaxPool3d: PoolingFunctions['planGlobalMaxPool3d'] =
  /* @__PURE__ */ bound('planGlobalMaxPool3d');

/**
 * The least element of each plane. The spatial axes stay, one position long.
 *
 * @example
 * globalMinPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 1
 */
export const globalMinPool2d: PoolingFunctions['globalMinPool2d'] = /* @__PURE__ */ bound('globalMinPool2d');

/** The plan of `globalMinPool2d`; see `planMaxPool2d`. */
export const planGlobalMinPool2d: PoolingFunctions['planGlobalMinPool2d'] =
  /* @__PURE__ */ bound('planGlobalMinPool2d');

/**
 * The least element of each row. The spatial axes stay, one position long.
 */
export const globalMinPool1d: PoolingFunctions['globalMinPool1d'] = /* @__PURE__ */ bound('globalMinPool1d');

/** The plan of `globalMinPool1d`; see `planMaxPool2d`. */
export const planGlobalMinPool1d: PoolingFunctions['planGlobalMinPool1d'] =
  /* @__PURE__ */ bound('planGlobalMinPool1d');

/**
 * The least element of each volume. The spatial axes stay, one position long.
 */
export const globalMinPool3d: PoolingFunctions['globalMinPool3d'] = /* @__PURE__ */ bound('globalMinPool3d');

/** The plan of `globalMinPool3d`; see `planMaxPool2d`. */
export const planGlobalMinPool3d: PoolingFunctions['planGlobalMinPool3d'] =
  /* @__PURE__ */ bound('planGlobalMinPool3d');

/**
 * The mean of each plane, rounded as `rounding` says for integers. The spatial axes stay, one position long.
 *
 * @example
 * globalAvgPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 3
 */
export const globalAvgPool2d: PoolingFunctions['globalAvgPool2d'] = /* @__PURE__ */ bound('globalAvgPool2d');

/** The plan of `globalAvgPool2d`; see `planMaxPool2d`. */
export const planGlobalAvgPool2d: PoolingFunctions['planGlobalAvgPool2d'] =
  /* @__PURE__ */ bound('planGlobalAvgPool2d');

/**
 * The mean of each row, rounded as `rounding` says for integers. The spatial axes stay, one position long.
 */
export const globalAvgPool1d: PoolingFunctions['globalAvgPool1d'] = /* @__PURE__ */ bound('globalAvgPool1d');

/** The plan of `globalAvgPool1d`; see `planMaxPool2d`. */
export const planGlobalAvgPool1d: PoolingFunctions['planGlobalAvgPool1d'] =
  /* @__PURE__ */ bound('planGlobalAvgPool1d');

/**
 * The mean of each volume, rounded as `rounding` says for integers. The spatial axes stay, one position long.
 */
export const globalAvgPool3d: PoolingFunctions['globalAvgPool3d'] = /* @__PURE__ */ bound('globalAvgPool3d');

/** The plan of `globalAvgPool3d`; see `planMaxPool2d`. */
export const planGlobalAvgPool3d: PoolingFunctions['planGlobalAvgPool3d'] =
  /* @__PURE__ */ bound('planGlobalAvgPool3d');

/**
 * The sum of each plane, of the type that `sumPool2d` gives. The spatial axes stay, one position long.
 *
 * @example
 * globalSumPool2d({ data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 12
 */
export const globalSumPool2d: PoolingFunctions['globalSumPool2d'] = /* @__PURE__ */ bound('globalSumPool2d');

/** The plan of `globalSumPool2d`; see `planMaxPool2d`. */
export const planGlobalSumPool2d: PoolingFunctions['planGlobalSumPool2d'] =
  /* @__PURE__ */ bound('planGlobalSumPool2d');

/**
 * The sum of each row, of the type that `sumPool2d` gives. The spatial axes stay, one position long.
 */
export const globalSumPool1d: PoolingFunctions['globalSumPool1d'] = /* @__PURE__ */ bound('globalSumPool1d');

/** The plan of `globalSumPool1d`; see `planMaxPool2d`. */
export const planGlobalSumPool1d: PoolingFunctions['planGlobalSumPool1d'] =
  /* @__PURE__ */ bound('planGlobalSumPool1d');

/**
 * The sum of each volume, of the type that `sumPool2d` gives. The spatial axes stay, one position long.
 */
export const globalSumPool3d: PoolingFunctions['globalSumPool3d'] = /* @__PURE__ */ bound('globalSumPool3d');

/** The plan of `globalSumPool3d`; see `planMaxPool2d`. */
export const planGlobalSumPool3d: PoolingFunctions['planGlobalSumPool3d'] =
  /* @__PURE__ */ bound('planGlobalSumPool3d');

/**
 * The p-norm of each plane, `p` as in `lpPool2d`. The spatial axes stay, one position long.
 *
 * @example
 * globalLpPool2d({ data: Float32Array.of(1, 5, 1, 3), shape: [1, 1, 2, 2] }, { layout: 'nchw' }).data; // 6
 */
export const globalLpPool2d: PoolingFunctions['globalLpPool2d'] = /* @__PURE__ */ bound('globalLpPool2d');

/** The plan of `globalLpPool2d`; see `planMaxPool2d`. */
export const planGlobalLpPool2d: PoolingFunctions['planGlobalLpPool2d'] = /* @__PURE__ */ bound('planGlobalLpPool2d');

/**
 * The p-norm of each row, `p` as in `lpPool2d`. The spatial axes stay, one position long.
 */
export const globalLpPool1d: PoolingFunctions['globalLpPool1d'] = /* @__PURE__ */ bound('globalLpPool1d');

/** The plan of `globalLpPool1d`; see `planMaxPool2d`. */
export const planGlobalLpPool1d: PoolingFunctions['planGlobalLpPool1d'] = /* @__PURE__ */ bound('planGlobalLpPool1d');

/**
 * The p-norm of each volume, `p` as in `lpPool2d`. The spatial axes stay, one position long.
 */
export const globalLpPool3d: PoolingFunctions['globalLpPool3d'] = /* @__PURE__ */ bound('globalLpPool3d');

/** The plan of `globalLpPool3d`; see `planMaxPool2d`. */
export const planGlobalLpPool3d: PoolingFunctions['planGlobalLpPool3d'] = /* @__PURE__ */ bound('planGlobalLpPool3d');

/**
 * Max pooling to a given output size: window i of O covers ⌊i·L/O⌋ to ⌈(i+1)·L/O⌉ of L elements, as in PyTorch. O may
 * exceed L.
 *
 * @example
 * adaptiveMaxPool2d({ data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] }, { outputSize: [1, 3] }).data; // 1, 3, 4
 */
export const adaptiveMaxPool2d: PoolingFunctions['adaptiveMaxPool2d'] = /* @__PURE__ */ bound('adaptiveMaxPool2d');

/** The plan of `adaptiveMaxPool2d`; see `planMaxPool2d`. */
export const planAdaptiveMaxPool2d: PoolingFunctions['planAdaptiveMaxPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool2d');

/**
 * `maxPool1d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveMaxPool1d: PoolingFunctions['adaptiveMaxPool1d'] = /* @__PURE__ */ bound('adaptiveMaxPool1d');

/** The plan of `adaptiveMaxPool1d`; see `planMaxPool2d`. */
export const planAdaptiveMaxPool1d: PoolingFunctions['planAdaptiveMaxPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool1d');

/**
 * `maxPool3d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveMaxPool3d: PoolingFunctions['adaptiveMaxPool3d'] = /* @__PURE__ */ bound('adaptiveMaxPool3d');

/** The plan of `adaptiveMaxPool3d`; see `planMaxPool2d`. */
export const planAdaptiveMaxPool3d: PoolingFunctions['planAdaptiveMaxPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool3d');

/**
 * `minPool2d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveMinPool2d: PoolingFunctions['adaptiveMinPool2d'] = /* @__PURE__ */ bound('adaptiveMinPool2d');

/** The plan of `adaptiveMinPool2d`; see `planMaxPool2d`. */
export const planAdaptiveMinPool2d: PoolingFunctions['planAdaptiveMinPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool2d');

/**
 * `minPool1d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveMinPool1d: PoolingFunctions['adaptiveMinPool1d'] = /* @__PURE__ */ bound('adaptiveMinPool1d');

/** The plan of `adaptiveMinPool1d`; see `planMaxPool2d`. */
export const planAdaptiveMinPool1d: PoolingFunctions['planAdaptiveMinPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool1d');

/**
 * `minPool3d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveMinPool3d: PoolingFunctions['adaptiveMinPool3d'] = /* @__PURE__ */ bound('adaptiveMinPool3d');

/** The plan of `adaptiveMinPool3d`; see `planMaxPool2d`. */
export const planAdaptiveMinPool3d: PoolingFunctions['planAdaptiveMinPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool3d');

/**
 * Average pooling to a given output size, with the windows of `adaptiveMaxPool2d`, each divided by its own size.
 *
 * @example
 * adaptiveAvgPool2d({ data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] }, { outputSize: [1, 3] }).data; // 0.5, 2, 3.5
 */
export const adaptiveAvgPool2d: PoolingFunctions['adaptiveAvgPool2d'] = /* @__PURE__ */ bound('adaptiveAvgPool2d');

/** The plan of `adaptiveAvgPool2d`; see `planMaxPool2d`. */
export const planAdaptiveAvgPool2d: PoolingFunctions['planAdaptiveAvgPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveAvgPool2d');

/**
 * `avgPool1d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveAvgPool1d: PoolingFunctions['adaptiveAvgPool1d'] = /* @__PURE__ */ bound('adaptiveAvgPool1d');

/** The plan of `adaptiveAvgPool1d`; see `planMaxPool2d`. */
export const planAdaptiveAvgPool1d: PoolingFunctions['planAdaptiveAvgPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveAvgPool1d');

/**
 * `avgPool3d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveAvgPool3d: PoolingFunctions['adaptiveAvgPool3d'] = /* @__PURE__ */ bound('adaptiveAvgPool3d');

/** The plan of `adaptiveAvgPool3d`; see `planMaxPool2d`. */
export const planAdaptiveAvgPool3d: PoolingFunctions['planAdaptiveAvgPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveAvgPool3d');

/**
 * `sumPool2d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveSumPool2d: PoolingFunctions['adaptiveSumPool2d'] = /* @__PURE__ */ bound('adaptiveSumPool2d');

/** The plan of `adaptiveSumPool2d`; see `planMaxPool2d`. */
export const planAdaptiveSumPool2d: PoolingFunctions['planAdaptiveSumPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveSumPool2d');

/**
 * `sumPool1d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveSumPool1d: PoolingFunctions['adaptiveSumPool1d'] = /* @__PURE__ */ bound('adaptiveSumPool1d');

/** The plan of `adaptiveSumPool1d`; see `planMaxPool2d`. */
export const planAdaptiveSumPool1d: PoolingFunctions['planAdaptiveSumPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveSumPool1d');

/**
 * `sumPool3d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveSumPool3d: PoolingFunctions['adaptiveSumPool3d'] = /* @__PURE__ */ bound('adaptiveSumPool3d');

/** The plan of `adaptiveSumPool3d`; see `planMaxPool2d`. */
export const planAdaptiveSumPool3d: PoolingFunctions['planAdaptiveSumPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveSumPool3d');

/**
 * `lpPool2d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveLpPool2d: PoolingFunctions['adaptiveLpPool2d'] = /* @__PURE__ */ bound('adaptiveLpPool2d');

/** The plan of `adaptiveLpPool2d`; see `planMaxPool2d`. */
export const planAdaptiveLpPool2d: PoolingFunctions['planAdaptiveLpPool2d'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool2d');

/**
 * `lpPool1d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveLpPool1d: PoolingFunctions['adaptiveLpPool1d'] = /* @__PURE__ */ bound('adaptiveLpPool1d');

/** The plan of `adaptiveLpPool1d`; see `planMaxPool2d`. */
export const planAdaptiveLpPool1d: PoolingFunctions['planAdaptiveLpPool1d'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool1d');

/**
 * `lpPool3d` to a given output size; see `adaptiveMaxPool2d` for the windows.
 */
export const adaptiveLpPool3d: PoolingFunctions['adaptiveLpPool3d'] = /* @__PURE__ */ bound('adaptiveLpPool3d');

/** The plan of `adaptiveLpPool3d`; see `planMaxPool2d`. */
export const planAdaptiveLpPool3d: PoolingFunctions['planAdaptiveLpPool3d'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool3d');

/**
 * Max pooling to a given output size or ratio, with windows of one size at uneven steps that differ from plane to plane, as in
 * PyTorch. On an axis of L elements, for O windows of k elements and a sample u: alpha = (L − k) / (O − 1), window i starts
 * at ⌊(i + u)·alpha⌋ − ⌊u·alpha⌋, the last one at L − k. Samples are given, or drawn from `seed`.
 *
 * @throws RangeError if O + k − 1 is more than L.
 * @example
 * const x = { data: Float32Array.from({ length: 25 }, (_, i) => i), shape: [5, 5] };
 * const samples = { data: [0.5, 0], shape: [1, 1, 2] };
 * fractionalMaxPool2d(x, { kernelSize: 2, outputSize: 3, samples }).data; // 6, 8, 9, 11, 13, 14, 21, 23, 24
 * @see https://arxiv.org/abs/1412.6071
 */
export const fractionalMaxPool2d: PoolingFunctions['fractionalMaxPool2d'] =
  /* @__PURE__ */ bound('fractionalMaxPool2d');

/** The plan of `fractionalMaxPool2d`; see `planMaxPool2d`. */
export const planFractionalMaxPool2d: PoolingFunctions['planFractionalMaxPool2d'] =
  /* @__PURE__ */ bound('planFractionalMaxPool2d');

/**
 * `fractionalMaxPool2d` over depth, height and width.
 */
export const fractionalMaxPool3d: PoolingFunctions['fractionalMaxPool3d'] =
  /* @__PURE__ */ bound('fractionalMaxPool3d');

/** The plan of `fractionalMaxPool3d`; see `planMaxPool2d`. */
export const planFractionalMaxPool3d: PoolingFunctions['planFractionalMaxPool3d'] =
  /* @__PURE__ */ bound('planFractionalMaxPool3d');
