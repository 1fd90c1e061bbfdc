/** Where WebAssembly cannot be had, TypeScript takes over, and says why. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs `first`, then pools, in a process of its own. */
function pooled(first: string): { backend: string; reason: string; same: boolean; forced: string } {
  const code = `
    ${first}
    const { createPooling, maxPool2d } = await import('wasm-pooling');
    const pooling = createPooling();
    const x = { data: Float32Array.from({ length: 400 }, (_, i) => (i * 7) % 31), shape: [20, 20] };
    const options = { kernelSize: 3, stride: 2, padding: 1 };
    const want = createPooling({ backend: 'ts' }).maxPool2d(x, options).data.join();
    const same = [pooling.maxPool2d(x, options), maxPool2d(x, options)].every((y) => y.data.join() === want);
    let forced = 'wasm';
    try {
      createPooling({ backend: 'wasm' });
    } catch (error) {
      forced = String(error);
    }
    console.log(JSON.stringify({ backend: pooling.backend, reason: String(pooling.fallbackReason), same, forced }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }));
}

describe('without', () => {
  it.each([
    ['WebAssembly', 'delete globalThis.WebAssembly;', /WebAssembly/],
    [
      'leave to compile, as a content security policy has it',
      `WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('blocked by CSP'); } };`,
      /blocked by CSP/,
    ],
    [
      'leave to instantiate',
      `WebAssembly.Instance = class { constructor() { throw new WebAssembly.CompileError('refused'); } };`,
      /refused/,
    ],
    [
      'a memory',
      `WebAssembly.Memory = class { constructor() { throw new RangeError('could not allocate memory'); } };`,
      /could not allocate memory/,
    ],
  ])('%s', (_, first, reason) => {
    const result = pooled(first);
    expect(result.backend).toBe('ts');
    expect(result.reason).toMatch(reason);
    expect(result.same).toBe(true);
    expect(result.forced).toMatch(reason);
  });

  it('anything missing, WebAssembly', () => {
    expect(pooled('')).toMatchObject({ backend: 'wasm', reason: 'undefined', same: true, forced: 'wasm' });
  });
});
