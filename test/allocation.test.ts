/** Running a plan again allocates nothing: what 100,000 calls leave on the heap, measured in a process of its own. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Bytes that a call allocates, in a process that does nothing else. */
function bytesPerCall(backend: string, resident: boolean, shape: number[], options: object): number {
  const code = `
    import { createPooling } from 'wasm-pooling';
    const pooling = createPooling({ backend: '${backend}' });
    const plan = pooling.planMaxPool2d(${JSON.stringify(shape)}, ${JSON.stringify(options)});
    const make = (shape) => ${resident} ? pooling.alloc('float32', shape)
      : { data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape };
    const x = make(plan.inputShape);
    const y = make(plan.outputShape);
    const calls = (n) => { for (let i = 0; i < n; i++) plan.run(x, y); };
    calls(50000);
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    calls(100000);
    console.log((process.memoryUsage().heapUsed - before) / 100000);`;
  // A young generation that the calls would not fill even if each allocated a little: nothing is collected unseen.
  const flags = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256', '--input-type=module'];
  return Number(execFileSync(process.execPath, [...flags, '--eval', code], { encoding: 'utf8' }));
}

describe.each(['wasm', 'ts'])('%s', (backend) => {
  it.each([
    ['a small tensor', [1, 1, 6, 6], { layout: 'nchw', kernelSize: 2 }],
    ['planes', [1, 4, 12, 12], { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 }],
    ['large windows', [1, 1, 16, 16], { layout: 'nchw', kernelSize: 9, stride: 1, padding: 4 }],
  ])('%s', (_, shape, options) => {
    for (const resident of [false, true]) expect(bytesPerCall(backend, resident, shape, options)).toBeLessThan(8);
  });
});
