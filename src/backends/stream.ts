/**
 * Kernels of indices and gradients on tensors, band by band: those in the wasm memory are worked on where they are, others pass
 * through it.
 */
import { most, type Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import { EXTERNAL } from './arena.js';
import { type Band, cutBands } from './bands.js';
import { Passage } from './passage.js';
import { align } from './program.js';
import type { Room } from './wasm.js';

/** A kernel: where three tensors begin, and the output rows of a band. */
export type Call = (a: number, b: number, c: number, from: number, to: number) => unknown;

/** Elements of a tensor that a band reads or writes. */
interface Part {
  readonly reads: boolean;
  readonly first: number;
  readonly last: number;
}

/** One of the tensors that a kernel has. */
export type Side = (band: Band) => Part;

/** The results, or their places or gradients. */
export function results({ axes: [, , width], inner }: Plan, reads: boolean): Side {
  const row = width.output * inner;
  return ({ from, to }) => ({ reads, first: from * row, last: to * row });
}

/** The input, or its gradient. */
export function input({ axes: [, , width], inner }: Plan, reads: boolean): Side {
  const row = width.input * inner;
  return ({ inputFrom, inputTo }) => ({ reads, first: inputFrom * row, last: inputTo * row });
}

const BYTES = 4;

/** A kernel on the bands of a plan. */
export interface Stream {
  /** Bytes of the workspace that it takes, if not all tensors are in the memory, or the kernel takes some itself. */
  readonly bytes: number;
  /** Runs all bands. False, as of `Run`, if there is too little room, and if the kernel gives 0. */
  readonly run: (a: TypedArray, b: TypedArray, c: TypedArray) => boolean;
}

/** The first `scratch` bytes of the workspace are the kernel's. */
export function stream(
  plan: Plan,
  { arena, taskWorkspace, bandBytes }: Room,
  call: Call,
  sides: readonly Side[],
  scratch = 0,
): Stream {
  const passage = new Passage(arena);
  const bands = wholePlanes(plan, cutBands(plan, BYTES, bandBytes, false));
  // Elements of the three tensors, band after band, and where those go, in bytes from the workspace.
  const parts = bands.flatMap((band) => sides.map((side) => side(band)));
  let bytes = scratch;
  const starts = sides.map((side) => {
    const start = bytes;
    bytes += align(most(bands.map(side), ({ first, last }) => last - first) * BYTES);
    return start;
  });

  const isThere = (tensor: TypedArray) => arena.addressOf(tensor) !== EXTERNAL;

  /** Where the tensor of a part would begin if all of it were there. The part is, if it is read. */
  const enter = (part: number, tensor: TypedArray): number => {
    const { reads, first, last } = parts[part];
    const address = taskWorkspace.address + starts[part % 3];
    return reads ? passage.in(tensor, part, first, last, address) : passage.at(tensor, first, address);
  };

  /** Copies a part out, if it is written. */
  const leave = (part: number, tensor: TypedArray) => {
    const { reads, first, last } = parts[part];
    if (!reads) passage.out(tensor, part, first, last, taskWorkspace.address + starts[part % 3]);
  };

  return {
    bytes,
    run(a, b, c) {
      const isFree = scratch === 0 && isThere(a) && isThere(b) && isThere(c);
      if (!isFree && !taskWorkspace.has(bytes)) return false;
      for (let i = 0; i < bands.length; i++) {
        const { from, to } = bands[i];
        const part = 3 * i;
        if (call(enter(part, a), enter(part + 1, b), enter(part + 2, c), from, to) === 0) return false;
        leave(part + 1, b);
        leave(part + 2, c);
      }
      return true;
    },
  };
}

/** Bands with all rows of the input between them: also those behind the last window of a plane, where gradients are zero. */
function wholePlanes({ axes: [, height] }: Plan, bands: readonly Band[]): readonly Band[] {
  return bands.map((band) => {
    const planes = band.to / height.output;
    return Number.isInteger(planes) ? { ...band, inputTo: Math.max(band.inputTo, planes * height.input) } : band;
  });
}
