/** Running a plan again allocates nothing: what 100,000 calls leave on the heap, measured in a process of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

interface Measure {
  fn: string;
  shape: number[];
  options: object;
  dtype?: string;
}

interface Found {
  /** Of the JavaScript heap, and of the memory behind arrays. */
  bytesPerCall: number;
  arrayBytes: number;
  /** Collections during the calls; what they took away would not be counted. */
  collections: number;
  path: string;
}

/** Measures `calls` calls of what the code of `make` returns. */
async function measure(make: string, calls = 100_000): Promise<Found> {
  const code = `
    import { PerformanceObserver } from 'node:perf_hooks';
    import { createPooling } from 'wasm-pooling/gradients';
    let collections = 0;
    const observer = new PerformanceObserver((list) => { collections += list.getEntries().length; });
    const { call, path } = (() => { ${make} })();
    const times = (n) => { for (let i = 0; i < n; i++) call(); };
    // In two parts, so that the loop is compiled as a whole before it is measured.
    times(20000);
    times(20000);
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
    observer.observe({ entryTypes: ['gc'] });
    const before = process.memoryUsage();
    times(${calls});
    const after = process.memoryUsage();
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(JSON.stringify({
      bytesPerCall: (after.heapUsed - before.heapUsed) / ${calls},
      arrayBytes: after.arrayBuffers - before.arrayBuffers,
      collections,
      path,
    }));`;
  // A young generation that the calls would not fill even if each allocated a little.
  const flags = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256', '--input-type=module'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--eval', code]);
  return JSON.parse(stdout) as Found;
}

function callOf(backend: string, resident: boolean, { fn, shape, options, dtype = 'float32' }: Measure): string {
  return `
    const pooling = createPooling({ backend: '${backend}' });
    const plan = pooling.plan${fn}(${JSON.stringify(shape)}, ${JSON.stringify({ ...options, dtype })});
    const Elements = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array, int16: Int16Array }['${dtype}'];
    const make = (shape) => ${resident} ? pooling.alloc('${dtype}', shape)
      : { data: new Elements(shape.reduce((a, b) => a * b, 1)), shape };
    const x = make(plan.inputShape);
    const y = make(plan.outputShape);
    return { call: () => plan.run(x, y), path: plan.path };`;
}

const planes = { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 };
const cases: [path: string, Measure][] = [
  ['planes', { fn: 'MaxPool2d', shape: [1, 1, 6, 6], options: { layout: 'nchw', kernelSize: 2 } }],
  ['planes', { fn: 'AvgPool2d', shape: [1, 4, 12, 12], options: planes }],
  ['channels', { fn: 'MaxPool2d', shape: [1, 8, 8, 4], options: { layout: 'nhwc', kernelSize: 2 } }],
  ['whole', { fn: 'GlobalAvgPool2d', shape: [1, 4, 7, 7], options: { layout: 'nchw' } }],
  ['sliding', { fn: 'MaxPool2d', shape: [1, 1, 12, 12], options: { ...planes, kernelSize: 9, stride: 1, padding: 4 } }],
  ['universal', { fn: 'AvgPool2d', shape: [1, 2, 9, 9], options: planes, dtype: 'float64' }],
  ['planes', { fn: 'MinPool2d', shape: [1, 2, 9, 9], options: planes, dtype: 'int16' }],
  ['channels', { fn: 'AvgPool2d', shape: [9, 9, 4], options: { ...planes, layout: 'hwc' }, dtype: 'uint8' }],
  ['ts', { fn: 'LpPool2d', shape: [1, 2, 9, 9], options: { ...planes, p: 3 } }],
];

describe.each([
  ['wasm', cases],
  // One row for each of its loops.
  ['ts', cases.filter(([path]) => path !== 'planes' && path !== 'whole' && path !== 'channels')],
] as const)('%s', (backend, rows) => {
  it.each(rows)('%s: %j', async (path, what) => {
    const residents = [false, true];
    const all = await Promise.all(residents.map((resident) => measure(callOf(backend, resident, what))));
    all.forEach((found, i) => {
      expect(found.path).toBe(backend === 'ts' ? 'ts' : path);
      expect(found.collections, `resident: ${residents[i]}`).toBe(0);
      // Less: the engine has let go of what was there before.
      expect(found.arrayBytes, `resident: ${residents[i]}`).toBeLessThanOrEqual(0);
      expect(found.bytesPerCall, `resident: ${residents[i]}`).toBeLessThan(8);
    });
  });
});

