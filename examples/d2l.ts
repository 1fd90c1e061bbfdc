/**
 * The numbers of the chapter "Pooling" of Dive into Deep Learning (https://d2l.ai), each checked: a wrong one throws.
 *
 *   npm run build && npx tsx examples/d2l.ts
 */
import { deepEqual } from 'node:assert/strict';
import { avgPool2d, maxPool2d, type Tensor } from 'wasm-pooling';

const tensor = (shape: number[], data: Iterable<number>): Tensor<Float32Array> => ({
  data: Float32Array.from(data),
  shape,
});
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Prints `y` as rows of `width` numbers, once it is what the book says. */
function show(title: string, y: Tensor, shape: number[], expected: number[]): void {
  deepEqual([...y.data], expected, title);
  deepEqual([...y.shape], shape, title);
  const width = shape[shape.length - 1];
  const rows = range(0, expected.length / width).map((r) => expected.slice(r * width, (r + 1) * width));
  console.log(title);
  for (const row of rows) console.log(`    ${row.map((value) => String(value).padStart(3)).join(' ')}`);
}

console.log('A 2×2 window over [[0, 1, 2], [3, 4, 5], [6, 7, 8]], one step at a time');
const x = tensor([3, 3], range(0, 9));
show('  maximum', maxPool2d(x, { kernelSize: 2, stride: 1 }), [2, 2], [4, 5, 7, 8]);
show('  average', avgPool2d(x, { kernelSize: 2, stride: 1 }), [2, 2], [2, 3, 5, 6]);

console.log('\nPadding and stride, over 0 … 15 as 1×1×4×4');
const square = tensor([1, 1, 4, 4], range(0, 16));
show(
  '  window 3: the stride is that of the window',
  maxPool2d(square, { layout: 'nchw', kernelSize: 3 }),
  [1, 1, 1, 1],
  [10],
);
show(
  '  window 3, padding 1, stride 2',
  maxPool2d(square, { layout: 'nchw', kernelSize: 3, padding: 1, stride: 2 }),
  [1, 1, 2, 2],
  [5, 7, 13, 15],
);
show(
  '  window 2×3, stride 2×3, padding 0×1',
  maxPool2d(square, { layout: 'nchw', kernelSize: [2, 3], stride: [2, 3], padding: [0, 1] }),
  [1, 1, 2, 2],
  [5, 7, 13, 15],
);

console.log('\nTwo channels, x and x + 1, are pooled one by one');
const channels = tensor([1, 2, 4, 4], [...range(0, 16), ...range(1, 17)]);
show(
  '  channels first, window 3, padding 1, stride 2',
  maxPool2d(channels, { layout: 'nchw', kernelSize: 3, padding: 1, stride: 2 }),
  [1, 2, 2, 2],
  [5, 7, 13, 15, 6, 8, 14, 16],
);
const interleaved = tensor(
  [1, 4, 4, 2],
  range(0, 16).flatMap((value) => [value, value + 1]),
);
show(
  '  channels last: a line per pixel',
  maxPool2d(interleaved, { layout: 'nhwc', kernelSize: 3, padding: 1, stride: 2 }),
  [1, 2, 2, 2],
  [5, 6, 7, 8, 13, 14, 15, 16],
);

console.log('\nA small shift of the input does not show');
for (const row of [
  [0, 1, 3, 4],
  [1, 0, 4, 0],
]) {
  show(`  the maximum of ${row.join(', ')}`, maxPool2d(tensor([1, 4], row), { kernelSize: [1, 4] }), [1, 1], [4]);
}

console.log('\nEvery number is the book’s.');
