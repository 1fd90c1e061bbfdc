/** Where WebAssembly cannot be had, TypeScript takes over, and says why. */
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createPooling, type PoolingWithGradients } from '../src/gradients.js';
import type { Pooling, ResidentTensor, Tensor } from '../src/index.js';
import { createRaw } from '../src/raw.js';

interface Found {
  backend: string;
  /** Whether `fallbackReason` is an Error, and what it says. */
  isError: boolean;
  reason: string;
  memory: string;
  plan: string;
  results: string[];
  forced: string;
}

/** Runs `first`, then pools every way there is, in a process of its own. */
function pooled(first: string, flags: string[] = []): Found {
  const code = `
    ${first}
    const library = await import('wasm-pooling');
    const { createPooling } = library;
    const pooling = createPooling();
    const x = { data: Float32Array.from({ length: 400 }, (_, i) => (i * 7) % 31), shape: [20, 20] };
    const bytes = { data: Uint8Array.from(x.data), shape: [4, 10, 10] };
    const window = { kernelSize: 3, stride: 2, padding: 1 };
    const results = [];
    for (const from of [pooling, library]) {
      results.push(from.maxPool2d(x, window));
      results.push(from.avgPool2d(x, window));
      results.push(from.maxPool2d(x, { kernelSize: 9, stride: 1, padding: 4 }));
      results.push(from.globalAvgPool2d(x));
      results.push(from.adaptiveMaxPool2d(x, { outputSize: [3, null] }));
      results.push(from.maxPool2d(bytes, { layout: 'hwc', kernelSize: 2 }));
      results.push(from.maxPool2d({ ...x, data: Float64Array.from(x.data) }, window));
      results.push(from.planMaxPool2d([20, 20], window).run(x));
    }
    const resident = pooling.alloc('float32', [20, 20]);
    resident.data.set(x.data);
    results.push(pooling.maxPool2d(resident, { ...window, out: pooling.alloc('float32', [10, 10]) }));
    resident.free();
    let forced = 'wasm';
    try {
      createPooling({ backend: 'wasm' });
    } catch (error) {
      forced = String(error);
    }
    console.log(JSON.stringify({
      backend: pooling.backend,
      isError: pooling.fallbackReason instanceof Error,
      reason: String(pooling.fallbackReason),
      memory: typeof pooling.memory,
      plan: pooling.planMaxPool2d([20, 20], window).backend,
      results: results.map((y) => y.shape.join('x') + ': ' + y.data.constructor.name + ' ' + y.data.join()),
      forced,
    }));`;
  const { stdout } = spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', code], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

describe('without', () => {
  const withWasm = pooled('');

  it('anything missing, WebAssembly runs', () => {
    expect(withWasm).toMatchObject({ backend: 'wasm', reason: 'undefined', memory: 'object', plan: 'wasm' });
    expect(withWasm.forced).toBe('wasm');
    expect(withWasm.results.length).toBe(17);
    expect(withWasm.results[16]).toBe(withWasm.results[0]);
  });

  const engines: [name: string, flag: string, reason: RegExp][] = [
    ['a compiler, as in engines that only interpret', '--jitless', /^ReferenceError: WebAssembly is not defined$/],
  ];
  // Only these processors have been without.
  if (process.arch === 'x64') engines.push(['SIMD', '--no-enable-sse4-1', /^CompileError: .*SIMD unsupported/]);

  it.each(engines)('%s', (_, flag, reason) => {
    expectFallback(pooled('', [flag]), reason);
  });

  it.each([
    ['WebAssembly', 'delete globalThis.WebAssembly;', /^ReferenceError: WebAssembly is not defined$/],
    [
      'leave to compile, as a content security policy has it',
      `WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('blocked by CSP'); } };`,
      /^CompileError: blocked by CSP$/,
    ],
    [
      'a module that can be read to its end',
      `const { Module } = WebAssembly;
      WebAssembly.Module = function (bytes) { return new Module(bytes.slice(0, -1)); };`,
      /^CompileError: .*WebAssembly/,
    ],
    [
      'leave to instantiate',
      `WebAssembly.Instance = class { constructor() { throw new WebAssembly.LinkError('refused'); } };`,
      /^LinkError: refused$/,
    ],
    [
      'a memory',
      `WebAssembly.Memory = class { constructor() { throw new RangeError('could not allocate memory'); } };`,
      /^RangeError: could not allocate memory$/,
    ],
    ['an error to name', `WebAssembly.Module = class { constructor() { throw 'no'; } };`, /^(Error: )?no$/],
  ])('%s', (_, first, reason) => {
    expectFallback(pooled(first), reason);
  });

  function expectFallback(found: Found, reason: RegExp): void {
    expect(found).toMatchObject({ backend: 'ts', isError: true, memory: 'undefined', plan: 'ts' });
    expect(found.reason).toMatch(reason);
    expect(found.results).toEqual(withWasm.results);
    expect(found.forced).toMatch(reason);
  }
});

it('without leave to compile any more, gradients run in TypeScript, poolings go on', () => {
  const code = `
    const { createPooling } = await import('wasm-pooling/gradients');
    const x = { data: Float32Array.from({ length: 400 }, (_, i) => (i * 7) % 31), shape: [20, 20] };
    const [pooling, ts, wasm] = ['auto', 'ts', 'wasm'].map((backend) => createPooling({ backend }));
    const dy = pooling.maxPool2d(x, { kernelSize: 2 });
    const { Module } = WebAssembly;
    WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('too late'); } };
    const plan = pooling.planMaxPool2dBackward([20, 20], { kernelSize: 2 });
    const want = ts.maxPool2dBackward(dy, { kernelSize: 2, x }).data;
    console.log(plan.backend, String(pooling.fallbackReason), plan.run(dy, x).data.join() === want.join());
    console.log(pooling.planMaxPool2d([20, 20], { kernelSize: 2 }).backend);
    // Where nothing but WebAssembly was asked for, it is an error.
    try { wasm.maxPool2dBackward(dy, { kernelSize: 2, x }); } catch (error) { console.log(String(error)); }
    WebAssembly.Module = Module;
    const again = pooling.planMaxPool2dBackward([20, 20], { kernelSize: 2 });
    console.log(again.backend, again.run(dy, x).data.join() === want.join());`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toEqual([
    'ts CompileError: too late true',
    'wasm',
    'CompileError: too late',
    'wasm true',
  ]);
});

describe('a memory that cannot grow any more', () => {
  const x = { data: Float32Array.from({ length: 65536 }, (_, i) => i), shape: [256, 256] };
  const small = { data: x.data.subarray(0, 64), shape: [8, 8] };

  it('is a RangeError that says how much was wanted, and the instance goes on', () => {
    const memory = new WebAssembly.Memory({ initial: 0, maximum: 2 });
    const pooling = createPooling({ backend: 'wasm', memory });
    const resident = pooling.alloc('float32', [20000]);
    resident.data.fill(5);
    const out = new Float32Array(128 * 128).fill(-77);
    for (let again = 0; again < 2; again++) {
      const call = () => pooling.maxPool2d(x, { kernelSize: 2, out });
      expect(call).toThrow(RangeError);
      expect(call).toThrow(/memory of \d+ bytes cannot grow by \d+ bytes$/);
      expect(() => pooling.alloc('float64', [20000])).toThrow(/^alloc: no memory for .* \[20000\] \(160000 bytes\)$/);
      expect(out.every((value) => value === -77)).toBe(true);
      expect(resident.data.every((value) => value === 5)).toBe(true);
      expect([...pooling.maxPool2d(small, { kernelSize: 4 }).data]).toEqual([27, 31, 59, 63]);
    }
    resident.free();
    pooling.alloc('float32', [20000]).free();
    expect([...pooling.maxPool2d(small, { kernelSize: 4 }).data]).toEqual([27, 31, 59, 63]);
  });

  it.each([
    ['indices', (from: PoolingWithGradients) => from.maxPool2dWithIndices(x, { kernelSize: 2 })],
    ['gradients by x', (from: PoolingWithGradients) => from.maxPool2dBackward(x, { kernelSize: 1, x })],
    [
      'gradients by indices',
      (from: PoolingWithGradients) => {
        const indices = { data: new Int32Array(65536), shape: x.shape };
        return from.maxPool2dBackward(x, { kernelSize: 1, indices, inputShape: x.shape });
      },
    ],
    [
      'gradients of averages',
      (from: PoolingWithGradients) => from.avgPool2dBackward(x, { kernelSize: 2, inputShape: [512, 512] }),
    ],
  ])('is the same RangeError for %s where nothing but WebAssembly was asked for', (_, call) => {
    const memory = () => new WebAssembly.Memory({ initial: 0, maximum: 1 });
    expect(() => call(createPooling({ backend: 'wasm', memory: memory() }))).toThrow(
      /^the wasm memory of \d+ bytes cannot grow by \d+ bytes$/,
    );
    const pooling = createPooling({ memory: memory() });
    call(pooling);
    expect(pooling.fallbackReason).toBeInstanceOf(RangeError);
  });

  /** An instance whose memory is taken up by `resident` and the working space of a small call. */
  function full(): { pooling: Pooling; resident: ResidentTensor<Float32Array> } {
    const pooling = createPooling({ memory: new WebAssembly.Memory({ initial: 0, maximum: 2 }) });
    const resident = pooling.alloc('float32', [160, 180]);
    pooling.maxPool2d(small, { kernelSize: 4 });
    expect(pooling.fallbackReason).toBeUndefined();
    return { pooling, resident };
  }

  const ts = createPooling({ backend: 'ts' });
  const wide = { data: Float32Array.from({ length: 3 * 70_000 }, (_, i) => (i * 31) % 1013), shape: [3, 70_000] };
  const halves = { data: Uint16Array.from({ length: 65536 }, (_, i) => (i * 7) % 31744), shape: [256, 256] };

  it.each([
    ['maxPool2d', x, { kernelSize: 2 }],
    ['maxPool2d', x, { kernelSize: 31, stride: 1 }],
    ['minPool2d', x, { kernelSize: 3, stride: 2, padding: 1 }],
    ['globalMaxPool2d', x, {}],
    ['maxPool2d', { data: Int16Array.from(x.data), shape: x.shape }, { kernelSize: 3, stride: 1 }],
    ['maxPool2d', halves, { kernelSize: 2, dtype: 'float16' }],
    // Rows that are longer than a band is.
    ['maxPool2d', wide, { kernelSize: 3, stride: [1, 3] }],
  ] as const)('%s is finished in TypeScript, which can be read: case %#', (name, input, options) => {
    const { pooling, resident } = full();
    resident.data.fill(5);
    const call = (from: Pooling) => (from[name] as (x: Tensor, options: object) => Tensor)(input, options);
    const want = call(ts);
    for (let again = 0; again < 2; again++) {
      expect(call(pooling)).toEqual(want);
      expect(pooling.backend).toBe('wasm');
      expect(pooling.fallbackReason).toBeInstanceOf(RangeError);
      expect(pooling.fallbackReason?.message).toMatch(/memory of 131072 bytes cannot grow by \d+ bytes$/);
      expect(resident.data.every((value) => value === 5)).toBe(true);
      expect([...pooling.maxPool2d(small, { kernelSize: 4 }).data]).toEqual([27, 31, 59, 63]);
    }
  });

  it('is no matter for plans, for out, or for resident tensors', () => {
    const { pooling, resident } = full();
    resident.data.forEach((_, i, data) => {
      data[i] = (i * 31) % 1013;
    });
    const copy = { data: resident.data.slice(), shape: resident.shape };
    const options = { kernelSize: 31, stride: 1 } as const;
    const plan = pooling.planMaxPool2d(resident.shape, options);
    const out = new Float32Array(plan.outputShape[0] * plan.outputShape[1]);
    plan.run(resident, out);
    expect(pooling.fallbackReason).toBeInstanceOf(RangeError);
    expect(out).toEqual(ts.maxPool2d(copy, options).data);
    expect(resident.data).toEqual(copy.data);
  });

  it('is WebAssembly again once there is room', () => {
    const { pooling, resident } = full();
    pooling.maxPool2d(x, { kernelSize: 31, stride: 1 });
    expect(pooling.fallbackReason).toBeInstanceOf(RangeError);
    const views = pooling.memory?.buffer;
    resident.free();
    const tiny = { kernelSize: 2, stride: 1 } as const;
    new Uint8Array(views as ArrayBuffer).fill(0x77, 64);
    expect(pooling.maxPool2d({ data: x.data.subarray(0, 10_000), shape: [100, 100] }, tiny).data).toEqual(
      ts.maxPool2d({ data: x.data.subarray(0, 10_000), shape: [100, 100] }, tiny).data,
    );
    // The rows have passed through the memory.
    expect(new Uint8Array(views as ArrayBuffer, 64).filter((byte) => byte !== 0x77).length).toBeGreaterThan(40_000);
  });
});

describe('the embedded module is unpacked', () => {
  it.each([
    ['by way of TextEncoder', ''],
    ['without it, as in audio worklets', 'delete globalThis.TextEncoder;'],
  ])('%s', (_, first) => {
    const code = `${first}
      const { createPooling } = await import('wasm-pooling');
      console.log(createPooling({ backend: 'wasm' }).backend);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
    expect(output.trim()).toBe('wasm');
  });
});

describe('the end of 4 GiB, where addresses start again', () => {
  const shape = [1, 6, 10];
  const options = { layout: 'chw', kernelSize: 2 } as const;
  const x = { data: Float32Array.from({ length: 60 }, (_, i) => (i * 7) % 13), shape };
  const memory = new WebAssembly.Memory({ initial: 65533 });
  const last = (count: number) => new Float32Array(memory.buffer, 2 ** 32 - 4 * count, count);

  it('is where inputs, results and gradients may be', () => {
    const pooling = createPooling({ backend: 'wasm', memory });
    // What the kernels need is there before the host takes the last page.
    const pooled = pooling.maxPool2d(x, options);
    const dy = { data: Float32Array.from(pooled.data, (_, i) => i + 1), shape: pooled.shape };
    const gradient = pooling.maxPool2dBackward(dy, { ...options, x });
    memory.grow(65536 - memory.buffer.byteLength / 65536);
    last(60).set(x.data);
    expect([...pooling.maxPool2d({ data: last(60), shape }, options).data]).toEqual([...pooled.data]);
    pooling.maxPool2d(x, { ...options, out: last(15) });
    expect([...last(15)]).toEqual([...pooled.data]);
    pooling.maxPool2dBackward(dy, { ...options, x, out: last(60) });
    expect([...last(60)]).toEqual([...gradient.data]);
  });

  it('is not grown into for what does not fit before it', () => {
    const near = new WebAssembly.Memory({ initial: 65535 });
    const pooling = createPooling({ backend: 'wasm', memory: near });
    const view = new Float32Array(near.buffer, 0, 60);
    // In the last page there are 65280 bytes that may be used.
    expect(() => pooling.alloc('uint8', [65300])).toThrow(/^alloc: no memory for a tensor of shape \[65300\]/);
    expect(view.length).toBe(60);
    expect(pooling.alloc('uint8', [65280]).byteOffset).toBe(65535 * 65536);
  });

  it('is too far for raw kernels', () => {
    const pool = createRaw(memory).maxPool2d(shape, options);
    const call = () => pool.run(2 ** 32 - 4 * 60, 65536, 131072);
    expect(call).toThrow(/x ends at 4294967296, behind the memory's 4294967040 bytes$/);
  });
});
