/** Registering the kernels, and putting the replaced ones back. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KernelConfig, registerPooling, type TensorFlow } from '../../src/adapters/tfjs.js';

const NAMES = [
  'MaxPool',
  'AvgPool',
  'MaxPool3D',
  'AvgPool3D',
  'MaxPoolWithArgmax',
  'MaxPoolGrad',
  'AvgPoolGrad',
  'MaxPool3DGrad',
  'AvgPool3DGrad',
];

const x = [1, 2, 3, 4];
/** Windows of two rows, which TensorFlow.js takes for windows of two columns as well. */
const pooled = () => tf.tidy(() => tf.maxPool(tf.tensor4d(x, [1, 2, 2, 1]), [2, 1], 1, 0));
const OURS = { shape: [1, 1, 2, 1], values: [3, 4] };
const isOurs = () => {
  const y = pooled();
  const { shape } = y;
  const values = Array.from(y.dataSync());
  y.dispose();
  return JSON.stringify({ shape, values }) === JSON.stringify(OURS);
};

/** The backend as if it had not been used yet. */
async function forget(backend: string): Promise<void> {
  const factory = tf.findBackendFactory(backend);
  await tf.setBackend(backend === 'cpu' ? 'wasm' : 'cpu');
  tf.removeBackend(backend);
  tf.registerBackend(backend, factory as () => tf.KernelBackend, 2);
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  let before: KernelConfig[];
  const now = () => NAMES.map((name) => tf.getKernel(name, backend));

  beforeEach(async () => {
    await tf.setBackend(backend);
    before = now();
  });

  afterEach(() => {
    // Every test puts back what was there.
    now().forEach((config, i) => {
      expect(config).toBe(before[i]);
    });
  });

  it('replaces its kernels, no others, and puts them back', () => {
    const other = backend === 'cpu' ? 'wasm' : 'cpu';
    const others = () =>
      tf
        .getKernelsForBackend(other)
        .concat(tf.getKernelsForBackend(backend).filter((k) => !NAMES.includes(k.kernelName)));
    const untouched = new Set(others());
    const warn = vi.spyOn(console, 'warn');
    expect(isOurs()).toBe(false);
    const undo = registerPooling(tf, { backend });
    for (const [i, config] of now().entries()) {
      expect(config).not.toBe(before[i]);
      expect(config).toMatchObject({ kernelName: NAMES[i], backendName: backend });
    }
    expect(new Set(others())).toEqual(untouched);
    expect(isOurs()).toBe(true);
    undo();
    expect(now()).toEqual(before);
    expect(isOurs()).toBe(false);
    undo();
    expect(now()).toEqual(before);
    // The cpu backend advertises another one when it starts.
    expect(warn.mock.calls.filter(([text]) => `${text}`.includes('already registered'))).toEqual([]);
    warn.mockRestore();
  });

  it('leaves what somebody else has registered since', () => {
    const undo = registerPooling(tf, { backend });
    const kernelFunc = () => [];
    const theirs = { kernelName: 'AvgPool', backendName: backend, kernelFunc };
    tf.unregisterKernel('AvgPool', backend);
    tf.registerKernel(theirs);
    undo();
    expect(tf.getKernel('AvgPool', backend)).toBe(theirs);
    tf.unregisterKernel('AvgPool', backend);
    tf.registerKernel(before[1] as never);
  });

  it('leaves a kernel that somebody has taken away', () => {
    const undo = registerPooling(tf, { backend });
    tf.unregisterKernel('AvgPool', backend);
    undo();
    expect(tf.getKernel('AvgPool', backend)).toBeUndefined();
    tf.registerKernel(before[1] as never);
  });

  it('is registered twice, and undone in either order', () => {
    let first = registerPooling(tf, { backend });
    let second = registerPooling(tf, { backend });
    second();
    expect(isOurs()).toBe(true);
    first();
    expect(now()).toEqual(before);

    first = registerPooling(tf, { backend });
    second = registerPooling(tf, { backend });
    first();
    expect(isOurs()).toBe(true);
    second();
    // What the second one puts back is the first one's, which is none any more.
    expect(isOurs()).toBe(false);
    for (const config of before) {
      tf.unregisterKernel(config.kernelName, backend);
      tf.registerKernel(config as never);
    }
  });

  it('replaces kernels of a backend that starts later, which work when they are put back', async () => {
    await forget(backend);
    const undo = registerPooling(tf, { backend });
    await tf.setBackend(backend);
    expect(isOurs()).toBe(true);
    undo();
    expect(isOurs()).toBe(false);
  });

  it('goes on when the backend has been made anew', async () => {
    const undo = registerPooling(tf, { backend });
    for (let round = 0; round < 3; round++) {
      expect(isOurs()).toBe(true);
      await forget(backend);
      await tf.setBackend(backend);
    }
    undo();
    expect(isOurs()).toBe(false);
  });
});

it('gives back the heap that it has used', async () => {
  await tf.setBackend('wasm');
  const { wasm } = tf.backend() as unknown as { wasm: { _malloc(n: number): number; _free(at: number): void } };
  const [malloc, free] = [vi.spyOn(wasm, '_malloc'), vi.spyOn(wasm, '_free')];
  const undo = registerPooling(tf, { backend: 'wasm' });
  tf.tidy(() => {
    for (const size of [32, 64, 16]) tf.avgPool(tf.ones([1, size, size, 3]) as tf.Tensor4D, 5, 1, 'same');
  });
  undo();
  const taken = malloc.mock.results.map(({ value }) => value as number);
  expect(taken.length).toBeGreaterThan(6);
  expect(free.mock.calls.map(([at]) => at).sort()).toEqual(taken.sort());
  malloc.mockRestore();
  free.mockRestore();
});

describe('refuses', () => {
  const registry = { getKernel: () => undefined, registerKernel: () => {}, unregisterKernel: () => {} };

  it.each<[string, unknown, unknown, unknown, RegExp]>([
    [
      'nothing',
      undefined,
      { backend: 'cpu' },
      TypeError,
      /tf must be TensorFlow.js, with a function getKernel, got undefined/,
    ],
    [
      'what is none',
      { ...registry, registerKernel: 1 },
      { backend: 'cpu' },
      TypeError,
      /with a function registerKernel, got/,
    ],
    ['no options', tf, undefined, TypeError, /options must be an object, got undefined/],
    ['null', tf, null, TypeError, /options must be an object, got null/],
    [
      'an unknown option',
      tf,
      { backend: 'cpu', fast: true },
      TypeError,
      /there is no option 'fast'; the only option is backend/,
    ],
    ['another backend', tf, { backend: 'webgl' }, RangeError, /backend must be 'cpu' or 'wasm', got "webgl"/],
    ['no backend', tf, {}, RangeError, /backend must be 'cpu' or 'wasm', got undefined/],
    [
      'a backend that was not imported',
      registry,
      { backend: 'wasm' },
      RangeError,
      /the backend 'wasm' has no kernel MaxPool; import @tensorflow\/tfjs-backend-wasm first/,
    ],
  ])('%s', (_, given, options, kind, message) => {
    const call = () => registerPooling(given as TensorFlow, options as { backend: 'cpu' });
    expect(call).toThrow(kind as typeof TypeError);
    expect(call).toThrow(message);
    expect(call).toThrow(/^registerPooling: /);
  });
});
