/**
 * The kernels of gradients. Inside the library they are a module of their own, so that bundles of poolings do without it; a
 * module that the library was given has them beside all others.
 */
import { unpackGradients } from '../packed.js';
import { instantiate, type Kernels } from './program.js';
import type { QuotientKernels } from './quotients.js';
import type { ScatterKernels } from './scatter-wasm.js';
import type { Room, WasmBackend } from './wasm.js';

/** The kernels; addresses are those of whole tensors, of which only the rows of a band need to be there. */
export interface GradientKernels extends ScatterKernels, QuotientKernels {
  /** Returns 0 where places are those of other windows. */
  readonly expand: (
    source: Source,
    x: number,
    dy: number,
    dx: number,
    from: number,
    to: number,
    height: number,
    width: number,
    rows: number,
    columns: number,
    inner: number,
    flip: number,
    divisor: number,
  ) => number;
}

/** What says where the gradient of a window goes, as in assembly/expand.ts. */
export enum Source {
  Input,
  Places,
  None,
}

let module: WebAssembly.Module | undefined;
const instances = new WeakMap<Kernels, GradientKernels>();

/** The kernels over the memory of `room`, instantiated on first use. */
export function gradientKernels({ kernels, arena }: Room): GradientKernels {
  let own = 'scatter' in kernels ? (kernels as unknown as GradientKernels) : instances.get(kernels);
  if (own === undefined) {
    module ??= new WebAssembly.Module(unpackGradients());
    own = instantiate<GradientKernels>(module, arena.memory);
    instances.set(kernels, own);
  }
  return own;
}

/** `wasm`, unless its kernels of gradients cannot be had, and TypeScript is to run these. */
export function withGradients(wasm: WasmBackend | undefined): WasmBackend | undefined {
  try {
    if (wasm !== undefined) gradientKernels(wasm);
    return wasm;
  } catch (error) {
    wasm?.giveUp(error);
  }
}
