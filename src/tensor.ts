/**
 * Tensors and their element types: the table of dtypes, and the checks of data and shape that every entry point shares.
 */

/** The engine's own array of half-precision floats, where its types are known. */
type NativeFloat16Array = typeof globalThis extends { Float16Array: { prototype: infer A } } ? A : never;

/** The array of each dtype. float16 is the engine's own array, or its bits in a `Uint16Array`. */
export interface ArrayTypes {
  float32: Float32Array;
  float64: Float64Array;
  float16: NativeFloat16Array | Uint16Array;
  int8: Int8Array;
  uint8: Uint8Array;
  'uint8-clamped': Uint8ClampedArray;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
}

/** Names of element types. */
export type DType = keyof ArrayTypes;

/** The array type of a dtype. */
export type ArrayOf<D extends DType> = ArrayTypes[D];

/** Arrays that hold a tensor's elements. */
export type TypedArray = ArrayTypes[DType];

/**
 * A tensor in row-major order: `data.length` is the product of `shape`. Structural on purpose, so that literals,
 * onnxruntime tensors' parts and ndarrays pass as they are.
 *
 * With strides or an offset it is a view of a longer array, as ndarrays are: element `[i, j, …]` is
 * `data[offset + i·strides[0] + j·strides[1] + …]`.
 */
export interface Tensor<A extends TypedArray = TypedArray> {
  /** The elements. */
  readonly data: A;
  /** How many positions each axis has, the outermost first. */
  readonly shape: readonly number[];
  /** Elements from one position to the next on each axis (scijs); negative and 0 as well. Default: row-major order. */
  readonly stride?: readonly number[];
  /** The same, as \@stdlib calls it. */
  readonly strides?: readonly number[];
  /** Where in `data` the first element is. Default 0. */
  readonly offset?: number;
}

/** Four channels per pixel, as an `ImageData` has them: read as a tensor of shape [height, width, 4], layout `'hwc'`. */
export interface ImageLike<A extends TypedArray = TypedArray> {
  /** Four elements per pixel, row by row. */
  readonly data: A;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}

type Elements = new (buffer: ArrayBufferLike | number, byteOffset?: number, length?: number) => TypedArray;

interface DTypeRow {
  /** The arrays that backends see: float16 is bits to them. */
  readonly Elements: Elements;
  readonly bytes: number;
  readonly float: boolean;
  /** What an empty maximum and an empty minimum are. */
  readonly lowest: number;
  readonly highest: number;
  /** The dtype of its sums: wide enough for many elements. */
  readonly sum: DType;
}

function row(Elements: unknown, bytes: number, lowest: number, highest: number, sum: DType): DTypeRow {
  return { Elements: Elements as Elements, bytes, float: lowest === -Infinity, lowest, highest, sum };
}

/** One row per dtype; adding one here makes it a valid name everywhere. */
export const DTYPES: Readonly<Record<DType, DTypeRow>> = {
  float32: row(Float32Array, 4, -Infinity, Infinity, 'float32'),
  float64: row(Float64Array, 8, -Infinity, Infinity, 'float64'),
  float16: row(Uint16Array, 2, -Infinity, Infinity, 'float16'),
  int8: row(Int8Array, 1, -128, 127, 'int32'),
  uint8: row(Uint8Array, 1, 0, 255, 'uint32'),
  'uint8-clamped': row(Uint8ClampedArray, 1, 0, 255, 'uint32'),
  int16: row(Int16Array, 2, -32768, 32767, 'int32'),
  uint16: row(Uint16Array, 2, 0, 65535, 'uint32'),
  int32: row(Int32Array, 4, -2147483648, 2147483647, 'float64'),
  uint32: row(Uint32Array, 4, 0, 4294967295, 'float64'),
};

/** The dtype of each kind of array, by its name; the bits of float16 are uint16 by theirs, which comes later. */
const DTYPE_OF_TAG: ReadonlyMap<unknown, DType> = /* @__PURE__ */ nameArrays();

function nameArrays(): Map<unknown, DType> {
  const names = new Map<unknown, DType>([['Float16Array', 'float16']]);
  for (const dtype of dtypes()) names.set(DTYPES[dtype].Elements.name, dtype);
  return names;
}

