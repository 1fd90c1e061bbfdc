/**
 * The kernels on somebody else's memory, for library authors who have a heap of their own: nothing is copied, nothing is
 * allocated, and nothing outside the given regions is touched.
 */

import { pickPath } from './backends/paths.js';
import { instantiateKernels, type Kernel, Program } from './backends/program.js';
import { BAND_BYTES } from './backends/wasm.js';
import { embeddedModule } from './embedded.js';
import type { PoolFunction } from './ops.js';
import * as functions from './ops.js';
import {
  type AdaptivePool2dPlanOptions,
  type AvgPool2dPlanOptions,
  type GlobalPool2dPlanOptions,
  type MaxPool2dPlanOptions,
  readOptions,
} from './options.js';
import { makePlan } from './plan.js';
import { checkShape, DTYPES, type DType, describe } from './tensor.js';

/** Addresses must be multiples of this. */
const ALIGNMENT = 16;

/** Options of `createRaw`. */
export interface RawOptions {
  /** The compiled `wasm-pooling/pooling.wasm`. Default: the copy inside the library. */
  module?: WebAssembly.Module;
}

/** A planned pooling on a host's memory. */
export interface RawPool {
  readonly dtype: DType;
  readonly outputShape: readonly number[];
  /** Bytes of the input, of the output, and of the working space that `run` needs. */
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly workspaceBytes: number;
  /**
   * Pools the tensor at address `x` into the one at `y`. All three are byte addresses in the memory, multiples of 16, of
   * regions that do not overlap. The workspace needs no preparation and keeps nothing between calls.
   * @throws RangeError for an address that is not aligned, or a region that overlaps another or leaves the memory.
   */
  run(x: number, y: number, workspace: number): void;
}

/** The pooling functions as plans on a host's memory. */
export interface Raw {
  readonly memory: WebAssembly.Memory;
  maxPool2d(shape: readonly number[], options: MaxPool2dPlanOptions): RawPool;
  avgPool2d(shape: readonly number[], options: AvgPool2dPlanOptions): RawPool;
  globalMaxPool2d(shape: readonly number[], options?: GlobalPool2dPlanOptions): RawPool;
  globalAvgPool2d(shape: readonly number[], options?: GlobalPool2dPlanOptions): RawPool;
  adaptiveMaxPool2d(shape: readonly number[], options: AdaptivePool2dPlanOptions): RawPool;
  adaptiveAvgPool2d(shape: readonly number[], options: AdaptivePool2dPlanOptions): RawPool;
}

/**
 * Instantiates the kernels over `memory`.
 *
 * @throws CompileError or LinkError where WebAssembly SIMD cannot be had; there is no fallback at this level.
 * @example
 * const raw = createRaw(host.memory);
 * const pool = raw.maxPool2d([1, 8, 24, 24], { layout: 'nchw', kernelSize: 2 });
 * pool.run(x, host.malloc(pool.outputBytes), host.malloc(pool.workspaceBytes));
 */
export function createRaw(memory: WebAssembly.Memory, options: RawOptions = {}): Raw {
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new TypeError(`createRaw: memory must be a WebAssembly.Memory, got ${describe(memory)}`);
  }
  const kernels = instantiateKernels(options.module ?? embeddedModule(), memory);
  const pool =
    (words: PoolFunction) =>
    (shape: readonly number[], given: object = {}) =>
      rawPool(kernels, memory, words, shape, given);
  return {
    memory,
    maxPool2d: pool(functions.maxPool2d),
    avgPool2d: pool(functions.avgPool2d),
    globalMaxPool2d: pool(functions.globalMaxPool2d),
    globalAvgPool2d: pool(functions.globalAvgPool2d),
    adaptiveMaxPool2d: pool(functions.adaptiveMaxPool2d),
    adaptiveAvgPool2d: pool(functions.adaptiveAvgPool2d),
  };
}

function rawPool(
  kernels: Record<string, Kernel>,
  memory: WebAssembly.Memory,
  words: PoolFunction,
  shape: readonly number[],
  options: object,
): RawPool {
  const axes = checkShape(words.name, shape);
  const settings = readOptions(words, axes.length, options, 'dtype');
  const plan = makePlan(words, words.op, settings.dtype, axes, settings);
  const program = new Program(kernels, plan, plan, pickPath(plan), BAND_BYTES);
  const { bytes } = DTYPES[plan.dtype];
  const inputBytes = plan.inputCount * bytes;
  const outputBytes = plan.outputCount * bytes;

  return {
    dtype: plan.dtype,
    outputShape: plan.outputShape,
    inputBytes,
    outputBytes,
    workspaceBytes: program.bytes,
    run(x, y, workspace) {
      checkRegions(words.name, memory.buffer.byteLength, [
        ['x', x, inputBytes],
        ['y', y, outputBytes],
        ['workspace', workspace, program.bytes],
      ]);
      program.load(memory, workspace, true);
      let exact = false;
      for (const band of program.bands) exact = program.run(memory, workspace, band, x, y, exact);
    },
  };
}

type Region = readonly [name: string, address: number, bytes: number];

function checkRegions(fn: string, memoryBytes: number, regions: readonly Region[]): void {
  for (const [name, address, bytes] of regions) {
    if (!Number.isInteger(address) || address < 0 || address % ALIGNMENT !== 0) {
      throw new RangeError(
        `${fn}: ${name} must be an address that is a multiple of ${ALIGNMENT}, got ${describe(address)}`,
      );
    }
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
