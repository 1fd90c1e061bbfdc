/**
 * The ops of the ts backend: one small class each. They work on rows, so that their loops stay tight and the geometry
 * stays in ts.ts. Rows of partial results are Float64Array, which holds every dtype's values exactly and adds up
 * float32 with more than its own precision.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';

export interface Reducer {
  /** What an empty window gives before `finish`, and where a fold starts. */
  readonly identity: number;
  /** row[i] = row[i] ∘ x[at + i] for i < n. */
  fold(row: Float64Array, x: TypedArray, at: number, n: number): void;
  /** row[at] ∘ row[at + step] ∘ …, `count` of them. */
  foldTaps(row: Float64Array, at: number, step: number, count: number): number;
  finish(folded: number, divisor: number): number;
}

class Max implements Reducer {
  readonly identity = -Infinity;

  fold(row: Float64Array, x: TypedArray, at: number, n: number): void {
    for (let i = 0; i < n; i++) {
      const value = x[at + i];
      // Not greater, but unequal to itself: NaN, which then stays, since nothing is greater than it.
      if (value > row[i] || value !== value) row[i] = value;
    }
  }

  foldTaps(row: Float64Array, at: number, step: number, count: number): number {
    let max = -Infinity;
    for (let t = 0; t < count; t++, at += step) {
      const value = row[at];
      if (value > max || value !== value) max = value;
    }
    return max;
  }

  finish(folded: number): number {
    return folded;
  }
}

class MaxIgnoringNaN implements Reducer {
  readonly identity = -Infinity;

  fold(row: Float64Array, x: TypedArray, at: number, n: number): void {
    for (let i = 0; i < n; i++) {
      const value = x[at + i];
      if (value > row[i]) row[i] = value;
    }
  }

  foldTaps(row: Float64Array, at: number, step: number, count: number): number {
    let max = -Infinity;
    for (let t = 0; t < count; t++, at += step) {
      const value = row[at];
      if (value > max) max = value;
    }
    return max;
  }

  finish(folded: number): number {
    return folded;
  }
}

class Avg implements Reducer {
  readonly identity = 0;

  fold(row: Float64Array, x: TypedArray, at: number, n: number): void {
    for (let i = 0; i < n; i++) row[i] += x[at + i];
  }

  foldTaps(row: Float64Array, at: number, step: number, count: number): number {
    let sum = 0;
    for (let t = 0; t < count; t++, at += step) sum += row[at];
    return sum;
  }

  finish(folded: number, divisor: number): number {
    return folded / divisor;
  }
}

const REDUCERS = { max: new Max(), avg: new Avg() };
const MAX_IGNORING_NAN = new MaxIgnoringNaN();

export function reducerOf(plan: Plan): Reducer {
  return plan.op === 'max' && plan.nan === 'ignore' ? MAX_IGNORING_NAN : REDUCERS[plan.op];
}
