/**
 * Times one call of each contender, away from the page, so that sliders stay smooth. All of them pool the same float32
 * tensor `[height, width, 4]`, and their results are compared before they are timed.
 */
import { createPooling, type Pooling, type Tensor } from 'wasm-pooling';
import type { Contender, Measurement, Request } from './measure.ts';
import { optionsOf, type Settings } from './settings.ts';

interface Call {
  /** Runs it once and gives the result. */
  result(): ArrayLike<number>;
  /** What is timed. */
  run(): void;
  done?(): void;
}

/** Gives a call, or the reason why there is none. */
type Start = (x: Tensor<Float32Array>, settings: Settings) => Call | string;

const automatic = createPooling();
const contenders = new Map<Contender, Start>([
  [
    'wasm',
    automatic.backend === 'wasm'
      ? startOf(automatic)
      : () => `no WebAssembly: ${automatic.fallbackReason?.message ?? 'fallback'}`,
  ],
  ['ts', startOf(createPooling({ backend: 'ts' }))],
]);

/** Results go into a tensor made before, as in a loop over many inputs. */
function startOf(pooling: Pooling): Start {
  return (x, settings) => {
    const options = { layout: 'hwc', ...optionsOf(settings) } as const;
    const plans = {
      max: () => pooling.planMaxPool2d(x.shape, options),
      min: () => pooling.planMinPool2d(x.shape, options),
      avg: () => pooling.planAvgPool2d(x.shape, options),
      lp: () => pooling.planLpPool2d(x.shape, { ...options, p: settings.p }),
    };
    const plan = plans[settings.op]();
    if (plan.backend !== pooling.backend) return 'runs in TypeScript';
    const y = { data: new Float32Array(plan.outputShape.reduce((a, b) => a * b)), shape: plan.outputShape };
    const run = () => void plan.run(x, y);
    return {
      run,
      result: () => {
        run();
        return y.data;
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
      tf.setBackend(backend);
      const input = tf.tensor4d(x.data, [1, x.shape[0], x.shape[1], x.shape[2]]);
      const pool = op === 'max' ? tf.maxPool : tf.avgPool;
      const call = () => pool(input, kernelSize, stride, padding, padding === 'same' ? undefined : 'floor');
      return {
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
const BATCHES = 7;

/** Median time of a call in milliseconds. */
function time(run: () => void): number {
  const batch = (calls: number) => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) run();
    return performance.now() - start;
  };
  let calls = 1;
  let took = batch(calls);
  while (took < BATCH_MS) {
    calls *= 2;
    took = batch(calls);
  }
  const times = took > BATCH_MS * 25 ? [took] : Array.from({ length: BATCHES }, () => batch(calls));
  return times.sort((a, b) => a - b)[times.length >> 1] / calls;
}

/** Maxima are equal to the last bit; other results may differ in the last few. */
function agree(a: ArrayLike<number>, b: ArrayLike<number>, { op }: Settings): boolean {
  if (a.length !== b.length) return false;
  const exact = op === 'max' || op === 'min';
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i]) || a[i] === b[i]) continue;
    if (exact || !(Math.abs(a[i] - b[i]) <= 1e-5 * Math.abs(b[i]))) return false;
  }
  return true;
}

let picture: Tensor<Float32Array> | undefined;
let latest = 0;

async function measure(id: number, settings: Settings): Promise<void> {
  latest = id;
  let first: ArrayLike<number> | undefined;
  for (const [contender, start] of [...contenders]) {
    // A new picture or new settings may have come in meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    if (latest !== id || picture === undefined) return;
    post({ id, contender, ...one(start, picture, settings) });
  }
  post({ id, done: true });

  function one(start: Start, x: Tensor<Float32Array>, settings: Settings) {
    try {
      const call = start(x, settings);
      if (typeof call === 'string') return { reason: call };
      const result = call.result();
      first ??= Float32Array.from(result);
      const same = agree(result, first, settings);
      const ms = time(call.run);
      call.done?.();
      return { ms, same };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : `${error}` };
    }
  }
}

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
      post({ loaded: false, reason: error instanceof Error ? error.message : `${error}` });
    }
  }
});
