/**
 * TensorFlow.js' own specs of its pooling operators, on both backends, with the kernels of this library. They are written
 * for Jasmine, whose names vitest has as well.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerPooling } from '../../src/adapters/tfjs.js';

const BACKENDS = ['cpu', 'wasm'] as const;
const FILES = ['max_pool', 'avg_pool', 'pool', 'max_pool_3d', 'avg_pool_3d', 'max_pool_with_argmax'];

/** Specs that assert what is wrong, by suite and name, with the reason. Each has to fail. */
const WRONG: Readonly<Record<string, string>> = {
  'avgPool: gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'it asserts a gradient divided by all of the window, where the average was divided by what of it is input',
  'pool: max x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding':
    'it asserts that windows of one element with a stride of 2 and padding give the input back',
  'pool: avg x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding':
    'it asserts that windows of one element with a stride of 2 and padding give the input back',
};

const met = new Set<string>();
let suite = '';

type Body = () => unknown;

Object.assign(globalThis, {
  describe: (name: string, body: Body) =>
    describe(name, () => {
      suite = name;
      body();
    }),
  it: (name: string, body: Body) => {
    // Suites are called `maxPool cpu {}`.
    const spec = `${suite.split(' ')[0]}: ${name}`;
    met.add(spec);
    if (spec in WRONG) it.fails(`${name} is wrong: ${WRONG[spec]}`, body as () => void);
    else it(name, body as () => void);
  },
  beforeAll,
  beforeEach,
  afterAll,
  afterEach,
  expect,
});
// Jasmine's way to say that a spec without expectations is none without a purpose.
expect.extend({ nothing: () => ({ pass: true, message: () => '' }) });

const undo = BACKENDS.map((backend) => registerPooling(tf, { backend }));
afterAll(() => {
  for (const restore of undo) restore();
});

setTestEnvs(BACKENDS.map((backendName) => ({ name: backendName, backendName, isDataSync: true })));
for (const file of FILES) await import(`@tensorflow/tfjs-core/dist/ops/${file}_test.js`);

describe('the list of wrong specs', () => {
  it.each(Object.keys(WRONG))('%s is a spec', (spec) => {
    expect([...met]).toContain(spec);
  });

  it('leaves the others', () => {
    expect(met.size).toBe(173);
  });
});