/** The array that users are given for a dtype; float16 has its own only in newer engines. */
function arrayFor(dtype: DType): Elements {
  const { Float16Array } = globalThis as { Float16Array?: unknown };
  return dtype === 'float16' && Float16Array !== undefined ? (Float16Array as Elements) : DTYPES[dtype].Elements;
}

/** The most elements a typed array holds in today's engines. */
const MAX_ELEMENTS = 2 ** 32 - 1;
/** Kernels count positions on one axis in 32-bit integers. */
const MAX_AXIS = 2 ** 31 - 1;

function dtypes(): DType[] {
  return Object.keys(DTYPES) as DType[];
}

export const dtypeNames = (): string => dtypes().join(', ');

/** Names of the dtypes that are floats, for error messages. */
export const floatNames = (): string =>
  dtypes()
    .filter((dtype) => DTYPES[dtype].float)
    .join(', ');

/** Longer arrays are not shown in error messages. */
const MOST_SHOWN = 8;

/** What was got, for error messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    return value.length > MOST_SHOWN ? `an array of ${value.length}` : `[${value.map(describe).join(', ')}]`;
  }
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'object':
    case 'function':
      if (Object.getPrototypeOf(value) === Object.prototype) {
        return `an object of ${Object.keys(value).slice(0, MOST_SHOWN).join(', ') || 'nothing'}`;
      }
      return tagOf(value) ?? value.constructor?.name ?? typeof value;
    default:
      return typeof value === 'bigint' ? `${value}n` : String(value);
  }
}

/** `value`, called `name`, once it is known to be a number that `accepts` takes; it is to be `what`. */
export function checkNumber(
  fn: string,
  name: string,
  value: unknown,
  what: string,
  accepts: (value: number) => boolean,
): number {
  if (typeof value !== 'number') throw new TypeError(`${fn}: ${name} must be a number, got ${describe(value)}`);
  if (!accepts(value)) throw new RangeError(`${fn}: ${name} must be ${what}, got ${value}`);
  return value;
}

/** `value`, called `name`, once it is known to be one of `choices`. */
export function checkChoice<T extends string>(fn: string, name: string, choices: readonly T[], value: unknown): T {
  if (typeof value !== 'string') throw new TypeError(`${fn}: ${name} must be a string, got ${describe(value)}`);
  if (!choices.includes(value as T)) {
    throw new RangeError(`${fn}: ${name} must be ${alternatives(choices)}, got ${describe(value)}`);
  }
  return value as T;
}

