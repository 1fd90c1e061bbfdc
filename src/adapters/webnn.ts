/**
 * `wasm-pooling/webnn`: the pooling operations of WebNN, for polyfills of `MLGraphBuilder` and for code that has its options.
 *
 * Options are those of the draft of June 2026, with what the web platform tests settle where it contradicts itself: padding
 * counts where `outputSizes` are given, and these need not be smaller than the strides. As in WebNN, all that is wrong with
 * an operation is a TypeError.
 */
import * as library from '../index.js';
import type { PoolingFunctions, PoolPlan } from '../pooling.js';
import { checkShape, type DType, describe, dtypeOf, type Tensor, type TypedArray } from '../tensor.js';
import { callAs, functionOf, readChoice, readIntegers, readNames } from './attributes.js';

/** Element types of WebNN that can be pooled. */
export type MLDataType = 'float32' | 'float16' | 'int32' | 'uint32' | 'int8' | 'uint8';

/** What a graph knows of an operand while it is built. */
export interface MLDescriptor {
  /** Name of the element type. */
  readonly dataType: MLDataType;
  /** Four axes, in the order of `layout`. */
  readonly shape: readonly number[];
}

/** `MLPool2dOptions` of the specification. */
export interface MLPool2dOptions {
  /** `[height, width]`. Default: those of the input. */
  windowDimensions?: readonly number[];
  /** `[beginning height, ending height, beginning width, ending width]`. Default 0. */
  padding?: readonly number[];
  /** `[height, width]`. Default 1. */
  strides?: readonly number[];
  /** `[height, width]`. Default 1. */
  dilations?: readonly number[];
  /** Default `'nchw'`. */
  layout?: 'nchw' | 'nhwc';
  /** Default `'floor'`. With `'ceil'` a last window may lie wholly in the padding: see the page on WebNN. */
  outputShapeRounding?: 'floor' | 'ceil';
  /** What `outputShapeRounding` was called before. */
  roundingType?: 'floor' | 'ceil';
  /** `[height, width]`: the sizes rounded down, or both rounded up. Wins over the rounding. */
  outputSizes?: readonly number[];
  /** Not used. */
  label?: string;
}

/** What is not in the graph. */
export interface WebnnOptions<A extends TypedArray = TypedArray> {
  /** Where to write the result. Default: a new array. */
  out?: Tensor<A>;
  /** The pooling that runs it, from `createPooling`. Default: that of the functions of `wasm-pooling`. */
  pooling?: PoolingFunctions;
}

/** A tensor, with the name of its element type where its array does not tell: `'float16'` for bits in a `Uint16Array`. */
export interface MLInput<A extends TypedArray = TypedArray> extends Tensor<A> {
  /** Default: the array's. */
  readonly dataType?: MLDataType;
}

/**
 * The largest element of each window.
 *
 * @param input `[n, c, h, w]`, or `[n, h, w, c]` with `layout: 'nhwc'`, of float32, float16, int32, uint32, int8 or uint8; not
 * written to.
 * @param options Defaults: `windowDimensions` are those of the input, `strides` and `dilations` 1, `padding` 0, `layout`
 * `'nchw'`, `outputShapeRounding` `'floor'`. Lists are `[height, width]`, padding is
 * `[beginning height, ending height, beginning width, ending width]`.
 * @param own `out`, a new tensor unless it is given, and `pooling`, from `createPooling`.
 * @returns `[n, c, oh, ow]`, or `[n, oh, ow, c]`, of the type of the input.
 * @throws TypeError for whatever is wrong; nothing has been written then.
 * @example
 * const input = { data: Float32Array.of(1, 2, 3, 4), shape: [1, 1, 2, 2] };
 * maxPool2d(input).data; // → [4]
 * @see https://www.w3.org/TR/webnn/#api-mlgraphbuilder-pool2d
 */
export function maxPool2d<A extends TypedArray>(
  input: MLInput<A>,
  options?: MLPool2dOptions,
  own?: WebnnOptions<A>,
): Tensor<A> {
  return pool('maxPool2d', input, options, own);
}

/**
 * The mean of each window, padding not counted.
 *
 * @param input As for {@link maxPool2d}, `[n, c, h, w]` or `[n, h, w, c]`, but of floats.
 * @param options As for {@link maxPool2d}.
 * @param own As for {@link maxPool2d}.
 * @returns `[n, c, oh, ow]`, or `[n, oh, ow, c]`, of the type of the input.
 * @throws TypeError as {@link maxPool2d}.
 * @example
 * averagePool2d({ data: Float32Array.of(1, 2, 3, 4), shape: [1, 1, 2, 2] }).data; // → [2.5]
 */
