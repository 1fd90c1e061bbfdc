/**
 * Gradients of the poolings. On the default instance, as all functions of the package.
 */
import { bound } from './instance.js';
import type { PoolingFunctions } from './pooling.js';

/**
 * The gradient of a max pooling with respect to its input: each element of `dy` goes to the element of the input that its
 * window kept, and what comes together is added up.
 *
 * Either `x`, the pooling's input, is given, or the `indices` of `maxPool2dWithIndices` with `inputShape`; all other options are
 * those of the pooling. Of equal elements the first takes all (`ties: 'first'`, the default), or each takes an equal part
 * (`'share'`). The gradient of a NaN goes to the last NaN in the window, that of a window without elements nowhere.
 *
 * @param dy Gradient with respect to the result, of its shape, in floats; not written to.
 * @returns The gradient with respect to the input, of its shape and of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError for gradients of integers, RangeError for an index that names no element of its plane; else as `maxPool2d`.
 * @example
 * const x = { data: Float32Array.of(0, 9, 2, 3, 4, 5), shape: [1, 6] };
 * const dy = { data: Float32Array.of(10, 20, 30), shape: [1, 3] };
 * maxPool2dBackward(dy, { x, kernelSize: [1, 2] }).data; // → [0, 10, 0, 20, 0, 30]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 */
export const maxPool2dBackward: PoolingFunctions['maxPool2dBackward'] = /* @__PURE__ */ bound('maxPool2dBackward');

/**
 * Works out the gradient of a max pooling once, to be run often.
 *
 * @param shape Shape of the pooling's input.
 * @param options As for `maxPool2d`, with `ties` and `indexing`, but for `out`.
 * @example
 * const plan = planMaxPool2dBackward([1, 1, 2, 2], { layout: 'nchw', kernelSize: 2 });
 * plan.run(Float32Array.of(1), Float32Array.of(3, 4, 2, 0)).data; // → [0, 1, 0, 0]
 */
export const planMaxPool2dBackward: PoolingFunctions['planMaxPool2dBackward'] =
  /* @__PURE__ */ bound('planMaxPool2dBackward');

/** The gradient of `maxPool1d` with respect to its input; see `maxPool2dBackward`. */
export const maxPool1dBackward: PoolingFunctions['maxPool1dBackward'] = /* @__PURE__ */ bound('maxPool1dBackward');

/** The plan of `maxPool1dBackward`; see `planMaxPool2dBackward`. */
export const planMaxPool1dBackward: PoolingFunctions['planMaxPool1dBackward'] =
  /* @__PURE__ */ bound('planMaxPool1dBackward');

/** The gradient of `maxPool3d` with respect to its input; see `maxPool2dBackward`. */
export const maxPool3dBackward: PoolingFunctions['maxPool3dBackward'] = /* @__PURE__ */ bound('maxPool3dBackward');

/** The plan of `maxPool3dBackward`; see `planMaxPool2dBackward`. */
export const planMaxPool3dBackward: PoolingFunctions['planMaxPool3dBackward'] =
  /* @__PURE__ */ bound('planMaxPool3dBackward');

/** The gradient of `globalMaxPool2d` with respect to its input; see `maxPool2dBackward`. */
export const globalMaxPool2dBackward: PoolingFunctions['globalMaxPool2dBackward'] =
  /* @__PURE__ */ bound('globalMaxPool2dBackward');

/** The plan of `globalMaxPool2dBackward`; see `planMaxPool2dBackward`. */
export const planGlobalMaxPool2dBackward: PoolingFunctions['planGlobalMaxPool2dBackward'] =
  /* @__PURE__ */ bound('planGlobalMaxPool2dBackward');

/** The gradient of `globalMaxPool1d` with respect to its input; see `maxPool2dBackward`. */
export const globalMaxPool1dBackward: PoolingFunctions['globalMaxPool1dBackward'] =
  /* @__PURE__ */ bound('globalMaxPool1dBackward');