/** `'a', 'b' or 'c'` */
export function alternatives(choices: readonly string[]): string {
  return `'${choices.join("', '")}'`.replace(/, ('[^']*')$/, ' or $1');
}

// The tag, not instanceof: arrays of another realm (an iframe, node:vm, Jest) are as good as ours.
function tagOf(value: unknown): string | undefined {
  return ArrayBuffer.isView(value)
    ? (value as unknown as { [Symbol.toStringTag]: string })[Symbol.toStringTag]
    : undefined;
}

/** The dtype of an array, or undefined if it is none of ours. */
export function dtypeOf(data: unknown): DType | undefined {
  return DTYPE_OF_TAG.get(tagOf(data));
}

export function checkDType(fn: string, dtype: unknown): DType {
  return checkChoice(fn, 'dtype', dtypes(), dtype);
}

/** A copy of `shape`, once each axis is known to be a whole number that can be held. */
export function checkShape(fn: string, shape: unknown): number[] {
  if (!isArrayLike(shape)) throw new TypeError(`${fn}: shape must be an array of axis lengths, got ${describe(shape)}`);
  const axes = Array.from(shape);
  for (const length of axes) {
    if (typeof length !== 'number') throw new TypeError(`${fn}: shape must hold numbers, got ${describe(axes)}`);
    if (!Number.isInteger(length) || length < 0) {
      throw new RangeError(`${fn}: shape must hold whole numbers of at least 0, got ${describe(axes)}`);
    }
    if (length > MAX_AXIS)
      throw new RangeError(`${fn}: an axis holds at most ${MAX_AXIS} elements, got shape ${describe(axes)}`);
  }
  return axes as number[];
}

// Some libraries keep shapes in Int32Array or frozen arrays.
export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** The number of elements of `shape`, exact, or a RangeError that says how many were needed. */
export function elementCount(fn: string, what: string, shape: readonly number[]): number {
  // BigInt, since a product of valid axes can pass 2^53 and come back under the limit after rounding of a float.
  let count = 1n;
  for (const length of shape) count *= BigInt(length);
  if (count > BigInt(MAX_ELEMENTS)) {
    throw new RangeError(
      `${fn}: ${what} of shape ${describe(shape)} needs ${count} elements, at most ${MAX_ELEMENTS} can be held`,
    );
  }
  return Number(count);
}

/** The dtype of `data`, once it is known to be an attached array of one. */
function checkArray(fn: string, what: string, data: unknown): DType {
  const dtype = checkArrayType(fn, what, data, dtypeOf(data));
  if ((data as TypedArray).length === 0 && isDetached(data as TypedArray)) {
    throw new TypeError(`${fn}: ${what} is an array whose buffer was detached`);
  }
  return dtype;
}

/** `dtype`, which is that of `data`, unless there is none. */
export function checkArrayType(fn: string, what: string, data: unknown, dtype: DType | undefined): DType {
  if (dtype !== undefined) return dtype;
  throw new TypeError(`${fn}: ${what} must be a typed array of ${dtypeNames()}, got ${describe(data)}`);
}

/** What a tensor has to be: its element type, its shape and how many elements that makes. */
export interface Form {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly count: number;
}

/** Checks that `data` is an attached array of the elements of a tensor of that form. */
export function checkData(
  fn: string,
  what: string,
  data: unknown,
  { dtype, shape, count }: Form,
): asserts data is TypedArray {
  const got = checkArray(fn, what, data);
  const array = data as TypedArray;
  const bits = dtype === 'float16' && got === 'uint16';
  if (got !== dtype && !bits) throw new TypeError(`${fn}: ${what} must be ${dtype}, got ${got}`);
  if (array.length !== count) {
    throw new RangeError(`${fn}: ${what} has ${array.length} elements but shape ${describe(shape)} needs ${count}`);
  }
}

const bitViews = new WeakMap<TypedArray, Uint16Array>();

/** `data` as backends see it: the bits of a native `Float16Array`, all other arrays as they are. */
export function elementsOf(data: TypedArray): TypedArray {
  if (tagOf(data) !== 'Float16Array') return data;
  const array = data as TypedArray;
  let view = bitViews.get(array);
  if (view === undefined || view.length !== array.length) {
    view = new Uint16Array(array.buffer, array.byteOffset, array.length);
    bitViews.set(array, view);
  }
  return view;
}

function isDetached(array: TypedArray): boolean {
  try {
    // The only test that every engine has: no view can be made of a detached buffer.
    new Uint8Array(array.buffer, 0, 0);
    return false;
  } catch {
    return true;
  }
}

/** Refuses an `out` that shares bytes with the input: inputs are never written to. */
export function checkNoOverlap(
  fn: string,
  x: TypedArray,
  out: TypedArray,
  name: string = 'the input',
  outName: string = 'out',
): void {
  // Buffers last: engines take tens of nanoseconds to say which one an array has.
  const overlap = x.byteOffset < out.byteOffset + out.byteLength && out.byteOffset < x.byteOffset + x.byteLength;
  if (overlap && x.buffer === out.buffer) throw new RangeError(`${fn}: ${outName} overlaps ${name} in memory`);
}

/** The elements of a tensor or array called `name`, once they are known to be of that form. */
export function checkedData(fn: string, what: string, name: string, given: unknown, form: Form): TypedArray {
  const { shape } = form;
  let data = given;
  if (isInput(given)) {
    const got = shapeOf(given);
    if (!isArrayLike(got) || !sameShape(got, shape)) {
      const axes = checkShape(fn, got);
      throw new RangeError(`${fn}: ${name} must have shape ${describe(shape)}, got ${describe(axes)}`);
    }
    const view = readStrides(fn, name, given);
    data = view === undefined ? given.data : packedPart(view);
    if (data === undefined) {
      throw new RangeError(`${fn}: ${name} must be packed in row-major order, got strides ${describe(view?.strides)}`);
    }
  }
  checkData(fn, what, data, form);
  return data;
}

/** A tensor with strides and an offset, both as they were given or as they are without. */
export interface TensorView {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** What says where the elements of `given` are, or undefined if nothing does. */
export function readStrides(fn: string, name: string, given: Tensor | ImageLike | TypedArray): TensorView | undefined {
  if (!isTensor(given)) return undefined;
  const strides = given.stride ?? given.strides;
  const { data, offset = 0 } = given;
  if (strides === undefined && given.offset === undefined) return undefined;
  const shape = checkShape(fn, given.shape);
  checkArray(fn, 'data', data);
  const isPlace = (n: number) => Number.isSafeInteger(n) && n >= 0;
  checkNumber(fn, `offset of ${name}`, offset, 'a whole number of at least 0', isPlace);
  if (strides === undefined) return { data, shape, strides: packedStrides(shape), offset };
  if (!isArrayLike(strides)) {
    throw new TypeError(`${fn}: strides of ${name} must be a list of numbers, got ${describe(strides)}`);
  }
  const list: readonly unknown[] = Array.from(strides);
  if (list.length !== shape.length || !list.every(Number.isSafeInteger)) {
    throw new RangeError(`${fn}: strides of ${name} must be ${shape.length} whole numbers, got ${describe(list)}`);
  }
  return { data, shape, strides: list as number[], offset };
}

function packedStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/** The elements of a view that are one after the other in row-major order, or undefined if they are not. */
export function packedPart({ data, shape, strides, offset }: TensorView): TypedArray | undefined {
  const count = shape.reduce((product, length) => product * length, 1);
  if (count === 0) return data.subarray(0, 0);
  const packed = packedStrides(shape);
  // Where there is one position, there is no next one.
  if (!shape.every((length, axis) => length === 1 || strides[axis] === packed[axis])) return undefined;
  return offset === 0 && data.length === count ? data : data.subarray(offset, offset + count);
}

export function sameShape(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether `value` looks like a tensor or an image; what is in it has still to be checked. */
export function isInput(value: unknown): value is Tensor | ImageLike {
  return isTensor(value) || isImage(value);
}

export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'data' in value && 'shape' in value;
}

export function isImage(value: unknown): value is ImageLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    !('shape' in value) &&
    'width' in value &&
    'height' in value
  );
}

