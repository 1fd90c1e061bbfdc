/**
 * Poolings that say where their results came from, and what is done with such indices: unpooling and gathering. On the
 * default instance, as all functions of the package.
 */
import { bound } from './instance.js';
import type { PoolingFunctions } from './pooling.js';

/**
 * Max pooling, and for each result where in the input it came from. Values and options are those of `maxPool2d`.
 *
 * Of equal elements the first in row-major order has the index, of several NaN the last one (PyTorch). The index of a window
 * without elements is −1. `indexing` says what an index counts; by default, the place in its plane, as in PyTorch.
 *
 * @param x Input, `[n, c, h, w]` in the order that `layout` names, of any dtype; not written to.
 * @returns A tensor with its `indices`, a tensor of the same shape in an `Int32Array`; `options.out` and `options.outIndices`
 * where they were given.
 * @throws TypeError and RangeError as `maxPool2d`, and RangeError if there are more elements than 31 bits can count.
 * @example
 * const x = { data: Float32Array.of(0, 9, 2, 3, 4, 5, 6, 7, 8), shape: [3, 3] };
 * const y = maxPool2dWithIndices(x, { kernelSize: 2, stride: 1 });
 * y.data; // → [9, 9, 7, 8]
 * y.indices.data; // → [1, 1, 7, 8]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html for `return_indices`
 */
export const maxPool2dWithIndices: PoolingFunctions['maxPool2dWithIndices'] =
  /* @__PURE__ */ bound('maxPool2dWithIndices');

/**
 * Works out a max pooling with indices once, to be run often; see `planMaxPool2d`.
 *
 * @example
 * const plan = planMaxPool2dWithIndices([1, 64, 112, 112], { layout: 'nchw', kernelSize: 2 });
 * const result = plan.run(new Float32Array(64 * 112 * 112));
 * plan.run(new Float32Array(64 * 112 * 112), result); // into the same arrays
 */
