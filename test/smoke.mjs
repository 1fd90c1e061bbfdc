// What every runtime has to get right, with nothing but the language: known answers, and the same ones on both backends.

function same(what, got, want) {
  const [a, b] = [got, want].map((value) => JSON.stringify(ArrayBuffer.isView(value) ? Array.from(value) : value));
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

function errorOf(call) {
  try {
    call();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
  return 'none';
}

/** Uses the library and its gradients as a user would, and says where it ran. Throws at the first wrong answer. */
export function smoke(library, gradients) {
  const { avgPool2d, globalAvgPool2d, maxPool2d, planMaxPool2d } = library;
  const { avgPool2dBackward, createPooling, maxPool2dBackward } = gradients;
  let checks = 0;
  const check = (what, got, want) => {
    same(what, got, want);
    checks++;
  };

  const x = { data: Float32Array.from({ length: 32 }, (_, i) => (i % 16) + Math.floor(i / 16)), shape: [1, 2, 4, 4] };
  const window = { layout: 'nchw', kernelSize: 3, stride: 2, padding: 1 };
  check('maxPool2d', maxPool2d(x, window).data, [5, 7, 13, 15, 6, 8, 14, 16]);
  check('avgPool2d', avgPool2d(x, { layout: 'nchw', kernelSize: [2, 4] }).data, [3.5, 11.5, 4.5, 12.5]);
  check('globalAvgPool2d', globalAvgPool2d(x, { layout: 'nchw' }).data, [7.5, 8.5]);
  check('planMaxPool2d', planMaxPool2d(x.shape, window).run(x).shape, [1, 2, 2, 2]);
  const image = { data: Uint8ClampedArray.from({ length: 64 }, (_, i) => i), width: 4, height: 4 };
  check('maxPool2d of an image', maxPool2d(image, { kernelSize: 4 }).data, [60, 61, 62, 63]);
  check('an option of no meaning', errorOf(() => maxPool2d(x, { ...window, kernelSize: 0 })).split(':', 2), [
    'RangeError',
    ' maxPool2d',
  ]);

  const dy = { data: Float32Array.of(1, 2), shape: [1, 2] };
  const row = { data: Float32Array.of(0, 9, 2, 3), shape: [1, 4] };
  const pairs = { kernelSize: [1, 2] };
  check('maxPool2dBackward', maxPool2dBackward(dy, { ...pairs, x: row }).data, [0, 1, 0, 2]);
  check('avgPool2dBackward', avgPool2dBackward(dy, { ...pairs, inputShape: [1, 4] }).data, [0.5, 0.5, 1, 1]);

  const pooling = createPooling();
  const ts = createPooling({ backend: 'ts' });
  const large = { data: Float32Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 1009), shape: [1, 200, 200, 1] };
  for (const kernelSize of [2, 3, 9, 50]) {
    for (const stride of [1, 2]) {
      for (const name of ['maxPool2d', 'avgPool2d', 'minPool2d']) {
        const options = { layout: 'nhwc', kernelSize, stride };
        check(`${name}, window ${kernelSize}`, pooling[name](large, options).data, ts[name](large, options).data);
      }
    }
  }
  const colours = { data: large.data, shape: [1, 100, 100, 4] };
  for (const kernelSize of [2, 3]) {
    const options = { layout: 'nhwc', kernelSize };
    const error = ts.maxPool2d(colours, options);
    const given = { ...options, x: colours };
    check(
      `maxPool2dBackward, window ${kernelSize}`,
      pooling.maxPool2dBackward(error, given).data,
      ts.maxPool2dBackward(error, given).data,
    );
  }
  const resident = pooling.alloc('float32', [4, 4]);
  resident.data.set(x.data.subarray(0, 16));
  check('a resident tensor', pooling.maxPool2d(resident, { kernelSize: 2 }).data, [5, 7, 13, 15]);
  resident.free();

  return { backend: pooling.backend, reason: pooling.fallbackReason?.message, checks };
}
