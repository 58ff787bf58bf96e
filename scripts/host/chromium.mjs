// The browser that shows VS Code to the tests.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {string | undefined} $CHROMIUM, or the first of the usual names on PATH. */
export function findChromium() {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  return NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))).find((file) =>
    existsSync(file),
  );
}

/** How to launch it through Playwright, so that it resolves no name and reports nothing. */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('no Chromium on PATH: install one (Debian: apt-get install chromium) or set CHROMIUM');
  }
  return {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  };
}
