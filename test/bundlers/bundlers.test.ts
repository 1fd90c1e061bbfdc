/** A small app of the packed library, built by each bundler and run in Chromium; and tools that take packages apart. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import { build as viteBuild } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { visit } from '../browsers/visit.js';
import { newProject } from '../packed.js';

const here = fileURLToPath(new URL('.', import.meta.url));

let project: string;
beforeAll(() => {
  project = newProject().folder;
  cpSync(join(here, '../browsers/pages'), project, { recursive: true });
  cpSync(join(here, '../smoke.mjs'), join(project, 'smoke.mjs'));
});
afterAll(() => rmSync(project, { recursive: true }));

const FINE = { backend: 'wasm', checks: 35 };

/** The two scripts of the app, for bundlers that do not find the worker by themselves. */
const entries = () => [join(project, 'app.mjs'), join(project, 'worker.mjs')];

/** Builds the app into a folder; returns the name of the page's script in it, if there is no page yet. */
const BUNDLERS: Record<string, (folder: string) => Promise<string | undefined>> = {
  async Vite(folder) {
    await viteBuild({
      root: project,
      logLevel: 'error',
      build: { outDir: folder, rolldownOptions: { input: join(project, 'index.html') } },
      // The one that a bundle of ES modules is worked by; its default is a classic script.
      worker: { format: 'es' },
    });
    return undefined;
  },
  async webpack(folder) {
    const compiler = webpack({
      mode: 'production',
      context: project,
      entry: './app.mjs',
      output: { path: folder, filename: 'main.js' },
    });
    await new Promise<void>((resolve, reject) => {
      compiler?.run((error, stats) => {
        if (error) reject(error);
        else if (stats?.hasErrors() || stats?.hasWarnings()) reject(new Error(stats.toString()));
        else resolve();
      });
    });
    return 'main.js';
  },
  async Rollup(folder) {
    const bundle = await rollup({
      input: entries(),
      plugins: [nodeResolve({ browser: true })],
      onwarn: ({ message }) => {
        throw new Error(message);
      },
    });
    await bundle.write({ dir: folder, format: 'es', entryFileNames: '[name].mjs' });
    await bundle.close();
    return 'app.mjs';
  },
  async esbuild(folder) {
    const { warnings } = await esbuild.build({
      entryPoints: entries(),
      bundle: true,
      minify: true,
      format: 'esm',
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      logLevel: 'error',
    });
    expect(warnings).toEqual([]);
    return 'app.mjs';
  },
  async Parcel(folder) {
    // It reads no `exports` unless it is told to, and would find the main entry alone.
    const manifest = { type: 'module', '@parcel/resolver-default': { packageExports: true } };
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
    const parcel = join(here, 'node_modules/parcel/lib/bin.js');
    execFileSync(
      process.execPath,
      [parcel, 'build', 'index.html', '--dist-dir', folder, '--public-url', './', '--no-cache', '--log-level', 'warn'],
      { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return undefined;
  },
};

describe('built by', () => {
  it.each(Object.keys(BUNDLERS))('%s', async (name) => {
    const folder = join(project, 'built', name);
    mkdirSync(folder, { recursive: true });
    const script = await BUNDLERS[name](folder);
    if (script !== undefined) {
      writeFileSync(join(folder, 'index.html'), `<!doctype html><script type="module" src="./${script}"></script>`);
    }
    expect(readdirSync(folder)).toContain('index.html');
    expect(await visit('chromium', folder, 'index.html')).toEqual({ page: FINE, worker: FINE });
  });
});

it('is required by Jest', () => {
  writeFileSync(
    join(project, 'jest.test.cjs'),
    `const { createPooling, maxPool2d } = require('wasm-pooling');
     const { createRaw } = require('wasm-pooling/raw');
     const { setModule } = require('wasm-pooling/core');
     const { avgPool2dBackward } = require('wasm-pooling/gradients');
     test('pools', () => {
       const x = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
       expect(maxPool2d(x, { kernelSize: 2 }).data[0]).toBe(4);
       expect(createPooling().backend).toBe('wasm');
       const dy = { data: Float32Array.of(8), shape: [1, 1] };
       expect(avgPool2dBackward(dy, { inputShape: [2, 2], kernelSize: 2 }).data[3]).toBe(2);
       expect(createRaw(new WebAssembly.Memory({ initial: 1 })).maxPool2d([2, 2], { kernelSize: 2 }).outputShape).toEqual([1, 1]);
       expect(() => setModule({})).toThrow(/^setModule: module must be a WebAssembly.Module, got an object of nothing$/);
     });`,
  );
  const jest = join(here, 'node_modules/jest/bin/jest.js');
  const config = JSON.stringify({ rootDir: project, testMatch: ['**/jest.test.cjs'] });
  execFileSync(process.execPath, [jest, '--config', config, '--no-watchman', '--runInBand'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
});

it('has types of the kind of each of its files', () => {
  const attw = join(here, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  // Tools that know no exports find the main entry alone, which is what this profile leaves out.
  const flags = ['--profile', 'node16', '--exclude-entrypoints', 'pooling.wasm'];
  const tarball = readdirSync(project).find((file) => file.endsWith('.tgz')) as string;
  const said = execFileSync(process.execPath, [attw, tarball, ...flags], { cwd: project, encoding: 'utf8' });
  // It fails, and so throws, if there is a problem; this is what is left to check.
  for (const entry of ['wasm-pooling', 'wasm-pooling/gradients', 'wasm-pooling/core', 'wasm-pooling/raw'])
    expect(said).toContain(`"${entry}"`);
});
