/**
 * The ts backend: the same plans in plain TypeScript, for when WebAssembly cannot be had. Separable like the kernels:
 * the rows of a window are folded into one row, then the taps along it.
 */
import type { Plan } from '../plan.js';
import type { TypedArray } from '../tensor.js';
import type { Backend, Run } from './backend.js';
import { reducerOf } from './reducers.js';

export class TsBackend implements Backend {
  readonly name = 'ts';

  prepare(plan: Plan): Run {
    const row = new Float64Array(plan.axes[2].input * plan.inner);
    return (x, y) => pool(plan, row, x, y);
  }
}

function pool(plan: Plan, row: Float64Array, x: TypedArray, y: TypedArray): void {
  const [depth, height, width] = plan.axes;
  const { inner } = plan;
  const reducer = reducerOf(plan);
  const step = width.dilation * inner;
  let out = 0;
  for (let outer = 0; outer < plan.outer; outer++) {
    for (let od = 0; od < depth.output; od++) {
      for (let oh = 0; oh < height.output; oh++) {
        row.fill(reducer.identity);
        for (let td = 0; td < depth.counts[od]; td++) {
          const slice = outer * depth.input + depth.starts[od] + td * depth.dilation;
          for (let th = 0; th < height.counts[oh]; th++) {
            const line = slice * height.input + height.starts[oh] + th * height.dilation;
            reducer.fold(row, x, line * row.length, row.length);
          }
        }
        const divisor = depth.divisors[od] * height.divisors[oh];
        for (let ow = 0; ow < width.output; ow++) {
          const at = width.starts[ow] * inner;
          const count = width.counts[ow];
          const by = divisor * width.divisors[ow];
          for (let c = 0; c < inner; c++) y[out++] = reducer.finish(reducer.foldTaps(row, at + c, step, count), by);
        }
      }
    }
  }
}
