/**
 * The page that says which op runs where is what the registry and the kernels make of it.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SUPPORT_FILE, supportPage } from '../scripts/support-table.js';
import { createPooling as createWithGradients } from '../src/gradients.js';
import { createPooling } from '../src/index.js';
import { FUNCTIONS, planName, taskFunctions } from '../src/ops.js';

it('docs/support.md is up to date', () => {
  expect(readFileSync(SUPPORT_FILE, 'utf8')).toBe(supportPage());
});

it('every function of the registry is exported, with its plan, and is a method: gradients by an entry of their own', async () => {
  const registered = [...Object.keys(FUNCTIONS), ...Object.keys(taskFunctions())];
  const names = registered.flatMap((name) => [name, planName(name)]);
  const isGradient = (name: string) => name.endsWith('Backward');
  const exportedBy = (library: object) => Object.keys(library).filter((name) => /pool\dd/i.test(name));
  const isMethodOf = (pooling: object) => (name: string) =>
    typeof (pooling as unknown as Record<string, unknown>)[name] === 'function';

  const main = names.filter((name) => !isGradient(name));
  expect(exportedBy(await import('../src/index.js')).sort()).toEqual(main.sort());
  expect(main.filter(isMethodOf(createPooling()))).toEqual(main);

  expect(exportedBy(await import('../src/gradients.js')).sort()).toEqual(names.filter(isGradient).sort());
  expect(names.filter(isMethodOf(createWithGradients()))).toEqual(names);
});
