/**
 * Plans whose windows differ from plane to plane, which fractional poolings have, on the ts backend.
 */
import type { Axes, Plan } from '../plan.js';
import { Strided } from '../strided.js';
import type { TypedArray } from '../tensor.js';

/** Pools one plane or all of them, and may say where in it results come from. */
type Loop = (x: TypedArray, y: Float64Array, places: Int32Array) => unknown;

/**
 * Such a plan as one of its own for each of the `planes`, which `prepare` makes ready to run. A plane is gathered from among the
 * channels, and its results are scattered.
 */
export function inPlanes(
  plan: Plan,
  planes: readonly Axes[],
  prepare: (part: Plan) => Loop,
): (x: TypedArray | Strided, y?: TypedArray, places?: Int32Array) => boolean {
  const { inner } = plan;
  const inputCount = plan.inputCount / planes.length;
  const outputCount = plan.outputCount / planes.length;
  const loops = planes.map((axes) =>
    prepare({ ...plan, axes, outer: 1, inner: 1, inputCount, outputCount, planes: undefined }),
  );
  const input = new Float64Array(inputCount);
  const output = new Float64Array(outputCount);
  const found = new Int32Array(outputCount);
  return (x, y, places) => {
    for (let plane = 0; plane < planes.length; plane++) {
      const channel = plane % inner;
      const from = (plane - channel) * inputCount + channel;
      const to = (plane - channel) * outputCount + channel;
      if (x instanceof Strided) for (let i = 0; i < inputCount; i++) input[i] = x.at(from + i * inner);
      else for (let i = 0; i < inputCount; i++) input[i] = x[from + i * inner];
      loops[plane](input, output, found);
      if (y !== undefined) for (let i = 0; i < outputCount; i++) y[to + i * inner] = output[i];
      if (places !== undefined) for (let i = 0; i < outputCount; i++) places[to + i * inner] = found[i];
    }
    return true;
  };
}
