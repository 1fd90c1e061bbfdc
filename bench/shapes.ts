/**
 * What is measured: layers of real networks, and the boundaries between them, as data. A row more is a line here.
 */
import { createPooling, type PoolingWithGradients } from '../dist/gradients.js';
import type { Tensor, TensorWithIndices, TypedArray } from '../dist/index.js';

/** Element types that are measured, and how their arrays are filled from 32 random bits. float16 is bits. */
const DTYPES = {
  float32: { Elements: Float32Array, number: (bits: number) => bits / 2 ** 31 - 1 },
  float64: { Elements: Float64Array, number: (bits: number) => bits / 2 ** 31 - 1 },
  // Of less than 2: neither infinite nor NaN.
  float16: { Elements: Uint16Array, number: (bits: number) => (bits >>> 16) & 0xbfff },
  uint8: { Elements: Uint8Array, number: (bits: number) => bits >>> 24 },
  int16: { Elements: Int16Array, number: (bits: number) => bits >> 16 },
  int32: { Elements: Int32Array, number: (bits: number) => bits | 0 },
};
export type BenchDType = keyof typeof DTYPES;

/** A tensor that says what its elements are. */
export interface Typed extends Tensor {
  readonly dtype: BenchDType;
}

export interface Row {
  readonly name: string;
  /** A function of the library. */
  readonly fn: string;
  readonly dtype: BenchDType;
  /** Of the pooling's input. */
  readonly shape: readonly number[];
  readonly options: { readonly layout: string } & Record<string, unknown>;
  readonly group: string;
  /** What the gradient of a maximum is made from, besides `dy`. */
  readonly from?: 'x' | 'indices';
  /** The name of another row, whose kernel takes turns with this one's to be compared with it. */
  readonly beside?: string;
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

const rgba = (kernelSize: number, stride: number) => ({ ...nchw(kernelSize, stride), layout: 'hwc' });

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
  row('Element types', 'uint8 2×2/s2, 98 KB', 'maxPool2d', [1, 8, 112, 112], nchw(2, 2), {
    dtype: 'uint8',
    beside: 'VGG 2×2/s2, 392 KB',
    quick: true,
  }),
  row('Element types', 'uint8 RGBA maximum 2×2/s2, 1080p', 'maxPool2d', [1080, 1920, 4], rgba(2, 2), {
    dtype: 'uint8',
  }),
  row('Element types', 'uint8 RGBA average 2×2/s2, 1080p', 'avgPool2d', [1080, 1920, 4], rgba(2, 2), {
    dtype: 'uint8',
  }),
  row('Element types', 'uint8 erosion 3×3/s1/p1, 1080p', 'minPool2d', [1, 1, 1080, 1920], nchw(3, 1, 1), {
    dtype: 'uint8',
  }),
  row('Element types', 'int16 2×2/s2, 196 KB', 'maxPool2d', [1, 8, 112, 112], nchw(2, 2), { dtype: 'int16' }),
  row('Element types', 'float16 2×2/s2, 196 KB', 'maxPool2d', [1, 8, 112, 112], nchw(2, 2), { dtype: 'float16' }),
  row('Element types', 'float64 3×3/s2/p1, 784 KB', 'maxPool2d', [1, 8, 112, 112], nchw(3, 2, 1), { dtype: 'float64' }),
  row('Other ops', 'minimum 2×2/s2, 3 MB', 'minPool2d', [1, 64, 112, 112], nchw(2, 2), { beside: 'VGG 2×2/s2, 3 MB' }),
  row('Other ops', 'minimum 3×3/s2/p1, 3 MB', 'minPool2d', [1, 64, 112, 112], nchw(3, 2, 1), {
    beside: 'ResNet stem 3×3/s2/p1, 3 MB',
  }),
  row('Other ops', 'Lp, p = 2, 2×2/s2, 128×56×56', 'lpPool2d', [1, 128, 56, 56], nchw(2, 2, 0, { p: 2 }), {
    beside: 'DenseNet average 2×2/s2, 128×56×56',
  }),
  row('Other ops', 'sum 2×2/s2, 128×56×56', 'sumPool2d', [1, 128, 56, 56], nchw(2, 2)),
  row('One and three dimensions', 'audio 3/s2, 8×64×16000', 'maxPool1d', [8, 64, 16000], {
    ...nchw(3, 2),
    layout: 'ncw',
  }),
  row('One and three dimensions', 'audio 3/s2, 8×64×16000, channels last', 'maxPool1d', [8, 16000, 64], {
    ...nchw(3, 2),
    layout: 'nwc',
  }),
  row('One and three dimensions', 'video 2×2×2/s2, 32×32×112×112', 'maxPool3d', [1, 32, 32, 112, 112], {
    ...nchw(2, 2),
    layout: 'ncdhw',
  }),
  row('One and three dimensions', 'video 2×2×2/s2, 32×32×112×112, channels last', 'maxPool3d', [1, 32, 112, 112, 32], {
    ...nchw(2, 2),
    layout: 'ndhwc',
  }),
  row('Indices', 'YOLO SPP 13×13/s1, indices, 256×20×20', 'maxPool2dWithIndices', [1, 256, 20, 20], nchw(13, 1, 6), {
    beside: 'YOLO SPP 13×13/s1, 256×20×20',
  }),
  row('Indices', 'maximum 7×7/s1, indices, 512×512', 'maxPool2dWithIndices', [1, 1, 512, 512], nchw(7, 1, 3), {
    beside: 'maximum 7×7/s1, 512×512',
  }),
  row(
    'Gradients',
    'YOLO SPP 13×13/s1, max gradient from the input, 256×20×20',
    'maxPool2dBackward',
    [1, 256, 20, 20],
    nchw(13, 1, 6),
    { from: 'x' },
  ),
  ...[nchw, nhwc].flatMap((layout) => {
    const last = layout === nhwc;
    const shape = last ? [1, 112, 112, 64] : [1, 64, 112, 112];
    const named = (name: string) => `${name}, 64×112×112${last ? ', channels last' : ''}`;
    const task = (group: string, name: string, fn: string, options: Row['options'], more?: Partial<Row>) =>
      row(group, named(name), fn, shape, options, more);
    return [
      task('Indices', 'indices 2×2/s2', 'maxPool2dWithIndices', layout(2, 2), {
        beside: last ? 'VGG 2×2/s2, 64×112×112' : 'VGG 2×2/s2, 3 MB',
        quick: !last,
      }),
      task('Indices', 'without indices 3×3/s2', 'maxPool2d', layout(3, 2)),
      task('Indices', 'indices 3×3/s2', 'maxPool2dWithIndices', layout(3, 2), {
        beside: named('without indices 3×3/s2'),
      }),
      task('Gradients', 'max gradient 2×2/s2 from indices', 'maxPool2dBackward', layout(2, 2), { from: 'indices' }),
      task('Gradients', 'max gradient 2×2/s2 from the input', 'maxPool2dBackward', layout(2, 2), {
        from: 'x',
        quick: !last,
      }),
      task('Gradients', 'average gradient 2×2/s2', 'avgPool2dBackward', layout(2, 2), { quick: last }),
      task('Gradients', 'average gradient 3×3/s1', 'avgPool2dBackward', layout(3, 1)),
    ];
  }),
];

