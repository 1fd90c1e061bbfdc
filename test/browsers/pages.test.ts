/** The packed library in pages that no bundler has seen, in every browser, with and without leave to compile. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newProject } from '../packed.js';
import { visit } from './visit.js';

const here = fileURLToPath(new URL('.', import.meta.url));

let project: string;
beforeAll(() => {
  project = newProject().folder;
  cpSync(join(here, 'pages'), project, { recursive: true });
  cpSync(join(here, '../smoke.mjs'), join(project, 'smoke.mjs'));
  // Workers have no import maps, so that both name the file.
  for (const file of ['app.mjs', 'worker.mjs']) {
    const code = readFileSync(join(project, file), 'utf8');
    const built = (entry: string) => `'./node_modules/wasm-pooling/dist/${entry}.js'`;
    const named = code
      .replace("'wasm-pooling'", built('index'))
      .replace("'wasm-pooling/gradients'", built('gradients'));
    writeFileSync(join(project, file), named);
  }
});
afterAll(() => rmSync(project, { recursive: true }));

const FINE = { backend: 'wasm', checks: 35 };

describe.each(inject('engines'))('%s', (engine) => {
  it('imports it in a page and in a module worker', async () => {
    expect(await visit(engine, project, 'index.html')).toEqual({ page: FINE, worker: FINE });
  });

  it('has the same results where the policy forbids to compile, and says so', async () => {
    const policy = { 'content-security-policy': "default-src 'self'; script-src 'self'" };
    const fallen = {
      backend: 'ts',
      reason: expect.stringMatching(/polic|CSP|unsafe-eval|disallowed|block/i),
      checks: FINE.checks,
    };
    expect(await visit(engine, project, 'index.html', policy)).toEqual({ page: fallen, worker: fallen });
  });

  it('compiles where the policy allows that alone, and nothing else is loaded', async () => {
    const policy = {
      'content-security-policy':
        "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
    };
    expect(await visit(engine, project, 'index.html', policy)).toEqual({ page: FINE, worker: FINE });
  });

  it('runs the served module in core', async () => {
    expect(await visit(engine, project, 'core.html')).toEqual(FINE);
  });
});