/** The plan of `globalMaxPool1dBackward`; see `planMaxPool2dBackward`. */
export const planGlobalMaxPool1dBackward: PoolingFunctions['planGlobalMaxPool1dBackward'] =
  /* @__PURE__ */ bound('planGlobalMaxPool1dBackward');

/** The gradient of `globalMaxPool3d` with respect to its input; see `maxPool2dBackward`. */
export const globalMaxPool3dBackward: PoolingFunctions['globalMaxPool3dBackward'] =
  /* @__PURE__ */ bound('globalMaxPool3dBackward');

/** The plan of `globalMaxPool3dBackward`; see `planMaxPool2dBackward`. */
export const planGlobalMaxPool3dBackward: PoolingFunctions['planGlobalMaxPool3dBackward'] =
  /* @__PURE__ */ bound('planGlobalMaxPool3dBackward');

/** The gradient of `adaptiveMaxPool2d` with respect to its input; see `maxPool2dBackward`. */
export const adaptiveMaxPool2dBackward: PoolingFunctions['adaptiveMaxPool2dBackward'] =
  /* @__PURE__ */ bound('adaptiveMaxPool2dBackward');

/** The plan of `adaptiveMaxPool2dBackward`; see `planMaxPool2dBackward`. */
export const planAdaptiveMaxPool2dBackward: PoolingFunctions['planAdaptiveMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool2dBackward',
);

/** The gradient of `adaptiveMaxPool1d` with respect to its input; see `maxPool2dBackward`. */
export const adaptiveMaxPool1dBackward: PoolingFunctions['adaptiveMaxPool1dBackward'] =
  /* @__PURE__ */ bound('adaptiveMaxPool1dBackward');

/** The plan of `adaptiveMaxPool1dBackward`; see `planMaxPool2dBackward`. */
export const planAdaptiveMaxPool1dBackward: PoolingFunctions['planAdaptiveMaxPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool1dBackward',
);

/** The gradient of `adaptiveMaxPool3d` with respect to its input; see `maxPool2dBackward`. */
export const adaptiveMaxPool3dBackward: PoolingFunctions['adaptiveMaxPool3dBackward'] =
  /* @__PURE__ */ bound('adaptiveMaxPool3dBackward');

/** The plan of `adaptiveMaxPool3dBackward`; see `planMaxPool2dBackward`. */
export const planAdaptiveMaxPool3dBackward: PoolingFunctions['planAdaptiveMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool3dBackward',
);

/** The gradient of `fractionalMaxPool2d` with respect to its input; see `maxPool2dBackward`. */
export const fractionalMaxPool2dBackward: PoolingFunctions['fractionalMaxPool2dBackward'] =
  /* @__PURE__ */ bound('fractionalMaxPool2dBackward');

/** The plan of `fractionalMaxPool2dBackward`; see `planMaxPool2dBackward`. */
export const planFractionalMaxPool2dBackward: PoolingFunctions['planFractionalMaxPool2dBackward'] =
  /* @__PURE__ */ bound('planFractionalMaxPool2dBackward');

/** The gradient of `fractionalMaxPool3d` with respect to its input; see `maxPool2dBackward`. */
export const fractionalMaxPool3dBackward: PoolingFunctions['fractionalMaxPool3dBackward'] =
  /* @__PURE__ */ bound('fractionalMaxPool3dBackward');

/** The plan of `fractionalMaxPool3dBackward`; see `planMaxPool2dBackward`. */
export const planFractionalMaxPool3dBackward: PoolingFunctions['planFractionalMaxPool3dBackward'] =
  /* @__PURE__ */ bound('planFractionalMaxPool3dBackward');

/** The gradient of a min pooling with respect to its input; see `maxPool2dBackward`. */
export const minPool2dBackward: PoolingFunctions['minPool2dBackward'] = /* @__PURE__ */ bound('minPool2dBackward');

/** The plan of `minPool2dBackward`; see `planMaxPool2dBackward`. */
export const planMinPool2dBackward: PoolingFunctions['planMinPool2dBackward'] =
  /* @__PURE__ */ bound('planMinPool2dBackward');

