/** The packed library in every runtime, each by its own program from this folder's packages. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newProject } from '../packed.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = (path: string) => join(here, 'node_modules', path);

let project: string;
beforeAll(() => {
  project = newProject().folder;
  copyFileSync(join(here, '../smoke.mjs'), join(project, 'smoke.mjs'));
  for (const file of readdirSync(here)) if (/\.[mc]js$/.test(file)) copyFileSync(join(here, file), join(project, file));
});
afterAll(() => rmSync(project, { recursive: true }));

const run = (path: string, args: string[]) =>
  execFileSync(program(path), args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** What the smoke test says when all is well where WebAssembly is to be had. */
const FINE = { backend: 'wasm', checks: 35 };

describe.each([
  ['Node 20', 'node20/bin/node', []],
  ['Node 22', 'node22/bin/node', []],
  ['Node 24', 'node24/bin/node', []],
  ['Node 26', 'node26/bin/node', []],
  ['Bun', 'bun/bin/bun', []],
  // Without leave for anything: imports need none.
  ['Deno', 'deno/deno', ['run', '--no-prompt', '--cached-only']],
])('%s', (_, path, args) => {
  it.each(['import.mjs', 'require.cjs'])('%s', (file) => {
    expect(JSON.parse(run(path, [...args, file]))).toEqual(FINE);
  });
});

describe('workerd', () => {
  /** Bundles the worker as its tools do, with these conditions, and runs it. */
  async function work(conditionNames: string[]): Promise<unknown> {
    const bundle = await rolldown({
      input: join(project, 'worker.mjs'),
      external: /\.wasm$/,
      resolve: { conditionNames },
    });
    const { output } = await bundle.write({ file: join(project, 'bundled.mjs') });
    await bundle.close();
    const modules = output[0].imports.map((name) => `, ( name = "${name}", wasm = embed "pooling.wasm" )`);
    copyFileSync(join(project, 'node_modules/wasm-pooling/dist/pooling.wasm'), join(project, 'pooling.wasm'));
    writeFileSync(
      join(project, 'workerd.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = ( services = [ ( name = "main", worker = (
  modules = [ ( name = "worker", esModule = embed "bundled.mjs" )${modules.join('')} ],
  compatibilityDate = "2026-01-01",
) ) ] );`,
    );
    return JSON.parse(run('workerd/bin/workerd', ['test', 'workerd.capnp']));
  }

  it('runs the compiled module that the entry for it imports', async () => {
    expect(await work(['workerd', 'worker', 'browser', 'import'])).toEqual(FINE);
  });

  it('falls back where a tool does not know of that entry', async () => {
    expect(await work(['import'])).toMatchObject({
      backend: 'ts',
      reason: expect.stringMatching(/disallowed by embedder/),
      checks: FINE.checks,
    });
  });
});
