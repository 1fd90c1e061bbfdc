/**
 * `wasm-pooling/onnx`: the pooling operators of ONNX, by their names and with their attributes. Values are
 * `{ data, dims }`, so that tensors of onnxruntime-web and onnxruntime-node go in as they are.
 *
 * Attributes mean what opset 22 says. Those that an older opset does not have yet are absent in its models, and absent
 * attributes have the meaning that the older opset gave the operator.
 */
import {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalAvgPool1d,
  globalLpPool1d,
  globalMaxPool1d,
  lpPool1d,
  lpPool2d,
  lpPool3d,
  maxPool1d,
  maxPool1dWithIndices,
  maxPool2d,
  maxPool2dWithIndices,
  maxPool3d,
  maxPool3dWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  maxUnpool3d,
} from '../index.js';
import type { PoolingFunctions } from '../pooling.js';
import type { TensorWithIndices } from '../tasks.js';
import { checkShape, describe, dtypeNames, dtypeOf, sameShape, type Tensor, type TypedArray } from '../tensor.js';
import { callAs, functionOf, readChoice, readIntegers, readNames } from './attributes.js';

/** A tensor as onnxruntime has it, of dims `[n, c, d1, …]`. */
export interface OnnxTensor<A extends TypedArray | BigInt64Array = TypedArray> {
  /** The elements, in row-major order. */
  readonly data: A;
  /** The shape. */
  readonly dims: readonly number[];
  /** Name of the element type. Needed only for half floats as bits in a `Uint16Array`: `'float16'`. */
  readonly type?: string;
}

/** A result: what `new ort.Tensor(y.type, y.data, y.dims)` takes. */
export interface OnnxResult<A extends TypedArray | BigInt64Array = TypedArray> extends OnnxTensor<A> {
  /** Name of the element type. */
  readonly type: string;
}

/** Attributes of `LpPool` but for `p`, and those that all operators with windows have. */
interface WindowAttributes {
  /** Size of the window. */
  kernel_shape: readonly number[];
  /** Default 1 on each axis. */
  strides?: readonly number[];
  /** Default 1 on each axis. */
  dilations?: readonly number[];
  /** `[begin of each axis …, end of each axis …]`, of at least 0. Default 0. */
  pads?: readonly number[];
  /** Default `'NOTSET'`: as `pads` says. */
  auto_pad?: 'NOTSET' | 'SAME_UPPER' | 'SAME_LOWER' | 'VALID';
  /** 1: round the output size up. Default 0. */
  ceil_mode?: 0 | 1;
}

/** Attributes of `MaxPool`. */
export interface MaxPoolAttributes extends WindowAttributes {
  /** How indices count within a channel: 0, row by row (default), or 1, column by column. */
  storage_order?: 0 | 1;
}

/** Indices into a whole tensor, as int64: what onnxruntime gives and takes. */
export type OnnxIndices = OnnxResult<BigInt64Array>;

/** Attributes of `MaxUnpool`. */
export interface MaxUnpoolAttributes {
  /** Size of the pooling's window. */
  kernel_shape: readonly number[];
  /** Default 1 on each axis. */
  strides?: readonly number[];
  /** The pooling's: `[begin of each axis …, end of each axis …]`. Default 0. */
  pads?: readonly number[];
}

/** Attributes of `AveragePool`. */
export interface AveragePoolAttributes extends WindowAttributes {
  /** 1: divide by the padding's elements as well. Default 0. */
  count_include_pad?: 0 | 1;
}

/** Attributes of `LpPool`. */
export interface LpPoolAttributes extends WindowAttributes {
  /** The exponent, above 0. Default 2. */
  p?: number;
}

/** What is not in the model. */
export interface OnnxOptions<A extends TypedArray = TypedArray> {
  /** Where to write the result. Default: a new array. */
  out?: OnnxTensor<A>;
  /** The pooling that runs it, from `createPooling`. Default: that of the functions of `wasm-pooling`. */
  pooling?: PoolingFunctions;
}

/** The functions of the package that operators are made of. */
const LIBRARY = {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalAvgPool1d,
  globalLpPool1d,
  globalMaxPool1d,
  lpPool1d,
  lpPool2d,
  lpPool3d,
  maxPool1d,
  maxPool1dWithIndices,
  maxPool2d,
  maxPool2dWithIndices,
  maxPool3d,
  maxPool3dWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  maxUnpool3d,
};
const WINDOW = ['kernel_shape', 'strides', 'dilations', 'pads', 'auto_pad', 'ceil_mode'];
const PADDING = { SAME_UPPER: 'same', SAME_LOWER: 'same-lower', VALID: 'valid' } as const;
const LAYOUTS = ['ncw', 'nchw', 'ncdhw'];

