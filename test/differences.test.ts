/**
 * Gradients against what they are gradients of: central differences of the poolings in float64, and for every linear map
 * that ⟨A·v, w⟩ = ⟨v, Aᵀ·w⟩.
 */
import { describe, expect, it } from 'vitest';
import { createPooling } from '../src/gradients.js';
import type { Tensor, TensorWithIndices } from '../src/index.js';
import { type Case, LAYOUTS, random, randomCases, shapeOf } from './cases.js';

type Doubles = Tensor<Float64Array>;
type Loose = Record<string, (...args: unknown[]) => Doubles>;

const library = createPooling({ backend: 'ts' }) as unknown as Loose;

const dot = (a: Doubles, b: Doubles): number => a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);
const scale = (a: Doubles, b: Doubles): number =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value * b.data[i]), 1e-300);
const count = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Random numbers of magnitude ½ to 3, all a good deal apart from each other and from 0. */
function apart(shape: readonly number[], next: () => number): Doubles {
  const n = count(shape);
  const places = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [places[i], places[j]] = [places[j], places[i]];
  }
  const data = Float64Array.from(places, (place) => 0.5 + (2.5 * place) / n);
  return { data: data.map((value) => (next() < 0.5 ? -value : value)), shape };
}

const uniform = (shape: readonly number[], next: () => number): Doubles => ({
  data: Float64Array.from({ length: count(shape) }, () => 2 * next() - 1),
  shape,
});

/** Cases that are not refused, with a fractional one in ten. */
function* cases(seed: number, ops: readonly string[], number: number): Generator<Case> {
  const next = random(seed);
  for (const one of randomCases(number, seed, { ops, ranks: [1, 2, 3], dtypes: ['float64'] })) {
    if (one.shape.includes(0)) continue;
    const rank = [...(one.options.layout as string)].filter((letter) => 'dhw'.includes(letter)).length;
    const fits = one.shape.every((length) => length >= 4);
    if (one.fn.startsWith('max') && rank > 1 && fits && next() < 0.3) {
      const options = { layout: one.options.layout, kernelSize: 2, outputSize: 3, seed };
      yield { ...one, fn: `fractionalMaxPool${rank}d`, options };
      continue;
    }
    try {
      library[one.fn](uniform(one.shape, next), one.options);
    } catch {
      continue;
    }
    yield one;
  }
}

/** What the gradient needs besides the options. */
const from = (one: Case, x: Doubles) => (/avg|sum/i.test(one.fn) ? { inputShape: x.shape } : { x });

describe.each([
  ['max', 31],
  ['min', 32],
  ['avg', 33],
  ['sum', 34],
  ['lp', 35],
])('%s', (op, seed) => {
  it('has the gradient that central differences show', () => {
    const next = random(seed);
    let tried = 0;
    for (const one of cases(seed, [op], 200)) {
      if (count(one.shape) > 150) continue;
      // Empty windows are infinite, or NaN, and have no gradient.
      const x = apart(one.shape, next);
      const y = library[one.fn](x, one.options);
      const dy = uniform(y.shape, next);
      y.data.forEach((value, i) => {
        if (!Number.isFinite(value)) dy.data[i] = 0;
      });
      tried++;
      const dx = library[`${one.fn}Backward`](dy, { ...one.options, ...from(one, x) });
      const h = 2 ** -13;
      const along = (i: number, step: number): Doubles => {
        const data = x.data.slice();
        data[i] += step;
        const z = library[one.fn]({ data, shape: x.shape }, one.options);
        z.data.forEach((value, k) => {
          if (!Number.isFinite(value)) z.data[k] = 0;
        });
        return z;
      };
      for (let i = 0; i < x.data.length; i++) {
        const [more, less] = [along(i, h), along(i, -h)];
        const difference = more.data.map((value, k) => (value - less.data[k]) / (2 * h));
        const want = dot({ data: difference, shape: y.shape }, dy);
        // Norms are smooth, but their third derivative is not small where x is near 0 or p is.
        const off = op === 'lp' ? 1e-4 * (1 + Math.abs(want)) : 1e-9 * (1 + Math.abs(want));
        if (!(Math.abs(dx.data[i] - want) <= off)) {
          expect.fail(`element ${i} is ${dx.data[i]}, differences say ${want}\n${JSON.stringify(one)}`);
        }
      }
    }
    expect(tried).toBeGreaterThan(40);
  });
});

describe('⟨A·v, w⟩ = ⟨v, Aᵀ·w⟩', () => {
  const close = (one: Case, a: number, b: number, size: number) => {
    if (!(Math.abs(a - b) <= 1e-12 * size)) expect.fail(`${a} and ${b}\n${JSON.stringify(one)}`);
  };

  it('of averages and sums, which are their own derivative', () => {
    const next = random(41);
    let tried = 0;
    for (const one of cases(41, ['avg', 'sum'], 400)) {
      const v = uniform(one.shape, next);
      const pooled = library[one.fn](v, one.options);
      // The average of nothing is no linear map.
      if (pooled.data.some(Number.isNaN)) continue;
      const w = uniform(pooled.shape, next);
      const back = library[`${one.fn}Backward`](w, { ...one.options, inputShape: one.shape });
      close(one, dot(pooled, w), dot(v, back), scale(pooled, w) + scale(v, back));
      tried++;
    }
    expect(tried).toBeGreaterThan(150);
  });

  it('of maxima and minima, whose derivative gathers', () => {
    const next = random(42);
    let tried = 0;
    for (const one of cases(42, ['max', 'min'], 400)) {
      const x = uniform(one.shape, next);
      const { indices, shape } = library[`${one.fn}WithIndices`](x, one.options) as unknown as TensorWithIndices;
      const v = uniform(one.shape, next);
      const w = uniform(shape, next);
      const gathered = library[`${one.fn}Gather`](v, indices, one.options);
      const back = library[`${one.fn}Backward`](w, { ...one.options, indices, inputShape: one.shape });
      close(one, dot(gathered, w), dot(v, back), scale(gathered, w));
      expect(library[`${one.fn}Backward`](w, { ...one.options, x })).toEqual(back);
      tried++;
    }
    expect(tried).toBeGreaterThan(150);
  });

  it('of unpooling, where windows lie side by side', () => {
    const next = random(43);
    const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
    for (const layout of Object.values(LAYOUTS).flat()) {
      const rank = [...layout].filter((letter) => 'dhw'.includes(letter)).length;
      for (let i = 0; i < 10; i++) {
        const kernelSize = Array.from({ length: rank }, () => int(1, 3));
        const outputSize = kernelSize.map((k) => int(k, k + 6));
        const shape = shapeOf(layout, int(1, 2), int(1, 3), outputSize);
        const one: Case = {
          fn: `maxPool${rank}d`,
          dtype: 'float64',
          shape,
          options: { layout, kernelSize },
          data: 'random',
          seed: i,
        };
        const pooled = library[`${one.fn}WithIndices`](uniform(shape, next), one.options);
        const { indices } = pooled as unknown as TensorWithIndices;
        const v = uniform(pooled.shape, next);
        const w = uniform(shape, next);
        const options = { ...one.options, outputSize };
        const large = library[`maxUnpool${rank}d`](v, indices, options);
        const back = library[`maxUnpool${rank}dBackward`](w, indices, options);
        close(one, dot(large, w), dot(v, back), scale(large, w));
        // Pooling undoes what unpooling did, where there was something to find.
        const positive = { data: v.data.map(Math.abs), shape: v.shape };
        expect(library[one.fn](library[`maxUnpool${rank}d`](positive, indices, options), one.options)).toEqual(
          positive,
        );
      }
    }
  });
});