export function averagePool2d<A extends TypedArray>(
  input: MLInput<A>,
  options?: MLPool2dOptions,
  own?: WebnnOptions<A>,
): Tensor<A> {
  return pool('averagePool2d', input, options, own);
}

/**
 * √Σx² of each window.
 *
 * @param input As for {@link maxPool2d}, `[n, c, h, w]` or `[n, h, w, c]`, but of floats.
 * @param options As for {@link maxPool2d}.
 * @param own As for {@link maxPool2d}.
 * @returns `[n, c, oh, ow]`, or `[n, oh, ow, c]`, of the type of the input.
 * @throws TypeError as {@link maxPool2d}.
 * @example
 * l2Pool2d({ data: Float32Array.of(3, -4), shape: [1, 1, 1, 2] }).data; // → [5]
 */
export function l2Pool2d<A extends TypedArray>(
  input: MLInput<A>,
  options?: MLPool2dOptions,
  own?: WebnnOptions<A>,
): Tensor<A> {
  return pool('l2Pool2d', input, options, own);
}

/**
 * The plan of {@link maxPool2d}: `outputShape` while a graph is built, `run(x, out)` when it is dispatched.
 *
 * @param input Element type and shape, `[n, c, h, w]` or `[n, h, w, c]`, of the inputs to come.
 * @param options As for {@link maxPool2d}.
 * @param own `pooling`, from `createPooling`.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`, or `[n, oh, ow, c]`.
 * @throws TypeError as {@link maxPool2d}.
 * @example
 * const plan = planMaxPool2d({ dataType: 'float32', shape: [1, 3, 4, 4] }, { windowDimensions: [2, 2] });
 * plan.outputShape; // → [1, 3, 3, 3]
 */
export function planMaxPool2d(
  input: MLDescriptor,
  options?: MLPool2dOptions,
  own?: Pick<WebnnOptions, 'pooling'>,
): PoolPlan {
  return plan('maxPool2d', input, options, own);
}

/**
 * The plan of {@link averagePool2d}; see {@link planMaxPool2d}.
 *
 * @param input Element type and shape, `[n, c, h, w]` or `[n, h, w, c]`, of the inputs to come.
 * @param options As for {@link maxPool2d}.
 * @param own `pooling`, from `createPooling`.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`, or `[n, oh, ow, c]`.
 * @throws TypeError as {@link averagePool2d}.
 */
export function planAveragePool2d(
  input: MLDescriptor,
  options?: MLPool2dOptions,
  own?: Pick<WebnnOptions, 'pooling'>,
): PoolPlan {
  return plan('averagePool2d', input, options, own);
}

/**
 * The plan of {@link l2Pool2d}; see {@link planMaxPool2d}.
 *
 * @param input Element type and shape, `[n, c, h, w]` or `[n, h, w, c]`, of the inputs to come.
 * @param options As for {@link maxPool2d}.
 * @param own `pooling`, from `createPooling`.
 * @returns A plan, whose `run(x, out?)` gives `[n, c, oh, ow]`, or `[n, oh, ow, c]`.
 * @throws TypeError as {@link l2Pool2d}.
 */
export function planL2Pool2d(
  input: MLDescriptor,
  options?: MLPool2dOptions,
  own?: Pick<WebnnOptions, 'pooling'>,
): PoolPlan {
  return plan('l2Pool2d', input, options, own);
}

/** The functions of the package that operations are made of. */
const LIBRARY = {
  avgPool2d: library.avgPool2d,
  lpPool2d: library.lpPool2d,
  maxPool2d: library.maxPool2d,
  planAvgPool2d: library.planAvgPool2d,
  planLpPool2d: library.planLpPool2d,
  planMaxPool2d: library.planMaxPool2d,
};

/** Operations by name: their function of the library, that of its plan, and whether integers have them. */
const OPERATIONS = {
  maxPool2d: { call: 'maxPool2d', plan: 'planMaxPool2d', floatsOnly: false },
  averagePool2d: { call: 'avgPool2d', plan: 'planAvgPool2d', floatsOnly: true },
  l2Pool2d: { call: 'lpPool2d', plan: 'planLpPool2d', floatsOnly: true },
} as const;

type Operation = keyof typeof OPERATIONS;

const DATA_TYPES: readonly MLDataType[] = ['float32', 'float16', 'int32', 'uint32', 'int8', 'uint8'];
const NAMES = [
  'windowDimensions',
  'padding',
  'strides',
  'dilations',
  'layout',
  'outputShapeRounding',
  'roundingType',
  'outputSizes',
  'label',
];

