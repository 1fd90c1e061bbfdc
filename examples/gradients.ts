/**
 * A pooling layer that is trained through: forward keeps where its results came from, backward sends gradients there. One
 * object of options serves both, and central differences agree.
 *
 *   npm run build && npx tsx examples/gradients.ts
 */
import { ok } from 'node:assert/strict';
import { maxPool2dWithIndices, maxUnpool2d, type Tensor } from 'wasm-pooling';
import { maxPool2dBackward } from 'wasm-pooling/gradients';

const options = { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 } as const;
const inputShape = [1, 2, 7, 8];
const count = inputShape.reduce((product, length) => product * length);

// Small whole numbers in no order: windows have several equal maxima, of which the first has all of the gradient.
const x = { data: Float64Array.from({ length: count }, (_, i) => (i * i) % 7), shape: inputShape };
const { indices, ...y } = maxPool2dWithIndices(x, options);
console.log(
  `[${x.shape}] → [${y.shape}], with indices from ${Math.min(...indices.data)} to ${Math.max(...indices.data)}`,
);

// Half the squared distance of the pooled tensor from a target; its gradient with respect to y is y − target.
const target = 3;
const lossOf = (pooled: Tensor<Float64Array>) => pooled.data.reduce((sum, value) => sum + (value - target) ** 2 / 2, 0);
const dy = { data: y.data.map((value) => value - target), shape: y.shape };

// From the indices, after which the input need not be kept, or from the input, and so without indices.
const dx = maxPool2dBackward(dy, { ...options, indices, inputShape });
const again = maxPool2dBackward(dy, { ...options, x });
ok(dx.data.every((value, i) => value === again.data[i]));

// Central differences, where no other element of a window is as large.
const step = 1e-4;
let compared = 0;
for (let i = 0; i < count; i++) {
  const lossAt = (value: number) => {
    const data = x.data.slice();
    data[i] = value;
    return lossOf(maxPool2dWithIndices({ ...x, data }, options));
  };
  const [up, down] = [lossAt(x.data[i] + step), lossAt(x.data[i] - step)];
  const [right, left] = [(up - lossOf(y)) / step, (lossOf(y) - down) / step];
  if (Math.abs(right - left) > 1e-2) continue;
  ok(Math.abs((right + left) / 2 - dx.data[i]) < 1e-6, `element ${i}`);
  compared++;
}
console.log(`${compared} of ${count} gradients compared with central differences; the others are ties`);

// Descent: the loss falls until every window's maximum is what was asked for.
let trained: Tensor<Float64Array> = x;
const losses: number[] = [];
for (let i = 0; i < 60; i++) {
  const { indices, ...pooled } = maxPool2dWithIndices(trained, options);
  losses.push(lossOf(pooled));
  const error = { data: pooled.data.map((value) => value - target), shape: pooled.shape };
  const { data } = maxPool2dBackward(error, { ...options, indices, inputShape });
  trained = { data: trained.data.map((value, j) => value - 0.2 * data[j]), shape: inputShape };
}
ok(losses[losses.length - 1] < losses[0] / 1e3);
console.log(`60 steps of descent: the loss went from ${losses[0]} to ${losses[losses.length - 1].toExponential(1)}`);

// Unpooling puts the results back where they came from, as decoders of segmentation networks do.
const restored = maxUnpool2d(y, indices, { ...options, outputSize: [7, 8] });
ok(restored.data.every((value, i) => value === 0 || value === x.data[i]));
console.log(
  `unpooled: ${restored.data.filter((value) => value !== 0).length} of ${count} elements are back in their places`,
);