/** Throws unless `value`, called `name`, looks like a tensor. */
export function checkTensor(fn: string, name: string, value: unknown): asserts value is Tensor {
  if (!isTensor(value)) throw new TypeError(`${fn}: ${name} must be a tensor { data, shape }, got ${describe(value)}`);
}

/** Throws unless `options` is an object. */
export function checkOptions(fn: string, options: unknown): asserts options is object {
  if (options === null || typeof options !== 'object' || isArrayLike(options)) {
    throw new TypeError(`${fn}: options must be an object, got ${describe(options)}`);
  }
}

/** The shape of a tensor or an image, not yet checked. */
export function shapeOf(x: Tensor | ImageLike): readonly number[] {
  return isImage(x) ? [x.height, x.width, 4] : x.shape;
}

/**
 * A new array for the elements, or a RangeError that says how much was needed. float16 is given as bits to who gave it as
 * bits (`like`).
 */
export function allocate(fn: string, { dtype, count }: Omit<Form, 'shape'>, like?: TypedArray): TypedArray {
  const Elements = dtype === 'float16' && tagOf(like) === 'Uint16Array' ? Uint16Array : arrayFor(dtype);
  try {
    return new Elements(count);
  } catch {
    throw new RangeError(`${fn}: no memory for a result of ${count} elements (${count * DTYPES[dtype].bytes} bytes)`);
  }
}

/** A view of `count` elements at `address`. */
export function viewOf(dtype: DType, buffer: ArrayBufferLike, address: number, count: number): TypedArray {
  return new (arrayFor(dtype))(buffer, address, count);
}