/** The gradient of `minPool1d` with respect to its input; see `maxPool2dBackward`. */
export const minPool1dBackward: PoolingFunctions['minPool1dBackward'] = /* @__PURE__ */ bound('minPool1dBackward');

/** The plan of `minPool1dBackward`; see `planMaxPool2dBackward`. */
export const planMinPool1dBackward: PoolingFunctions['planMinPool1dBackward'] =
  /* @__PURE__ */ bound('planMinPool1dBackward');

/** The gradient of `minPool3d` with respect to its input; see `maxPool2dBackward`. */
export const minPool3dBackward: PoolingFunctions['minPool3dBackward'] = /* @__PURE__ */ bound('minPool3dBackward');

/** The plan of `minPool3dBackward`; see `planMaxPool2dBackward`. */
export const planMinPool3dBackward: PoolingFunctions['planMinPool3dBackward'] =
  /* @__PURE__ */ bound('planMinPool3dBackward');

/** The gradient of `globalMinPool2d` with respect to its input; see `maxPool2dBackward`. */
export const globalMinPool2dBackward: PoolingFunctions['globalMinPool2dBackward'] =
  /* @__PURE__ */ bound('globalMinPool2dBackward');

/** The plan of `globalMinPool2dBackward`; see `planMaxPool2dBackward`. */
export const planGlobalMinPool2dBackward: PoolingFunctions['planGlobalMinPool2dBackward'] =
  /* @__PURE__ */ bound('planGlobalMinPool2dBackward');

/** The gradient of `globalMinPool1d` with respect to its input; see `maxPool2dBackward`. */
export const globalMinPool1dBackward: PoolingFunctions['globalMinPool1dBackward'] =
  /* @__PURE__ */ bound('globalMinPool1dBackward');

/** The plan of `globalMinPool1dBackward`; see `planMaxPool2dBackward`. */
export const planGlobalMinPool1dBackward: PoolingFunctions['planGlobalMinPool1dBackward'] =
  /* @__PURE__ */ bound('planGlobalMinPool1dBackward');

/** The gradient of `globalMinPool3d` with respect to its input; see `maxPool2dBackward`. */
export const globalMinPool3dBackward: PoolingFunctions['globalMinPool3dBackward'] =
  /* @__PURE__ */ bound('globalMinPool3dBackward');

/** The plan of `globalMinPool3dBackward`; see `planMaxPool2dBackward`. */
export const planGlobalMinPool3dBackward: PoolingFunctions['planGlobalMinPool3dBackward'] =
  /* @__PURE__ */ bound('planGlobalMinPool3dBackward');

/** The gradient of `adaptiveMinPool2d` with respect to its input; see `maxPool2dBackward`. */
export const adaptiveMinPool2dBackward: PoolingFunctions['adaptiveMinPool2dBackward'] =
  /* @__PURE__ */ bound('adaptiveMinPool2dBackward');

/** The plan of `adaptiveMinPool2dBackward`; see `planMaxPool2dBackward`. */
export const planAdaptiveMinPool2dBackward: PoolingFunctions['planAdaptiveMinPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool2dBackward',
);

/** The gradient of `adaptiveMinPool1d` with respect to its input; see `maxPool2dBackward`. */
export const adaptiveMinPool1dBackward: PoolingFunctions['adaptiveMinPool1dBackward'] =
  /* @__PURE__ */ bound('adaptiveMinPool1dBackward');

/** The plan of `adaptiveMinPool1dBackward`; see `planMaxPool2dBackward`. */
export const planAdaptiveMinPool1dBackward: PoolingFunctions['planAdaptiveMinPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool1dBackward',
);

/** The gradient of `adaptiveMinPool3d` with respect to its input; see `maxPool2dBackward`. */
export const adaptiveMinPool3dBackward: PoolingFunctions['adaptiveMinPool3dBackward'] =
  /* @__PURE__ */ bound('adaptiveMinPool3dBackward');

