/**
 * What is measured: layers of real networks, and the boundaries between them, as data. A row more is a line here.
 */
import type { DType } from '../dist/index.js';

export interface Row {
  readonly name: string;
  /** A function of the library. */
  readonly fn: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly options: { readonly layout: string } & Record<string, unknown>;
  readonly group: string;
  /** In the quick run of CI. */
  readonly quick?: boolean;
}

const row = (
  group: string,
  name: string,
  fn: string,
  shape: number[],
  options: Row['options'],
  more: Partial<Row> = {},
): Row => ({ name, fn, dtype: 'float32', shape, options, group, ...more });

const nchw = (kernelSize: number, stride: number, padding = 0, more: object = {}) => ({
  layout: 'nchw',
  kernelSize,
  stride,
  padding,
  ...more,
});
const nhwc = (kernelSize: number, stride: number, padding = 0, more: object = {}) => ({
  ...nchw(kernelSize, stride, padding, more),
  layout: 'nhwc',
});

export const ROWS: readonly Row[] = [
  row('Channels first', 'VGG 2×2/s2, 392 KB', 'maxPool2d', [1, 8, 112, 112], nchw(2, 2), { quick: true }),
  row('Channels first', 'VGG 2×2/s2, 3 MB', 'maxPool2d', [1, 64, 112, 112], nchw(2, 2)),
  row('Channels first', 'VGG 2×2/s2, 100 MB', 'maxPool2d', [8, 64, 224, 224], nchw(2, 2)),
  row('Channels first', 'ResNet stem 3×3/s2/p1, 3 MB', 'maxPool2d', [1, 64, 112, 112], nchw(3, 2, 1), { quick: true }),
  row('Channels first', 'ResNet stem 3×3/s2/p1, 100 MB', 'maxPool2d', [8, 64, 224, 224], nchw(3, 2, 1)),
  row('Channels first', '3×3/s1/p1, 392 KB', 'maxPool2d', [1, 8, 112, 112], nchw(3, 1, 1)),
  row('Channels first', 'SqueezeNet 3×3/s2, 96×55×55', 'maxPool2d', [1, 96, 55, 55], nchw(3, 2)),
  row('Channels first', 'SqueezeNet 3×3/s2, 256×27×27', 'maxPool2d', [1, 256, 27, 27], nchw(3, 2)),
  row('Channels first', 'Inception average 3×3/s1/p1, 192×35×35', 'avgPool2d', [1, 192, 35, 35], nchw(3, 1, 1)),
  row('Channels first', 'Inception average 3×3/s1/p1, 768×17×17', 'avgPool2d', [1, 768, 17, 17], nchw(3, 1, 1)),
  row('Channels first', 'DenseNet average 2×2/s2, 128×56×56', 'avgPool2d', [1, 128, 56, 56], nchw(2, 2)),
  row('Channels last', 'VGG 2×2/s2, 64×112×112', 'maxPool2d', [1, 112, 112, 64], nhwc(2, 2), { quick: true }),
  row('Channels last', 'ResNet stem 3×3/s2/p1, 64×112×112', 'maxPool2d', [1, 112, 112, 64], nhwc(3, 2, 1)),
  row('Channels last', '3×3/s1/p1, 64×56×56', 'maxPool2d', [1, 56, 56, 64], nhwc(3, 1, 1)),
  row(
    'Channels last',
    'Inception average 3×3/s1/p1, 192×35×35, channels last',
    'avgPool2d',
    [1, 35, 35, 192],
    nhwc(3, 1, 1),
  ),
  row('Channels last', 'average 2×2/s2, 64×56×56', 'avgPool2d', [1, 56, 56, 64], nhwc(2, 2)),
  row('Channels last', 'picture 2×2/s2, 3×224×224', 'maxPool2d', [1, 224, 224, 3], nhwc(2, 2)),
  row('Small planes', 'tiny 2×2/s2, 8×24×24', 'maxPool2d', [1, 8, 24, 24], nchw(2, 2), { quick: true }),
  row('Small planes', 'MobileNet-size 3×3/s2/p1, 512×14×14', 'maxPool2d', [1, 512, 14, 14], nchw(3, 2, 1)),
  row('Small planes', 'MobileNet-size 2×2/s2, 512×14×14', 'maxPool2d', [1, 512, 14, 14], nchw(2, 2)),
  row(
    'Small planes',
    'MobileNet global average, 1024×7×7, channels first',
    'globalAvgPool2d',
    [1, 1024, 7, 7],
    { layout: 'nchw' },
    { quick: true },
  ),
  row('Small planes', 'MobileNet global average, 1024×7×7, channels last', 'globalAvgPool2d', [1, 7, 7, 1024], {
    layout: 'nhwc',
  }),
  row('Large windows', 'YOLO SPPF 5×5/s1, 256×20×20', 'maxPool2d', [1, 256, 20, 20], nchw(5, 1, 2)),
  row('Large windows', 'YOLO SPP 9×9/s1, 256×20×20', 'maxPool2d', [1, 256, 20, 20], nchw(9, 1, 4)),
  row('Large windows', 'YOLO SPP 13×13/s1, 256×20×20', 'maxPool2d', [1, 256, 20, 20], nchw(13, 1, 6), { quick: true }),
  row('Large windows', 'YOLO SPPF 5×5/s1, 256×20×20, channels last', 'maxPool2d', [1, 20, 20, 256], nhwc(5, 1, 2)),
  row('Large windows', 'maximum 7×7/s1, 512×512', 'maxPool2d', [1, 1, 512, 512], nchw(7, 1, 3)),
  row('Large windows', 'maximum 101×101/s1, 512×512', 'maxPool2d', [1, 1, 512, 512], nchw(101, 1, 50)),
  row('Large windows', 'morphology, maximum 31×31/s1, 1080p', 'maxPool2d', [1, 1, 1080, 1920], nchw(31, 1, 15)),
  row(
    'Large windows',
    'morphology, average 31×31/s1, 1080p',
    'avgPool2d',
    [1, 1, 1080, 1920],
    nchw(31, 1, 15, { countIncludePad: true }),
  ),
];

