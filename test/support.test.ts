/**
 * The page that says which op runs where is what the registry and the kernels make of it.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SUPPORT_FILE, supportPage } from '../scripts/support-table.js';
import { createPooling } from '../src/index.js';
import { FUNCTIONS, planName, taskFunctions } from '../src/ops.js';

it('docs/support.md is up to date', () => {
  expect(readFileSync(SUPPORT_FILE, 'utf8')).toBe(supportPage());
});

it('every function of the registry is exported, with its plan', async () => {
  const library: Record<string, unknown> = await import('../src/index.js');
  const registered = [...Object.keys(FUNCTIONS), ...Object.keys(taskFunctions())];
  const names = registered.flatMap((name) => [name, planName(name)]);
  const exported = Object.keys(library).filter((name) => /pool\dd/i.test(name));
  expect(exported.sort()).toEqual(names.sort());
  const pooling = createPooling() as unknown as Record<string, unknown>;
  for (const name of names) expect(typeof pooling[name], name).toBe('function');
});
