/**
 * wasm-pooling/gradients: the gradients of all poolings and of unpoolings. The functions run on the default instance, as all
 * functions of the package.
 */
import { addGradients } from './gradient-calls.js';
import { bound } from './instance.js';
import { type GradientFunctions, makePooling, type Pooling, type PoolingOptions } from './pooling.js';

export type { BackwardPlan, IndicesBackwardPlan, LinearBackwardPlan } from './gradient-tasks.js';
export type { BackwardOptions, BackwardPlanOptions, Ties } from './options.js';
export type { GradientFunctions } from './pooling.js';

/** A set of pooling functions, and of their gradients, on one backend and one memory. Made by `createPooling`. */
export interface PoolingWithGradients extends Pooling, GradientFunctions {}

/**
 * Makes a set of pooling functions with its own backend and memory, as that of the main entry, and with gradients.
 *
 * @param options `backend`, `'auto'` unless it is given: WebAssembly, or TypeScript where that cannot be had; `module`, the
 * kernels inside the library unless it is given; `memory`, a new one unless it is given; `bandBytes`, 524288 bytes; `path`.
 * @returns The functions of both entries as methods, `alloc` for tensors in its memory, and what it runs on: `backend`,
 * `fallbackReason`.
 * @throws TypeError and RangeError for options; with `backend: 'wasm'`, what kept WebAssembly from starting.
 * @example
 * const pooling = createPooling({ backend: 'wasm' });
 * const dy = pooling.alloc('float32', [1, 2]);
 * dy.data.set([4, 6]);
 * pooling.avgPool2dBackward(dy, { inputShape: [1, 4], kernelSize: [1, 2] }).data; // → [2, 2, 3, 3]
 */
export function createPooling(options: PoolingOptions = {}): PoolingWithGradients {
  addGradients();
  return makePooling(options) as PoolingWithGradients;
}

/**
 * The gradient of {@link maxPool2d} with respect to its input: each element of `dy` goes to the element of the input that its
 * window kept, and what comes together is added up.
 *
 * Of equal elements the first takes all (`ties: 'first'`, the default), or each takes an equal part (`'share'`, which needs
 * `x`). The gradient of a NaN goes to the last NaN in the window, that of a window without elements nowhere.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link maxPool2d}, and either `x`, its input, or the `indices` that {@link maxPool2dWithIndices}
 * gave, `[n, c, oh, ow]`, with `inputShape`. Also `ties`, `'first'` unless it is given, and `indexing`, what the indices count,
 * `'plane'` unless it is given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError for gradients of integers; RangeError for an index that names no element of its plane; else as
 * {@link maxPool2d}. Nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(0, 9, 2, 3, 4, 5), shape: [1, 6] };
 * const dy = { data: Float32Array.of(10, 20, 30), shape: [1, 3] };
 * maxPool2dBackward(dy, { x, kernelSize: [1, 2] }).data; // → [0, 10, 0, 20, 0, 30]
 *
 * // The same from what was kept of the forward pass.
 * const { indices } = maxPool2dWithIndices(x, { kernelSize: [1, 2] });
 * maxPool2dBackward(dy, { indices, inputShape: [1, 6], kernelSize: [1, 2] }).data; // → [0, 10, 0, 20, 0, 30]
 * @see https://openxla.org/xla/operation_semantics#selectandscatter for the rule
 * @see https://pytorch.org/docs/stable/generated/torch.amax.html for `ties: 'share'`
 */
