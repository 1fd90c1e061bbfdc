/**
 * The other way round: for each input position of an axis, the windows that cover it. They are as far apart as each other,
 * so that they make an axis again, whose windows are pooled by the loops that pool any: the gradient of an average is a sum
 * over it, and no two additions race for one place.
 */
import type { Axes, Axis, Plan, WindowRule } from './plan.js';

/**
 * The gradient of a sum or an average as a sum of its own: over the windows that an element was in, of what they are given
 * (for an average: divided by their divisors).
 */
export function transposePlan(plan: Plan): Plan {
  return {
    ...plan,
    op: 'sum',
    resultDType: plan.dtype,
    inputShape: plan.outputShape,
    outputShape: plan.inputShape,
    inputCount: plan.outputCount,
    outputCount: plan.inputCount,
    axes: plan.axes.map(transposeAxis) as unknown as Axes,
    dividesBy: plan.op === 'avg' ? plan.axes : undefined,
  };
}

/** The axis whose windows are the output positions that have each input position in their windows. */
function transposeAxis(axis: Axis): Axis {
  const { input, output, origin, dilation } = axis;
  const starts = new Int32Array(input);
  const counts = new Int32Array(input);
  // The first and the last tap of window o, padding included where one rule gives all windows; those that tables alone
  // give are of neighbours, and their starts and ends only ever move on.
  const stride = origin === undefined ? 1 : origin.stride;
  const reach = origin === undefined ? 0 : (origin.kernelSize - 1) * dilation;
  const firstTap = (o: number) => (origin === undefined ? axis.starts[o] : o * stride - origin.before);
  const lastTap = (o: number) => (origin === undefined ? axis.starts[o] + axis.counts[o] - 1 : firstTap(o) + reach);
  const { low, high } = origin ?? { low: 0, high: input };

  // Windows `step` apart have taps in the same places, those between have none of them: each of so many groups of windows
  // is gone through along with its places, both of which only move on.
  const step = dilation / greatestCommonDivisor(stride, dilation);
  for (let group = 0; group < Math.min(step, output); group++) {
    let first = group;
    let end = group;
    const tap = firstTap(group);
    for (let i = tap + Math.ceil((low - tap) / dilation) * dilation; i < high; i += dilation) {
      while (end < output && firstTap(end) <= i) end += step;
      while (first < end && lastTap(first) < i) first += step;
      starts[i] = first;
      counts[i] = (end - first) / step;
    }
  }
  // A position without windows stays near the others: bands of positions read what their starts say.
  for (let i = 0; i < input; i++) if (counts[i] === 0) starts[i] = i === 0 ? 0 : starts[i - 1];
  let rule: WindowRule | undefined;
  const most = 2 * output + 64 - input;
  if (origin !== undefined && stride === 1 && low === 0 && high === input && Math.max(reach, origin.before) <= most) {
    rule = { kernelSize: origin.kernelSize, stride: 1, before: reach - origin.before, low: 0, high: output };
  }
  const divisors = new Float64Array(input).fill(1);
  return { input: output, output: input, dilation: step, starts, counts, divisors, rule, origin: rule };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