/**
 * The largest element of each window; −Infinity, or the lowest integer, where a window has no element.
 *
 * @param x `[n, c, d1, …]` with one to three spatial axes, of any element type; not written to.
 * @param attributes `kernel_shape`, required, a number per spatial axis. Defaults: `strides` and `dilations` 1, `pads` 0,
 * `auto_pad` `'NOTSET'`, `ceil_mode` 0; `storage_order` makes no difference without indices.
 * @param options `out`, a new tensor unless it is given, and `pooling`, from `createPooling`.
 * @returns `[n, c, o1, …]` of the type of `x`, with the name of its element type.
 * @throws TypeError for a wrong kind of value or an unknown attribute, RangeError for a value out of range or a window that
 * fits nowhere, in ONNX' words; nothing has been written then.
 * @example
 * const x = { data: Float32Array.of(1, 2, 3, 4), dims: [1, 1, 2, 2] };
 * MaxPool(x, { kernel_shape: [2, 2] }); // → { data: [4], dims: [1, 1, 1, 1], type: 'float32' }
 * @see https://onnx.ai/onnx/operators/onnx__MaxPool.html
 */
export function MaxPool<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: MaxPoolAttributes,
  options: OnnxOptions<A> = {},
): OnnxResult<A> {
  return pool('MaxPool', 'max', x, attributes, ['storage_order'], options, (given) => {
    readChoice('MaxPool', 'storage_order', given.storage_order, [0, 1]);
    return {};
  });
}

/**
 * {@link MaxPool} with both of its results: Y, and for each element its place in all of `x`. Of equal elements it is the
 * first; a window without elements has −1.
 *
 * @param x As for {@link MaxPool}, `[n, c, d1, …]`.
 * @param attributes As for {@link MaxPool}; `storage_order` 1 counts each plane column by column, 0 (default) row by row.
 * @param options As for {@link MaxPool}; `out` is for the values.
 * @returns `y` and `indices`, `[n, c, o1, …]` each; indices are int64.
 * @throws TypeError and RangeError as {@link MaxPool}; RangeError also for 2³¹ elements and more.
 * @example
 * const x = { data: Float32Array.of(1, 4, 3, 2), dims: [1, 1, 4] };
 * MaxPoolWithIndices(x, { kernel_shape: [2], strides: [2] }).indices.data; // → [1n, 2n]
 * @see https://onnx.ai/onnx/operators/onnx__MaxPool.html for `storage_order`
 */
export function MaxPoolWithIndices<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: MaxPoolAttributes,
  options: OnnxOptions<A> = {},
): { y: OnnxResult<A>; indices: OnnxIndices } {
  const fn = 'MaxPoolWithIndices';
  let found: Tensor<Int32Array> | undefined;
  const y = pool(
    fn,
    'max',
    x,
    attributes,
    ['storage_order'],
    options,
    (given) => ({
      indexing: readChoice(fn, 'storage_order', given.storage_order, [0, 1]) ? 'tensor-column-major' : 'tensor',
    }),
    (result) => {
      found = (result as TensorWithIndices).indices;
    },
  );
  const data = BigInt64Array.from((found as Tensor<Int32Array>).data, BigInt);
  return { y, indices: { data, dims: y.dims, type: 'int64' } };
}

/**
 * Zeros, with the elements of `x` at their indices: the inverse of {@link MaxPool}, but for what it has left out.
 *
 * @param x `[n, c, o1, …]` with one to three spatial axes, of any element type; not written to.
 * @param indices Of {@link MaxPoolWithIndices} with storage_order 0, of the dims of `x`: places in the result, as int64 or
 * int32. Every one is in the channel that its element is of.
 * @param attributes Those of the pooling: `kernel_shape`, required, `strides` (1) and `pads` (0).
 * @param options `outputShape` are the result's dims, which is this operator's third input. Default: what `kernel_shape`,
 * `strides` and `pads` make of those of `x`; they have no other meaning. Also `out` and `pooling`.
 * @returns `[n, c, d1, …]` of the type of `x`, with the name of its element type.
 * @throws TypeError and RangeError as {@link MaxPool}; RangeError also for an index that is none. Nothing has been written then.
 * @example
 * const y = { data: Float32Array.of(4, 3), dims: [1, 1, 2] };
 * const indices = { data: BigInt64Array.of(1n, 2n), dims: [1, 1, 2] };
 * MaxUnpool(y, indices, { kernel_shape: [2], strides: [2] }).data; // → [0, 4, 3, 0]
 * @see https://onnx.ai/onnx/operators/onnx__MaxUnpool.html
 */
