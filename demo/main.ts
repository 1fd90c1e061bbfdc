import hljs from 'highlight.js/lib/core';
import javascript from 'highlight.js/lib/languages/javascript';
import sample from '../examples/chelsea.png';
import { Chart } from './chart.ts';
import { Measurements } from './measure.ts';
import {
  codeOf,
  formatSettings,
  OPS,
  type Op,
  parseSettings,
  pool,
  RANGES,
  type Settings,
  tapsOf,
} from './settings.ts';

hljs.registerLanguage('javascript', javascript);

/** Larger pictures are made smaller, so that every combination of options is done in a moment. */
const LONGEST_SIDE = 1600;

function element<E extends Element>(selector: string, type: new () => E): E {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`);
  return found;
}

const original = element('#original', HTMLCanvasElement);
const pooled = element('#pooled', HTMLCanvasElement);
const sliders = Object.fromEntries(
  Object.keys(RANGES).map((name) => [name, element(`#${name}`, HTMLInputElement)]),
) as Record<keyof typeof RANGES, HTMLInputElement>;
const strideIsWindow = element('#strideIsWindow', HTMLInputElement);
const paddingIsSame = element('#paddingIsSame', HTMLInputElement);
const inspected = element('#inspected', HTMLElement);
const inspect = element('#inspect', HTMLElement);

let image: ImageData | undefined;
let result: ImageData | undefined;
let settings = parseSettings(location.hash.slice(1));
/** The pixel of the result that is looked at. */
let pixel: { readonly row: number; readonly column: number } | undefined;

// ---- Settings

/** Puts settings into the controls. */
function showSettings({ op, kernelSize, stride, padding, dilation, p }: Settings): void {
  element(`input[name=op][value=${op}]`, HTMLInputElement).checked = true;
  strideIsWindow.checked = stride === undefined;
  paddingIsSame.checked = padding === 'same';
  sliders.kernelSize.valueAsNumber = kernelSize;
  sliders.stride.valueAsNumber = stride ?? kernelSize;
  if (padding !== 'same') sliders.padding.valueAsNumber = padding;
  sliders.dilation.valueAsNumber = dilation;
  sliders.p.valueAsNumber = p;
}

/** Takes settings from the controls. */
function readSettings(): Settings {
  const op = new FormData(element('form', HTMLFormElement)).get('op');
  return {
    op: OPS.find((name) => name === op) ?? 'max',
    kernelSize: sliders.kernelSize.valueAsNumber,
    stride: strideIsWindow.checked ? undefined : sliders.stride.valueAsNumber,
    padding: paddingIsSame.checked ? 'same' : sliders.padding.valueAsNumber,
    dilation: sliders.dilation.valueAsNumber,
    p: sliders.p.valueAsNumber,
  };
}

/** Numbers beside the sliders, the filled parts of their tracks, and which of them count. */
function showNumbers({ op, kernelSize, stride, padding }: Settings): void {
  sliders.stride.disabled = stride === undefined;
  sliders.padding.disabled = padding === 'same';
  sliders.p.disabled = op !== 'lp';
  if (stride === undefined) sliders.stride.valueAsNumber = kernelSize;
  for (const [name, slider] of Object.entries(sliders)) {
    const [least, most] = [Number(slider.min), Number(slider.max)];
    slider.style.setProperty('--part', `${(slider.valueAsNumber - least) / (most - least)}`);
    const square = name === 'kernelSize' ? `${slider.value} × ${slider.value}` : slider.value;
    element(`output[for=${name}]`, HTMLElement).textContent =
      name === 'padding' && padding === 'same' ? 'auto' : name === 'p' && op !== 'lp' ? '–' : square;
  }
}

// ---- Pooling

let scheduled = false;

/** Pools before the next frame, however many sliders have moved until then. */
function schedule(): void {
  showNumbers(settings);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    show();
  });
}

