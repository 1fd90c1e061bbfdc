/**
 * The ts backend: the same plans in plain TypeScript, for when WebAssembly cannot be had. Separable like the kernels:
 * the rows of a window are folded into one row, then the taps along it.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import type { Backend, Run } from './backend.js';
import { type Reducer, type Row, reducerOf } from './reducers.js';

export class TsBackend implements Backend {
  readonly name = 'ts';

  prepare(plan: Plan): Run {
    const reducer = reducerOf(plan);
    const row = reducer.makeRow(plan.axes[2].input * plan.inner);
    return (x, y) => pool(plan, reducer, row, x, y);
  }
}

function pool(plan: Plan, reducer: Reducer, row: Row, x: TypedArray, y: TypedArray): void {
  const [depth, height, width] = plan.axes;
  const { inner } = plan;
  const from = reducer.elementsOf(x);
  const to = reducer.elementsOf(y);
  const step = height.dilation * row.length;
  let out = 0;
  for (let outer = 0; outer < plan.outer; outer++) {
    for (let od = 0; od < depth.output; od++) {
      const slices = depth.counts[od];
      for (let oh = 0; oh < height.output; oh++) {
        const rows = height.counts[oh];
        if (slices * rows === 0) reducer.clear(row);
        else {
          for (let td = 0; td < slices; td++) {
            const slice = outer * depth.input + depth.starts[od] + td * depth.dilation;
            const at = (slice * height.input + height.starts[oh]) * row.length;
            reducer.foldRows(row, from, at, step, rows, td > 0);
          }
        }
        reducer.foldTaps(to, out, row, width, inner, depth.divisors[od] * height.divisors[oh]);
        out += width.output * inner;
      }
    }
  }
}
