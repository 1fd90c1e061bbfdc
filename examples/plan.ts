/**
 * One plan, many frames: everything that depends on the shape alone is worked out once, and tensors that live in the
 * kernels' memory are pooled without being copied.
 *
 *   npm run build && npx tsx examples/plan.ts
 */
import { deepEqual, equal } from 'node:assert/strict';
import { createPooling } from 'wasm-pooling';

const pooling = createPooling();
const plan = pooling.planMaxPool2d([3, 96, 128], { layout: 'chw', kernelSize: 3, stride: 2, padding: 1 });
console.log(
  `${plan.op} of ${plan.dtype} [${plan.inputShape}] → [${plan.outputShape}] on the ${pooling.backend} backend`,
);

// Resident tensors: filled through `data`, which is a plain Float32Array on that memory.
const frame = pooling.alloc('float32', plan.inputShape);
const pooled = pooling.alloc('float32', plan.outputShape);

let brightest = -Infinity;
for (let t = 0; t < 100; t++) {
  const pixels = frame.data;
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.sin(i * 0.01 + t);
  plan.run(frame, pooled);
  for (const value of pooled.data) brightest = Math.max(brightest, value);
}
console.log(`100 frames pooled in place, the brightest value is ${brightest.toFixed(6)}`);

// Arrays of one's own are as good: they pass through a bounded part of the memory, and `out` is where the result goes.
const out = new Float32Array(plan.outputShape.reduce((count, length) => count * length));
equal(plan.run(frame.data.slice(), out).data, out);
deepEqual(out, pooled.data);
console.log('the last frame again, from an array outside: the same result');

frame.free();
pooled.free();