/** The plan of `adaptiveMinPool3dBackward`; see `planMaxPool2dBackward`. */
export const planAdaptiveMinPool3dBackward: PoolingFunctions['planAdaptiveMinPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool3dBackward',
);

/**
 * The gradient of an average pooling with respect to its input: each element of `dy` is divided by what the pooling divided by
 * and added to all elements of its window. Options are those of the pooling and `inputShape`, the shape of its input.
 *
 * @param dy Gradient with respect to the result, of its shape, in floats; not written to.
 * @returns The gradient with respect to the input, of shape `inputShape`; `options.out` if it was given.
 * @throws TypeError for gradients of integers; else as `avgPool2d`.
 * @example
 * const dy = { data: Float32Array.of(6, 10), shape: [1, 2] };
 * avgPool2dBackward(dy, { inputShape: [1, 3], kernelSize: [1, 2], stride: 1 }).data; // → [3, 8, 5]
 */
export const avgPool2dBackward: PoolingFunctions['avgPool2dBackward'] = /* @__PURE__ */ bound('avgPool2dBackward');

/**
 * Works out the gradient of an average pooling once, to be run often.
 *
 * @param shape Shape of the pooling's input.
 * @param options As for `avgPool2d`, but for `out`.
 * @example
 * planAvgPool2dBackward([2, 2], { kernelSize: 2 }).run(Float32Array.of(4)).data; // → [1, 1, 1, 1]
 */
export const planAvgPool2dBackward: PoolingFunctions['planAvgPool2dBackward'] =
  /* @__PURE__ */ bound('planAvgPool2dBackward');

/** The gradient of `avgPool1d` with respect to its input; see `avgPool2dBackward`. */
export const avgPool1dBackward: PoolingFunctions['avgPool1dBackward'] = /* @__PURE__ */ bound('avgPool1dBackward');

/** The plan of `avgPool1dBackward`; see `planAvgPool2dBackward`. */
export const planAvgPool1dBackward: PoolingFunctions['planAvgPool1dBackward'] =
  /* @__PURE__ */ bound('planAvgPool1dBackward');

/** The gradient of `avgPool3d` with respect to its input; see `avgPool2dBackward`. */
export const avgPool3dBackward: PoolingFunctions['avgPool3dBackward'] = /* @__PURE__ */ bound('avgPool3dBackward');

/** The plan of `avgPool3dBackward`; see `planAvgPool2dBackward`. */
export const planAvgPool3dBackward: PoolingFunctions['planAvgPool3dBackward'] =
  /* @__PURE__ */ bound('planAvgPool3dBackward');

/** The gradient of `globalAvgPool2d` with respect to its input; see `avgPool2dBackward`. */
export const globalAvgPool2dBackward: PoolingFunctions['globalAvgPool2dBackward'] =
  /* @__PURE__ */ bound('globalAvgPool2dBackward');

/** The plan of `globalAvgPool2dBackward`; see `planAvgPool2dBackward`. */
export const planGlobalAvgPool2dBackward: PoolingFunctions['planGlobalAvgPool2dBackward'] =
  /* @__PURE__ */ bound('planGlobalAvgPool2dBackward');

/** The gradient of `globalAvgPool1d` with respect to its input; see `avgPool2dBackward`. */
export const globalAvgPool1dBackward: PoolingFunctions['globalAvgPool1dBackward'] =
  /* @__PURE__ */ bound('globalAvgPool1dBackward');

/** The plan of `globalAvgPool1dBackward`; see `planAvgPool2dBackward`. */
export const planGlobalAvgPool1dBackward: PoolingFunctions['planGlobalAvgPool1dBackward'] =
  /* @__PURE__ */ bound('planGlobalAvgPool1dBackward');

/** The gradient of `globalAvgPool3d` with respect to its input; see `avgPool2dBackward`. */
export const globalAvgPool3dBackward: PoolingFunctions['globalAvgPool3dBackward'] =
  /* @__PURE__ */ bound('globalAvgPool3dBackward');

