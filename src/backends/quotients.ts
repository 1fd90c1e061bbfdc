/**
 * Results of averages on their way to the kernels that sum them up, which get them a band at a time: divided where windows are
 * clipped, with zeros between them where windows are several positions apart, so that the sums are over windows one apart, and
 * between zeros, since sums over windows most of which is padding are slow.
 */
import type { Plan } from '../plan.js';
import { Streamed } from '../strided.js';
import type { TypedArray } from '../tensor.js';
import { type WindowWords, windowWords } from './argmax-wasm.js';
import { gradientKernels } from './gradient-kernels.js';
import { Passage } from './passage.js';
import { align } from './program.js';
import type { Room } from './wasm.js';

/** Addresses are those of whole tensors, of which only rows `from` to `to` of the results need to be there. */
export interface QuotientKernels {
  /** Divides by the part of windows that is input. */
  readonly divide: (dy: number, quotients: number, from: number, to: number, ...windows: WindowWords) => void;
  /** Puts elements where they have zeros between them. */
  readonly space: (
    from: number,
    to: number,
    first: number,
    end: number,
    rows: number,
    columns: number,
    height: number,
    width: number,
    down: number,
    right: number,
    inner: number,
  ) => void;
}

/** Results that are worked on at a time. */
const CHUNK = 2 ** 14;
const BYTES = 4;

/** Where results go: so many rows and columns apart, between so many columns of zeros. */
export interface Spacing {
  readonly down: number;
  readonly right: number;
  readonly left: number;
  readonly rest: number;
}

/** float32, over two axes. */
export class Quotients extends Streamed {
  /** Of the workspace: for results that are copied, and for quotients. */
  readonly #bytes: number;
  readonly #plan: Plan;
  readonly #windows: WindowWords;
  readonly #divides: boolean;
  readonly #spacing: Spacing;
  readonly #isSpaced: boolean;
  readonly #room: Room;
  readonly #kernels: QuotientKernels;
  /** Rows of results that are done at a time. */
  readonly #rows: number;
  readonly #quotientsAt: number;
  /** Rows of a plane and columns, with the zeros. */
  readonly #height: number;
  readonly #width: number;
  readonly #passage: Passage;
  #dy: TypedArray | undefined;

  /** With several channels there are no columns of zeros beside results. */
  constructor(plan: Plan, room: Room, divides: boolean, spacing: Spacing) {
    super();
    const [, height, width] = plan.axes;
    this.#plan = plan;
    this.#windows = windowWords(plan) as WindowWords;
    this.#divides = divides;
    const { down, right, left, rest } = spacing;
    this.#spacing = spacing;
    this.#isSpaced = isSpaced(spacing);
    this.#room = room;
    this.#kernels = gradientKernels(room);
    this.#passage = new Passage(room.arena);
    this.#height = (height.output - 1) * down + 1;
    this.#width = left + (width.output - 1) * right + 1 + rest;
    const row = width.output * plan.inner;
    this.#rows = Math.max(1, Math.floor(CHUNK / row));
    this.#quotientsAt = align(this.#rows * row * BYTES);
    this.#bytes = 2 * this.#quotientsAt;
  }

  /** Reads results from now on. False, as of `Run`, if there is too little room. */
  begin(dy: TypedArray): boolean {
    this.#dy = dy;
    return this.#room.taskWorkspace.has(this.#bytes);
  }

  /** Of whole rows. */
  pack(target: TypedArray, at: number, start: number, end: number): void {
    const { inner, axes } = this.#plan;
    const [, height, width] = axes;
    const row = this.#width * inner;
    const { down, right, left } = this.#spacing;
    if (this.#isSpaced) target.fill(0, at, at + end - start);
    // Where all of them would begin.
    const into = (at - start) * BYTES;
    const last = this.#resultRow(end / row);
    const { address } = this.#room.taskWorkspace;
    for (let first = this.#resultRow(start / row); first < last; first += this.#rows) {
      const next = Math.min(last, first + this.#rows);
      const results = width.output * inner;
      const part = first * (this.#rows + 1) + next - first;
      let source = this.#passage.in(this.#dy as TypedArray, part, first * results, next * results, address);
      if (this.#divides) {
        const quotients = this.#isSpaced ? address + this.#quotientsAt - first * results * BYTES : into;
        this.#kernels.divide(source | 0, quotients | 0, first, next, ...this.#windows);
        source = quotients;
      }
      if (this.#isSpaced) {
        this.#kernels.space(
          source | 0,
          (into + left * BYTES) | 0,
          first,
          next,
          height.output,
          width.output,
          this.#height,
          this.#width,
          down,
          right,
          inner,
        );
      }
    }
  }

  /** The first row of results that is at row `row` of what has zeros in it, or after it. */
  #resultRow(row: number): number {
    const inPlane = row % this.#height;
    return ((row - inPlane) / this.#height) * this.#plan.axes[1].output + Math.ceil(inPlane / this.#spacing.down);
  }
}

export const isSpaced = ({ down, right, left, rest }: Spacing): boolean =>
  down > 1 || right > 1 || left > 0 || rest > 0;
