/**
 * Drives the built page in Chromium as a person would, and compares the pixels that it shows with the oracle's. What the
 * browser reports as an error fails the test in which it happens.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Op, pool as oracle } from '../test/oracle.ts';
import { type Served, serve } from './browser.ts';
import { formatSettings, parseSettings, RANGES } from './settings.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

let served: Served;
let page: Page;
let errors: string[];

beforeAll(async () => {
  served = await serve();
});
afterAll(async () => {
  await served?.close();
});
beforeEach(async () => {
  errors = [];
  page = await open();
});
afterEach(async () => {
  await page.context().close();
  expect(errors).toEqual([]);
});

/** `late` lets the page be painted before its script has come. */
async function open(
  hash = '',
  { late, ...options }: Parameters<Served['browser']['newContext']>[0] & { late?: true } = {},
): Promise<Page> {
  const context = await served.browser.newContext({ viewport: { width: 1240, height: 900 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const opened = await context.newPage();
  opened.on('pageerror', (error) => errors.push(error.message));
  opened.on('requestfailed', (request) => errors.push(`${request.url()} failed`));
  opened.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text());
  });
  if (late) {
    await opened.route('**/*.js', async (route) => {
      await new Promise((done) => setTimeout(done, 300));
      await route.continue();
    });
  }
  await opened.goto(`${served.url}${hash}`);
  await opened.waitForFunction(() => document.querySelector('#pooled-size')?.textContent !== '');
  return opened;
}

/** The pixels of a canvas. */
async function pixelsOf(id: 'original' | 'pooled'): Promise<Picture> {
  const { width, height, data } = await page.evaluate((id) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`#${id}`);
    const context = canvas?.getContext('2d');
    if (!canvas || !context) throw new Error(`no canvas ${id}`);
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    return { width: image.width, height: image.height, data: Array.from(image.data) };
  }, id);
  return { width, height, data: Uint8ClampedArray.from(data) };
}

/** Until what was chosen is on the screen. */
const nextFrame = () =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function fill(name: keyof typeof RANGES, value: number): Promise<void> {
  await page.locator(`#${name}`).fill(`${value}`);
}

/** Moves a slider by the keyboard: from its end, so many steps. */
async function step(name: keyof typeof RANGES, value: number): Promise<void> {
  const [least, most] = RANGES[name];
  const slider = page.locator(`#${name}`);
  await slider.focus();
  const fromEnd = value - least > most - value;
  await slider.press(fromEnd ? 'End' : 'Home');
  for (let at = fromEnd ? most : least; at !== value; at += fromEnd ? -1 : 1) {
    await slider.press(fromEnd ? 'ArrowLeft' : 'ArrowRight');
  }
  expect(await slider.inputValue()).toBe(`${value}`);
}

async function choose(
  words: string,
  slide: (name: keyof typeof RANGES, value: number) => Promise<void> = fill,
): Promise<void> {
  const { op, kernelSize, stride, padding, dilation, p } = parseSettings(words);
  await page.locator(`input[name=op][value=${op}]`).check();
  await slide('kernelSize', kernelSize);
  await page.getByLabel('as the window').setChecked(stride === undefined);
  if (stride !== undefined) await slide('stride', stride);
  await page.getByLabel('same').setChecked(padding === 'same');
  if (padding !== 'same') await slide('padding', padding);
  await slide('dilation', dilation);
  if (op === 'lp') await slide('p', p);
  await nextFrame();
}

/** What the oracle makes of a picture. */
function expectation(words: string, { width, height, data }: Picture) {
  const { op, kernelSize: k, stride, padding, dilation, p } = parseSettings(words);
  const norm = op === 'lp';
  const result = oracle(
    {
      op: op as Op,
      layout: 'hwc',
      kind: 'window',
      kernelSize: [k, k],
      stride: [stride ?? k, stride ?? k],
      dilation: [dilation, dilation],
      padding: typeof padding === 'number' ? Array(2).fill([padding, padding]) : padding,
      p,
    },
    norm ? Array.from(data, (byte) => byte / 255) : data,
    [height, width, 4],
  );
  if (result === undefined) throw new Error('the oracle refuses this');
  const [rows, columns] = result.shape;
  const values = result.values.map((value, i) => {
    if (!norm) return Number.isFinite(value) ? value : value > 0 ? 255 : 0;
    return i % 4 === 3 ? 255 : Math.min(255, (value * 255) / (k * k) ** (1 / p));
  });
  return { width: columns, height: rows, values };
}

