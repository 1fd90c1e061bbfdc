/** The code of docs/tfjs.md, with the built library. Its blocks are marked, since they need what is installed here. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { brokenPromises } from '../promises.ts';

const page = readFileSync(new URL('../../docs/tfjs.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```js tfjs\n(.*?)^```$/gms)].map(([, code]) => code);

it.each(blocks.map((code, i) => [i + 1, code] as const))('block %i', async (_, code) => {
  expect(await brokenPromises(code, import.meta.url)).toEqual([]);
});

it('there are some', () => {
  expect(blocks).toHaveLength(2);
});
