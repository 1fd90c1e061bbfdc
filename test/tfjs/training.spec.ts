/** A small convolutional network learns the same with the kernels of this library as without them. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { registerPooling } from '../../src/adapters/tfjs.js';
import { random } from '../cases.ts';

const EXAMPLES = 32;
const SIDE = 12;

/** Pictures with a bright spot; what is to be learnt is the quarter that it is in. */
function pictures(): { x: tf.Tensor5D; y: tf.Tensor2D } {
  const next = random(1);
  const pixels = Float32Array.from({ length: EXAMPLES * SIDE * SIDE }, () => next() * 0.5);
  const quarters = Array.from({ length: EXAMPLES }, (_, i) => i % 4);
  quarters.forEach((quarter, i) => {
    const row = Math.floor(next() * 6) + (quarter >> 1) * 6;
    const column = Math.floor(next() * 6) + (quarter & 1) * 6;
    pixels[(i * SIDE + row) * SIDE + column] = 4;
  });
  return {
    x: tf.tensor5d(pixels, [EXAMPLES, 1, SIDE, SIDE, 1]),
    y: tf.oneHot(tf.tensor1d(quarters, 'int32'), 4) as tf.Tensor2D,
  };
}

const { conv3d, reshape, maxPooling2d, averagePooling2d, maxPooling3d, averagePooling3d, flatten, dense } =
  layers.layers;
const glorot = (seed: number) => layers.initializers.glorotUniform({ seed });

/** What is pooled is positive, without ties and padding, by windows as long on each side: there TensorFlow.js is right. */
const convolution = (kernelSize: [number, number, number], inputShape: number[]) =>
  conv3d({ filters: 6, kernelSize, padding: 'same', activation: 'softplus', kernelInitializer: glorot(1), inputShape });

/**
 * The wasm backend cannot train through two convolutions: it has no gradient of those in two dimensions, and that of the
 * input of those in three adds to memory that was not cleared. So there is one, in three dimensions.
 */
const NETWORKS: Record<string, () => layers.layers.Layer[]> = {
  'on pictures': () => [
    convolution([1, 3, 3], [1, SIDE, SIDE, 1]),
    reshape({ targetShape: [SIDE, SIDE, 6] }),
    maxPooling2d({ poolSize: 3, strides: 2 }),
    averagePooling2d({ poolSize: 2, strides: 1 }),
  ],
  'on volumes': () => [
    reshape({ targetShape: [2, SIDE / 2, SIDE, 1], inputShape: [1, SIDE, SIDE, 1] }),
    convolution([2, 3, 3], [2, SIDE / 2, SIDE, 1]),
    maxPooling3d({ poolSize: [2, 2, 2], strides: [1, 1, 2] }),
    averagePooling3d({ poolSize: [1, 2, 2], strides: [1, 1, 1] }),
  ],
};

/** The losses of each epoch, and the tensors that were left behind. */
async function learn(network: string): Promise<{ losses: number[]; left: number }> {
  const before = tf.memory().numTensors;
  const { x, y } = pictures();
  const model = layers.sequential({
    layers: [
      ...NETWORKS[network](),
      flatten(),
      dense({ units: 4, activation: 'softmax', kernelInitializer: glorot(3) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.03), loss: 'categoricalCrossentropy' });
  const { history } = await model.fit(x, y, { epochs: 20, batchSize: 8, shuffle: false, yieldEvery: 'never' });
  model.dispose();
  tf.dispose([x, y]);
  return { losses: history.loss as number[], left: tf.memory().numTensors - before };
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  it.each(Object.keys(NETWORKS))('a network %s learns the same with and without', async (network) => {
    await tf.setBackend(backend);
    const without = await learn(network);
    const undo = registerPooling(tf, { backend });
    const ours = await learn(network);
    undo();
    expect(without.losses[19]).toBeLessThan(without.losses[0] * 0.6);
    expect(ours.left).toBe(without.left);
    ours.losses.forEach((loss, epoch) => {
      expect(Math.abs(loss - without.losses[epoch]), `epoch ${epoch}`).toBeLessThan(1e-4);
    });
  });
});
