/**
 * Times one call of each contender, away from the page, so that sliders stay smooth. All of them pool the same float32
 * tensor `[height, width, 4]`, and one the bytes it was made of; their results are compared before they are timed.
 */
import { createPooling, type Pooling, type Tensor } from 'wasm-pooling';
import type { Contender, Measurement, Request } from './measure.ts';
import { optionsOf, type Settings } from './settings.ts';

interface Call {
  /** Runs it once and gives the result. */
  result(): ArrayLike<number>;
  /** Called before a batch of `run`, and not timed. */
  turn?(): void;
  /** What is timed. */
  run(): void;
  /** Gives its tensors back. */
  done(): void;
}

/** Gives a call, or the reason why there is none. */
type Start = (x: Tensor<Float32Array>, settings: Settings) => Call | string;

const automatic = createPooling();
const none = () => `no WebAssembly: ${automatic.fallbackReason?.message ?? 'fallback'}`;
const contenders = new Map<Contender, Start>([
  ['wasm', automatic.backend === 'wasm' ? startOf(automatic, 'float32') : none],
  ['bytes', automatic.backend === 'wasm' ? startOf(automatic, 'uint8-clamped') : none],
  ['ts', startOf(createPooling({ backend: 'ts' }), 'float32')],
]);

/** Tensors are in the library's memory, as those of TensorFlow.js are in its own. */
function startOf(pooling: Pooling, dtype: 'float32' | 'uint8-clamped'): Start {
  return (x, settings) => {
    if (settings.op === 'lp' && dtype !== 'float32') return 'norms are of floats';
    const options = { layout: 'hwc', dtype, ...optionsOf(settings) } as const;
    const plans = {
      max: () => pooling.planMaxPool2d(x.shape, options),
      min: () => pooling.planMinPool2d(x.shape, options),
      avg: () => pooling.planAvgPool2d(x.shape, options),
      lp: () => pooling.planLpPool2d(x.shape, { ...options, p: settings.p }),
    };
    const plan = plans[settings.op]();
    if (plan.backend !== pooling.backend) return 'runs in TypeScript';
    const input = pooling.alloc(dtype, x.shape);
    const output = pooling.alloc(dtype, plan.outputShape);
    input.data.set(x.data);
    const run = () => void plan.run(input, output);
    return {
      run,
      result: () => {
        run();
        return output.data;
      },
      done: () => {
        input.free();
        output.free();
      },
    };
  };
}

async function loadTensorFlow(): Promise<void> {
  const [tf, { setWasmPaths }, , simd, plain, threaded] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-cpu'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'),
  ]);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain.default,
    'tfjs-backend-wasm-simd.wasm': simd.default,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded.default,
  });
  for (const backend of ['wasm', 'cpu'] as const) {
    if (!(await tf.setBackend(backend))) {
      contenders.set(`tfjs-${backend}`, () => 'does not start here');
      continue;
    }
    contenders.set(`tfjs-${backend}`, (x, { op, kernelSize, stride = kernelSize, padding, dilation }) => {
      if (op === 'min' || op === 'lp') return 'has no such op';
      if (dilation > 1) return 'does not dilate';
      // Done when it returns, since the backend has been started.
      const turn = () => void tf.setBackend(backend);
      turn();
      const input = tf.tensor4d(x.data, [1, x.shape[0], x.shape[1], x.shape[2]]);
      const pool = op === 'max' ? tf.maxPool : tf.avgPool;
      const call = () => pool(input, kernelSize, stride, padding, padding === 'same' ? undefined : 'floor');
      return {
        turn,
        result: () => {
          const y = call();
          const values = y.dataSync();
          y.dispose();
          return values;
        },
        run: () => call().dispose(),
        done: () => input.dispose(),
      };
    });
  }
}

/** Clocks of browsers may stand still for 0.1 ms: calls are timed in batches that take longer. */
const BATCH_MS = 4;
/** Contenders take turns, so that whatever else the machine does meets all of them. */
const ROUNDS = 9;
/** What takes longer than this is timed once. */
const LONG_MS = 100;

function timeOf({ turn, run }: Call, calls: number): number {
  turn?.();
  const start = performance.now();
  for (let call = 0; call < calls; call++) run();
  return performance.now() - start;
}

/** How many calls make a batch. Gets them compiled on the way. */
function batchOf(call: Call): number {
  let calls = 1;
  while (timeOf(call, calls) < BATCH_MS) calls *= 2;
  return calls;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Maxima are equal to the last bit; other floats may differ in the last few, and bytes are rounded. */
function agree(a: ArrayLike<number>, b: ArrayLike<number>, { op }: Settings): boolean {
  if (a.length !== b.length) return false;
  const bytes = a instanceof Uint8ClampedArray;
  for (let i = 0; i < a.length; i++) {
    const want = bytes ? Math.min(Math.max(b[i], 0), 255) : b[i];
    const off = op === 'max' || op === 'min' ? 0 : bytes ? 0.5 : 1e-5 * Math.abs(want);
    // What is empty is NaN among floats and 0 among bytes.
    if (Object.is(a[i], want) || Math.abs(a[i] - want) <= off || (Number.isNaN(want) && bytes)) continue;
    return false;
  }
  return true;
}

let picture: Tensor<Float32Array> | undefined;
let latest = 0;

interface Running extends Call {
  readonly contender: Contender;
  readonly same: boolean;
  /** In a batch. */
  readonly calls: number;
  readonly times: number[];
}

async function measure(id: number, settings: Settings): Promise<void> {
  latest = id;
  /** Lets a new picture or new settings come in. False if they have. */
  const stillWanted = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return latest === id && picture !== undefined;
  };
  const running: Running[] = [];
  let first: ArrayLike<number> | undefined;
  const begin = (contender: Contender, start: Start, x: Tensor<Float32Array>) => {
    const call = start(x, settings);
    if (typeof call === 'string') throw new Error(call);
    try {
      const result = call.result();
      first ??= Float32Array.from(result);
      running.push({
        ...call,
        contender,
        same: agree(result, first, settings),
        calls: batchOf(call),
        times: [],
      });
    } catch (error) {
      call.done();
      throw error;
    }
  };

  try {
    for (const [contender, start] of [...contenders]) {
      if (!(await stillWanted()) || picture === undefined) return;
      try {
        begin(contender, start, picture);
      } catch (error) {
        post({ id, contender, reason: messageOf(error) });
      }
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const { contender, same, calls, times, ...call } of running) {
        if (times[0] > LONG_MS) continue;
        if (!(await stillWanted())) return;
        times.push(timeOf(call, calls) / calls);
        post({ id, contender, same, ms: median(times) });
      }
    }
    post({ id, done: true });
  } finally {
    for (const { done } of running) done();
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : `${error}`);
const post = (measurement: Measurement) => self.postMessage(measurement);

self.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'picture') {
    picture = data.picture;
  } else if (data.kind === 'measure') {
    await measure(data.id, data.settings);
  } else {
    try {
      await loadTensorFlow();
      post({ loaded: true });
    } catch (error) {
      post({ loaded: false, reason: messageOf(error) });
    }
  }
});
