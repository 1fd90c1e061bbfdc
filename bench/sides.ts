/**
 * Who is measured. Each side runs in a process of its own, and gives for a row the tasks to time and, to be checked first,
 * the output of each, in the row's own layout.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createPooling, type Tensor } from '../dist/index.js';
import type { Task } from './measure.ts';
import { type Geometry, geometryOf, type Row, turned } from './shapes.ts';
import { textbook } from './textbook.ts';

export interface Job {
  readonly tasks: Readonly<Record<string, Task>>;
  /** Runs the named task once and gives its output. */
  output(task: string): Float32Array | Promise<Float32Array>;
}

export interface Side {
  readonly title: string;
  /** An npm package whose version the report gives. */
  readonly packages: readonly string[];
  /** What it is given, and in what configuration. */
  readonly note: string;
  /** Its tensors live in its own memory, as those of our kernel rows do; it is compared with those. */
  readonly resident?: true;
  /** A function from a row and its input to a job; or undefined where it does not have what the row needs. */
  start(): Promise<(row: Row, x: Float32Array) => Job | undefined | Promise<Job | undefined>>;
}

const require = createRequire(import.meta.url);

type PlanMaker = (
  shape: readonly number[],
  options: object,
) => {
  readonly outputShape: readonly number[];
  readonly path: string;
  run(x: Tensor, out?: Tensor): Tensor;
};

export const planOf = (pooling: ReturnType<typeof createPooling>, { fn, shape, options }: Row) =>
  (pooling as unknown as Record<string, PlanMaker>)[`plan${fn[0].toUpperCase()}${fn.slice(1)}`](shape, options);

const count = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

const outputShape = ({ n, c, outH, outW, channelsLast }: Geometry) =>
  channelsLast ? [n, outH, outW, c] : [n, c, outH, outW];

/** Plain copies: of as many bytes as a row reads and writes, and of its whole input. */
export function copies(row: Row, x: Float32Array): Record<string, Task> {
  const half = (x.length + count(outputShape(geometryOf(row)))) >> 1;
  const from = new Float32Array(half).fill(1);
  const to = new Float32Array(half).fill(2);
  const all = new Float32Array(x.length).fill(2);
  return { copy: () => to.set(from), copyIn: () => all.set(x) };
}

export const SIDES: Readonly<Record<string, Side>> = {
  wasm: {
    title: 'wasm-pooling',
    packages: [],
    note: 'kernel: tensors in the wasm memory; call: outside, `out` given; new: outside, a new array each time',
    async start() {
      const pooling = createPooling({ backend: 'wasm' });
      return (row, data) => {
        const plan = planOf(pooling, row);
        const x = { data, shape: row.shape };
        const y = { data: new Float32Array(count(plan.outputShape)), shape: plan.outputShape };
        const residentX = pooling.alloc('float32', row.shape);
        const residentY = pooling.alloc('float32', plan.outputShape);
        residentX.data.set(data);
        const tasks: Record<string, Task> = {
          kernel: () => plan.run(residentX, residentY),
          call: () => plan.run(x, y),
          new: () => plan.run(x),
          ...copies(row, data),
        };
        return {
          tasks,
          output(task) {
            const result = tasks[task]() as Tensor | undefined;
            return result === undefined ? y.data : (result.data as Float32Array).slice();
          },
        };
      };
    },
  },
  ts: {
    title: 'wasm-pooling, ts backend',
    packages: [],
    note: '`out` given',
    async start() {
      const pooling = createPooling({ backend: 'ts' });
      return (row, data) => {
        const plan = planOf(pooling, row);
        const x = { data, shape: row.shape };
        const y = { data: new Float32Array(count(plan.outputShape)), shape: plan.outputShape };
        return {
          tasks: { call: () => plan.run(x, y), copy: copies(row, data).copy },
          output: () => plan.run(x, y).data as Float32Array,
        };
      };
    },
  },
  textbook: {
    title: 'textbook loop',
    packages: [],
    note: 'bench/textbook.ts',
    async start() {
      return (row, data) => {
        const geometry = geometryOf(row);
        const y = new Float32Array(count(outputShape(geometry)));
        const call = () => textbook(geometry, data, y);
        return {
          tasks: { call, copy: copies(row, data).copy },
          output() {
            call();
            return y;
          },
        };
      };
    },
  },
  'tfjs-wasm': {
    title: 'TensorFlow.js wasm',
    resident: true,
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'],
    note: 'SIMD, one thread; channels last only, and given the data so; tensors are in its wasm memory, made outside what is timed, results disposed of',
    start: () => tensorflow('wasm'),
  },
  'tfjs-cpu': {
    title: 'TensorFlow.js cpu',
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'],
    note: 'channels last only, and given the data so; tensors made outside what is timed',
    start: () => tensorflow('cpu'),
  },
  'ort-web': {
    title: 'ONNX Runtime Web',
    packages: ['onnxruntime-web'],
    note: 'wasm, one thread; channels first only, and given the data so; a model of the one operator',
    start: () => onnxruntime('onnxruntime-web'),
  },
  'jax-js': {
    title: 'jax-js',
    packages: ['@jax-js/jax'],
    note: 'wasm backend, jitted reduceWindow; channels first; has no padding: given data that are padded already',
    start: jax,
  },
  opencv: {
    title: 'OpenCV.js',
    resident: true,
    packages: ['@techstark/opencv-js'],
    note: 'dilate and blur, single planes and a stride of 1 only; matrices are in its wasm memory',
    start: opencv,
  },
  'ort-native': {
    title: 'ONNX Runtime, native',
    packages: ['onnxruntime-node'],
    note: 'not JavaScript: C++ with all the vectors of the machine, one thread',
    start: () => onnxruntime('onnxruntime-node'),
  },
};

