/** Writes the pictures of the page that the README shows, docs/demo-light.png and docs/demo-dark.png. */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { serve } from './browser.ts';

const served = await serve();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await served.browser.newContext({ viewport: { width: 1240, height: 1000 }, colorScheme });
    const page = await context.newPage();
    await page.goto(`${served.url}#op=max&kernelSize=9&stride=3&padding=4`);
    await page.waitForSelector('#bars[data-measured]');
    await page.click('#load-tfjs');
    await page.waitForFunction(() => document.querySelector('#load-tfjs')?.textContent === 'TensorFlow.js is loaded');
    // Some calls, as while a slider moves; the numbers are those of the last.
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowRight', 'ArrowLeft']) {
      await page.locator('#padding').press(key);
      await page.waitForTimeout(100);
    }
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.waitForFunction(() => document.querySelector('#measuring')?.textContent === 'measuring');
    await page.waitForSelector('#bars[data-measured]');
    const box = await page.locator('#inspect').boundingBox();
    if (box === null) throw new Error('the picture is not there');
    await page.mouse.move(box.x + box.width * 0.37, box.y + box.height * 0.37);
    await page.waitForTimeout(500);
    const bottom = await page.locator('main').evaluate((main) => main.getBoundingClientRect().bottom);
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 1240, height: Math.ceil(bottom) + 16 } });
    const file = fileURLToPath(new URL(`../docs/demo-${colorScheme}.png`, import.meta.url));
    const { size } = await sharp(png).png({ palette: true, quality: 90, effort: 10 }).toFile(file);
    console.log(`docs/demo-${colorScheme}.png: ${size} bytes`);
    await context.close();
  }
} finally {
  await served.close();
}
