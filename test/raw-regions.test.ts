/**
 * Random poolings of every op and dtype on a host's memory, its regions in any order and no better aligned than is asked
 * for: they do what the functions do, and touch nothing but the result and the workspace.
 */
import { describe, expect, it } from 'vitest';
import { createPooling, type DType, type Tensor, type TypedArray } from '../src/index.js';
import { createRaw, type RawPool } from '../src/raw.js';
import { DTYPES } from '../src/tensor.js';
import { type Case, dataOf, LAYOUTS, random } from './cases.js';

const CASES = 400;
const MEMORY_BYTES = 4 * 65536;

function makeCase(seed: number): Case {
  const next = random(seed);
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];
  const op = pick(['max', 'min', 'avg', 'sum', 'lp'] as const);
  const rank = 1 + below(3);
  const kind = pick(['', '', '', 'global', 'adaptive']);
  const names = (Object.keys(DTYPES) as DType[]).filter((dtype) => op !== 'lp' || DTYPES[dtype].float);
  const dtype = pick(names);
  const layout = pick(LAYOUTS[rank]);
  const most = [40, 14, 7][rank - 1];
  const shape = [...layout].map((letter) => 1 + below(letter === 'n' ? 2 : letter === 'c' ? 6 : most));
  const spatial = shape.filter((_, place) => 'dhw'.includes(layout[place]));
  const options: Record<string, unknown> = { layout, dtype };
  const capital = op[0].toUpperCase() + op.slice(1);
  if (kind === 'adaptive') options.outputSize = spatial.map((length) => 1 + below(length + 2));
  if (kind === '') {
    options.kernelSize = spatial.map((length) => 1 + below(Math.min(length, 5)));
    options.stride = spatial.map(() => 1 + below(3));
    options.padding = spatial.map(() => [below(3), below(3)]);
    if (next() < 0.3) options.ceilMode = true;
    if (op === 'avg' && next() < 0.5) options.countIncludePad = true;
  }
  const fn = kind === '' ? `${op}Pool${rank}d` : `${kind}${capital}Pool${rank}d`;
  return { fn, dtype, shape, options, data: pick(['random', 'ties', 'nan', 'zeros'] as const), seed };
}

const align = (address: number, to: number) => Math.ceil(address / to) * to;

describe.each([
  ['unshared', false],
  ['shared', true],
] as const)('a memory that is %s', (_, shared) => {
  it('has no byte touched outside of the result and the workspace', () => {
    const memory = new WebAssembly.Memory({ initial: 4, maximum: 4, shared });
    const bytes = new Uint8Array(memory.buffer);
    const raw = createRaw(memory) as unknown as Record<string, (shape: number[], options: object) => RawPool>;
    const pooling = createPooling({ backend: 'wasm' }) as unknown as Record<
      string,
      (x: Tensor, options: object) => Tensor
    >;
    const before = new Uint8Array(MEMORY_BYTES);
    const dtypes = new Set<string>();
    let run = 0;
    for (let seed = 0; seed < CASES; seed++) {
      const c = makeCase(seed);
      const line = JSON.stringify(c);
      const next = random(seed + 1);
      let pool: RawPool;
      try {
        pool = raw[c.fn](c.shape, c.options);
      } catch (error) {
        // What has no kernel, or does not fit: this is no test of that.
        if (error instanceof RangeError) continue;
        throw error;
      }
      const inputBytes = DTYPES[c.dtype].bytes;
      const outputBytes = DTYPES[pool.resultDType].bytes;
      const sizes = { x: pool.inputBytes, y: pool.outputBytes, workspace: pool.workspaceBytes };
      const steps = { x: inputBytes, y: outputBytes, workspace: 8 };
      const at = { x: 0, y: 0, workspace: 0 };
      let end = 0;
      for (const name of (['x', 'y', 'workspace'] as ('x' | 'y' | 'workspace')[]).sort(() => next() - 0.5)) {
        at[name] = align(end + Math.floor(next() * 40), steps[name]);
        end = at[name] + sizes[name];
      }
      expect(end, line).toBeLessThan(MEMORY_BYTES);
      for (let i = 0; i < MEMORY_BYTES; i++) bytes[i] = (i * 31 + seed) & 255;
      const data = dataOf(c);
      const { Elements } = DTYPES[c.dtype];
      new Elements(memory.buffer, at.x, data.length).set(data as never);
      before.set(bytes);

      pool.run(at.x, at.y, at.workspace);

      const want = pooling[c.fn]({ data, shape: c.shape }, c.options);
      expect(pool.outputShape, line).toEqual(want.shape);
      const Results = DTYPES[pool.resultDType].Elements;
      const got = new Results(memory.buffer, at.y, want.data.length);
      // The same kernels on the same numbers: the same bits, but for payloads of NaN.
      const differs = (want.data as TypedArray).findIndex((value, i) => !Object.is(value, got[i]));
      if (differs >= 0) expect.fail(`${line}: element ${differs} is ${got[differs]}, should be ${want.data[differs]}`);
      const inside = (i: number, name: 'y' | 'workspace') => i >= at[name] && i < at[name] + sizes[name];
      for (let i = 0; i < MEMORY_BYTES; i++) {
        if (bytes[i] !== before[i] && !inside(i, 'y') && !inside(i, 'workspace')) {
          expect.fail(`${line}: byte ${i} was written to, with ${JSON.stringify({ at, sizes })}`);
        }
      }
      run++;
      dtypes.add(c.dtype);
    }
    expect(run).toBeGreaterThan(0.8 * CASES);
    expect([...dtypes].sort()).toEqual(Object.keys(DTYPES).sort());
  });
});

it('reads nothing behind an input that ends with the memory', () => {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const raw = createRaw(memory);
  for (const [dtype, width] of [
    ['uint8', 129],
    ['uint8', 130],
    ['int16', 65],
  ] as const) {
    const pool = raw.maxPool2d([93, width], { kernelSize: 9, stride: 1, dtype });
    expect(() => pool.run(memory.buffer.byteLength - pool.inputBytes, 0, 2 ** 14)).not.toThrow();
  }
});