export function MaxUnpool<A extends TypedArray>(
  x: OnnxTensor<A>,
  indices: OnnxTensor<BigInt64Array> | OnnxTensor<Int32Array>,
  attributes: MaxUnpoolAttributes,
  options: OnnxOptions<A> & { outputShape?: readonly number[] } = {},
): OnnxResult<A> {
  const fn = 'MaxUnpool';
  const type = readTensor(fn, 'x', x);
  const rank = readRank(fn, x);
  const places = readIndices(fn, indices, x.dims);
  const given = readNames(fn, 'attribute', attributes, ['kernel_shape', 'strides', 'pads']);
  const { kernelSize, stride, padding } = readWindow(fn, given, rank);
  const { outputShape, ...rest } = readNames(fn, 'option', options, ['out', 'pooling', 'outputShape']);
  const { out, call } = readOptions(fn, `maxUnpool${rank}d`, type, rest);
  const layout = LAYOUTS[rank - 1];
  const settings = { layout, indexing: 'tensor', out: out && { data: out.data, shape: out.dims } };
  return callAs(fn, () => {
    const sizes =
      outputShape === undefined ? { kernelSize, stride, padding } : { outputSize: readSizes(fn, x.dims, outputShape) };
    const y = call({ data: x.data, shape: x.dims }, places, { ...settings, ...sizes });
    return { data: y.data as A, dims: y.shape, type };
  });
}

/**
 * The mean of each window, of its elements in the input alone unless `count_include_pad` is 1.
 *
 * @param x As for {@link MaxPool}, `[n, c, d1, …]`.
 * @param attributes As for {@link MaxPool}, and `count_include_pad`, 0 unless it is given.
 * @param options As for {@link MaxPool}.
 * @returns `[n, c, o1, …]` of the type of `x`; means of integers are rounded, halves away from zero.
 * @throws TypeError and RangeError as {@link MaxPool}.
 * @example
 * const x = { data: Float32Array.of(1, 2, 3, 4), dims: [1, 1, 4] };
 * AveragePool(x, { kernel_shape: [2], strides: [2] }).data; // → [1.5, 3.5]
 * @see https://onnx.ai/onnx/operators/onnx__AveragePool.html
 */
export function AveragePool<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: AveragePoolAttributes,
  options: OnnxOptions<A> = {},
): OnnxResult<A> {
  return pool('AveragePool', 'avg', x, attributes, ['count_include_pad'], options, (given) => ({
    countIncludePad: readChoice('AveragePool', 'count_include_pad', given.count_include_pad, [0, 1]) === 1,
  }));
}

/**
 * (Σ|x|^p)^(1/p) of each window.
 *
 * @param x As for {@link MaxPool}, `[n, c, d1, …]`, but of floats.
 * @param attributes As for {@link MaxPool}, and `p`, above 0, 2 unless it is given.
 * @param options As for {@link MaxPool}.
 * @returns `[n, c, o1, …]` of the type of `x`.
 * @throws TypeError and RangeError as {@link MaxPool}; TypeError also for integers.
 * @example
 * const x = { data: Float32Array.of(3, -4), dims: [1, 1, 2] };
 * LpPool(x, { kernel_shape: [2] }).data; // → [5]
 * @see https://onnx.ai/onnx/operators/onnx__LpPool.html
 */
export function LpPool<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: LpPoolAttributes,
  options: OnnxOptions<A> = {},
): OnnxResult<A> {
  return pool('LpPool', 'lp', x, attributes, ['p'], options, ({ p }) => ({ p }));
}

/**
 * The largest element of each channel.
 *
 * @param x `[n, c, d1, …]` with any number of spatial axes, of any element type; not written to.
 * @param attributes There are none.
 * @param options `out`, a new tensor unless it is given, and `pooling`, from `createPooling`.
 * @returns `[n, c, 1, …]` of the type of `x`, with the name of its element type.
 * @throws TypeError and RangeError as {@link MaxPool}.
 * @example
 * GlobalMaxPool({ data: Float32Array.of(1, 4, 3, 2), dims: [1, 2, 2] }).data; // → [4, 3]
 * @see https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html
 */
export function GlobalMaxPool<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: Record<string, never> = {},
  options: OnnxOptions<A> = {},
): OnnxResult<A> {
  return poolAll('GlobalMaxPool', 'Max', x, attributes, [], options);
}