/** Compares two pictures; norms come close to the halves between bytes, others are exact but for the rounding of halves. */
function compare(got: Picture, want: ReturnType<typeof expectation>, off: number): void {
  expect([got.width, got.height]).toEqual([want.width, want.height]);
  let worst = 0;
  for (let i = 0; i < want.values.length; i++) {
    // The colour of what is transparent is lost in a canvas.
    if (want.values[i - (i % 4) + 3] < 255) continue;
    worst = Math.max(worst, Math.abs(got.data[i] - want.values[i]));
  }
  expect(worst).toBeLessThanOrEqual(off);
}

const CASES = [
  'op=max&kernelSize=2',
  'op=max&kernelSize=3&stride=2&padding=1',
  'op=min&kernelSize=5&stride=1&padding=same',
  'op=avg&kernelSize=7&stride=3&padding=2',
  'op=avg&kernelSize=16',
  'op=max&kernelSize=4&stride=3&padding=same&dilation=3',
  'op=lp&kernelSize=3&stride=2&p=3',
  'op=lp&kernelSize=6&p=1&padding=2&dilation=2',
  'op=min&kernelSize=1&stride=32',
  'op=max&kernelSize=32&stride=9&padding=16',
];

const TOLERANCES = { max: 0, min: 0, avg: 0.5, lp: 0.51 };

/** Runs the code in Node, on the library as it is installed. */
async function run(code: string, picture: Picture): Promise<Picture> {
  const folder = mkdtempSync(fileURLToPath(new URL('../test/.demo-', import.meta.url)));
  const globals = globalThis as Record<string, unknown>;
  globals.ImageData = class {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  };
  try {
    writeFileSync(`${folder}/pool.mjs`, code);
    const { pool } = await import(/* @vite-ignore */ `${folder}/pool.mjs`);
    return pool(picture);
  } finally {
    delete globals.ImageData;
    rmSync(folder, { recursive: true });
  }
}

describe('the pooled picture', () => {
  it.each(CASES)('of %s is what the oracle gives, and the code gives it', async (words) => {
    await usePicture({ width: 83, height: 50 });
    await choose(words);
    const [original, pooled] = [await pixelsOf('original'), await pixelsOf('pooled')];
    compare(pooled, expectation(words, original), TOLERANCES[parseSettings(words).op]);

    await page.getByRole('button', { name: 'Copy' }).click();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    expect(await page.locator('#code').textContent()).toBe(code);
    const made = await run(code, original);
    expect([made.width, made.height]).toEqual([pooled.width, pooled.height]);
    // The colour of what is transparent is lost in a canvas.
    const opaque = made.data.map((byte, i) => (made.data[i - (i % 4) + 3] === 255 ? byte : pooled.data[i]));
    expect(Buffer.compare(Buffer.from(opaque), Buffer.from(pooled.data))).toBe(0);
  });

  it('of the sample, chosen by the keyboard, is what the oracle gives', async () => {
    const words = 'op=avg&kernelSize=4&stride=3&padding=2&dilation=2';
    await choose(words, step);
    const original = await pixelsOf('original');
    expect([original.width, original.height]).toEqual([451, 300]);
    compare(await pixelsOf('pooled'), expectation(words, original), TOLERANCES.avg);
  });

  it('and its options are in the address, which opens on them', async () => {
    const words = 'op=avg&kernelSize=9&stride=4&padding=same&dilation=2';
    await choose(words);
    await page.waitForFunction((words) => location.hash === `#${words}`, words);
    const before = await pixelsOf('pooled');
    const address = page.url();
    await page.context().close();
    page = await open(new URL(address).hash);
    expect((await pixelsOf('pooled')).data).toEqual(before.data);
  });

  it('follows a preset', async () => {
    await page.getByRole('button', { name: 'ResNet stem' }).click();
    await nextFrame();
    expect(await page.locator('#pooled-size').textContent()).toBe('226 × 150');
    expect(await page.locator('#stride').inputValue()).toBe('2');
  });

  it('stays, with the reason beside it, if the window fits nowhere', async () => {
    await choose('op=max&kernelSize=4&stride=4');
    await fill('kernelSize', 32);
    await fill('dilation', 8);
    await nextFrame();
    expect(await page.locator('#pooled-size').textContent()).toBe('51 × 13');
    await usePicture({ width: 40, height: 30 });
    await page.waitForFunction(() => document.querySelector('#inspected')?.classList.contains('error'));
    expect(await page.locator('#inspected').textContent()).toBe(
      'maxPool2d: a window of extent 249 does not fit a height of 30 elements with padding [0, 0]',
    );
    await fill('dilation', 1);
    await fill('kernelSize', 2);
    await nextFrame();
    expect(await page.locator('#pooled-size').textContent()).toBe('10 × 8');
  });
});