/** The plan of `globalAvgPool3dBackward`; see `planAvgPool2dBackward`. */
export const planGlobalAvgPool3dBackward: PoolingFunctions['planGlobalAvgPool3dBackward'] =
  /* @__PURE__ */ bound('planGlobalAvgPool3dBackward');

/** The gradient of `adaptiveAvgPool2d` with respect to its input; see `avgPool2dBackward`. */
export const adaptiveAvgPool2dBackward: PoolingFunctions['adaptiveAvgPool2dBackward'] =
  /* @__PURE__ */ bound('adaptiveAvgPool2dBackward');

/** The plan of `adaptiveAvgPool2dBackward`; see `planAvgPool2dBackward`. */
export const planAdaptiveAvgPool2dBackward: PoolingFunctions['planAdaptiveAvgPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveAvgPool2dBackward',
);

/** The gradient of `adaptiveAvgPool1d` with respect to its input; see `avgPool2dBackward`. */
export const adaptiveAvgPool1dBackward: PoolingFunctions['adaptiveAvgPool1dBackward'] =
  /* @__PURE__ */ bound('adaptiveAvgPool1dBackward');

/** The plan of `adaptiveAvgPool1dBackward`; see `planAvgPool2dBackward`. */
export const planAdaptiveAvgPool1dBackward: PoolingFunctions['planAdaptiveAvgPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveAvgPool1dBackward',
);

/** The gradient of `adaptiveAvgPool3d` with respect to its input; see `avgPool2dBackward`. */
export const adaptiveAvgPool3dBackward: PoolingFunctions['adaptiveAvgPool3dBackward'] =
  /* @__PURE__ */ bound('adaptiveAvgPool3dBackward');

/** The plan of `adaptiveAvgPool3dBackward`; see `planAvgPool2dBackward`. */
export const planAdaptiveAvgPool3dBackward: PoolingFunctions['planAdaptiveAvgPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveAvgPool3dBackward',
);

/**
 * The gradient of a sum pooling with respect to its input: each element of `dy` is added to all elements of its window. See
 * `avgPool2dBackward`.
 *
 * @example
 * const dy = { data: Float32Array.of(6, 10), shape: [1, 2] };
 * sumPool2dBackward(dy, { inputShape: [1, 3], kernelSize: [1, 2], stride: 1 }).data; // → [6, 16, 10]
 */
export const sumPool2dBackward: PoolingFunctions['sumPool2dBackward'] = /* @__PURE__ */ bound('sumPool2dBackward');

/** The plan of `sumPool2dBackward`; see `planAvgPool2dBackward`. */
export const planSumPool2dBackward: PoolingFunctions['planSumPool2dBackward'] =
  /* @__PURE__ */ bound('planSumPool2dBackward');

/** The gradient of `sumPool1d` with respect to its input; see `avgPool2dBackward`. */
export const sumPool1dBackward: PoolingFunctions['sumPool1dBackward'] = /* @__PURE__ */ bound('sumPool1dBackward');

/** The plan of `sumPool1dBackward`; see `planAvgPool2dBackward`. */
export const planSumPool1dBackward: PoolingFunctions['planSumPool1dBackward'] =
  /* @__PURE__ */ bound('planSumPool1dBackward');

/** The gradient of `sumPool3d` with respect to its input; see `avgPool2dBackward`. */
export const sumPool3dBackward: PoolingFunctions['sumPool3dBackward'] = /* @__PURE__ */ bound('sumPool3dBackward');

/** The plan of `sumPool3dBackward`; see `planAvgPool2dBackward`. */
export const planSumPool3dBackward: PoolingFunctions['planSumPool3dBackward'] =
  /* @__PURE__ */ bound('planSumPool3dBackward');

/** The gradient of `globalSumPool2d` with respect to its input; see `avgPool2dBackward`. */
export const globalSumPool2dBackward: PoolingFunctions['globalSumPool2dBackward'] =
  /* @__PURE__ */ bound('globalSumPool2dBackward');

