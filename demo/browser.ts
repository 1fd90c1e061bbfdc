/** The built page in Chromium, for its test and its pictures. */
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { build, preview } from 'vite';

export interface Served {
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Builds the page, serves it on a free port of this machine and starts a browser. */
export async function serve(): Promise<Served> {
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, preview: { port: 0 } });
  const close = () => new Promise<void>((resolve) => server.httpServer.close(() => resolve()));
  try {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
    });
    const address = server.httpServer.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return {
      url: `http://127.0.0.1:${address.port}/`,
      browser,
      close: async () => {
        await browser.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
