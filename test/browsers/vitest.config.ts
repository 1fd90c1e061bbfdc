/**
 * The tests that need no Node, in every browser that is installed here, or in those that the environment's BROWSERS names.
 */
import { fileURLToPath } from 'node:url';
import { defineBrowserProvider } from '@vitest/browser';
import { defineConfig } from 'vitest/config';
import { ENGINES, type Engine, isInstalled, openPage } from './launch.js';

/** What tests Node itself, its processes, or files of the project. */
const OF_NODE = ['allocation', 'comments', 'fallback', 'module', 'package', 'readme', 'support'];

const named = process.env.BROWSERS?.split(',') as Engine[] | undefined;
const engines = named ?? ENGINES.filter(isInstalled);
const missing = engines.filter((engine) => !isInstalled(engine));
if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`);
if (engines.length === 0) throw new Error(`none of ${ENGINES.join(', ')} is installed`);

function provider(engine: Engine) {
  const close: (() => Promise<void>)[] = [];
  return defineBrowserProvider({
    name: engine,
    options: {},
    providerFactory: () => ({
      name: engine,
      supportsParallelism: false,
      getCommandsContext: () => ({}),
      async openPage(_session, url) {
        close.push(await openPage(engine, url));
      },
      async close() {
        for (const one of close.splice(0)) await one();
      },
    }),
  });
}

declare module 'vitest' {
  interface ProvidedContext {
    engines: Engine[];
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: 'pages',
          include: ['test/browsers/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          provide: { engines },
        },
      },
      ...engines.map((engine) => ({
        test: {
          name: engine,
          include: ['test/*.test.ts'],
          exclude: OF_NODE.map((name) => `test/${name}.test.ts`),
          testTimeout: 600_000,
          browser: {
            enabled: true,
            headless: true,
            ui: false,
            screenshotFailures: false,
            provider: provider(engine),
            instances: [{ browser: engine as 'chromium' }],
          },
        },
      })),
    ],
  },
});
