// The browser that shows VS Code to the tests.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first has no window of its own to draw: a quarter less of the processor's time for the same pages. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** @returns {string | undefined} $CHROMIUM, or the first of the usual names on PATH. */
export function findChromium() {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM) return CHROMIUM;
  return NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))).find((file) =>
    existsSync(file),
  );
}

/** Chromium heeds the last list alone: the first lines are Playwright's own. */
const UNWANTED = [
  ...[
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
  ],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  'PreconnectToSearch',
  // Pages of the address bar, which nobody sees: most of a CPU second for each window.
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
];

/** How to launch it through Playwright, so that it resolves no name and reports nothing. */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'no Chromium on PATH: install one (Debian: apt-get install chromium-headless-shell) or set CHROMIUM',
    );
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
      `--disable-features=${UNWANTED.join(',')}`,
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  };
}