/** The plan of `globalSumPool2dBackward`; see `planAvgPool2dBackward`. */
export const planGlobalSumPool2dBackward: PoolingFunctions['planGlobalSumPool2dBackward'] =
  /* @__PURE__ */ bound('planGlobalSumPool2dBackward');

/** The gradient of `globalSumPool1d` with respect to its input; see `avgPool2dBackward`. */
export const globalSumPool1dBackward: PoolingFunctions['globalSumPool1dBackward'] =
  /* @__PURE__ */ bound('globalSumPool1dBackward');

/** The plan of `globalSumPool1dBackward`; see `planAvgPool2dBackward`. */
export const planGlobalSumPool1dBackward: PoolingFunctions['planGlobalSumPool1dBackward'] =
  /* @__PURE__ */ bound('planGlobalSumPool1dBackward');

/** The gradient of `globalSumPool3d` with respect to its input; see `avgPool2dBackward`. */
export const globalSumPool3dBackward: PoolingFunctions['globalSumPool3dBackward'] =
  /* @__PURE__ */ bound('globalSumPool3dBackward');

/** The plan of `globalSumPool3dBackward`; see `planAvgPool2dBackward`. */
export const planGlobalSumPool3dBackward: PoolingFunctions['planGlobalSumPool3dBackward'] =
  /* @__PURE__ */ bound('planGlobalSumPool3dBackward');

/** The gradient of `adaptiveSumPool2d` with respect to its input; see `avgPool2dBackward`. */
export const adaptiveSumPool2dBackward: PoolingFunctions['adaptiveSumPool2dBackward'] =
  /* @__PURE__ */ bound('adaptiveSumPool2dBackward');

/** The plan of `adaptiveSumPool2dBackward`; see `planAvgPool2dBackward`. */
export const planAdaptiveSumPool2dBackward: PoolingFunctions['planAdaptiveSumPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveSumPool2dBackward',
);

/** The gradient of `adaptiveSumPool1d` with respect to its input; see `avgPool2dBackward`. */
export const adaptiveSumPool1dBackward: PoolingFunctions['adaptiveSumPool1dBackward'] =
  /* @__PURE__ */ bound('adaptiveSumPool1dBackward');

/** The plan of `adaptiveSumPool1dBackward`; see `planAvgPool2dBackward`. */
export const planAdaptiveSumPool1dBackward: PoolingFunctions['planAdaptiveSumPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveSumPool1dBackward',
);

/** The gradient of `adaptiveSumPool3d` with respect to its input; see `avgPool2dBackward`. */
export const adaptiveSumPool3dBackward: PoolingFunctions['adaptiveSumPool3dBackward'] =
  /* @__PURE__ */ bound('adaptiveSumPool3dBackward');

/** The plan of `adaptiveSumPool3dBackward`; see `planAvgPool2dBackward`. */
export const planAdaptiveSumPool3dBackward: PoolingFunctions['planAdaptiveSumPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveSumPool3dBackward',
);

/**
 * The gradient of `lpPool2d` with respect to its input `x`: for each window with norm y that x is in,
 * sign(x)·|x|^(p−1)·y^(1−p)·dy. That of an x that is 0 is 0; for `p: Infinity` it goes to the first of the largest |x|.
 *
 * @param dy Gradient with respect to the result, of its shape, in floats; not written to.
 * @returns The gradient with respect to the input; `options.out` if it was given.
 * @throws As `lpPool2d`.
 * @example
 * const x = { data: Float32Array.of(3, -4), shape: [1, 2] };
 * lpPool2dBackward({ data: Float32Array.of(10), shape: [1, 1] }, { x, kernelSize: [1, 2] }).data; // → [6, -8]
 */
export const lpPool2dBackward: PoolingFunctions['lpPool2dBackward'] = /* @__PURE__ */ bound('lpPool2dBackward');

/** The plan of `lpPool2dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planLpPool2dBackward: PoolingFunctions['planLpPool2dBackward'] =
  /* @__PURE__ */ bound('planLpPool2dBackward');