export const planMaxPool2dWithIndices: PoolingFunctions['planMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('planMaxPool2dWithIndices');

/** `maxPool1d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const maxPool1dWithIndices: PoolingFunctions['maxPool1dWithIndices'] =
  /* @__PURE__ */ bound('maxPool1dWithIndices');

/** The plan of `maxPool1dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planMaxPool1dWithIndices: PoolingFunctions['planMaxPool1dWithIndices'] =
  /* @__PURE__ */ bound('planMaxPool1dWithIndices');

/** `maxPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const maxPool3dWithIndices: PoolingFunctions['maxPool3dWithIndices'] =
  /* @__PURE__ */ bound('maxPool3dWithIndices');

/** The plan of `maxPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planMaxPool3dWithIndices: PoolingFunctions['planMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('planMaxPool3dWithIndices');

/**
 * The largest element of each plane, and where it is; see `maxPool2dWithIndices`.
 *
 * @example
 * const x = { data: Float32Array.of(1, 5, 2, 4), shape: [1, 1, 2, 2] };
 * globalMaxPool2dWithIndices(x, { layout: 'nchw' }).indices.data; // → [1]
 */
export const globalMaxPool2dWithIndices: PoolingFunctions['globalMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('globalMaxPool2dWithIndices');

/** The plan of `globalMaxPool2dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planGlobalMaxPool2dWithIndices: PoolingFunctions['planGlobalMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool2dWithIndices',
);

/** `globalMaxPool1d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const globalMaxPool1dWithIndices: PoolingFunctions['globalMaxPool1dWithIndices'] =
  /* @__PURE__ */ bound('globalMaxPool1dWithIndices');

/** The plan of `globalMaxPool1dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planGlobalMaxPool1dWithIndices: PoolingFunctions['planGlobalMaxPool1dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool1dWithIndices',
);

/** `globalMaxPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const globalMaxPool3dWithIndices: PoolingFunctions['globalMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('globalMaxPool3dWithIndices');

/** The plan of `globalMaxPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planGlobalMaxPool3dWithIndices: PoolingFunctions['planGlobalMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool3dWithIndices',
);

/**
 * `adaptiveMaxPool2d`, and for each result where in the input it came from; see `maxPool2dWithIndices`.
 *
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * adaptiveMaxPool2dWithIndices(x, { outputSize: [1, 3] }).indices.data; // → [1, 3, 4]
 */
export const adaptiveMaxPool2dWithIndices: PoolingFunctions['adaptiveMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('adaptiveMaxPool2dWithIndices');

/** The plan of `adaptiveMaxPool2dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planAdaptiveMaxPool2dWithIndices: PoolingFunctions['planAdaptiveMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool2dWithIndices');

/** `adaptiveMaxPool1d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const adaptiveMaxPool1dWithIndices: PoolingFunctions['adaptiveMaxPool1dWithIndices'] =
  /* @__PURE__ */ bound('adaptiveMaxPool1dWithIndices');

/** The plan of `adaptiveMaxPool1dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planAdaptiveMaxPool1dWithIndices: PoolingFunctions['planAdaptiveMaxPool1dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool1dWithIndices');

/** `adaptiveMaxPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const adaptiveMaxPool3dWithIndices: PoolingFunctions['adaptiveMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('adaptiveMaxPool3dWithIndices');

/** The plan of `adaptiveMaxPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planAdaptiveMaxPool3dWithIndices: PoolingFunctions['planAdaptiveMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool3dWithIndices');

/** `fractionalMaxPool2d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const fractionalMaxPool2dWithIndices: PoolingFunctions['fractionalMaxPool2dWithIndices'] = /* @__PURE__ */ bound(
  'fractionalMaxPool2dWithIndices',
);

/** The plan of `fractionalMaxPool2dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planFractionalMaxPool2dWithIndices: PoolingFunctions['planFractionalMaxPool2dWithIndices'] =
  /* @__PURE__ */ bound('planFractionalMaxPool2dWithIndices');

/** `fractionalMaxPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const fractionalMaxPool3dWithIndices: PoolingFunctions['fractionalMaxPool3dWithIndices'] = /* @__PURE__ */ bound(
  'fractionalMaxPool3dWithIndices',
);

/** The plan of `fractionalMaxPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planFractionalMaxPool3dWithIndices: PoolingFunctions['planFractionalMaxPool3dWithIndices'] =
  /* @__PURE__ */ bound('planFractionalMaxPool3dWithIndices');

/**
 * Min pooling, and for each result where in the input it came from. Values and options are those of `minPool2d`, indices those
 * of `maxPool2dWithIndices`.
 *
 * @example
 * const x = { data: Float32Array.of(4, 1, 2, 3), shape: [2, 2] };
 * minPool2dWithIndices(x, { kernelSize: 2 }).indices.data; // → [1]
 */
export const minPool2dWithIndices: PoolingFunctions['minPool2dWithIndices'] =
  /* @__PURE__ */ bound('minPool2dWithIndices');

/** The plan of `minPool2dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planMinPool2dWithIndices: PoolingFunctions['planMinPool2dWithIndices'] =
  /* @__PURE__ */ bound('planMinPool2dWithIndices');

/** `minPool1d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const minPool1dWithIndices: PoolingFunctions['minPool1dWithIndices'] =
  /* @__PURE__ */ bound('minPool1dWithIndices');

/** The plan of `minPool1dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planMinPool1dWithIndices: PoolingFunctions['planMinPool1dWithIndices'] =
  /* @__PURE__ */ bound('planMinPool1dWithIndices');

/** `minPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const minPool3dWithIndices: PoolingFunctions['minPool3dWithIndices'] =
  /* @__PURE__ */ bound('minPool3dWithIndices');

/** The plan of `minPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planMinPool3dWithIndices: PoolingFunctions['planMinPool3dWithIndices'] =
  /* @__PURE__ */ bound('planMinPool3dWithIndices');

/** `globalMinPool2d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const globalMinPool2dWithIndices: PoolingFunctions['globalMinPool2dWithIndices'] =
  /* @__PURE__ */ bound('globalMinPool2dWithIndices');

/** The plan of `globalMinPool2dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planGlobalMinPool2dWithIndices: PoolingFunctions['planGlobalMinPool2dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMinPool2dWithIndices',
);

/** `globalMinPool1d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const globalMinPool1dWithIndices: PoolingFunctions['globalMinPool1dWithIndices'] =
  /* @__PURE__ */ bound('globalMinPool1dWithIndices');

/** The plan of `globalMinPool1dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planGlobalMinPool1dWithIndices: PoolingFunctions['planGlobalMinPool1dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMinPool1dWithIndices',
);

/** `globalMinPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const globalMinPool3dWithIndices: PoolingFunctions['globalMinPool3dWithIndices'] =
  /* @__PURE__ */ bound('globalMinPool3dWithIndices');

/** The plan of `globalMinPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planGlobalMinPool3dWithIndices: PoolingFunctions['planGlobalMinPool3dWithIndices'] = /* @__PURE__ */ bound(
  'planGlobalMinPool3dWithIndices',
);

/** `adaptiveMinPool2d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const adaptiveMinPool2dWithIndices: PoolingFunctions['adaptiveMinPool2dWithIndices'] =
  /* @__PURE__ */ bound('adaptiveMinPool2dWithIndices');

/** The plan of `adaptiveMinPool2dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planAdaptiveMinPool2dWithIndices: PoolingFunctions['planAdaptiveMinPool2dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool2dWithIndices');

/** `adaptiveMinPool1d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const adaptiveMinPool1dWithIndices: PoolingFunctions['adaptiveMinPool1dWithIndices'] =
  /* @__PURE__ */ bound('adaptiveMinPool1dWithIndices');

/** The plan of `adaptiveMinPool1dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planAdaptiveMinPool1dWithIndices: PoolingFunctions['planAdaptiveMinPool1dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool1dWithIndices');

/** `adaptiveMinPool3d`, and for each result where in the input it came from; see `maxPool2dWithIndices`. */
export const adaptiveMinPool3dWithIndices: PoolingFunctions['adaptiveMinPool3dWithIndices'] =
  /* @__PURE__ */ bound('adaptiveMinPool3dWithIndices');

/** The plan of `adaptiveMinPool3dWithIndices`; see `planMaxPool2dWithIndices`. */
export const planAdaptiveMinPool3dWithIndices: PoolingFunctions['planAdaptiveMinPool3dWithIndices'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool3dWithIndices');

/**
 * The elements of `x` at the indices that a max pooling gave; 0 where there is none. Options are those of the pooling.
 *
 * It is the derivative of the pooling in the direction of `x`, and so the gradient of its gradient: where
 * `dx = maxPool2dBackward(dy, …)`, the gradient with respect to `dy` is the gather of the one with respect to `dx`.
 *
 * @param x Of the shape of the pooling's input, of any dtype; not written to.
 * @param indices Of the shape of its result, as `indexing` says.
 * @throws TypeError and RangeError as `maxPool2d`, and RangeError for an index that names no element of its plane.
 * @example
 * const x = { data: Float32Array.of(10, 20, 30, 40), shape: [1, 4] };
 * const indices = { data: Int32Array.of(1, 2), shape: [1, 2] };
 * maxPool2dGather(x, indices, { kernelSize: [1, 2] }).data; // → [20, 30]
 */
export const maxPool2dGather: PoolingFunctions['maxPool2dGather'] = /* @__PURE__ */ bound('maxPool2dGather');

/** The plan of `maxPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planMaxPool2dGather: PoolingFunctions['planMaxPool2dGather'] =
  /* @__PURE__ */ bound('planMaxPool2dGather');

/** The elements of `x` at the indices of `maxPool1dWithIndices`; see `maxPool2dGather`. */
export const maxPool1dGather: PoolingFunctions['maxPool1dGather'] = /* @__PURE__ */ bound('maxPool1dGather');

/** The plan of `maxPool1dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planMaxPool1dGather: PoolingFunctions['planMaxPool1dGather'] =
  /* @__PURE__ */ bound('planMaxPool1dGather');

/** The elements of `x` at the indices of `maxPool3dWithIndices`; see `maxPool2dGather`. */
export const maxPool3dGather: PoolingFunctions['maxPool3dGather'] = /* @__PURE__ */ bound('maxPool3dGather');

/** The plan of `maxPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planMaxPool3dGather: PoolingFunctions['planMaxPool3dGather'] =
  /* @__PURE__ */ bound('planMaxPool3dGather');

/** The elements of `x` at the indices of `globalMaxPool2dWithIndices`; see `maxPool2dGather`. */
export const globalMaxPool2dGather: PoolingFunctions['globalMaxPool2dGather'] =
  /* @__PURE__ */ bound('globalMaxPool2dGather');

/** The plan of `globalMaxPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planGlobalMaxPool2dGather: PoolingFunctions['planGlobalMaxPool2dGather'] =
  /* @__PURE__ */ bound('planGlobalMaxPool2dGather');

/** The elements of `x` at the indices of `globalMaxPool1dWithIndices`; see `maxPool2dGather`. */
export const globalMaxPool1dGather: PoolingFunctions['globalMaxPool1dGather'] =
  /* @__PURE__ */ bound('globalMaxPool1dGather');

/** The plan of `globalMaxPool1dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planGlobalMaxPool1dGather: PoolingFunctions['planGlobalMaxPool1dGather'] =
  /* @__PURE__ */ bound('planGlobalMaxPool1dGather');

/** The elements of `x` at the indices of `globalMaxPool3dWithIndices`; see `maxPool2dGather`. */
export const globalMaxPool3dGather: PoolingFunctions['globalMaxPool3dGather'] =
  /* @__PURE__ */ bound('globalMaxPool3dGather');

/** The plan of `globalMaxPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planGlobalMaxPool3dGather: PoolingFunctions['planGlobalMaxPool3dGather'] =
  /* @__PURE__ */ bound('planGlobalMaxPool3dGather');

/** The elements of `x` at the indices of `adaptiveMaxPool2dWithIndices`; see `maxPool2dGather`. */
export const adaptiveMaxPool2dGather: PoolingFunctions['adaptiveMaxPool2dGather'] =
  /* @__PURE__ */ bound('adaptiveMaxPool2dGather');

/** The plan of `adaptiveMaxPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planAdaptiveMaxPool2dGather: PoolingFunctions['planAdaptiveMaxPool2dGather'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool2dGather');

/** The elements of `x` at the indices of `adaptiveMaxPool1dWithIndices`; see `maxPool2dGather`. */
export const adaptiveMaxPool1dGather: PoolingFunctions['adaptiveMaxPool1dGather'] =
  /* @__PURE__ */ bound('adaptiveMaxPool1dGather');

/** The plan of `adaptiveMaxPool1dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planAdaptiveMaxPool1dGather: PoolingFunctions['planAdaptiveMaxPool1dGather'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool1dGather');

/** The elements of `x` at the indices of `adaptiveMaxPool3dWithIndices`; see `maxPool2dGather`. */
export const adaptiveMaxPool3dGather: PoolingFunctions['adaptiveMaxPool3dGather'] =
  /* @__PURE__ */ bound('adaptiveMaxPool3dGather');

/** The plan of `adaptiveMaxPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planAdaptiveMaxPool3dGather: PoolingFunctions['planAdaptiveMaxPool3dGather'] =
  /* @__PURE__ */ bound('planAdaptiveMaxPool3dGather');

/** The elements of `x` at the indices of `fractionalMaxPool2dWithIndices`; see `maxPool2dGather`. */
export const fractionalMaxPool2dGather: PoolingFunctions['fractionalMaxPool2dGather'] =
  /* @__PURE__ */ bound('fractionalMaxPool2dGather');

/** The plan of `fractionalMaxPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planFractionalMaxPool2dGather: PoolingFunctions['planFractionalMaxPool2dGather'] = /* @__PURE__ */ bound(
  'planFractionalMaxPool2dGather',
);

/** The elements of `x` at the indices of `fractionalMaxPool3dWithIndices`; see `maxPool2dGather`. */
export const fractionalMaxPool3dGather: PoolingFunctions['fractionalMaxPool3dGather'] =
  /* @__PURE__ */ bound('fractionalMaxPool3dGather');

/** The plan of `fractionalMaxPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planFractionalMaxPool3dGather: PoolingFunctions['planFractionalMaxPool3dGather'] = /* @__PURE__ */ bound(
  'planFractionalMaxPool3dGather',
);

/** The elements of `x` at the indices of `minPool2dWithIndices`; see `maxPool2dGather`. */
export const minPool2dGather: PoolingFunctions['minPool2dGather'] = /* @__PURE__ */ bound('minPool2dGather');

/** The plan of `minPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planMinPool2dGather: PoolingFunctions['planMinPool2dGather'] =
  /* @__PURE__ */ bound('planMinPool2dGather');

/** The elements of `x` at the indices of `minPool1dWithIndices`; see `maxPool2dGather`. */
export const minPool1dGather: PoolingFunctions['minPool1dGather'] = /* @__PURE__ */ bound('minPool1dGather');

/** The plan of `minPool1dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planMinPool1dGather: PoolingFunctions['planMinPool1dGather'] =
  /* @__PURE__ */ bound('planMinPool1dGather');

/** The elements of `x` at the indices of `minPool3dWithIndices`; see `maxPool2dGather`. */
export const minPool3dGather: PoolingFunctions['minPool3dGather'] = /* @__PURE__ */ bound('minPool3dGather');

/** The plan of `minPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planMinPool3dGather: PoolingFunctions['planMinPool3dGather'] =
  /* @__PURE__ */ bound('planMinPool3dGather');

/** The elements of `x` at the indices of `globalMinPool2dWithIndices`; see `maxPool2dGather`. */
export const globalMinPool2dGather: PoolingFunctions['globalMinPool2dGather'] =
  /* @__PURE__ */ bound('globalMinPool2dGather');

/** The plan of `globalMinPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planGlobalMinPool2dGather: PoolingFunctions['planGlobalMinPool2dGather'] =
  /* @__PURE__ */ bound('planGlobalMinPool2dGather');

/** The elements of `x` at the indices of `globalMinPool1dWithIndices`; see `maxPool2dGather`. */
export const globalMinPool1dGather: PoolingFunctions['globalMinPool1dGather'] =
  /* @__PURE__ */ bound('globalMinPool1dGather');

/** The plan of `globalMinPool1dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planGlobalMinPool1dGather: PoolingFunctions['planGlobalMinPool1dGather'] =
  /* @__PURE__ */ bound('planGlobalMinPool1dGather');

/** The elements of `x` at the indices of `globalMinPool3dWithIndices`; see `maxPool2dGather`. */
export const globalMinPool3dGather: PoolingFunctions['globalMinPool3dGather'] =
  /* @__PURE__ */ bound('globalMinPool3dGather');

/** The plan of `globalMinPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planGlobalMinPool3dGather: PoolingFunctions['planGlobalMinPool3dGather'] =
  /* @__PURE__ */ bound('planGlobalMinPool3dGather');

/** The elements of `x` at the indices of `adaptiveMinPool2dWithIndices`; see `maxPool2dGather`. */
export const adaptiveMinPool2dGather: PoolingFunctions['adaptiveMinPool2dGather'] =
  /* @__PURE__ */ bound('adaptiveMinPool2dGather');

/** The plan of `adaptiveMinPool2dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planAdaptiveMinPool2dGather: PoolingFunctions['planAdaptiveMinPool2dGather'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool2dGather');

/** The elements of `x` at the indices of `adaptiveMinPool1dWithIndices`; see `maxPool2dGather`. */
export const adaptiveMinPool1dGather: PoolingFunctions['adaptiveMinPool1dGather'] =
  /* @__PURE__ */ bound('adaptiveMinPool1dGather');

/** The plan of `adaptiveMinPool1dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planAdaptiveMinPool1dGather: PoolingFunctions['planAdaptiveMinPool1dGather'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool1dGather');

/** The elements of `x` at the indices of `adaptiveMinPool3dWithIndices`; see `maxPool2dGather`. */
export const adaptiveMinPool3dGather: PoolingFunctions['adaptiveMinPool3dGather'] =
  /* @__PURE__ */ bound('adaptiveMinPool3dGather');

/** The plan of `adaptiveMinPool3dGather`, for the shape of `x`; `run` takes `x` and the indices. */
export const planAdaptiveMinPool3dGather: PoolingFunctions['planAdaptiveMinPool3dGather'] =
  /* @__PURE__ */ bound('planAdaptiveMinPool3dGather');

/**
 * Puts results of a max pooling back where they came from, with zeros everywhere else.
 *
 * The result has (o − 1)·stride + extent − padding elements on an axis of o, or `outputSize`: as much less or more as another
 * input of the pooling may have had. `outputSize` alone is enough, since the indices say all else. Results are put back in
 * row-major order, so that of several with the same index the last one stays.
 *
 * @param x Results of a pooling, of any dtype; not written to.
 * @param indices Of the same shape: where in the result they go, as `indexing` says.
 * @returns A tensor with the same layout; `options.out` if it was given.
 * @throws RangeError for an index that names no element of its plane (−1 among them), before anything is written; TypeError
 * and RangeError as `maxPool2d`.
 * @example
 * const x = { data: Float32Array.of(5, 7), shape: [1, 2] };
 * const indices = { data: Int32Array.of(1, 2), shape: [1, 2] };
 * maxUnpool2d(x, indices, { kernelSize: [1, 2] }).data; // → [0, 5, 7, 0]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxUnpool2d.html
 */
export const maxUnpool2d: PoolingFunctions['maxUnpool2d'] = /* @__PURE__ */ bound('maxUnpool2d');

/** The plan of `maxUnpool2d`, for the shape of the indices. */
export const planMaxUnpool2d: PoolingFunctions['planMaxUnpool2d'] = /* @__PURE__ */ bound('planMaxUnpool2d');

/** `maxUnpool2d` along one axis; see there. */
export const maxUnpool1d: PoolingFunctions['maxUnpool1d'] = /* @__PURE__ */ bound('maxUnpool1d');

/** The plan of `maxUnpool1d`, for the shape of the indices. */
export const planMaxUnpool1d: PoolingFunctions['planMaxUnpool1d'] = /* @__PURE__ */ bound('planMaxUnpool1d');

/** `maxUnpool2d` over depth, height and width; see there. */
export const maxUnpool3d: PoolingFunctions['maxUnpool3d'] = /* @__PURE__ */ bound('maxUnpool3d');

/** The plan of `maxUnpool3d`, for the shape of the indices. */
export const planMaxUnpool3d: PoolingFunctions['planMaxUnpool3d'] = /* @__PURE__ */ bound('planMaxUnpool3d');

/**
 * The gradient of an unpooling with respect to `x`: the elements of `dy` at the indices. Results that shared an index all have
 * the same gradient, as in PyTorch.
 *
 * @param dy Gradient with respect to the result of the unpooling, of its shape.
 * @param indices Those of the unpooling.
 * @param options Those of the unpooling; the size of its result is that of `dy` where none of them says it.
 * @example
 * const dy = { data: Float32Array.of(1, 2, 3, 4), shape: [1, 4] };
 * const indices = { data: Int32Array.of(1, 2), shape: [1, 2] };
 * maxUnpool2dBackward(dy, indices, { kernelSize: [1, 2] }).data; // → [2, 3]
 */
export const maxUnpool2dBackward: PoolingFunctions['maxUnpool2dBackward'] =
  /* @__PURE__ */ bound('maxUnpool2dBackward');

/** The plan of `maxUnpool2dBackward`, for the shape of the indices. */
export const planMaxUnpool2dBackward: PoolingFunctions['planMaxUnpool2dBackward'] =
  /* @__PURE__ */ bound('planMaxUnpool2dBackward');

/** `maxUnpool2dBackward` along one axis; see there. */
export const maxUnpool1dBackward: PoolingFunctions['maxUnpool1dBackward'] =
  /* @__PURE__ */ bound('maxUnpool1dBackward');

/** The plan of `maxUnpool1dBackward`, for the shape of the indices. */
export const planMaxUnpool1dBackward: PoolingFunctions['planMaxUnpool1dBackward'] =
  /* @__PURE__ */ bound('planMaxUnpool1dBackward');

/** `maxUnpool2dBackward` over depth, height and width; see there. */
export const maxUnpool3dBackward: PoolingFunctions['maxUnpool3dBackward'] =
  /* @__PURE__ */ bound('maxUnpool3dBackward');

/** The plan of `maxUnpool3dBackward`, for the shape of the indices. */
export const planMaxUnpool3dBackward: PoolingFunctions['planMaxUnpool3dBackward'] =
  /* @__PURE__ */ bound('planMaxUnpool3dBackward');

export { convertIndices } from './tasks.js';
