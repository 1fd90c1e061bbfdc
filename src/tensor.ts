/**
 * Tensors and their element types: the table of dtypes, and the checks of data and shape that every entry point shares.
 */

/** Arrays that hold a tensor's elements. */
export type TypedArray = Float32Array | Float64Array;

/** Names of element types. */
export type DType = 'float32' | 'float64';

/**
 * A dense tensor in row-major order: `data.length` is the product of `shape`.
 * Structural on purpose, so that literals, onnxruntime tensors' parts and contiguous ndarrays pass as they are.
 */
export interface Tensor<A extends TypedArray = TypedArray> {
  readonly data: A;
  readonly shape: readonly number[];
}

interface DTypeRow {
  readonly Elements: new (buffer: ArrayBufferLike | number, byteOffset?: number, length?: number) => TypedArray;
  readonly bytes: number;
}

/** One row per dtype; adding one here makes it a valid name everywhere. */
export const DTYPES: Readonly<Record<DType, DTypeRow>> = {
  float32: { Elements: Float32Array as DTypeRow['Elements'], bytes: 4 },
  float64: { Elements: Float64Array as DTypeRow['Elements'], bytes: 8 },
};

const DTYPE_OF_TAG: ReadonlyMap<unknown, DType> = new Map([
  ['Float32Array', 'float32'],
  ['Float64Array', 'float64'],
]);

/** The most elements a typed array holds in today's engines. */
const MAX_ELEMENTS = 2 ** 32 - 1;
/** Kernels count positions on one axis in 32-bit integers. */
const MAX_AXIS = 2 ** 31 - 1;

export const dtypeNames = (): string => Object.keys(DTYPES).join(', ');

/** What was got, for error messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(describe).join(', ')}]`;
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'object':
    case 'function':
      return tagOf(value) ?? value?.constructor?.name ?? typeof value;
    default:
      return typeof value === 'bigint' ? `${value}n` : String(value);
  }
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
  if (typeof dtype !== 'string')
    throw new TypeError(`${fn}: dtype must be one of ${dtypeNames()}, got ${describe(dtype)}`);
  if (!Object.hasOwn(DTYPES, dtype))
    throw new RangeError(`${fn}: dtype must be one of ${dtypeNames()}, got ${describe(dtype)}`);
  return dtype as DType;
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
function isArrayLike(value: unknown): value is ArrayLike<unknown> {
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

/** Checks that `data` is an attached array of `count` elements of `dtype`. */
export function checkData(
  fn: string,
  what: string,
  data: unknown,
  dtype: DType,
  shape: readonly number[],
  count: number,
): asserts data is TypedArray {
  const got = dtypeOf(data);
  if (got === undefined) {
    throw new TypeError(`${fn}: ${what} must be a typed array of ${dtypeNames()}, got ${describe(data)}`);
  }
  const array = data as TypedArray;
  if (array.length === 0 && isDetached(array))
    throw new TypeError(`${fn}: ${what} is an array whose buffer was detached`);
  if (got !== dtype) throw new TypeError(`${fn}: ${what} must be ${dtype}, got ${got}`);
  if (array.length !== count) {
    throw new RangeError(`${fn}: ${what} has ${array.length} elements but shape ${describe(shape)} needs ${count}`);
  }
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
export function checkNoOverlap(fn: string, x: TypedArray, out: TypedArray): void {
  if (x.buffer !== out.buffer) return;
  const overlap = x.byteOffset < out.byteOffset + out.byteLength && out.byteOffset < x.byteOffset + x.byteLength;
  if (overlap) throw new RangeError(`${fn}: out overlaps the input in memory`);
}

export function sameShape(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A new array for a result, or a RangeError that says how much was needed. */
export function allocate(fn: string, dtype: DType, count: number): TypedArray {
  const { Elements, bytes } = DTYPES[dtype];
  try {
    return new Elements(count);
  } catch {
    throw new RangeError(`${fn}: no memory for a result of ${count} elements (${count * bytes} bytes)`);
  }
}
