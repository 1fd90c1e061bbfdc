/**
 * Allocation in a wasm memory. Space is only ever taken from what `grow` returns, so that the memory can be a host's own.
 */

import { DTYPES, type DType, isInput, type TypedArray } from '../tensor.js';
import { ALIGNMENT, align } from './program.js';

const PAGE = 65536;
/**
 * Kernels go a few vectors beyond an address before they compare it with another one. So nothing of theirs is in the last bytes
 * of 4 GiB, behind which addresses start again.
 */
export const ADDRESSABLE: number = 2 ** 32 - 256;

interface Extent {
  start: number;
  end: number;
}

/** In place of an address: the tensor is not in the wasm memory. */
export const EXTERNAL = -1;

export class Arena {
  readonly memory: WebAssembly.Memory;
  readonly workspaces: Workspace[] = [];
  /** Free space, in order of address; neighbours are joined. */
  #free: Extent[] = [];
  /** Views of the whole memory, one per dtype; made anew when the memory has grown, which detaches them. */
  readonly #views = new Map<DType, TypedArray>();

  #buffer: ArrayBufferLike;
  readonly #isShared: boolean;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#buffer = memory.buffer;
    this.#isShared = (this.#buffer as ArrayBufferLike)[Symbol.toStringTag] === 'SharedArrayBuffer';
  }

  /**
   * The memory's buffer. A memory takes some 50 ns to say which one that is; it is another one once the memory has grown,
   * which leaves nothing of the old one unless that is shared.
   */
  get buffer(): ArrayBufferLike {
    if (this.#isShared || this.#buffer.byteLength === 0) this.#buffer = this.memory.buffer;
    return this.#buffer;
  }

  /** A view of the whole memory, valid until the memory grows. */
  view(dtype: DType): TypedArray {
    let view = this.#views.get(dtype);
    const { buffer } = this;
    if (view === undefined || view.buffer !== buffer) {
      const { Elements, bytes } = DTYPES[dtype];
      view = new Elements(buffer, 0, Math.floor(buffer.byteLength / bytes));
      this.#views.set(dtype, view);
    }
    return view;
  }

  /** Whether the memory has grown since `view`, of `count` elements, was made. Its length tells, unless there is none. */
  hasLost(view: TypedArray, count: number): boolean {
    if (view.length !== count) return true;
    return (this.#isShared || count === 0) && view.buffer !== this.buffer;
  }

  /** Where `tensor` lives, if kernels can have it there. */
  addressOf(tensor: TypedArray): number {
    const isHere = tensor.byteOffset + tensor.byteLength <= ADDRESSABLE && tensor.buffer === this.buffer;
    return isHere ? tensor.byteOffset : EXTERNAL;
  }

  /** Address of `bytes` bytes, aligned to 64; throws RangeError when the memory cannot grow enough. */
  alloc(bytes: number): number {
    const size = align(Math.max(1, bytes));
    return this.#take(size) ?? this.#grow(size);
  }

  /** Gives back what `alloc(bytes)` returned. */
  free(address: number, bytes: number): void {
    this.#release({ start: address, end: address + align(Math.max(1, bytes)) });
  }

  /**
   * Makes the room that workspaces lack; throws RangeError. `given` are tensors and arrays, of which those in this memory lose
   * their place when it grows: these are returned, and put into their tensors, as new views of the same elements.
   */
  makeRoom<T extends readonly unknown[]>(given: T): T {
    const follow = given.map((one) => following(one, this.buffer));
    for (const workspace of this.workspaces) workspace.grow();
    return follow.map((moved) => moved(this.buffer)) as unknown as T;
  }

  #take(size: number): number | undefined {
    const i = this.#free.findIndex((extent) => extent.end - extent.start >= size);
    if (i < 0) return undefined;
    const extent = this.#free[i];
    const address = extent.start;
    extent.start += size;
    if (extent.start === extent.end) this.#free.splice(i, 1);
    return address;
  }

  #grow(size: number): number {
    const { byteLength } = this.buffer;
    // A free end of the memory counts towards what is needed.
    const last = this.#free.at(-1);
    const spare = last !== undefined && last.end === byteLength ? last.end - last.start : 0;
    const pages = Math.ceil((size - spare) / PAGE);
    let old = -1;
    try {
      // Or it would have grown in vain.
      if (byteLength - spare + size <= ADDRESSABLE) old = this.memory.grow(pages);
    } catch {
      // Said below.
    }
    if (old < 0) {
      throw new RangeError(`the wasm memory of ${byteLength} bytes cannot grow by ${pages * PAGE} bytes`);
    }
    // Address 0 stays unused: a pointer of 0 is nobody's.
    this.#release({ start: old === 0 ? ALIGNMENT : old * PAGE, end: Math.min((old + pages) * PAGE, ADDRESSABLE) });
    return this.#take(size) ?? this.#grow(size);
  }

  #release(extent: Extent): void {
    const free: Extent[] = [];
    for (const one of [...this.#free, extent].sort((a, b) => a.start - b.start)) {
      const before = free.at(-1);
      if (before?.end === one.start) before.end = one.end;
      else free.push(one);
    }
    this.#free = free;
  }
}

/** What a tensor or an image may have besides `data`. */
const FIELDS = ['shape', 'width', 'height', 'stride', 'strides', 'offset', 'indices'];

/** What becomes of `given`, a tensor or an array, when the memory, whose buffer is `old`, has another one. */
function following(given: unknown, old: ArrayBufferLike): (buffer: ArrayBufferLike) => unknown {
  const data = isInput(given) ? given.data : (given as TypedArray);
  if (!ArrayBuffer.isView(data) || data.buffer !== old) return () => given;
  const { byteOffset, length } = data;
  const Elements = data.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => TypedArray;
  return (buffer) => {
    // Resident tensors have looked for themselves.
    if (isInput(given) && given.data.buffer === buffer) return given;
    const moved = new Elements(buffer, byteOffset, length);
    if (!isInput(given)) return moved;
    if (Reflect.set(given, 'data', moved)) return given;
    const copy: Record<string, unknown> = { ...given, data: moved };
    // A prototype's accessors, as an ImageData's are, are not in that.
    for (const name of FIELDS) if (name in given) copy[name] = Reflect.get(given, name);
    return copy;
  };
}

/** A part of the memory that grows with what has to be in it, and keeps nothing when it does. */
export class Workspace {
  address = 0;
  bytes = 0;
  #wanted = 0;
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
    arena.workspaces.push(this);
  }

  /** Whether it is so large; if not, `Arena.makeRoom` makes it so. */
  has(bytes: number): boolean {
    if (bytes <= this.bytes) return true;
    this.#wanted = bytes;
    return false;
  }

  /** Makes it as large as was asked for last; throws RangeError. */
  grow(): void {
    const bytes = this.#wanted;
    this.#wanted = 0;
    if (bytes <= this.bytes) return;
    if (this.bytes > 0) this.#arena.free(this.address, this.bytes);
    this.bytes = 0;
    this.address = this.#arena.alloc(bytes);
    this.bytes = bytes;
  }
}