/** Calls of what indices and gradients there are, on tensors `x` and `y`, `dx` and `dy` of the shapes of a pooling. */
const tasks: [name: string, plan: string, run: string, options?: object][] = [
  ['indices', 'MaxPool2dWithIndices', 'plan.run(x, y)'],
  ['indices of taps, channels last', 'MaxPool2dWithIndices', 'plan.run(x, y)', { layout: 'nhwc', indexing: 'window' }],
  ['gathering', 'MaxPool2dGather', 'plan.run(x, y.indices, dy)'],
  ['gathering by tensor', 'MaxPool2dGather', 'plan.run(x, y.indices, dy)', { indexing: 'tensor' }],
  ['unpooling', 'MaxUnpool2d', 'plan.run(dy, y.indices, dx)', { outputSize: 9 }],
  ['maxima by indices', 'MaxPool2dBackward', 'plan.run(dy, y.indices, dx)'],
  ['maxima by the input', 'MaxPool2dBackward', 'plan.run(dy, x, dx)'],
  ['maxima by the input, one apart', 'MaxPool2dBackward', 'plan.run(dy, x, dx)', { stride: 1 }],
  ['shared maxima', 'MaxPool2dBackward', 'plan.run(dy, x, dx)', { ties: 'share' }],
  ['averages', 'AvgPool2dBackward', 'plan.run(dy, dx)'],
  ['averages by kernels', 'AvgPool2dBackward', 'plan.run(dy, dx)', { layout: 'nhwc' }],
  ['norms', 'LpPool2dBackward', 'plan.run(dy, x, dx)'],
  ['largest norms', 'LpPool2dBackward', 'plan.run(dy, x, dx)', { p: Infinity }],
];

function taskOf(plan: string, run: string, more: object = {}): string {
  const options = { ...planes, ...more };
  const shape = options.layout === 'nhwc' ? [1, 9, 9, 4] : [1, 2, 9, 9];
  const unpools = plan.includes('Unpool');
  return `
    const pooling = createPooling();
    const options = ${JSON.stringify(options).replace('null', 'Infinity')};
    const { indexing } = options;
    const shape = ${JSON.stringify(shape)};
    const make = (shape) => ({ data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape });
    const x = make(shape);
    const dx = make(shape);
    x.data.forEach((_, i) => { x.data[i] = Math.sin(i); });
    const base = { layout: options.layout, kernelSize: 3, stride: options.stride, padding: 1, indexing };
    const y = pooling.maxPool2dWithIndices(x, base);
    const dy = make(y.shape);
    dy.data.fill(1);
    const plan = pooling.plan${plan}(${unpools ? 'y.shape' : 'shape'}, options);
    return { call: () => ${run}, path: plan.path };`;
}

describe('indices and gradients', () => {
  it.each(tasks)('%s: %s, %s, %j', async (_, plan, run, more) => {
    const found = await measure(taskOf(plan, run, more));
    expect(found.collections).toBe(0);
    expect(found.arrayBytes).toBeLessThanOrEqual(0);
    expect(found.bytesPerCall).toBeLessThan(8);
  });
});

describe('the measure', () => {
  it.each([
    ['small objects', 'let kept; return { call: () => { kept = { i: kept }; kept.i = undefined; } }', 8],
    ['views', 'const x = new Float32Array(4); let kept; return { call: () => { kept = x.subarray(1); } }', 50],
  ])('sees %s', async (_, make, least) => {
    expect((await measure(make)).bytesPerCall).toBeGreaterThan(least);
  });

  it('sees collections', async () => {
    const make = 'let kept; return { call: () => { kept = new Array(1000).fill(0); } }';
    expect((await measure(make)).collections).toBeGreaterThan(0);
  });
});