/** Sides that are JavaScript libraries to compare with. */
export const PEERS: readonly string[] = ['tfjs-wasm', 'tfjs-cpu', 'ort-web', 'jax-js', 'opencv'];

async function tensorflow(backend: 'wasm' | 'cpu'): ReturnType<Side['start']> {
  const tf = require('@tensorflow/tfjs-core');
  const backendPackage = require(`@tensorflow/tfjs-backend-${backend}`);
  if (backend === 'wasm') {
    backendPackage.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
    backendPackage.setThreadsCount(1);
  }
  await tf.setBackend(backend);
  await tf.ready();
  return (row, data) => {
    const g = geometryOf(row);
    const last = g.channelsLast ? data : turned(data, g.n, g.c, g.h * g.w);
    const x = tf.tensor4d(last, [g.n, g.h, g.w, g.c]);
    const pad =
      g.p === 0
        ? 'valid'
        : [
            [0, 0],
            [g.p, g.p],
            [g.p, g.p],
            [0, 0],
          ];
    // Its averages never count padding.
    if (g.op === 'avg' && g.countIncludePad) return undefined;
    const make = () => {
      if (g.global) return tf.mean(x, [1, 2], true);
      return (g.op === 'max' ? tf.maxPool : tf.avgPool)(x, g.k, g.s, pad);
    };
    return {
      tasks: {
        call() {
          make().dispose();
        },
        copy: copies(row, data).copy,
      },
      output() {
        const y = make();
        const result = Float32Array.from(y.dataSync());
        y.dispose();
        return g.channelsLast ? result : turned(result, g.n, g.outH * g.outW, g.c);
      },
    };
  };
}

