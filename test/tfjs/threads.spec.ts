/**
 * The threaded build of TensorFlow.js' wasm backend does not start in Node. Its heap is a shared memory, which its module
 * has as `wasmMemory`: this is a backend with such a heap, as kernels see it.
 */
import { expect, it, vi } from 'vitest';
import { type KernelConfig, registerPooling } from '../../src/adapters/tfjs.js';
import { random } from '../cases.ts';
import { pool } from '../oracle.ts';

interface Info {
  dataId: object;
  shape: readonly number[];
  dtype: string;
}

class ThreadedBackend {
  readonly memory = new WebAssembly.Memory({ initial: 8, maximum: 64, shared: true });
  readonly dataIdMap = new Map<object, { memoryOffset: number }>();
  readonly wasm = {
    HEAPU8: new Uint8Array(this.memory.buffer),
    wasmMemory: this.memory,
    _malloc: (bytes: number) => {
      const address = this.#top;
      this.#top += Math.ceil(bytes / 8) * 8;
      return address;
    },
    _free: () => {},
  };
  disposed = 0;
  #top = 1032;

  write(_: null, shape: readonly number[]): object {
    const dataId = {};
    this.dataIdMap.set(dataId, { memoryOffset: this.wasm._malloc(4 * shape.reduce((a, b) => a * b, 1)) });
    return dataId;
  }

  disposeData(dataId: object): void {
    this.disposed += Number(this.dataIdMap.delete(dataId));
  }

  elements({ dataId, shape }: Info): Float32Array {
    const { memoryOffset } = this.dataIdMap.get(dataId) as { memoryOffset: number };
    return new Float32Array(
      this.memory.buffer,
      memoryOffset,
      shape.reduce((a, b) => a * b, 1),
    );
  }
}

function registered(): Map<string, KernelConfig> {
  const kernels = new Map<string, KernelConfig>();
  registerPooling(
    {
      getKernel: (kernelName, backendName) => ({ kernelName, backendName, kernelFunc: () => undefined }),
      registerKernel: (config) => void kernels.set(config.kernelName, config),
      unregisterKernel: () => {},
    },
    { backend: 'wasm' },
  );
  return kernels;
}

it('pools in place in a heap that is shared between threads', () => {
  const kernels = registered();
  const backend = new ThreadedBackend();
  const shape = [1, 20, 21, 8];
  const x = { dataId: backend.write(null, shape), shape, dtype: 'float32' };
  const next = random(1);
  backend.elements(x).forEach((_, i, all) => {
    all[i] = next() - 1;
  });
  const set = vi.spyOn(Object.getPrototypeOf(Float32Array.prototype), 'set');
  for (const op of ['max', 'avg'] as const) {
    const { kernelFunc } = kernels.get(op === 'max' ? 'MaxPool' : 'AvgPool') as KernelConfig;
    const y = kernelFunc({
      inputs: { x },
      attrs: { filterSize: 3, strides: 2, pad: 'same' },
      backend,
    } as never) as Info;
    const want = pool(
      { op, layout: 'nhwc', kind: 'window', kernelSize: [3, 3], stride: [2, 2], padding: 'same' },
      backend.elements(x),
      shape,
    );
    expect(y.shape).toEqual(want?.shape);
    backend.elements(y).forEach((value, i) => {
      expect(value).toBeCloseTo(want?.values[i] as number, 6);
    });
  }
  // The words of plans alone, none of the elements.
  expect(set.mock.calls.filter(([from]) => from instanceof Float32Array)).toEqual([]);
  expect(set).toHaveBeenCalled();
  set.mockRestore();
});

it('says so when there is no memory for its workspace, and gives the result back', () => {
  const { kernelFunc } = registered().get('MaxPool') as KernelConfig;
  const backend = new ThreadedBackend();
  const shape = [1, 20, 21, 8];
  const x = { dataId: backend.write(null, shape), shape, dtype: 'float32' };
  const { _malloc } = backend.wasm;
  // The result is the first.
  backend.wasm._malloc = (bytes) => {
    backend.wasm._malloc = () => 0;
    return _malloc(bytes);
  };
  const call = () => kernelFunc({ inputs: { x }, attrs: { filterSize: 3, strides: 2, pad: 'same' }, backend } as never);
  expect(call).toThrow(/^registerPooling: no memory for a workspace of \d+ bytes$/);
  expect(backend.disposed).toBe(1);
  backend.wasm._malloc = _malloc;
  expect(call()).toMatchObject({ shape: [1, 10, 11, 8] });
});
