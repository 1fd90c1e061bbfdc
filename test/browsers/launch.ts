/**
 * Opens a page in a browser that is installed on this machine. Nothing drives it from outside: pages report what they find
 * by themselves, so that the three engines need no driver and are used in the same way.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Engine = 'chromium' | 'firefox' | 'webkit';

/** Where each is looked for, as Debian has them unless the environment says otherwise. */
const PROGRAMS: Record<Engine, readonly string[]> = {
  chromium: [process.env.CHROMIUM ?? '/usr/bin/chromium'],
  firefox: [process.env.FIREFOX ?? '/usr/bin/firefox-esr'],
  webkit: [process.env.MINIBROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/bin/Xvfb'],
};

export const ENGINES = Object.keys(PROGRAMS) as Engine[];

export const isInstalled = (engine: Engine): boolean => PROGRAMS[engine].every((program) => existsSync(program));

const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page in the background is a page like any other.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** Firefox starts without pages of its own, and asks nobody for anything. */
const FIREFOX_SETTINGS = {
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'services.settings.server': 'data:,',
};

/** Opens `url` in a new profile; call what it resolves to in order to close the browser. */
export async function openPage(engine: Engine, url: string): Promise<() => Promise<void>> {
  const profile = mkdtempSync(join(tmpdir(), `${engine}-`));
  const running: ChildProcess[] = [];
  // If this process is ended, so are they.
  const endAll = () => running.forEach(kill);
  const stop = () => {
    endAll();
    process.exit(1);
  };
  process.once('exit', endAll);
  process.once('SIGTERM', stop);
  const close = async () => {
    process.off('exit', endAll);
    process.off('SIGTERM', stop);
    for (const child of running.reverse()) await end(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  const start = (program: string, args: string[], env: Record<string, string> = {}) => {
    // A group of its own, so that the processes that it starts end with it.
    const child = spawn(program, args, {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    return child;
  };

  const [program, screen] = PROGRAMS[engine];
  if (engine === 'chromium') {
    start(program, [...CHROMIUM_FLAGS, `--user-data-dir=${profile}`, url]);
  } else if (engine === 'firefox') {
    const settings = Object.entries(FIREFOX_SETTINGS).map(
      ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), settings.join('\n'));
    start(program, ['--headless', '--no-remote', '--profile', profile, url], { HOME: profile });
  } else {
    // It has no headless mode. The screen says its number when it is ready.
    const display = await firstLine(
      start(screen, ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp']),
    );
    start(program, ['--private', url], {
      DISPLAY: `:${display}`,
      HOME: profile,
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    });
  }
  return close;
}

/** What the process writes first to its file descriptor 3. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  kill(child);
  await ended;
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