function show(): void {
  element('#code', HTMLElement).innerHTML = hljs.highlight(codeOf(settings), { language: 'javascript' }).value;
  if (image === undefined) return;
  inspected.classList.remove('error');
  const start = performance.now();
  try {
    result = pool(image, settings);
  } catch (error) {
    // A window that fits nowhere: the library says so. The last result stays, dimmed.
    inspect.classList.add('stale');
    pixel = undefined;
    showPixel();
    inspected.classList.add('error');
    inspected.textContent = error instanceof Error ? error.message : `${error}`;
    element('#took', HTMLElement).textContent = '';
    chart.clear();
    return;
  }
  const took = performance.now() - start;
  inspect.classList.remove('stale');
  pooled.width = result.width;
  pooled.height = result.height;
  context(pooled).putImageData(result, 0, 0);
  pooled.setAttribute('aria-label', `The picture pooled to ${result.width} by ${result.height} pixels`);
  element('#pooled-size', HTMLElement).textContent = `${result.width} × ${result.height}`;
  element('#took', HTMLElement).textContent = `${took.toFixed(1)} ms`;
  if (pixel !== undefined && (pixel.row >= result.height || pixel.column >= result.width)) pixel = undefined;
  showPixel();
  measureSoon();
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext('2d', { willReadFrequently: true });
  if (found === null) throw new Error('the browser has no 2d canvas');
  return found;
}

// ---- One pixel and its window

const HINT = 'Point at the pooled picture, or focus it and use the arrow keys, to see which pixels make one.';
const NAMES: Readonly<Record<Op, string>> = { max: 'maximum', min: 'minimum', avg: 'average', lp: 'norm' };

function showPixel(): void {
  const taps = element('#window .taps', SVGPathElement);
  const window = element('#window .edge', SVGPathElement);
  const edge = element('#pixel .edge', SVGPathElement);
  if (image === undefined || result === undefined || pixel === undefined) {
    for (const path of [taps, window, edge]) path.setAttribute('d', '');
    inspected.textContent = HINT;
    return;
  }
  const rows = tapsOf(settings, image.height, pixel.row);
  const columns = tapsOf(settings, image.width, pixel.column);
  element('#window', SVGSVGElement).setAttribute('viewBox', `0 0 ${image.width} ${image.height}`);
  element('#pixel', SVGSVGElement).setAttribute('viewBox', `0 0 ${result.width} ${result.height}`);
  edge.setAttribute('d', `M${pixel.column} ${pixel.row}h1v1h-1z`);
  window.setAttribute('d', box(rows, columns));
  taps.setAttribute(
    'd',
    settings.dilation === 1
      ? box(rows, columns)
      : rows.flatMap((row) => columns.map((column) => box([row], [column]))).join(''),
  );
  const at = (pixel.row * result.width + pixel.column) * 4;
  const [r, g, b] = result.data.subarray(at, at + 3);
  const swatch = Object.assign(document.createElement('i'), { className: 'swatch' });
  swatch.style.background = `rgb(${r} ${g} ${b})`;
  const many = rows.length * columns.length;
  const of = many === 0 ? 'no pixel, only padding' : `${many} ${many === 1 ? 'pixel' : 'pixels'}`;
  inspected.replaceChildren(
    swatch,
    `Row ${pixel.row}, column ${pixel.column}: (${r}, ${g}, ${b}) is the ${NAMES[settings.op]} of ${of}${
      many === 0 ? '' : `, rows ${span(rows)}, columns ${span(columns)}`
    }.`,
  );
}

const span = (taps: number[]) => (taps.length === 1 ? `${taps[0]}` : `${taps[0]} to ${taps[taps.length - 1]}`);

/** A rectangle around positions. */
function box(rows: number[], columns: number[]): string {
  if (rows.length === 0 || columns.length === 0) return '';
  const [width, height] = [columns, rows].map((taps) => taps[taps.length - 1] - taps[0] + 1);
  return `M${columns[0]} ${rows[0]}h${width}v${height}h${-width}z`;
}

inspect.addEventListener('pointermove', ({ clientX, clientY }) => {
  if (result === undefined || inspect.classList.contains('stale')) return;
  const box = pooled.getBoundingClientRect();
  // The picture is as large as fits the box, in its middle.
  const scale = Math.min(box.width / result.width, box.height / result.height);
  const column = Math.floor((clientX - box.left - (box.width - result.width * scale) / 2) / scale);
  const row = Math.floor((clientY - box.top - (box.height - result.height * scale) / 2) / scale);
  const inside = row >= 0 && row < result.height && column >= 0 && column < result.width;
  pixel = inside ? { row, column } : undefined;
  showPixel();
});

inspect.addEventListener('pointerleave', () => {
  if (inspect.classList.contains('stale')) return;
  pixel = undefined;
  showPixel();
});

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