/** A made-up picture. */
async function pngOf(width: number, height: number): Promise<Buffer> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function usePicture({ width, height }: { width: number; height: number }): Promise<void> {
  await page
    .locator('#file')
    .setInputFiles({ name: 'own.png', mimeType: 'image/png', buffer: await pngOf(width, height) });
  await page.waitForFunction(
    (size) => document.querySelector('#original-size')?.textContent === size,
    `${width} × ${height}`,
  );
}

describe("one's own picture", () => {
  it('can be chosen', async () => {
    await usePicture({ width: 33, height: 71 });
    await choose('op=max&kernelSize=5&stride=2&padding=1');
    const original = await pixelsOf('original');
    expect([...original.data.subarray(0, 8)]).toEqual([0, 138, 25, 255, 163, 50, 188, 255]);
    compare(await pixelsOf('pooled'), expectation('op=max&kernelSize=5&stride=2&padding=1', original), 0);
  });

  it('can be dropped', async () => {
    await page.evaluate(
      async (bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(bytes)], 'own.png', { type: 'image/png' }));
        const event = (type: string) =>
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event('dragover'));
        document.body.dispatchEvent(event('drop'));
      },
      [...(await pngOf(20, 12))],
    );
    await page.waitForFunction(() => document.querySelector('#original-size')?.textContent === '20 × 12');
    expect(await page.locator('#pooled-size').textContent()).toBe('2 × 1');
    expect(await page.locator('.dropping').count()).toBe(0);
  });

  it('is made smaller if it is large', async () => {
    await page
      .locator('#file')
      .setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: await pngOf(3200, 100) });
    await page.waitForFunction(() => document.querySelector('#original-size')?.textContent === '1600 × 50');
  });

  it('that is none is refused in words', async () => {
    await page
      .locator('#file')
      .setInputFiles({ name: 'words.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.waitForFunction(() => document.querySelector('#inspected')?.classList.contains('error'));
    expect(await page.locator('#inspected').textContent()).toBe('words.png cannot be read as a picture.');
    expect(await page.locator('#original-size').textContent()).toBe('451 × 300');
  });
});

describe('a pixel', () => {
  it('and its window are shown under the pointer', async () => {
    await choose('op=max&kernelSize=4&stride=3&padding=1');
    const box = await page.locator('#inspect').boundingBox();
    if (box === null) throw new Error('the picture is not there');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const said = await page.locator('#inspected').textContent();
    const found =
      /^Row (\d+), column (\d+): \((.+)\) is the maximum of 16 pixels, rows (\d+) to (\d+), columns (\d+) to (\d+)\.$/.exec(
        said ?? '',
      );
    expect(found, `${said}`).not.toBeNull();
    const [row, column] = [Number(found?.[1]), Number(found?.[2])];
    expect(Math.abs(row - 50)).toBeLessThanOrEqual(1);
    expect(Math.abs(column - 75)).toBeLessThanOrEqual(1);
    expect(found?.slice(4).map(Number)).toEqual([row * 3 - 1, row * 3 + 2, column * 3 - 1, column * 3 + 2]);
    const { data, width } = await pixelsOf('pooled');
    expect(found?.[3]).toBe([...data.subarray((row * width + column) * 4, (row * width + column) * 4 + 3)].join(', '));
    await page.mouse.move(5, 5);
    expect(await page.locator('#inspected').textContent()).toMatch(/^Point at/);
  });

  it('moves by the arrow keys', async () => {
    await choose('op=avg&kernelSize=10');
    await page.locator('#inspect').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key);
    expect(await page.locator('#inspected').textContent()).toMatch(
      /^Row 14, column 23: .* of 100 pixels, rows 140 to 149, columns 230 to 239\.$/,
    );
  });
});