/**
 * The mean of each channel.
 *
 * @param x As for {@link GlobalMaxPool}, `[n, c, d1, …]`.
 * @param attributes There are none.
 * @param options As for {@link GlobalMaxPool}.
 * @returns `[n, c, 1, …]` of the type of `x`; means of integers are rounded, halves away from zero.
 * @throws TypeError and RangeError as {@link GlobalMaxPool}.
 * @example
 * GlobalAveragePool({ data: Float32Array.of(1, 4, 3, 2), dims: [1, 2, 2] }).data; // → [2.5, 2.5]
 * @see https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html
 */
export function GlobalAveragePool<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: Record<string, never> = {},
  options: OnnxOptions<A> = {},
): OnnxResult<A> {
  return poolAll('GlobalAveragePool', 'Avg', x, attributes, [], options);
}

/**
 * (Σ|x|^p)^(1/p) of each channel.
 *
 * @param x As for {@link GlobalMaxPool}, `[n, c, d1, …]`, but of floats.
 * @param attributes `p`, above 0, 2 unless it is given.
 * @param options As for {@link GlobalMaxPool}.
 * @returns `[n, c, 1, …]` of the type of `x`.
 * @throws TypeError and RangeError as {@link GlobalMaxPool}; TypeError also for integers.
 * @example
 * GlobalLpPool({ data: Float32Array.of(3, -4), dims: [1, 1, 2] }).data; // → [5]
 * @see https://onnx.ai/onnx/operators/onnx__GlobalLpPool.html
 */
export function GlobalLpPool<A extends TypedArray>(
  x: OnnxTensor<A>,
  attributes: { p?: number } = {},
  options: OnnxOptions<A> = {},
): OnnxResult<A> {
  return poolAll('GlobalLpPool', 'Lp', x, attributes, ['p'], options);
}

type Attributes = Readonly<Record<string, unknown>>;
type Call = (...args: object[]) => Tensor;

/** An operator with windows; `own` reads what only this operator has. */
function pool<A extends TypedArray>(
  fn: string,
  op: 'max' | 'avg' | 'lp',
  x: OnnxTensor<A>,
  attributes: object,
  names: readonly string[],
  options: OnnxOptions<A>,
  own: (given: Attributes) => object,
  seeResult?: (y: Tensor) => void,
): OnnxResult<A> {
  const type = readTensor(fn, 'x', x);
  const rank = readRank(fn, x);
  const given = readNames(fn, 'attribute', attributes, [...WINDOW, ...names]);
  const settings = { layout: LAYOUTS[rank - 1], ...readWindow(fn, given, rank), ...own(given) };
  const { out, call } = readOptions(fn, `${op}Pool${rank}d${seeResult ? 'WithIndices' : ''}`, type, options);
  return callAs(fn, () => {
    const y = call({ data: x.data, shape: x.dims }, { ...settings, out: out && { data: out.data, shape: out.dims } });
    seeResult?.(y);
    return { data: y.data as A, dims: y.shape, type };
  });
}

/** An operator on whole channels: their axes are as one. */
function poolAll<A extends TypedArray>(
  fn: string,
  op: 'Max' | 'Avg' | 'Lp',
  x: OnnxTensor<A>,
  attributes: object,
  names: readonly string[],
  options: OnnxOptions<A>,
): OnnxResult<A> {
  const type = readTensor(fn, 'x', x);
  const [n, c, ...spatial] = x.dims;
  const shape = [n, c, spatial.reduce((product, length) => product * length, 1)];
  const settings = { layout: 'ncw', ...readNames(fn, 'attribute', attributes, names) };
  const dims = [n, c, ...spatial.map(() => 1)];
  const { out, call } = readOptions(fn, `global${op}Pool1d`, type, options);
  if (out !== undefined && !sameShape(out.dims, dims)) {
    throw new RangeError(`${fn}: out must have dims ${describe(dims)}, got ${describe([...out.dims])}`);
  }
  return callAs(fn, () => {
    const y = call({ data: x.data, shape }, { ...settings, out: out?.data });
    return { data: y.data as A, dims, type };
  });
}

/** Where the result goes, and function `name` of the library for elements of `type`. */
function readOptions<A extends TypedArray>(
  fn: string,
  name: string,
  type: string,
  options: object,
): { out: OnnxTensor<A> | undefined; call: Call } {
  readNames(fn, 'option', options, ['out', 'pooling']);
  const { out, pooling = LIBRARY } = options as OnnxOptions<A>;
  if (out !== undefined) readTensor(fn, 'out', out);
  const call = functionOf(fn, pooling, name) as Call;
  if (type !== 'float16') return { out, call };
  return { out, call: (...args) => call(...args.slice(0, -1), { ...args.at(-1), dtype: type }) };
}