inspect.addEventListener('keydown', (event) => {
  const step = STEPS[event.key];
  if (step === undefined || result === undefined || inspect.classList.contains('stale')) return;
  event.preventDefault();
  const from = pixel ?? { row: result.height >> 1, column: result.width >> 1 };
  const clamp = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));
  pixel =
    pixel === undefined
      ? from
      : { row: clamp(from.row + step[0], result.height), column: clamp(from.column + step[1], result.width) };
  showPixel();
});

// ---- Measuring

const bars = element('#bars', HTMLElement);
const chart = new Chart(bars);
const measuring = element('#measuring', HTMLElement);
const measurements = new Measurements(
  (outcome) => chart.set(outcome),
  () => {
    measuring.textContent = '';
    bars.dataset.measured = formatSettings(settings);
  },
);
let pause: ReturnType<typeof setTimeout> | undefined;

/** Once sliders have come to rest. */
function measureSoon(): void {
  clearTimeout(pause);
  pause = setTimeout(() => {
    // The address takes what is chosen, too; browsers limit how often.
    history.replaceState(null, '', `#${formatSettings(settings)}`);
    measuring.textContent = 'measuring';
    delete bars.dataset.measured;
    measurements.measure(settings);
  }, 250);
}

const loadButton = element('#load-tfjs', HTMLButtonElement);
loadButton.addEventListener('click', async () => {
  loadButton.disabled = true;
  loadButton.textContent = 'Loading TensorFlow.js';
  try {
    await measurements.load();
    loadButton.textContent = 'TensorFlow.js is loaded';
    element('#load-note', HTMLElement).textContent = '';
    measureSoon();
  } catch (error) {
    loadButton.disabled = false;
    loadButton.textContent = `TensorFlow.js did not load: ${error instanceof Error ? error.message : error}`;
  }
});

// ---- Pictures

async function usePicture(blob: Blob): Promise<void> {
  const full = await createImageBitmap(blob);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(full.width, full.height));
  const width = Math.max(1, Math.round(full.width * scale));
  const height = Math.max(1, Math.round(full.height * scale));
  original.width = width;
  original.height = height;
  const canvas = context(original);
  canvas.drawImage(full, 0, 0, width, height);
  full.close();
  image = canvas.getImageData(0, 0, width, height);
  pixel = undefined;
  element('#original-size', HTMLElement).textContent = `${width} × ${height}`;
  original.setAttribute('aria-label', `The original picture, ${width} by ${height} pixels`);
  element('#measured', HTMLElement).textContent =
    `Median of one call on this picture as float32, ${height} × ${width} × 4, on one thread. Bytes: as it is.`;
  measurements.picture(image);
  // The first call of all compiles; what is shown is how long the others take.
  pool(image, parseSettings(''));
  show();
}

function tryPicture(file: File | null | undefined): void {
  if (file === null || file === undefined) return;
  usePicture(file).catch(() => {
    inspected.classList.add('error');
    inspected.textContent = `${file.name} cannot be read as a picture.`;
  });
}

const chooser = element('#file', HTMLInputElement);
element('#choose', HTMLButtonElement).addEventListener('click', () => chooser.click());
chooser.addEventListener('change', () => {
  tryPicture(chooser.files?.[0]);
  chooser.value = '';
});
const drop = element('#drop', HTMLElement);
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  drop.classList.add('dropping');
});
document.addEventListener('dragleave', ({ relatedTarget }) => {
  if (relatedTarget === null) drop.classList.remove('dropping');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('dropping');
  tryPicture(event.dataTransfer?.files[0]);
});
document.addEventListener('paste', ({ clipboardData }) => tryPicture(clipboardData?.files[0]));

// ---- Everything else

element('form', HTMLFormElement).addEventListener('input', () => {
  settings = readSettings();
  schedule();
});
element('form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-preset]')) {
  button.addEventListener('click', () => {
    settings = parseSettings(button.dataset.preset ?? '');
    showSettings(settings);
    schedule();
  });
}
addEventListener('hashchange', () => {
  settings = parseSettings(location.hash.slice(1));
  showSettings(settings);
  schedule();
});

const copy = element('#copy', HTMLButtonElement);
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(codeOf(settings));
  copy.textContent = 'Copied';
  setTimeout(() => {
    copy.textContent = 'Copy';
  }, 1500);
});

showSettings(settings);
showNumbers(settings);
show();
await usePicture(await (await fetch(sample)).blob());