/** Depth, height and width; an axis that a row does not have is one position long. */
export type Axes = readonly [number, number, number];

const OPS = ['max', 'min', 'avg', 'sum', 'lp'] as const;

/** A row in numbers, as those need it who have no layouts. */
export interface Geometry {
  /** One of these very strings, which the textbook's loop compares quickly; it would not a part of a name. */
  readonly op: (typeof OPS)[number];
  readonly task: 'pool' | 'indices' | 'gradient';
  readonly global: boolean;
  readonly channelsLast: boolean;
  readonly countIncludePad: boolean;
  readonly rank: number;
  readonly n: number;
  readonly c: number;
  readonly size: Axes;
  readonly k: Axes;
  readonly s: Axes;
  readonly p: Axes;
  readonly out: Axes;
}

export const product = (numbers: readonly number[]): number => numbers.reduce((result, length) => result * length, 1);

export function geometryOf({ fn, shape, options }: Row): Geometry {
  const { layout } = options;
  const axis = (letter: string) => (layout.includes(letter) ? shape[layout.indexOf(letter)] : 1);
  const axes = (of: (place: number, present: boolean) => number): Axes => {
    const [d, h, w] = [...'dhw'].map((letter, place) => of(place, layout.includes(letter)));
    return [d, h, w];
  };
  const size = axes((place) => axis('dhw'[place]));
  const global = fn.startsWith('global');
  const number = (name: string, otherwise: number) =>
    axes((_, present) => (present && !global ? (options[name] as number) : otherwise));
  const k = global ? size : number('kernelSize', 1);
  const s = number('stride', 1);
  const p = number('padding', 0);
  return {
    op: OPS.find((op) => fn.toLowerCase().includes(`${op}pool`)) as Geometry['op'],
    task: fn.endsWith('WithIndices') ? 'indices' : fn.endsWith('Backward') ? 'gradient' : 'pool',
    global,
    channelsLast: layout.endsWith('c'),
    countIncludePad: options.countIncludePad === true,
    rank: [...layout].filter((letter) => 'dhw'.includes(letter)).length,
    n: axis('n'),
    c: axis('c'),
    size,
    k,
    s,
    p,
    out: axes((i) => Math.floor((size[i] + 2 * p[i] - k[i]) / s[i]) + 1),
  };
}

