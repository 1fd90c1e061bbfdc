/** The package as a user gets it: packed, and unpacked into a project. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The library's own folder. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

/** A new project of ES modules that has the built library installed, and what the package holds. */
export function newProject(): { folder: string; packed: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'pooling-'));
  const [tarball] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string; files: { path: string }[] }];
  mkdirSync(join(folder, 'node_modules/wasm-pooling'), { recursive: true });
  execFileSync('tar', ['-xzf', tarball.filename, '--strip-components=1', '-C', 'node_modules/wasm-pooling'], {
    cwd: folder,
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return { folder, packed: tarball.files.map(({ path }) => path) };
}
