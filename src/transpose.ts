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
export function transposeAxis(axis: Axis): Axis {
  const { input, output, origin } = axis;
  const starts = new Int32Array(input);
  const counts = new Int32Array(input);
  const divisors = new Float64Array(input).fill(1);
  const turned = { input: output, output: input, starts, counts, divisors };
  if (origin === undefined) {
    // Windows of neighbours, whose starts and ends only ever move on: those over one position are neighbours as well.
    let first = 0;
    let end = 0;
    for (let i = 0; i < input; i++) {
      while (first < output && axis.starts[first] + axis.counts[first] <= i) first++;
      while (end < output && axis.starts[end] <= i) end++;
      starts[i] = Math.min(first, Math.max(0, output - 1));
      counts[i] = end - first;
    }
    return { ...turned, dilation: 1, rule: undefined, origin: undefined };
  }

  // Window o has position i as its tap t if o·s + t·d = i + p: every (d/g)th window, g being what s and d have in common,
  // of those that reach it, if g divides i + p at all.
  const { kernelSize, stride, before, low, high } = origin;
  const common = greatestCommonDivisor(stride, axis.dilation);
  const step = axis.dilation / common;
  const inverse = inverseOf(stride / common, step);
  const reach = (kernelSize - 1) * axis.dilation;
  let residue = -1;
  for (let i = low; i < high; i++) {
    // A position without windows stays near the others: bands of positions read what their starts say.
    if (i > 0) starts[i] = starts[i - 1];
    const a = i + before;
    if (a % common !== 0) continue;
    // (i + p)/g times the inverse of s/g, modulo d/g; from the second on, by adding.
    residue = residue < 0 ? Number((BigInt(a / common) * BigInt(inverse)) % BigInt(step)) : (residue + inverse) % step;
    const least = Math.max(0, Math.ceil((a - reach) / stride));
    const most = Math.min(output - 1, Math.floor(a / stride));
    const start = least + ((((residue - least) % step) + step) % step);
    if (start > most) continue;
    starts[i] = start;
    counts[i] = Math.floor((most - start) / step) + 1;
  }
  for (let i = Math.max(1, high); i < input; i++) starts[i] = starts[i - 1];
  let rule: WindowRule | undefined;
  if (stride === 1 && low === 0 && high === input && input + reach <= 2 * output + 64) {
    rule = { kernelSize, stride: 1, before: reach - before, low: 0, high: output };
  }
  return { ...turned, dilation: step, rule, origin: rule };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** What times `a` leaves 1 modulo `modulus`, which has no divisor in common with it (Euclid's algorithm). */
function inverseOf(a: number, modulus: number): number {
  let [r, next] = [modulus, a % modulus];
  let [x, nextX] = [0, 1];
  while (next !== 0) {
    const quotient = Math.floor(r / next);
    [r, next] = [next, r - quotient * next];
    [x, nextX] = [nextX, x - quotient * nextX];
  }
  return ((x % modulus) + modulus) % modulus;
}