function pool<A extends TypedArray>(
  fn: Operation,
  input: MLInput<A>,
  options: MLPool2dOptions | undefined,
  own: WebnnOptions<A> | undefined,
): Tensor<A> {
  return typeErrors(fn, () => {
    if (typeof input !== 'object' || input === null || !('data' in input) || !('shape' in input)) {
      throw new TypeError(`${fn}: input must be a tensor { data, shape }, got ${describe(input)}`);
    }
    const settings = translate(fn, input.dataType ?? dtypeOf(input.data) ?? describe(input.data), input.shape, options);
    const { out, pooling = LIBRARY } = readNames(fn, 'option', own, ['out', 'pooling']) as WebnnOptions<A>;
    return functionOf(fn, pooling, OPERATIONS[fn].call)(input, { ...settings, out }) as Tensor<A>;
  });
}

function plan(
  fn: Operation,
  input: MLDescriptor,
  options: MLPool2dOptions | undefined,
  own: WebnnOptions | undefined,
): PoolPlan {
  return typeErrors(fn, () => {
    if (typeof input !== 'object' || input === null || !('dataType' in input) || !('shape' in input)) {
      throw new TypeError(`${fn}: input must be a descriptor { dataType, shape }, got ${describe(input)}`);
    }
    const settings = translate(fn, input.dataType, input.shape, options);
    const { pooling = LIBRARY } = readNames(fn, 'option', own, ['pooling']) as WebnnOptions;
    return functionOf(fn, pooling, OPERATIONS[fn].plan)(input.shape, settings) as PoolPlan;
  });
}

function typeErrors<T>(fn: string, call: () => T): T {
  try {
    return callAs(fn, call);
  } catch (error) {
    throw error instanceof RangeError ? new TypeError(error.message, { cause: error.cause }) : error;
  }
}

/** The options of the library. */
function translate(fn: Operation, dataType: unknown, given: readonly number[], options: unknown): object {
  const allowed = OPERATIONS[fn].floatsOnly ? DATA_TYPES.slice(0, 2) : DATA_TYPES;
  if (!allowed.includes(dataType as MLDataType)) {
    throw new TypeError(`${fn}: data type must be ${allowed.join(', ')}, got ${describe(dataType)}`);
  }
  const shape = checkShape(fn, given);
  if (shape.length !== 4) throw new TypeError(`${fn}: input must have 4 axes, got shape ${describe(shape)}`);
  const names = readNames(fn, 'option', options, NAMES);
  const layout = readChoice(fn, 'layout', names.layout, ['nchw', 'nhwc']);
  const input = layout === 'nchw' ? shape.slice(2) : shape.slice(1, 3);
  const pair = (name: string, otherwise: number[]) =>
    names[name] === undefined ? otherwise : readIntegers(fn, name, names[name], 2, 1);
  const kernelSize = pair('windowDimensions', input);
  const stride = pair('strides', [1, 1]);
  const dilation = pair('dilations', [1, 1]);
  const [top, bottom, left, right] =
    names.padding === undefined ? [0, 0, 0, 0] : readIntegers(fn, 'padding', names.padding, 4, 0);
  const padding = [
    [top, bottom],
    [left, right],
  ];
  const rounding = readChoice(fn, 'outputShapeRounding', names.outputShapeRounding ?? names.roundingType, [
    'floor',
    'ceil',
  ]);
  const dtype = dataType as DType;
  const settings = { layout, kernelSize, stride, dilation, padding, dtype };

  const room = input.map((length, axis) => {
    const [before, after] = padding[axis];
    return length + before + after - ((kernelSize[axis] - 1) * dilation[axis] + 1);
  });
  // The library says that a window fits nowhere.
  if (room.some((positions) => positions < 0)) return settings;
  const floors = room.map((positions, axis) => Math.floor(positions / stride[axis]) + 1);
  const ceils = room.map((positions, axis) => Math.ceil(positions / stride[axis]) + 1);
  if (names.outputSizes === undefined) return { ...settings, outputSize: rounding === 'ceil' ? ceils : floors };
  const outputSize = readIntegers(fn, 'outputSizes', names.outputSizes, 2, 1);
  if (String(outputSize) !== String(floors) && String(outputSize) !== String(ceils)) {
    throw new TypeError(
      `${fn}: outputSizes must be ${describe(floors)} or ${describe(ceils)}, got ${describe(outputSize)}`,
    );
  }
  return { ...settings, outputSize };
}
