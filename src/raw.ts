/**
 * The kernels on somebody else's memory, for library authors who have a heap of their own: nothing is copied, nothing is
 * allocated, and nothing outside the given regions is touched.
 */

import { ADDRESSABLE } from './backends/arena.js';
import { hasKernel, pickPath } from './backends/paths.js';
import { instantiate, type Kernels, Program } from './backends/program.js';
import { bandBytesOf } from './backends/wasm.js';
import { checkModule, embeddedModule, embeddedSharingModule } from './embedded.js';
import { type AnyPoolFunction, FUNCTIONS, type PoolFunction } from './ops.js';
import { type PlanOptions, readOptions } from './options.js';
import { joinRows, makePlan } from './plan.js';
import { checkNumber, checkOptions, checkShape, DTYPES, type DType, describe } from './tensor.js';

/** What every allocator gives, Emscripten's malloc for one. Tensors need no more than their elements do. */
const WORKSPACE_ALIGNMENT = 8;

/** Options of `createRaw`. */
export interface RawOptions {
  /**
   * The compiled `wasm-pooling/pooling.wasm`, which imports an unshared memory. Default: the copy inside the library, which
   * is made to import what it is given.
   */
  module?: WebAssembly.Module;
}

/** A planned pooling on a host's memory. */
export interface RawPool {
  /** The dtype of the input. */
  readonly dtype: DType;
  /** The dtype of the result: `dtype`, but for sums of integers. */
  readonly resultDType: DType;
  /** The shape of the result. */
  readonly outputShape: readonly number[];
  /** Bytes of the input. */
  readonly inputBytes: number;
  /** Bytes of the result. */
  readonly outputBytes: number;
  /** Bytes of the working space that `run` needs. */
  readonly workspaceBytes: number;
  /**
   * Pools the tensor at address `x` into the one at `y`. All three are byte addresses in the memory of regions that do not
   * overlap: of tensors multiples of their elements' size, of the workspace a multiple of 8. The workspace needs no
   * preparation and keeps nothing between calls.
   * @throws RangeError for an address that is not aligned, or a region that overlaps another or leaves the memory.
   */
  run(x: number, y: number, workspace: number): void;
}

/** The pooling functions as plans on a host's memory. Ops that have no WebAssembly kernel are a RangeError. */
export type Raw = { readonly memory: WebAssembly.Memory } & {
  readonly [F in AnyPoolFunction as F['name']]: F['geometry'] extends 'global'
    ? (shape: readonly number[], options?: PlanOptions<F['op'], F['geometry'], F['rank']>) => RawPool
    : (shape: readonly number[], options: PlanOptions<F['op'], F['geometry'], F['rank']>) => RawPool;
};

/**
 * Instantiates the kernels over `memory`, which may be shared; other threads must leave a pooling's regions alone while it
 * runs.
 *
 * @param memory The host's memory; it is not grown.
 * @param options `module`, the copy inside the library unless it is given.
 * @returns The functions as plans on addresses in that memory.
 * @throws TypeError for options of the wrong kind; CompileError or LinkError where WebAssembly SIMD cannot be had: there is
 * no fallback at this level.
 * @example
 * const memory = new WebAssembly.Memory({ initial: 1 }); // the host's
 * const pool = createRaw(memory).maxPool2d([2, 2], { kernelSize: 2 });
 * new Float32Array(memory.buffer, 0, 4).set([1, 5, 2, 4]);
 * pool.run(0, 16, 24); // byte addresses of x, y and a working space of pool.workspaceBytes
 * new Float32Array(memory.buffer, 16, 1); // → [5]
 */
export function createRaw(memory: WebAssembly.Memory, options: RawOptions = {}): Raw {
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new TypeError(`createRaw: memory must be a WebAssembly.Memory, got ${describe(memory)}`);
  }
  const { module } = readRawOptions(options);
  const kernels: Kernels = instantiate(
    module ?? (isShared(memory) ? embeddedSharingModule() : embeddedModule()),
    memory,
  );
  const raw: Record<string, unknown> = { memory };
  for (const words of Object.values(FUNCTIONS)) {
    raw[words.name] = (shape: readonly number[], given: object = {}) => rawPool(kernels, memory, words, shape, given);
  }
  return raw as unknown as Raw;
}

/** Some browsers have shared memories, but no `SharedArrayBuffer` by that name. */
const isShared = ({ buffer }: WebAssembly.Memory): boolean =>
  Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';

function readRawOptions(options: RawOptions): RawOptions {
  const fn = 'createRaw';
  checkOptions(fn, options);
  for (const name of Object.keys(options)) {
    if (name !== 'module') throw new TypeError(`${fn}: there is no option '${name}'; the only option is module`);
  }
  if (options.module !== undefined) checkModule(fn, options.module);
  return options;
}

function rawPool(
  kernels: Kernels,
  memory: WebAssembly.Memory,
  words: PoolFunction,
  shape: readonly number[],
  options: object,
): RawPool {
  const fn = words.name;
  const axes = checkShape(fn, shape);
  const settings = readOptions(fn, words, { rank: axes.length, dtype: 'float32', isImage: false }, options, []);
  const plan = joinRows(makePlan(fn, words, axes, settings));
  if (!hasKernel(plan)) {
    const what = plan.planes === undefined ? `norms with p of ${plan.p}` : 'fractional windows';
    throw new RangeError(`${fn}: there is no WebAssembly kernel for ${what}; the function of wasm-pooling has them`);
  }
  const path = pickPath(plan);
  const program = new Program(kernels, plan, plan, path, bandBytesOf(path, plan));
  const inputBytes = plan.inputCount * DTYPES[plan.dtype].bytes;
  const outputBytes = plan.outputCount * DTYPES[plan.resultDType].bytes;

  return {
    dtype: plan.dtype,
    resultDType: plan.resultDType,
    outputShape: plan.outputShape,
    inputBytes,
    outputBytes,
    workspaceBytes: program.bytes,
    run(x, y, workspace) {
      const { buffer } = memory;
      checkRegions(fn, Math.min(buffer.byteLength, ADDRESSABLE), [
        ['x', x, inputBytes, DTYPES[plan.dtype].bytes],
        ['y', y, outputBytes, DTYPES[plan.resultDType].bytes],
        ['workspace', workspace, program.bytes, WORKSPACE_ALIGNMENT],
      ]);
      program.load(buffer, workspace, true);
      let exact = false;
      for (const band of program.bands) exact = program.run(buffer, workspace, band, x | 0, y | 0, exact);
    },
  };
}

type Region = readonly [name: string, address: number, bytes: number, alignment: number];

function checkRegions(fn: string, memoryBytes: number, regions: readonly Region[]): void {
  for (const [name, address, bytes, alignment] of regions) {
    const isPlace = (at: number) => Number.isInteger(at) && at >= 0 && at % alignment === 0;
    checkNumber(fn, name, address, `an address that is a multiple of ${alignment}`, isPlace);
    if (address + bytes > memoryBytes) {
      throw new RangeError(`${fn}: ${name} ends at ${address + bytes}, behind the memory's ${memoryBytes} bytes`);
    }
  }
  regions.forEach(([name, address, bytes], i) => {
    for (const [other, start, length] of regions.slice(i + 1)) {
      if (address < start + length && start < address + bytes) {
        throw new RangeError(`${fn}: ${name} overlaps ${other}`);
      }
    }
  });
}
