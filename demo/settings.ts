/** What can be chosen on the page, and what it means: the call, and the code that is shown for it. */
import { avgPool2d, lpPool2d, maxPool2d, minPool2d } from 'wasm-pooling';

export const OPS = ['max', 'min', 'avg', 'lp'] as const;
export type Op = (typeof OPS)[number];

export interface Settings {
  readonly op: Op;
  readonly kernelSize: number;
  /** Undefined is the library's default, the window's own size. */
  readonly stride: number | undefined;
  readonly padding: number | 'same';
  readonly dilation: number;
  /** Of the norm. */
  readonly p: number;
}

/** Least and largest value of each slider. */
export const RANGES = {
  kernelSize: [1, 32],
  stride: [1, 32],
  padding: [0, 16],
  dilation: [1, 8],
  p: [1, 16],
} as const;

/** Reads settings from the form `op=max&kernelSize=2`; what is missing or out of range takes its default. */
export function parseSettings(text: string): Settings {
  const words = new URLSearchParams(text);
  const number = <D>(name: keyof typeof RANGES, missing: D): number | D => {
    const value = Number(words.get(name) ?? Number.NaN);
    const [least, most] = RANGES[name];
    return Number.isInteger(value) && value >= least && value <= most ? value : missing;
  };
  const op = OPS.find((name) => name === words.get('op')) ?? 'max';
  return {
    op,
    kernelSize: number('kernelSize', 8),
    stride: number('stride', undefined),
    padding: words.get('padding') === 'same' ? 'same' : number('padding', 0),
    dilation: number('dilation', 1),
    p: number('p', 2),
  };
}

/** The form that `parseSettings` reads. */
export function formatSettings({ op, ...settings }: Settings): string {
  const words = new URLSearchParams({ op });
  for (const [name, value] of Object.entries({ ...optionsOf(settings), ...(op === 'lp' && { p: settings.p }) })) {
    words.set(name, `${value}`);
  }
  return `${words}`;
}

/** The library's options of the window, without those that have their default. */
export function optionsOf({ kernelSize, stride, padding, dilation }: Omit<Settings, 'op'>) {
  return {
    kernelSize,
    ...(stride !== undefined && { stride }),
    ...(padding !== 0 && { padding }),
    ...(dilation !== 1 && { dilation }),
  };
}

const FUNCTIONS = { max: maxPool2d, min: minPool2d, avg: avgPool2d };

/** Pools a picture, as the code says. */
export function pool(image: ImageData, settings: Settings): ImageData {
  if (settings.op !== 'lp') {
    const { data, shape } = FUNCTIONS[settings.op](image, optionsOf(settings));
    return new ImageData(data as ImageData['data'], shape[1], shape[0]);
  }
  const { kernelSize, p } = settings;
  const floats = new Float32Array(image.data).map((byte) => byte / 255);
  const x = { data: floats, shape: [image.height, image.width, 4] };
  const { data, shape } = lpPool2d(x, { layout: 'hwc', p, ...optionsOf(settings) });
  const scale = 255 / (kernelSize * kernelSize) ** (1 / p);
  const bytes = data.map((v, i) => (i % 4 === 3 ? 255 : v * scale));
  return new ImageData(new Uint8ClampedArray(bytes), shape[1], shape[0]);
}

/** Code that does what `pool` does. */
export function codeOf(settings: Settings): string {
  const { op, kernelSize, p } = settings;
  if (op !== 'lp') {
    const fn = `${op}Pool2d`;
    return `import { ${fn} } from 'wasm-pooling';

/** Pools an ImageData into a new one. */
export function pool(image) {
  const { data, shape } = ${fn}(image, {
    ${literal(optionsOf(settings)).slice(2, -2)},
  });
  return new ImageData(data, shape[1], shape[0]);
}
`;
  }
  return `import { lpPool2d } from 'wasm-pooling';

/** Pools an ImageData into a new one, by way of floats from 0 to 1. */
export function pool(image) {
  const floats = new Float32Array(image.data).map((byte) => byte / 255);
  const x = { data: floats, shape: [image.height, image.width, 4] };
  const { data, shape } = lpPool2d(x, {
    layout: 'hwc', p: ${p},
    ${literal(optionsOf(settings)).slice(2, -2)},
  });
  // Divided by n^(1/p), the norm of n elements is a mean. Opaque.
  const scale = 255 / ${kernelSize * kernelSize} ** (1 / ${p});
  const bytes = data.map((v, i) => (i % 4 === 3 ? 255 : v * scale));
  return new ImageData(new Uint8ClampedArray(bytes), shape[1], shape[0]);
}
`;
}

function literal(options: object): string {
  const words = Object.entries(options).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : value}`,
  );
  return `{ ${words.join(', ')} }`;
}

/** The positions, on an axis of `length`, that the window of output position `at` reads. */
export function tapsOf(settings: Settings, length: number, at: number): number[] {
  const { kernelSize, padding, dilation } = settings;
  const stride = settings.stride ?? kernelSize;
  const extent = (kernelSize - 1) * dilation + 1;
  const before =
    padding === 'same'
      ? Math.floor(Math.max((Math.ceil(length / stride) - 1) * stride + extent - length, 0) / 2)
      : padding;
  const taps = Array.from({ length: kernelSize }, (_, tap) => at * stride - before + tap * dilation);
  return taps.filter((tap) => tap >= 0 && tap < length);
}