/** The name of a tensor's element type, once its parts are what they should be; what is in them is checked later. */
function readTensor(fn: string, what: string, x: unknown): string {
  if (typeof x !== 'object' || x === null || !('data' in x) || !('dims' in x)) {
    throw new TypeError(`${fn}: ${what} must be a tensor { data, dims }, got ${describe(x)}`);
  }
  const { data, dims, type } = x as { data: unknown; dims: unknown; type?: unknown };
  const axes = checkShape(fn, dims);
  if (axes.length < 3) throw new RangeError(`${fn}: ${what} must have dims [n, c, d1, …], got ${describe(axes)}`);
  const dtype = dtypeOf(data);
  if (dtype === undefined) {
    throw new TypeError(`${fn}: data must be a typed array of ${dtypeNames()}, got ${describe(data)}`);
  }
  const name = dtype === 'uint8-clamped' ? 'uint8' : dtype;
  if (type === undefined || type === name) return name;
  if (type === 'float16' && dtype === 'uint16') return type;
  throw new TypeError(`${fn}: data of type ${describe(type)} cannot be a ${describe(data)}`);
}

function readRank(fn: string, { dims }: OnnxTensor): number {
  const rank = dims.length - 2;
  if (rank > 3) throw new RangeError(`${fn}: x must have 1 to 3 spatial axes, got dims ${describe([...dims])}`);
  return rank;
}

/** Indices of the library, which are 32-bit integers. */
function readIndices(fn: string, given: unknown, dims: readonly number[]): Tensor<Int32Array> {
  if (typeof given !== 'object' || given === null || !('data' in given) || !('dims' in given)) {
    throw new TypeError(`${fn}: indices must be a tensor { data, dims }, got ${describe(given)}`);
  }
  const { data } = given;
  const shape = checkShape(fn, given.dims);
  if (!sameShape(shape, dims)) {
    throw new RangeError(`${fn}: indices must have the dims of x, ${describe([...dims])}, got ${describe(shape)}`);
  }
  if (dtypeOf(data) === 'int32') return { data: data as Int32Array, shape };
  // By its name, as all arrays here, so that those of another realm are as good.
  if (describe(data) !== 'BigInt64Array') {
    throw new TypeError(`${fn}: indices must be int64 or int32, got ${describe(data)}`);
  }
  const indices = data as BigInt64Array;
  const wide = indices.find((index) => index !== BigInt.asIntN(32, index));
  if (wide !== undefined) throw new RangeError(`${fn}: indices must be under 2^31, got ${wide}`);
  return { data: Int32Array.from(indices, Number), shape };
}

/** The spatial sizes of the dims of a result. */
function readSizes(fn: string, dims: readonly number[], outputShape: unknown): number[] {
  const sizes = readIntegers(fn, 'outputShape', outputShape, dims.length, 0);
  if (sizes[0] === dims[0] && sizes[1] === dims[1]) return sizes.slice(2);
  throw new RangeError(
    `${fn}: outputShape must begin with ${describe(dims.slice(0, 2))} as x does, got ${describe(sizes)}`,
  );
}

interface Window {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: unknown;
  readonly ceilMode: boolean;
}

function readWindow(fn: string, given: Attributes, rank: number): Window {
  const { kernel_shape, strides, dilations, pads } = given;
  if (kernel_shape === undefined) throw new TypeError(`${fn}: kernel_shape is required`);
  const each = (name: string, value: unknown) =>
    value === undefined ? new Array(rank).fill(1) : readIntegers(fn, name, value, rank, 1);
  const explicit = pads === undefined ? new Array(2 * rank).fill(0) : readIntegers(fn, 'pads', pads, 2 * rank, 0);
  const auto = readChoice(fn, 'auto_pad', given.auto_pad, ['NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID']);
  if (auto !== 'NOTSET' && explicit.some((n) => n > 0)) {
    throw new RangeError(`${fn}: pads must be absent where auto_pad is ${auto}, got ${describe(explicit)}`);
  }
  return {
    kernelSize: readIntegers(fn, 'kernel_shape', kernel_shape, rank, 1),
    stride: each('strides', strides),
    dilation: each('dilations', dilations),
    padding: auto === 'NOTSET' ? explicit.slice(0, rank).map((n, axis) => [n, explicit[rank + axis]]) : PADDING[auto],
    ceilMode: readChoice(fn, 'ceil_mode', given.ceil_mode, [0, 1]) === 1,
  };
}