function outputShape(row: Row): readonly number[] {
  const { out } = geometryOf(row);
  return row.shape.map((length, i) => {
    const place = 'dhw'.indexOf(row.options.layout[i]);
    return place < 0 ? length : out[place];
  });
}

export const empty = (dtype: BenchDType, shape: readonly number[]): Typed => ({
  dtype,
  shape,
  data: new DTYPES[dtype].Elements(product(shape)),
});

/** The same numbers in every process; none negative if `positive`. */
function random(dtype: BenchDType, shape: readonly number[], positive: boolean): Typed {
  const tensor = empty(dtype, shape);
  const { data } = tensor;
  const { number } = DTYPES[dtype];
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = number(state);
    data[i] = positive ? Math.abs(value) : value;
  }
  return tensor;
}

/** The input of a row's pooling. */
export function inputOf(row: Row): Typed {
  const { task, rank } = geometryOf(row);
  // As activations are after a ReLU: of others, TensorFlow.js wasm has these wrong.
  return random(row.dtype, row.shape, task !== 'pool' || rank === 3);
}

/** The gradient with respect to the pooling's result. */
export const gradientOf = (row: Row): Typed => random(row.dtype, outputShape(row), false);

/** What a row reads, in the order in which plans take it. */
export function inputsOf(row: Row): readonly Typed[] {
  if (geometryOf(row).task !== 'gradient') return [inputOf(row)];
  if (row.from === undefined) return [gradientOf(row)];
  if (row.from === 'x') return [gradientOf(row), inputOf(row)];
  const plan = planOf(onTs, { ...row, fn: row.fn.replace('Backward', 'WithIndices') });
  const { indices } = plan.run(inputOf(row)) as TensorWithIndices;
  return [gradientOf(row), { ...indices, dtype: 'int32' }];
}

/** What it writes, in the order in which plans take it; empty. */
export function outputsOf(row: Row): readonly Typed[] {
  const { task } = geometryOf(row);
  if (task === 'gradient') return [empty(row.dtype, row.shape)];
  const y = empty(row.dtype, outputShape(row));
  return task === 'indices' ? [y, empty('int32', y.shape)] : [y];
}

interface AnyPlan {
  readonly path: string;
  run(...tensors: Tensor[]): Tensor | TensorWithIndices;
}

const onTs = createPooling({ backend: 'ts' });

/** Runs with the tensors of `inputsOf`, and then those of `outputsOf` or none. */
export const planOf = (pooling: PoolingWithGradients, { fn, dtype, shape, options }: Row): AnyPlan =>
  (pooling as unknown as Record<string, (shape: readonly number[], options: object) => AnyPlan>)[
    `plan${fn[0].toUpperCase()}${fn.slice(1)}`
  ](shape, { ...options, dtype });

/** What the ts backend makes of a row. */
export const resultOfTs = (row: Row): readonly TypedArray[] => elementsOf(planOf(onTs, row).run(...inputsOf(row)));

/** Elements of a result, and its indices if it has some. */
export const elementsOf = (result: Tensor | TensorWithIndices): readonly TypedArray[] =>
  'indices' in result ? [result.data, result.indices.data] : [result.data];

/** Channels first to last, or back. */
export function turned<A extends TypedArray>(data: A, n: number, rows: number, columns: number): A {
  const result = data.slice() as A;
  for (let b = 0; b < n; b++) {
    const at = b * rows * columns;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) result[at + j * rows + i] = data[at + i * columns + j];
    }
  }
  return result;
}
