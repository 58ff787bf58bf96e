/** A window on the sample with targets and tasks of its own, and how far its clusters have come. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { click } from './click';
import { passTimeUntil } from './pass-time';
import { type SandboxWindowOptions, useSandboxWindow } from './sandbox-window';

const PROD = 'eq7prod3k9m2q4x8t6z5w1ab';
const BUCKET = 'acme-kdb-code-111122223333';
const SAMPLE = resolve(import.meta.dirname, '../../../sample/q-workspace');
/** Longer than a code update takes. */
export const A_WHILE = 20 * 60_000;

const TARGETS = `{
  // Where this code goes.
  "defaults": {
    "connection": "sandbox",
    "environment": "${PROD}",
    "bucket": "${BUCKET}",
    "initializationScript": "init/start.q",
    "strategy": "ROLLING"
  },
  "targets": {
    "gateway": { "cluster": "eq-gateway" },
    "tickerplant": { "cluster": "eq-tickerplant", "prefix": "no+such" },
    "plant": { "cluster": "eq-tickerplant" },
    "checked": { "cluster": "eq-hdb", "preDeploy": "lint" },
    "analytics": { "cluster": "eq-analytics", "protected": true }
  }
}
`;

/** Succeeds once somebody has made the file. */
const TASKS = {
  version: '2.0.0',
  tasks: [
    { label: 'lint', type: 'shell', command: 'test -f scratch/clean', presentation: { reveal: 'never' } },
  ],
};

/** Each test finds a copy of the sample whose targets lead to the sandbox. */
export function useDeployingWindow(options: Pick<SandboxWindowOptions, 'suite'>) {
  const { window, place } = useSandboxWindow({
    ...options,
    fill: (folder) => {
      cpSync(SAMPLE, folder, { recursive: true });
      writeFileSync(join(folder, 'slipway.json'), TARGETS);
      mkdirSync(join(folder, '.vscode'));
      writeFileSync(join(folder, '.vscode/tasks.json'), JSON.stringify(TASKS));
    },
  });

  async function clusterState(name: string) {
    const cluster = (await place.sandbox.control.state()).kdbClusters.find(
      ({ clusterName }) => clusterName === name,
    );
    if (!cluster) throw new Error(`the sandbox has no cluster ${name}`);
    return cluster;
  }

  async function updatesOf(name: string): Promise<number> {
    return (await clusterState(name)).updates.length;
  }

  /** Lets time pass at AWS until the window says how it ended, as it had not before. */
  async function untilTold(toast: Locator): Promise<void> {
    await passTimeUntil(place.sandbox, A_WHILE, toast);
  }

  /** What is on the screen from before must not be taken for what comes. */
  async function clearToasts(): Promise<void> {
    await window().palette('Notifications: Clear All Notifications');
    await window().page.locator('.notification-list-item').first().waitFor({ state: 'detached' });
  }

  /** Somebody else gives the cluster another argument. */
  async function changeByAnother(clusterName: string, value: string): Promise<void> {
    const { configuration } = await clusterState(clusterName);
    await place.sandbox.control.foreign({
      kind: 'kdb-configuration',
      environmentId: PROD,
      clusterName,
      configuration: { ...configuration, commandLineArguments: [{ key: 's', value }] },
    });
  }

  /** Changes `slipway.json` on disk, as a pull does. */
  function editTargets(before: string, after: string): void {
    const file = join(place.folder, 'slipway.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(before, after));
  }

  async function connect(): Promise<void> {
    const { tree } = window();
    await window().openSandbox('equities-prod');
    await tree.expand('equities-prod');
    await tree.row('eq-rdb').waitFor();
  }

  /** Deploys the protected target, to its end. */
  async function deployAnalytics(): Promise<void> {
    const { quick } = window();
    await window().palette('Slipway: Deploy Again…');
    await quick.asks('Choose what to deploy again');
    await quick.pick('analytics');
    await quick.pick('Use this target');
    await quick.asks('Deploy to equities-prod / eq-analytics?');
    await quick.pick('Deploy');
    await quick.asks('The target is protected');
    await quick.typeName('analytics');
    await untilTold(window().toast('eq-analytics: the new code is live'));
  }

  /** Deploys a target that nothing speaks against, to its end. */
  async function deployTarget(name: string): Promise<void> {
    const { quick } = window();
    const before = await updatesOf(`eq-${name}`);
    await clearToasts();
    await window().palette('Slipway: Deploy Again…');
    await quick.asks('Choose what to deploy again');
    await quick.pick(name);
    const use = quick.row('Use this target');
    await use.or(quick.row('Show the whole plan')).waitFor();
    if (await use.isVisible()) await click(use);
    await quick.asks('Deploy to');
    await quick.pick('Deploy');
    await expect.poll(() => updatesOf(`eq-${name}`)).toBe(before + 1);
    await untilTold(window().toast(`eq-${name}: the new code is live`));
  }

  return {
    window,
    place,
    clusterState,
    updatesOf,
    untilTold,
    clearToasts,
    changeByAnother,
    editTargets,
    connect,
    deployAnalytics,
    deployTarget,
  };
}