async function onnxruntime(name: 'onnxruntime-web' | 'onnxruntime-node'): ReturnType<Side['start']> {
  const ort = require(name);
  const { onnx } = require('onnx-proto');
  const web = name === 'onnxruntime-web';
  if (web) ort.env.wasm.numThreads = 1;
  const ints = (key: string, values: number[]) => ({
    name: key,
    type: onnx.AttributeProto.AttributeType.INTS,
    ints: values,
  });
  const int = (key: string, value: number) => ({ name: key, type: onnx.AttributeProto.AttributeType.INT, i: value });
  const value = (key: string, dims: number[]) => ({
    name: key,
    type: { tensorType: { elemType: 1, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
  });
  return async (row, data) => {
    const g = geometryOf(row);
    const attribute = g.global
      ? []
      : [ints('kernel_shape', [g.k, g.k]), ints('strides', [g.s, g.s]), ints('pads', [g.p, g.p, g.p, g.p])];
    if (g.countIncludePad) attribute.push(int('count_include_pad', 1) as never);
    const opType = `${g.global ? 'Global' : ''}${g.op === 'max' ? 'MaxPool' : 'AveragePool'}`;
    const model = onnx.ModelProto.encode({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 12 }],
      graph: {
        name: 'one operator',
        node: [{ input: ['x'], output: ['y'], opType, attribute }],
        input: [value('x', [g.n, g.c, g.h, g.w])],
        output: [value('y', [g.n, g.c, g.outH, g.outW])],
      },
    }).finish();
    const session = await ort.InferenceSession.create(model, {
      executionProviders: [web ? 'wasm' : 'cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    const first = g.channelsLast ? turned(data, g.n, g.h * g.w, g.c) : data;
    const x = new ort.Tensor('float32', first, [g.n, g.c, g.h, g.w]);
    return {
      tasks: { call: () => session.run({ x }), copy: copies(row, data).copy },
      async output() {
        const { y } = await session.run({ x });
        return g.channelsLast ? turned(y.data, g.n, g.c, g.outH * g.outW) : y.data;
      },
    };
  };
}

async function jax(): ReturnType<Side['start']> {
  const { init, defaultDevice, lax, numpy: np, jit } = require('@jax-js/jax');
  await init('wasm');
  defaultDevice('wasm');
  return (row, data) => {
    const g = geometryOf(row);
    // Averages would need the divisors at the edges.
    if (g.global || (g.op === 'avg' && g.p > 0 && !g.countIncludePad)) return undefined;
    const [h, w] = [g.h + 2 * g.p, g.w + 2 * g.p];
    const first = g.channelsLast ? turned(data, g.n, g.h * g.w, g.c) : data;
    const padded = new Float32Array(g.n * g.c * h * w).fill(g.op === 'max' ? -Infinity : 0);
    for (let line = 0; line < g.n * g.c * g.h; line++) {
      const plane = Math.floor(line / g.h);
      const at = (plane * h + (line % g.h) + g.p) * w + g.p;
      padded.set(first.subarray(line * g.w, (line + 1) * g.w), at);
    }
    const x = np.array(padded, { dtype: np.float32 }).reshape([g.n, g.c, h, w]);
    const reduce = g.op === 'max' ? np.max : np.mean;
    const pool = jit((a: unknown) => lax.reduceWindow(a, (window: unknown) => reduce(window), [g.k, g.k], [g.s, g.s]));
    const run = () => pool(x.ref);
    return {
      tasks: {
        async call() {
          const y = run();
          await y.blockUntilReady();
          y.dispose();
        },
        copy: copies(row, data).copy,
      },
      async output() {
        const result = Float32Array.from((await run().data()) as Float32Array);
        return g.channelsLast ? turned(result, g.n, g.c, g.outH * g.outW) : result;
      },
    };
  };
}

async function opencv(): ReturnType<Side['start']> {
  const loaded = require('@techstark/opencv-js');
  // Some releases give a promise, others a module that looks like one and never settles.
  const cv = loaded instanceof Promise ? await loaded : loaded;
  if (cv.Mat === undefined)
    await new Promise<void>((resolve) => Object.assign(cv, { onRuntimeInitialized: () => resolve() }));
  return (row, data) => {
    const g = geometryOf(row);
    if (g.n * g.c !== 1 || g.s !== 1 || g.k % 2 === 0 || g.p !== g.k >> 1) return undefined;
    const x = cv.matFromArray(g.h, g.w, cv.CV_32F, Array.from(data));
    const y = new cv.Mat();
    const kernel = cv.Mat.ones(g.k, g.k, cv.CV_8U);
    const size = new cv.Size(g.k, g.k);
    const anchor = new cv.Point(-1, -1);
    const call = () => (g.op === 'max' ? cv.dilate(x, y, kernel) : cv.blur(x, y, size, anchor, cv.BORDER_CONSTANT));
    return {
      tasks: { call, copy: copies(row, data).copy },
      output() {
        call();
        return Float32Array.from(y.data32F as Float32Array);
      },
    };
  };
}