/** The gradient of `lpPool1d` with respect to its input; see `lpPool2dBackward`. */
export const lpPool1dBackward: PoolingFunctions['lpPool1dBackward'] = /* @__PURE__ */ bound('lpPool1dBackward');

/** The plan of `lpPool1dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planLpPool1dBackward: PoolingFunctions['planLpPool1dBackward'] =
  /* @__PURE__ */ bound('planLpPool1dBackward');

/** The gradient of `lpPool3d` with respect to its input; see `lpPool2dBackward`. */
export const lpPool3dBackward: PoolingFunctions['lpPool3dBackward'] = /* @__PURE__ */ bound('lpPool3dBackward');

/** The plan of `lpPool3dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planLpPool3dBackward: PoolingFunctions['planLpPool3dBackward'] =
  /* @__PURE__ */ bound('planLpPool3dBackward');

/** The gradient of `globalLpPool2d` with respect to its input; see `lpPool2dBackward`. */
export const globalLpPool2dBackward: PoolingFunctions['globalLpPool2dBackward'] =
  /* @__PURE__ */ bound('globalLpPool2dBackward');

/** The plan of `globalLpPool2dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planGlobalLpPool2dBackward: PoolingFunctions['planGlobalLpPool2dBackward'] =
  /* @__PURE__ */ bound('planGlobalLpPool2dBackward');

/** The gradient of `globalLpPool1d` with respect to its input; see `lpPool2dBackward`. */
export const globalLpPool1dBackward: PoolingFunctions['globalLpPool1dBackward'] =
  /* @__PURE__ */ bound('globalLpPool1dBackward');

/** The plan of `globalLpPool1dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planGlobalLpPool1dBackward: PoolingFunctions['planGlobalLpPool1dBackward'] =
  /* @__PURE__ */ bound('planGlobalLpPool1dBackward');

/** The gradient of `globalLpPool3d` with respect to its input; see `lpPool2dBackward`. */
export const globalLpPool3dBackward: PoolingFunctions['globalLpPool3dBackward'] =
  /* @__PURE__ */ bound('globalLpPool3dBackward');

/** The plan of `globalLpPool3dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planGlobalLpPool3dBackward: PoolingFunctions['planGlobalLpPool3dBackward'] =
  /* @__PURE__ */ bound('planGlobalLpPool3dBackward');

/** The gradient of `adaptiveLpPool2d` with respect to its input; see `lpPool2dBackward`. */
export const adaptiveLpPool2dBackward: PoolingFunctions['adaptiveLpPool2dBackward'] =
  /* @__PURE__ */ bound('adaptiveLpPool2dBackward');

/** The plan of `adaptiveLpPool2dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planAdaptiveLpPool2dBackward: PoolingFunctions['planAdaptiveLpPool2dBackward'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool2dBackward');

/** The gradient of `adaptiveLpPool1d` with respect to its input; see `lpPool2dBackward`. */
export const adaptiveLpPool1dBackward: PoolingFunctions['adaptiveLpPool1dBackward'] =
  /* @__PURE__ */ bound('adaptiveLpPool1dBackward');

/** The plan of `adaptiveLpPool1dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planAdaptiveLpPool1dBackward: PoolingFunctions['planAdaptiveLpPool1dBackward'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool1dBackward');

/** The gradient of `adaptiveLpPool3d` with respect to its input; see `lpPool2dBackward`. */
export const adaptiveLpPool3dBackward: PoolingFunctions['adaptiveLpPool3dBackward'] =
  /* @__PURE__ */ bound('adaptiveLpPool3dBackward');

/** The plan of `adaptiveLpPool3dBackward`, for the shape of `x`; `run` takes `dy` and `x`. */
export const planAdaptiveLpPool3dBackward: PoolingFunctions['planAdaptiveLpPool3dBackward'] =
  /* @__PURE__ */ bound('planAdaptiveLpPool3dBackward');
