/** Serves a folder on the loopback, opens a page of it in a browser, and waits for what the page reports. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Engine, openPage } from './launch.js';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * @param page Path of the page, which has to POST its report to `/report`, as JSON.
 * @param headers Of every answer, such as a content security policy.
 */
export async function visit(
  engine: Engine,
  folder: string,
  page: string,
  headers: Record<string, string> = {},
): Promise<unknown> {
  let settle: (report: unknown) => void = () => {};
  const reported = new Promise((resolve) => {
    settle = resolve;
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/report') {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.end();
        settle(JSON.parse(body));
      });
      return;
    }
    const file = createReadStream(join(folder, normalize(pathname)));
    file.on('error', () => response.writeHead(404).end());
    file.on('open', () => {
      response.writeHead(200, { ...headers, 'content-type': TYPES[extname(pathname)] ?? 'text/plain' });
      file.pipe(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let close: (() => Promise<void>) | undefined;
  try {
    close = await openPage(engine, `http://127.0.0.1:${port}/${page}`);
    return await reported;
  } finally {
    await close?.();
    server.closeAllConnections();
    server.close();
  }
}