describe('the chart', () => {
  const rows = () =>
    page.locator('#bars tr').evaluateAll((found) =>
      found.map((row) => ({
        time: row.querySelector('.time')?.textContent ?? '',
        note: row.querySelector('.ratio')?.textContent ?? '',
        length: new DOMMatrix(getComputedStyle(row.querySelector('.fill') as Element).transform).a,
      })),
    );
  const measured = (words: string) =>
    page.waitForFunction(
      (words) => document.querySelector<HTMLElement>('#bars')?.dataset.measured === words,
      formatSettings(parseSettings(words)),
    );
  const TIME = /^\d[\d.]* (ms|µs)$/;

  it('has times of both backends, and of TensorFlow.js when asked', async () => {
    await measured('');
    const before = await rows();
    expect(before.map(({ time }) => TIME.test(time))).toEqual([true, true, true, false, false]);
    expect(before.slice(3).map(({ note }) => note)).toEqual(['not loaded', 'not loaded']);

    await page.getByRole('button', { name: 'Compare with TensorFlow.js' }).click();
    await page.waitForFunction(() => document.querySelector('#load-tfjs')?.textContent === 'TensorFlow.js is loaded');
    await choose('op=max&kernelSize=3&stride=2&padding=1');
    await measured('op=max&kernelSize=3&stride=2&padding=1');
    const after = await rows();
    for (const { time } of after) expect(time).toMatch(TIME);
    expect(after[1].note).toBe('');
    // All have come to the same result, or it would say so here.
    for (const { note } of after.filter((_, i) => i !== 1)) expect(note).toMatch(/^[\d.]+×$/);

    await choose('op=min&kernelSize=3');
    await measured('op=min&kernelSize=3');
    expect((await rows()).slice(3).map(({ note }) => note)).toEqual(['has no such op', 'has no such op']);
  });

  it('draws bars as long as the times say', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await measured('');
    const measuredRows = (await rows()).slice(0, 3);
    const ms = ({ time }: { time: string }) => Number.parseFloat(time) / (time.endsWith('µs') ? 1000 : 1);
    const longest = Math.max(...measuredRows.map(ms));
    for (const row of measuredRows) expect(row.length).toBeCloseTo(ms(row) / longest, 1);
  });
});

describe('the page', () => {
  it.each(['light', 'dark'] as const)('has no fault that axe knows, in %s', async (colorScheme) => {
    await page.context().close();
    page = await open('', { colorScheme, reducedMotion: 'reduce' });
    await page.addScriptTag({ content: axe });
    const violations = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(violations).toEqual([]);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(colorScheme === 'light' ? 'rgb(246, 245, 242)' : 'rgb(19, 19, 24)');
  });

  it.each([
    [1240, 900],
    [800, 1000],
    [390, 844],
    [320, 568],
  ])('fits %d × %d and does not move while it is used', async (width, height) => {
    await page.context().close();
    page = await open('', { viewport: { width, height }, late: true });
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { shifts: seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node }[] })[]) {
          seen.push(
            `${entry.value}: ${entry.sources.map(({ node }) => (node as Element).outerHTML ?? node?.textContent)}`,
          );
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const words of CASES.slice(0, 8)) {
      // By the address, since a slider may scroll into view when it is focused.
      await page.evaluate((words) => location.replace(`#${words}`), words);
      await nextFrame();
    }
    await usePicture({ width: 50, height: 160 });
    await nextFrame();
    // What is left are the beginnings of right-aligned numbers. Google calls up to 0.1 good.
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
    const total = shifts.reduce((sum, shift) => sum + Number.parseFloat(shift), 0);
    expect(total, shifts.join('\n')).toBeLessThan(0.001);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((node) => !node.closest('pre, svg, legend, thead') && node.getBoundingClientRect().right > innerWidth)
        .map((node) => node.outerHTML),
    );
    expect(outside).toEqual([]);
  });
});