/** A row in numbers, as those need it who have no layouts. */
export interface Geometry {
  readonly op: 'max' | 'avg';
  readonly global: boolean;
  readonly channelsLast: boolean;
  readonly n: number;
  readonly c: number;
  readonly h: number;
  readonly w: number;
  readonly k: number;
  readonly s: number;
  readonly p: number;
  readonly countIncludePad: boolean;
  readonly outH: number;
  readonly outW: number;
}

export function geometryOf({ fn, shape, options }: Row): Geometry {
  const channelsLast = options.layout === 'nhwc';
  const [n, c, h, w] = channelsLast ? [shape[0], shape[3], shape[1], shape[2]] : shape;
  const global = fn.startsWith('global');
  const k = global ? h : (options.kernelSize as number);
  const s = global ? 1 : (options.stride as number);
  const p = global ? 0 : (options.padding as number);
  const out = (length: number) => Math.floor((length + 2 * p - k) / s) + 1;
  return {
    op: /max/i.test(fn) ? 'max' : 'avg',
    global,
    channelsLast,
    n,
    c,
    h,
    w,
    k,
    s,
    p,
    countIncludePad: options.countIncludePad === true,
    outH: out(h),
    outW: out(w),
  };
}

/** The same numbers in every process. */
export function inputOf(row: Row): Float32Array {
  const data = new Float32Array(row.shape.reduce((product, length) => product * length, 1));
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state / 2 ** 31 - 1;
  }
  return data;
}

/** Channels first to last, or back. */
export function turned(data: Float32Array, n: number, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let b = 0; b < n; b++) {
    const at = b * rows * columns;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) result[at + j * rows + i] = data[at + i * columns + j];
    }
  }
  return result;
}