export const maxPool2dBackward: GradientFunctions['maxPool2dBackward'] = /* @__PURE__ */ bound(
  'maxPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link maxPool2dBackward}: all that does not depend on the data is worked out once, for a pooling of inputs of
 * `shape`, to be run often.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 * @example
 * const plan = planMaxPool2dBackward([1, 1, 2, 2], { layout: 'nchw', kernelSize: 2 });
 * plan.run(Float32Array.of(1), Float32Array.of(3, 4, 2, 0)).data; // → [0, 1, 0, 0]
 * plan.run(Float32Array.of(1), Int32Array.of(1)).data; // → [0, 1, 0, 0]
 */
export const planMaxPool2dBackward: GradientFunctions['planMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'planMaxPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link maxPool1d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link maxPool1d}, and either `x`, its input, or the `indices` that {@link maxPool1dWithIndices}
 * gave, `[n, c, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const maxPool1dBackward: GradientFunctions['maxPool1dBackward'] = /* @__PURE__ */ bound(
  'maxPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link maxPool1dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool1dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link maxPool1dBackward}.
 */
export const planMaxPool1dBackward: GradientFunctions['planMaxPool1dBackward'] = /* @__PURE__ */ bound(
  'planMaxPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link maxPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link maxPool3d}, and either `x`, its input, or the `indices` that {@link maxPool3dWithIndices}
 * gave, `[n, c, od, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const maxPool3dBackward: GradientFunctions['maxPool3dBackward'] = /* @__PURE__ */ bound(
  'maxPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link maxPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link maxPool3dBackward}.
 */
export const planMaxPool3dBackward: GradientFunctions['planMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'planMaxPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalMaxPool2d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalMaxPool2d}, and either `x`, its input, or the `indices` that
 * {@link globalMaxPool2dWithIndices} gave, `[n, c, 1, 1]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 * @example
 * const x = { data: Float32Array.of(1, 5, 2, 5), shape: [2, 2] };
 * const dy = { data: Float32Array.of(10), shape: [1, 1] };
 * globalMaxPool2dBackward(dy, { x, ties: 'share' }).data; // → [0, 5, 0, 5]
 */
export const globalMaxPool2dBackward: GradientFunctions['globalMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'globalMaxPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link globalMaxPool2dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link globalMaxPool2dBackward}.
 */
export const planGlobalMaxPool2dBackward: GradientFunctions['planGlobalMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalMaxPool1d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalMaxPool1d}, and either `x`, its input, or the `indices` that
 * {@link globalMaxPool1dWithIndices} gave, `[n, c, 1]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless
 * they are given.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const globalMaxPool1dBackward: GradientFunctions['globalMaxPool1dBackward'] = /* @__PURE__ */ bound(
  'globalMaxPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link globalMaxPool1dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool1dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link globalMaxPool1dBackward}.
 */
export const planGlobalMaxPool1dBackward: GradientFunctions['planGlobalMaxPool1dBackward'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalMaxPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalMaxPool3d}, and either `x`, its input, or the `indices` that
 * {@link globalMaxPool3dWithIndices} gave, `[n, c, 1, 1, 1]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const globalMaxPool3dBackward: GradientFunctions['globalMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'globalMaxPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link globalMaxPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMaxPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link globalMaxPool3dBackward}.
 */
export const planGlobalMaxPool3dBackward: GradientFunctions['planGlobalMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'planGlobalMaxPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveMaxPool2d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveMaxPool2d}, and either `x`, its input, or the `indices` that
 * {@link adaptiveMaxPool2dWithIndices} gave, `[n, c, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 * @example
 * const x = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [1, 5] };
 * const dy = { data: Float32Array.of(10, 20, 30), shape: [1, 3] };
 * adaptiveMaxPool2dBackward(dy, { x, outputSize: [1, 3] }).data; // → [0, 10, 0, 20, 30]
 */
export const adaptiveMaxPool2dBackward: GradientFunctions['adaptiveMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveMaxPool2dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool2dBackward}.
 */
export const planAdaptiveMaxPool2dBackward: GradientFunctions['planAdaptiveMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveMaxPool1d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveMaxPool1d}, and either `x`, its input, or the `indices` that
 * {@link adaptiveMaxPool1dWithIndices} gave, `[n, c, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const adaptiveMaxPool1dBackward: GradientFunctions['adaptiveMaxPool1dBackward'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveMaxPool1dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool1dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool1dBackward}.
 */
export const planAdaptiveMaxPool1dBackward: GradientFunctions['planAdaptiveMaxPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveMaxPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link adaptiveMaxPool3d}, and either `x`, its input, or the `indices` that
 * {@link adaptiveMaxPool3dWithIndices} gave, `[n, c, od, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing`
 * `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const adaptiveMaxPool3dBackward: GradientFunctions['adaptiveMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'adaptiveMaxPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveMaxPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMaxPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveMaxPool3dBackward}.
 */
export const planAdaptiveMaxPool3dBackward: GradientFunctions['planAdaptiveMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMaxPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link fractionalMaxPool2d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link fractionalMaxPool2d}, and either `x`, its input, or the `indices` that
 * {@link fractionalMaxPool2dWithIndices} gave, `[n, c, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing`
 * `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 * @example
 * const x = { data: Float32Array.from({ length: 9 }, (_, i) => i), shape: [3, 3] };
 * const dy = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
 * fractionalMaxPool2dBackward(dy, { x, kernelSize: 2, outputSize: 2, seed: 1 }).data; // → [0, 0, 0, 0, 1, 2, 0, 3, 4]
 * @see https://arxiv.org/abs/1412.6071 for the pooling (Graham, 2014)
 */
export const fractionalMaxPool2dBackward: GradientFunctions['fractionalMaxPool2dBackward'] = /* @__PURE__ */ bound(
  'fractionalMaxPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link fractionalMaxPool2dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link fractionalMaxPool2dBackward}.
 */
export const planFractionalMaxPool2dBackward: GradientFunctions['planFractionalMaxPool2dBackward'] =
  /* @__PURE__ */ bound('planFractionalMaxPool2dBackward', addGradients);

/**
 * The gradient of {@link fractionalMaxPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link fractionalMaxPool3d}, and either `x`, its input, or the `indices` that
 * {@link fractionalMaxPool3dWithIndices} gave, `[n, c, od, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing`
 * `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const fractionalMaxPool3dBackward: GradientFunctions['fractionalMaxPool3dBackward'] = /* @__PURE__ */ bound(
  'fractionalMaxPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link fractionalMaxPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link fractionalMaxPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link fractionalMaxPool3dBackward}.
 */
export const planFractionalMaxPool3dBackward: GradientFunctions['planFractionalMaxPool3dBackward'] =
  /* @__PURE__ */ bound('planFractionalMaxPool3dBackward', addGradients);

/**
 * The gradient of {@link minPool2d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for the least
 * element.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link minPool2d}, and either `x`, its input, or the `indices` that {@link minPool2dWithIndices}
 * gave, `[n, c, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 * @example
 * const x = { data: Float32Array.of(4, 1, 2, 3), shape: [2, 2] };
 * minPool2dBackward({ data: Float32Array.of(10), shape: [1, 1] }, { x, kernelSize: 2 }).data; // → [0, 10, 0, 0]
 */
export const minPool2dBackward: GradientFunctions['minPool2dBackward'] = /* @__PURE__ */ bound(
  'minPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link minPool2dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link minPool2dBackward}.
 */
export const planMinPool2dBackward: GradientFunctions['planMinPool2dBackward'] = /* @__PURE__ */ bound(
  'planMinPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link minPool1d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for the least
 * element.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link minPool1d}, and either `x`, its input, or the `indices` that {@link minPool1dWithIndices}
 * gave, `[n, c, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const minPool1dBackward: GradientFunctions['minPool1dBackward'] = /* @__PURE__ */ bound(
  'minPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link minPool1dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool1dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link minPool1dBackward}.
 */
export const planMinPool1dBackward: GradientFunctions['planMinPool1dBackward'] = /* @__PURE__ */ bound(
  'planMinPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link minPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for the least
 * element.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link minPool3d}, and either `x`, its input, or the `indices` that {@link minPool3dWithIndices}
 * gave, `[n, c, od, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const minPool3dBackward: GradientFunctions['minPool3dBackward'] = /* @__PURE__ */ bound(
  'minPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link minPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link minPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link minPool3dBackward}.
 */
export const planMinPool3dBackward: GradientFunctions['planMinPool3dBackward'] = /* @__PURE__ */ bound(
  'planMinPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalMinPool2d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for the
 * least element.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalMinPool2d}, and either `x`, its input, or the `indices` that
 * {@link globalMinPool2dWithIndices} gave, `[n, c, 1, 1]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const globalMinPool2dBackward: GradientFunctions['globalMinPool2dBackward'] = /* @__PURE__ */ bound(
  'globalMinPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link globalMinPool2dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link globalMinPool2dBackward}.
 */
export const planGlobalMinPool2dBackward: GradientFunctions['planGlobalMinPool2dBackward'] = /* @__PURE__ */ bound(
  'planGlobalMinPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalMinPool1d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for the
 * least element.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalMinPool1d}, and either `x`, its input, or the `indices` that
 * {@link globalMinPool1dWithIndices} gave, `[n, c, 1]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'` unless
 * they are given.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const globalMinPool1dBackward: GradientFunctions['globalMinPool1dBackward'] = /* @__PURE__ */ bound(
  'globalMinPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link globalMinPool1dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool1dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link globalMinPool1dBackward}.
 */
export const planGlobalMinPool1dBackward: GradientFunctions['planGlobalMinPool1dBackward'] = /* @__PURE__ */ bound(
  'planGlobalMinPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalMinPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for the
 * least element.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalMinPool3d}, and either `x`, its input, or the `indices` that
 * {@link globalMinPool3dWithIndices} gave, `[n, c, 1, 1, 1]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const globalMinPool3dBackward: GradientFunctions['globalMinPool3dBackward'] = /* @__PURE__ */ bound(
  'globalMinPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link globalMinPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalMinPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of the
 * gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link globalMinPool3dBackward}.
 */
export const planGlobalMinPool3dBackward: GradientFunctions['planGlobalMinPool3dBackward'] = /* @__PURE__ */ bound(
  'planGlobalMinPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveMinPool2d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for
 * the least element.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveMinPool2d}, and either `x`, its input, or the `indices` that
 * {@link adaptiveMinPool2dWithIndices} gave, `[n, c, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const adaptiveMinPool2dBackward: GradientFunctions['adaptiveMinPool2dBackward'] = /* @__PURE__ */ bound(
  'adaptiveMinPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveMinPool2dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool2dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool2dBackward}.
 */
export const planAdaptiveMinPool2dBackward: GradientFunctions['planAdaptiveMinPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveMinPool1d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for
 * the least element.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveMinPool1d}, and either `x`, its input, or the `indices` that
 * {@link adaptiveMinPool1dWithIndices} gave, `[n, c, ow]`, with `inputShape`. `ties` is `'first'` and `indexing` `'plane'`
 * unless they are given.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const adaptiveMinPool1dBackward: GradientFunctions['adaptiveMinPool1dBackward'] = /* @__PURE__ */ bound(
  'adaptiveMinPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveMinPool1dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool1dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool1dBackward}.
 */
export const planAdaptiveMinPool1dBackward: GradientFunctions['planAdaptiveMinPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveMinPool3d} with respect to its input; the rules are those of {@link maxPool2dBackward}, for
 * the least element.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link adaptiveMinPool3d}, and either `x`, its input, or the `indices` that
 * {@link adaptiveMinPool3dWithIndices} gave, `[n, c, od, oh, ow]`, with `inputShape`. `ties` is `'first'` and `indexing`
 * `'plane'` unless they are given.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxPool2dBackward}.
 */
export const adaptiveMinPool3dBackward: GradientFunctions['adaptiveMinPool3dBackward'] = /* @__PURE__ */ bound(
  'adaptiveMinPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveMinPool3dBackward}, for a pooling of inputs of `shape`; see {@link planMaxPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveMinPool3dBackward} but for `x`, `indices`, `inputShape` and `out`; `dtype` is that of
 * the gradients, `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, from, out?)` takes the pooling's input or, in an `Int32Array`, its indices as `from`, and
 * gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveMinPool3dBackward}.
 */
export const planAdaptiveMinPool3dBackward: GradientFunctions['planAdaptiveMinPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveMinPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link avgPool2d} with respect to its input: each element of `dy` is divided by what the pooling divided by
 * and added to all elements of its window. An element in no window has 0.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link avgPool2d}, and `inputShape`, the shape of its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError for gradients of integers; else TypeError and RangeError as {@link avgPool2d}. Nothing has been written
 * then.
 * @example
 * const dy = { data: Float32Array.of(6, 10), shape: [1, 2] };
 * avgPool2dBackward(dy, { inputShape: [1, 3], kernelSize: [1, 2], stride: 1 }).data; // → [3, 8, 5]
 * @see https://onnx.ai/onnx/operators/onnx__AveragePool.html for the divisors
 */
export const avgPool2dBackward: GradientFunctions['avgPool2dBackward'] = /* @__PURE__ */ bound(
  'avgPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link avgPool2dBackward}: all that does not depend on the data is worked out once, for a pooling of inputs of
 * `shape`, to be run often.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link avgPool2dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 * @example
 * planAvgPool2dBackward([2, 2], { kernelSize: 2 }).run(Float32Array.of(4)).data; // → [1, 1, 1, 1]
 */
export const planAvgPool2dBackward: GradientFunctions['planAvgPool2dBackward'] = /* @__PURE__ */ bound(
  'planAvgPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link avgPool1d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link avgPool1d}, and `inputShape`, the shape of its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const avgPool1dBackward: GradientFunctions['avgPool1dBackward'] = /* @__PURE__ */ bound(
  'avgPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link avgPool1dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link avgPool1dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link avgPool1dBackward}.
 */
export const planAvgPool1dBackward: GradientFunctions['planAvgPool1dBackward'] = /* @__PURE__ */ bound(
  'planAvgPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link avgPool3d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link avgPool3d}, and `inputShape`, the shape of its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const avgPool3dBackward: GradientFunctions['avgPool3dBackward'] = /* @__PURE__ */ bound(
  'avgPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link avgPool3dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link avgPool3dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link avgPool3dBackward}.
 */
export const planAvgPool3dBackward: GradientFunctions['planAvgPool3dBackward'] = /* @__PURE__ */ bound(
  'planAvgPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalAvgPool2d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalAvgPool2d}, and `inputShape`, the shape of its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 * @example
 * const dy = { data: Float32Array.of(8), shape: [1, 1] };
 * globalAvgPool2dBackward(dy, { inputShape: [2, 2] }).data; // → [2, 2, 2, 2]
 */
export const globalAvgPool2dBackward: GradientFunctions['globalAvgPool2dBackward'] = /* @__PURE__ */ bound(
  'globalAvgPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link globalAvgPool2dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalAvgPool2dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link globalAvgPool2dBackward}.
 */
export const planGlobalAvgPool2dBackward: GradientFunctions['planGlobalAvgPool2dBackward'] = /* @__PURE__ */ bound(
  'planGlobalAvgPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalAvgPool1d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalAvgPool1d}, and `inputShape`, the shape of its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const globalAvgPool1dBackward: GradientFunctions['globalAvgPool1dBackward'] = /* @__PURE__ */ bound(
  'globalAvgPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link globalAvgPool1dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalAvgPool1dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link globalAvgPool1dBackward}.
 */
export const planGlobalAvgPool1dBackward: GradientFunctions['planGlobalAvgPool1dBackward'] = /* @__PURE__ */ bound(
  'planGlobalAvgPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalAvgPool3d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalAvgPool3d}, and `inputShape`, the shape of its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const globalAvgPool3dBackward: GradientFunctions['globalAvgPool3dBackward'] = /* @__PURE__ */ bound(
  'globalAvgPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link globalAvgPool3dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalAvgPool3dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link globalAvgPool3dBackward}.
 */
export const planGlobalAvgPool3dBackward: GradientFunctions['planGlobalAvgPool3dBackward'] = /* @__PURE__ */ bound(
  'planGlobalAvgPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveAvgPool2d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveAvgPool2d}, and `inputShape`, the shape of its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 * @example
 * const dy = { data: Float32Array.of(6, 12), shape: [1, 2] };
 * adaptiveAvgPool2dBackward(dy, { inputShape: [1, 3], outputSize: [1, 2] }).data; // → [3, 9, 6]
 */
export const adaptiveAvgPool2dBackward: GradientFunctions['adaptiveAvgPool2dBackward'] = /* @__PURE__ */ bound(
  'adaptiveAvgPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveAvgPool2dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveAvgPool2dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveAvgPool2dBackward}.
 */
export const planAdaptiveAvgPool2dBackward: GradientFunctions['planAdaptiveAvgPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveAvgPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveAvgPool1d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveAvgPool1d}, and `inputShape`, the shape of its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const adaptiveAvgPool1dBackward: GradientFunctions['adaptiveAvgPool1dBackward'] = /* @__PURE__ */ bound(
  'adaptiveAvgPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveAvgPool1dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveAvgPool1dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link adaptiveAvgPool1dBackward}.
 */
export const planAdaptiveAvgPool1dBackward: GradientFunctions['planAdaptiveAvgPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveAvgPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveAvgPool3d} with respect to its input; the rules are those of {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link adaptiveAvgPool3d}, and `inputShape`, the shape of its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const adaptiveAvgPool3dBackward: GradientFunctions['adaptiveAvgPool3dBackward'] = /* @__PURE__ */ bound(
  'adaptiveAvgPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveAvgPool3dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveAvgPool3dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveAvgPool3dBackward}.
 */
export const planAdaptiveAvgPool3dBackward: GradientFunctions['planAdaptiveAvgPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveAvgPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link sumPool2d} with respect to its input: each element of `dy` is added to all elements of its window. The
 * rest is as for {@link avgPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link sumPool2d}, and `inputShape`, the shape of its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 * @example
 * const dy = { data: Float32Array.of(6, 10), shape: [1, 2] };
 * sumPool2dBackward(dy, { inputShape: [1, 3], kernelSize: [1, 2], stride: 1 }).data; // → [6, 16, 10]
 */
export const sumPool2dBackward: GradientFunctions['sumPool2dBackward'] = /* @__PURE__ */ bound(
  'sumPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link sumPool2dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link sumPool2dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link sumPool2dBackward}.
 */
export const planSumPool2dBackward: GradientFunctions['planSumPool2dBackward'] = /* @__PURE__ */ bound(
  'planSumPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link sumPool1d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link sumPool1d}, and `inputShape`, the shape of its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const sumPool1dBackward: GradientFunctions['sumPool1dBackward'] = /* @__PURE__ */ bound(
  'sumPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link sumPool1dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link sumPool1dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link sumPool1dBackward}.
 */
export const planSumPool1dBackward: GradientFunctions['planSumPool1dBackward'] = /* @__PURE__ */ bound(
  'planSumPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link sumPool3d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link sumPool3d}, and `inputShape`, the shape of its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const sumPool3dBackward: GradientFunctions['sumPool3dBackward'] = /* @__PURE__ */ bound(
  'sumPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link sumPool3dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link sumPool3dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link sumPool3dBackward}.
 */
export const planSumPool3dBackward: GradientFunctions['planSumPool3dBackward'] = /* @__PURE__ */ bound(
  'planSumPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalSumPool2d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalSumPool2d}, and `inputShape`, the shape of its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const globalSumPool2dBackward: GradientFunctions['globalSumPool2dBackward'] = /* @__PURE__ */ bound(
  'globalSumPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link globalSumPool2dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalSumPool2dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link globalSumPool2dBackward}.
 */
export const planGlobalSumPool2dBackward: GradientFunctions['planGlobalSumPool2dBackward'] = /* @__PURE__ */ bound(
  'planGlobalSumPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalSumPool1d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalSumPool1d}, and `inputShape`, the shape of its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const globalSumPool1dBackward: GradientFunctions['globalSumPool1dBackward'] = /* @__PURE__ */ bound(
  'globalSumPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link globalSumPool1dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalSumPool1dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link globalSumPool1dBackward}.
 */
export const planGlobalSumPool1dBackward: GradientFunctions['planGlobalSumPool1dBackward'] = /* @__PURE__ */ bound(
  'planGlobalSumPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalSumPool3d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalSumPool3d}, and `inputShape`, the shape of its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const globalSumPool3dBackward: GradientFunctions['globalSumPool3dBackward'] = /* @__PURE__ */ bound(
  'globalSumPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link globalSumPool3dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalSumPool3dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link globalSumPool3dBackward}.
 */
export const planGlobalSumPool3dBackward: GradientFunctions['planGlobalSumPool3dBackward'] = /* @__PURE__ */ bound(
  'planGlobalSumPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveSumPool2d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveSumPool2d}, and `inputShape`, the shape of its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const adaptiveSumPool2dBackward: GradientFunctions['adaptiveSumPool2dBackward'] = /* @__PURE__ */ bound(
  'adaptiveSumPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveSumPool2dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveSumPool2dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveSumPool2dBackward}.
 */
export const planAdaptiveSumPool2dBackward: GradientFunctions['planAdaptiveSumPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveSumPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveSumPool1d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveSumPool1d}, and `inputShape`, the shape of its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const adaptiveSumPool1dBackward: GradientFunctions['adaptiveSumPool1dBackward'] = /* @__PURE__ */ bound(
  'adaptiveSumPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveSumPool1dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveSumPool1dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link adaptiveSumPool1dBackward}.
 */
export const planAdaptiveSumPool1dBackward: GradientFunctions['planAdaptiveSumPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveSumPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveSumPool3d} with respect to its input; the rules are those of {@link sumPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link adaptiveSumPool3d}, and `inputShape`, the shape of its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link avgPool2dBackward}.
 */
export const adaptiveSumPool3dBackward: GradientFunctions['adaptiveSumPool3dBackward'] = /* @__PURE__ */ bound(
  'adaptiveSumPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveSumPool3dBackward}, for a pooling of inputs of `shape`; see {@link planAvgPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveSumPool3dBackward} but for `inputShape` and `out`; `dtype` is that of the gradients,
 * `'float32'` unless it is given.
 * @returns A plan, whose `run(dy, out?)` takes the gradient alone, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveSumPool3dBackward}.
 */
export const planAdaptiveSumPool3dBackward: GradientFunctions['planAdaptiveSumPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveSumPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link lpPool2d} with respect to its input `x`: the sum of sign(x)·|x|^(p−1)·y^(1−p)·dy over the windows that
 * x is in, y being the norm of each. That of an x that is 0 is 0, whatever p; for `p: Infinity` all of dy goes to the first of
 * the largest |x|, times its sign.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link lpPool2d}, and `x`, its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError for gradients of integers; else TypeError and RangeError as {@link lpPool2d}. Nothing has been written
 * then.
 * @example
 * const x = { data: Float32Array.of(3, -4), shape: [1, 2] };
 * lpPool2dBackward({ data: Float32Array.of(10), shape: [1, 1] }, { x, kernelSize: [1, 2] }).data; // → [6, -8]
 * @see https://onnx.ai/onnx/operators/onnx__LpPool.html for the norm
 */
export const lpPool2dBackward: GradientFunctions['lpPool2dBackward'] = /* @__PURE__ */ bound(
  'lpPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link lpPool2dBackward}: all that does not depend on the data is worked out once, for a pooling of inputs of
 * `shape`, to be run often.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link lpPool2dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 * @example
 * planLpPool2dBackward([1, 2], { kernelSize: [1, 2] }).run(Float32Array.of(10), Float32Array.of(3, -4)).data; // → [6, -8]
 */
export const planLpPool2dBackward: GradientFunctions['planLpPool2dBackward'] = /* @__PURE__ */ bound(
  'planLpPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link lpPool1d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link lpPool1d}, and `x`, its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const lpPool1dBackward: GradientFunctions['lpPool1dBackward'] = /* @__PURE__ */ bound(
  'lpPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link lpPool1dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link lpPool1dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link lpPool1dBackward}.
 */
export const planLpPool1dBackward: GradientFunctions['planLpPool1dBackward'] = /* @__PURE__ */ bound(
  'planLpPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link lpPool3d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link lpPool3d}, and `x`, its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const lpPool3dBackward: GradientFunctions['lpPool3dBackward'] = /* @__PURE__ */ bound(
  'lpPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link lpPool3dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link lpPool3dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'` unless it
 * is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link lpPool3dBackward}.
 */
export const planLpPool3dBackward: GradientFunctions['planLpPool3dBackward'] = /* @__PURE__ */ bound(
  'planLpPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalLpPool2d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalLpPool2d}, and `x`, its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const globalLpPool2dBackward: GradientFunctions['globalLpPool2dBackward'] = /* @__PURE__ */ bound(
  'globalLpPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link globalLpPool2dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalLpPool2dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link globalLpPool2dBackward}.
 */
export const planGlobalLpPool2dBackward: GradientFunctions['planGlobalLpPool2dBackward'] = /* @__PURE__ */ bound(
  'planGlobalLpPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalLpPool1d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalLpPool1d}, and `x`, its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const globalLpPool1dBackward: GradientFunctions['globalLpPool1dBackward'] = /* @__PURE__ */ bound(
  'globalLpPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link globalLpPool1dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalLpPool1dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link globalLpPool1dBackward}.
 */
export const planGlobalLpPool1dBackward: GradientFunctions['planGlobalLpPool1dBackward'] = /* @__PURE__ */ bound(
  'planGlobalLpPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link globalLpPool3d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, 1, 1, 1]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link globalLpPool3d}, and `x`, its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const globalLpPool3dBackward: GradientFunctions['globalLpPool3dBackward'] = /* @__PURE__ */ bound(
  'globalLpPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link globalLpPool3dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link globalLpPool3dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link globalLpPool3dBackward}.
 */
export const planGlobalLpPool3dBackward: GradientFunctions['planGlobalLpPool3dBackward'] = /* @__PURE__ */ bound(
  'planGlobalLpPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveLpPool2d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveLpPool2d}, and `x`, its input, `[n, c, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const adaptiveLpPool2dBackward: GradientFunctions['adaptiveLpPool2dBackward'] = /* @__PURE__ */ bound(
  'adaptiveLpPool2dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveLpPool2dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveLpPool2dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveLpPool2dBackward}.
 */
export const planAdaptiveLpPool2dBackward: GradientFunctions['planAdaptiveLpPool2dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveLpPool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveLpPool1d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`; of
 * floats; not written to.
 * @param options Those of {@link adaptiveLpPool1d}, and `x`, its input, `[n, c, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const adaptiveLpPool1dBackward: GradientFunctions['adaptiveLpPool1dBackward'] = /* @__PURE__ */ bound(
  'adaptiveLpPool1dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveLpPool1dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveLpPool1dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, w]`.
 * @throws TypeError and RangeError as {@link adaptiveLpPool1dBackward}.
 */
export const planAdaptiveLpPool1dBackward: GradientFunctions['planAdaptiveLpPool1dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveLpPool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link adaptiveLpPool3d} with respect to its input; the rules are those of {@link lpPool2dBackward}.
 *
 * @param dy Gradient with respect to the result, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`;
 * of floats; not written to.
 * @param options Those of {@link adaptiveLpPool3d}, and `x`, its input, `[n, c, d, h, w]`, required.
 * @returns The gradient with respect to the input, `[n, c, d, h, w]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link lpPool2dBackward}.
 */
export const adaptiveLpPool3dBackward: GradientFunctions['adaptiveLpPool3dBackward'] = /* @__PURE__ */ bound(
  'adaptiveLpPool3dBackward',
  addGradients,
);

/**
 * The plan of {@link adaptiveLpPool3dBackward}, for a pooling of inputs of `shape`; see {@link planLpPool2dBackward}.
 *
 * @param shape Shape of the pooling's input, `[n, c, d, h, w]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link adaptiveLpPool3dBackward} but for `x` and `out`; `dtype` is that of the gradients, `'float32'`
 * unless it is given.
 * @returns A plan, whose `run(dy, x, out?)` takes both, and gives `[n, c, d, h, w]`.
 * @throws TypeError and RangeError as {@link adaptiveLpPool3dBackward}.
 */
export const planAdaptiveLpPool3dBackward: GradientFunctions['planAdaptiveLpPool3dBackward'] = /* @__PURE__ */ bound(
  'planAdaptiveLpPool3dBackward',
  addGradients,
);

/**
 * The gradient of {@link maxUnpool2d} with respect to its `x`: the elements of `dy` at the indices. Of several results with the
 * same index each has that gradient, though only the last one is in the unpooled tensor.
 *
 * @param dy Gradient with respect to the unpooled tensor, `[n, c, h, w]` in the order that `layout` names, or without `n` and
 * `c`; not written to.
 * @param indices Those of the unpooling, `[n, c, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link maxUnpool2d}; with `layout` alone, the unpooled size is that of `dy`.
 * @returns The gradient with respect to `x`, `[n, c, oh, ow]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxUnpool2d}.
 * @example
 * const dy = { data: Float32Array.of(1, 2, 3, 4), shape: [1, 4] };
 * const indices = { data: Int32Array.of(1, 2), shape: [1, 2] };
 * maxUnpool2dBackward(dy, indices, { kernelSize: [1, 2] }).data; // → [2, 3]
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxUnpool2d.html
 */
export const maxUnpool2dBackward: GradientFunctions['maxUnpool2dBackward'] = /* @__PURE__ */ bound(
  'maxUnpool2dBackward',
  addGradients,
);

/**
 * The plan of {@link maxUnpool2dBackward}: all that does not depend on the data is worked out once, for indices of `shape`, to
 * be run often.
 *
 * @param shape Shape of the indices, `[n, c, oh, ow]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxUnpool2dBackward} but for `out`; `dtype` is that of `dy`, `'float32'` unless it is given.
 * `kernelSize` or `outputSize` is required.
 * @returns A plan, whose `run(dy, indices, out?)` gives `[n, c, oh, ow]`.
 * @throws TypeError and RangeError as {@link maxUnpool2dBackward}.
 * @example
 * const plan = planMaxUnpool2dBackward([1, 2], { kernelSize: [1, 2] });
 * plan.run(Float32Array.of(1, 2, 3, 4), Int32Array.of(1, 2)).data; // → [2, 3]
 */
export const planMaxUnpool2dBackward: GradientFunctions['planMaxUnpool2dBackward'] = /* @__PURE__ */ bound(
  'planMaxUnpool2dBackward',
  addGradients,
);

/**
 * The gradient of {@link maxUnpool1d} with respect to its `x`; see {@link maxUnpool2dBackward}.
 *
 * @param dy Gradient with respect to the unpooled tensor, `[n, c, w]` in the order that `layout` names, or without `n` and `c`;
 * not written to.
 * @param indices Those of the unpooling, `[n, c, ow]`, in an `Int32Array`.
 * @param options Those of {@link maxUnpool1d}; with `layout` alone, the unpooled size is that of `dy`.
 * @returns The gradient with respect to `x`, `[n, c, ow]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxUnpool1d}.
 */
export const maxUnpool1dBackward: GradientFunctions['maxUnpool1dBackward'] = /* @__PURE__ */ bound(
  'maxUnpool1dBackward',
  addGradients,
);

/**
 * The plan of {@link maxUnpool1dBackward}, for indices of `shape`; see {@link planMaxUnpool2dBackward}.
 *
 * @param shape Shape of the indices, `[n, c, ow]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxUnpool1dBackward} but for `out`; `dtype` is that of `dy`, `'float32'` unless it is given.
 * `kernelSize` or `outputSize` is required.
 * @returns A plan, whose `run(dy, indices, out?)` gives `[n, c, ow]`.
 * @throws TypeError and RangeError as {@link maxUnpool1dBackward}.
 */
export const planMaxUnpool1dBackward: GradientFunctions['planMaxUnpool1dBackward'] = /* @__PURE__ */ bound(
  'planMaxUnpool1dBackward',
  addGradients,
);

/**
 * The gradient of {@link maxUnpool3d} with respect to its `x`; see {@link maxUnpool2dBackward}.
 *
 * @param dy Gradient with respect to the unpooled tensor, `[n, c, d, h, w]` in the order that `layout` names, or without `n`
 * and `c`; not written to.
 * @param indices Those of the unpooling, `[n, c, od, oh, ow]`, in an `Int32Array`.
 * @param options Those of {@link maxUnpool3d}; with `layout` alone, the unpooled size is that of `dy`.
 * @returns The gradient with respect to `x`, `[n, c, od, oh, ow]`, of the dtype of `dy`; `options.out` if it was given.
 * @throws TypeError and RangeError as {@link maxUnpool3d}.
 */
export const maxUnpool3dBackward: GradientFunctions['maxUnpool3dBackward'] = /* @__PURE__ */ bound(
  'maxUnpool3dBackward',
  addGradients,
);

/**
 * The plan of {@link maxUnpool3dBackward}, for indices of `shape`; see {@link planMaxUnpool2dBackward}.
 *
 * @param shape Shape of the indices, `[n, c, od, oh, ow]` in the order that `layout` names, or without `n` and `c`.
 * @param options As for {@link maxUnpool3dBackward} but for `out`; `dtype` is that of `dy`, `'float32'` unless it is given.
 * `kernelSize` or `outputSize` is required.
 * @returns A plan, whose `run(dy, indices, out?)` gives `[n, c, od, oh, ow]`.
 * @throws TypeError and RangeError as {@link maxUnpool3dBackward}.
 */
export const planMaxUnpool3dBackward: GradientFunctions['planMaxUnpool3dBackward'] = /* @__PURE__ */ bound(
  'planMaxUnpool3dBackward',
  addGradients,
);
