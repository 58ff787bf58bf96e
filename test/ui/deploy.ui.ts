/** Deploying as a team does it: targets, differences, somebody else's change, going back, several clusters, logs. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { click } from './harness/click';
import { useWorkbench } from './harness/use-workbench';

const PROD = 'eq7prod3k9m2q4x8t6z5w1ab';
const BUCKET = 'acme-kdb-code-111122223333';
const SAMPLE = resolve(import.meta.dirname, '../../sample/q-workspace');
/** Longer than a code update takes. */
const A_WHILE = 20 * 60_000;

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

let sandbox: TestSandbox;
let folder: string;

const window = useWorkbench(
  async () => {
    sandbox = await startTestSandbox();
    folder = mkdtempSync(join(tmpdir(), 'equities-'));
    cpSync(SAMPLE, folder, { recursive: true });
    writeFileSync(join(folder, 'slipway.json'), TARGETS);
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/tasks.json'), JSON.stringify(TASKS));
    git('init', '-q');
    commit();
    return { suite: 'deploy', sandbox, workspace: folder, git: true };
  },
  async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  },
);

function git(...args: readonly string[]): string {
  const author = ['-c', 'user.name=Q', '-c', 'user.email=q@example.com'];
  return execFileSync('git', [...author, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

/** @returns what Slipway shows of it. */
function commit(): string {
  git('add', '.');
  git('commit', '-q', '-m', 'Code');
  return git('rev-parse', 'HEAD').slice(0, 8);
}

async function clusterState(name: string) {
  const cluster = (await sandbox.control.state()).kdbClusters.find(({ clusterName }) => clusterName === name);
  if (!cluster) throw new Error(`the sandbox has no cluster ${name}`);
  return cluster;
}

async function updatesOf(name: string): Promise<number> {
  return (await clusterState(name)).updates.length;
}

/** Lets time pass at AWS until the window says how it ended, as it had not before. */
async function untilTold(toast: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await sandbox.control.advance(A_WHILE);
        return toast.isVisible();
      },
      { interval: 500 },
    )
    .toBe(true);
}

/** What is on the screen from before must not be taken for what comes. */
async function clearToasts(): Promise<void> {
  await window().palette('Notifications: Clear All Notifications');
  await window().page.locator('.notification-list-item').first().waitFor({ state: 'detached' });
}

/** Somebody else gives the cluster another argument. */
async function changeByAnother(clusterName: string, value: string): Promise<void> {
  const { configuration } = await clusterState(clusterName);
  await sandbox.control.foreign({
    kind: 'kdb-configuration',
    environmentId: PROD,
    clusterName,
    configuration: { ...configuration, commandLineArguments: [{ key: 's', value }] },
  });
}

test('the workspace is compared with the deployed code, file by file', async () => {
  const { tree, page } = window();
  await connect();
  await sandbox.control.clearRequests();
  await tree.act('eq-rdb', 'Compare Workspace with Deployed Code…');
  await page.getByRole('tab', { name: 'Deployed on equities-prod / eq-rdb ↔ Workspace' }).waitFor();
  await page.locator('.multiDiffEntry').first().waitFor();
  await page.locator('.multiDiffEntry').getByText('venues.csv').first().waitFor();
  await page.locator('.multiDiffEntry').getByText('New York Stock Exchange').first().waitFor();
  await window().shot('multi-file-diff');
  const gets = await sandbox.control.requests({ service: 's3', operation: 'GetObject' });
  // One for the zip's directory, and one for each of the nine files that are changed or removed.
  expect(gets).toHaveLength(10);
});

test('problems of slipway.json that no schema says stand where they are', async () => {
  const { page, quick } = window();
  await page.keyboard.press('Control+P');
  await quick.type('slipway.json');
  await quick.row('slipway.json').waitFor();
  await quick.accept();
  await page.locator('.squiggly-error').first().waitFor();
  await window().shot('target-problem');
});

test('a protected target is agreed to once, and asks for its name', async () => {
  const { page, quick } = window();
  await connect();
  await window().palette('Slipway: Deploy Again…');
  await quick.asks('Choose what to deploy again');
  await window().shot('targets');
  await quick.pick('analytics');
  await quick.asks('is used on this machine for the first time');
  await window().shot('first-use');
  await quick.pick('Use this target');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
  await window().shot('review');
  await quick.pick('Show the whole plan');
  await page.getByRole('tab', { name: /Plan for equities-prod/ }).waitFor();
  await window().shot('plan');
  await quick.pick('Deploy');
  await quick.asks('The target is protected');
  await quick.type('analytic');
  await quick.accept();
  await quick.complains('Type "analytics"');
  await window().shot('protected');
  await quick.type('analytics');
  await quick.accept();
  await window().toast('Deploying to equities-prod / eq-analytics').waitFor();
  await expect.poll(() => updatesOf('eq-analytics')).toBe(1);
  await untilTold(window().toast('eq-analytics: the new code is live'));
});

test('a change by somebody else stops the plan, is shown, and is replaced knowingly', async () => {
  const { page, quick } = window();
  await connect();
  await deployAnalytics();
  await changeByAnother('eq-analytics', '32');
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('analytics');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
  await quick.row('Changed by somebody else').waitFor();
  expect((await quick.rows()).some((row) => row.startsWith('Deploy\n'))).toBe(false);
  await window().shot('drift');
  await quick.pick('Show both');
  await page.getByRole('tab', { name: /as Slipway left it/ }).waitFor();
  await window().shot('drift-both');
  expect(await quick.focused()).toContain('Show both');
  await quick.pick('Replace it…');
  await quick.asks('Type the name of the cluster to go on');
  await quick.type('eq-analytic');
  await quick.accept();
  await quick.complains('Type "eq-analytics"');
  await quick.type('eq-analytics');
  await quick.accept();
  await quick.row('is going to be replaced, as agreed').waitFor();
  await window().shot('drift-accepted');

  await changeByAnother('eq-analytics', '64');
  await quick.pick('Deploy');
  await quick.asks('The target is protected. Type its name to go on.');
  await quick.type('analytics');
  await quick.accept();
  await window().toast('changed by somebody else').waitFor();
  await window().shot('drift-stop');
  expect(await updatesOf('eq-analytics')).toBe(1);

  // What a target deployed is not repeated once the target is gone.
  editTargets('"analytics": {', '"renamed": {');
  await clearToasts();
  await window().tree.menu(/eq-analytics.*changed by somebody else/, 'Try Again…');
  await window().toast('deployed by the target analytics, which is not in slipway.json any more').waitFor();
  await window().shot('target-not-here');
});

test('deployments are listed and compared, and an earlier one comes back exactly', async () => {
  const { tree, page, quick } = window();
  await connect();
  const before = (await clusterState('eq-gateway')).configuration;
  await deployTarget('gateway');
  writeFileSync(join(folder, 'lib/extra.q'), '.extra.one:1\n');
  await deployTarget('gateway');

  await tree.menu('eq-gateway', 'Show Deployments…');
  await quick.asks('Choose a deployment');
  await quick.row('live now').waitFor();
  await window().shot('deployments');
  await quick.pick('live now');
  await quick.pick('Compare with another deployment…');
  await quick.asks('Choose the deployment to compare it with');
  await page.keyboard.press('Enter');
  await page.locator('.multiDiffEntry').getByText('extra.q').first().waitFor();
  await window().shot('two-deployments');

  const first = (await clusterState('eq-gateway')).updates[0]?.body as Record<string, unknown>;
  await clearToasts();
  await tree.menu('eq-gateway', 'Roll Back…');
  await quick.asks('Choose what to go back to');
  await window().shot('go-back-to');
  await page.keyboard.press('Enter');
  await quick.asks('Choose how the q processes take the code');
  await page.keyboard.press('Enter');
  await quick.asks('Roll back equities-prod / eq-gateway?');
  await quick.row('0 added, 0 changed, 1 removed').waitFor();
  await window().shot('roll-back-review');
  await quick.pick('Roll back');
  await window().toast('Rolling back equities-prod / eq-gateway').waitFor();
  await expect.poll(() => updatesOf('eq-gateway')).toBe(3);
  await tree.row('eq-gateway').filter({ hasText: 'rolling back' }).waitFor();
  await untilTold(window().toast('eq-gateway: rolled back, the earlier code is live again'));
  await tree.row(/eq-gateway.*succeeded.*Roll back code/).waitFor();
  const { clientToken: _t, ...asked } = first;
  expect((await clusterState('eq-gateway')).updates.at(-1)?.body).toMatchObject(asked);
  expect(before.initializationScript).toBe('gw/init.q');
});

test('a failed deployment shows its logs, and what was there before is a click away', async () => {
  const { page, quick } = window();
  await connect();
  await deployTarget('gateway');
  const { configuration: before, updates } = await clusterState('eq-gateway');
  await clearToasts();
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('gateway');
  await quick.asks('Deploy to equities-prod / eq-gateway?');
  await quick.pick('Deploy');
  await expect.poll(() => updatesOf('eq-gateway')).toBe(updates.length + 1);
  await changeByAnother('eq-gateway', '2');
  const failed = window().toast('somebody else changed the cluster');
  await failed.hover();
  const buttons = await failed.locator('.notification-list-item-buttons-container a').allInnerTexts();
  expect(buttons[0]).toBe('Show Details');
  await window().shot('foreign-change');
  await sandbox.control.advance(A_WHILE);
  await click(failed.getByRole('button', { name: 'Roll Back…' }));
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('ROLLING');
  await quick.asks('Roll back equities-prod / eq-gateway?');
  await window().shot('roll-back-one-click');
  await quick.pick('Roll back');
  await expect.poll(() => updatesOf('eq-gateway')).toBe(updates.length + 2);
  await untilTold(window().toast('eq-gateway: rolled back, the earlier code is live again'));
  expect((await clusterState('eq-gateway')).configuration).toEqual(before);

  await window().tree.menu('eq-gateway', 'Show Cluster Logs…');
  await page.getByRole('tab', { name: /eq-gateway logs/ }).waitFor();
  await expect.poll(() => window().editorText()).toContain('q process is ready');
  await window().shot('logs');
});

test('several targets are deployed to in order, as one operation with a row each', async () => {
  const { page, quick } = window();
  await connect();
  await deployTarget('gateway');
  const before = await updatesOf('eq-gateway');
  await window().palette('Slipway: Deploy to Several Clusters…');
  await quick.asks('Choose what to deploy to');
  await quick.pick('Targets of this workspace');
  await quick.asks('Choose targets');
  await quick.tick('gateway');
  await quick.tick('plant');
  await window().shot('several-targets');
  await quick.press('OK');
  await quick.asks('in this order');
  await quick.pick('2. plant');
  await quick.row('1. plant').waitFor();
  await window().shot('several-order');
  await quick.pick('Go on');
  await quick.asks('is used on this machine for the first time');
  await quick.pick('Use this target');
  await quick.asks('Deploy to 2 clusters');
  await window().shot('several-review');
  await quick.pick('Show the whole plan');
  await page.getByRole('tab', { name: 'Plan for 2 clusters' }).waitFor();
  await quick.pick('Deploy');
  await expect.poll(() => updatesOf('eq-tickerplant')).toBe(1);
  await window().shot('several-running');
  await untilTold(window().toast('2 kdb clusters: all done'));
  expect(await updatesOf('eq-gateway')).toBe(before + 1);
  // It is told before its row has left those that run.
  await window()
    .tree.row(/2 kdb clusters.*succeeded/)
    .waitFor();
  await window().tree.expand('2 kdb clusters');
  await window().shot('several-done');
});

test('a plan names the commit, and says when files differ from it', async () => {
  const { quick } = window();
  await connect();
  await deployTarget('gateway');
  writeFileSync(join(folder, 'lib/extra.q'), '.extra.one:1\n');
  const says = async (words: string): Promise<void> => {
    await window().palette('Slipway: Deploy Again…');
    await quick.pick('gateway');
    await quick.asks('Deploy to equities-prod / eq-gateway?');
    await quick.type('committed');
    await quick.row(words).waitFor();
    await quick.cancel();
  };
  await says(`There are uncommitted changes on top of ${git('rev-parse', 'HEAD').slice(0, 8)}`);
  await says(`All changes are committed (${commit()})`);
  // Of itself the Git extension finds this later.
  writeFileSync(join(folder, 'lib/extra.q'), '.extra.one:2\n');
  await says('There are uncommitted changes');
});

test('a task that fails keeps its target from being deployed', async () => {
  const { quick } = window();
  await connect();
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('checked');
  await quick.pick('Use this target');
  await window().toast('The task "lint" failed (1), so nothing was deployed').waitFor();
  await window().shot('task-failed');
  writeFileSync(join(folder, 'scratch/clean'), '');
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('checked');
  await quick.asks('Deploy to equities-prod / eq-hdb?');
  await quick.cancel();
  expect(await updatesOf('eq-hdb')).toBe(0);
});

test('the answers of the wizard are saved as a target beside the others', async () => {
  const { tree, page, quick } = window();
  await connect();
  await tree.act('eq-rdb', 'Deploy Code…');
  await quick.asks('Choose what to deploy');
  // Whoever may not list buckets is offered the one that is known.
  await sandbox.control.fault({
    service: 's3',
    operation: 'ListBuckets',
    kind: 'error',
    status: 403,
    code: 'AccessDenied',
    message: 'no',
    times: 1,
  });
  await page.keyboard.press('Enter');
  await quick.asks('Choose a bucket');
  await quick.pick('holds the code of this cluster');
  expect((await sandbox.control.faults()).at(-1)?.played).toBe(1);
  await quick.asks('Folder in the bucket');
  await quick.accept();
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('ROLLING');
  await quick.asks('Choose the initialization script');
  await quick.choose('init/start.q');
  await quick.asks('Command-line arguments');
  await quick.pick('Done');
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await quick.pick('Deploy');
  await expect.poll(() => updatesOf('eq-rdb')).toBe(1);
  const live = window().toast('eq-rdb: the new code is live');
  await untilTold(live);
  await click(live.getByRole('button', { name: 'Save as Target…' }));
  await quick.asks('Name of the target');
  await quick.type('gateway');
  await quick.accept();
  await quick.complains('There is a target "gateway" already');
  await quick.type('rdb');
  await quick.accept();
  const file = (): string => readFileSync(join(folder, 'slipway.json'), 'utf8');
  await expect.poll(file).toContain('"rdb": {');
  expect(file()).toContain('// Where this code goes.');
  await window().shot('saved-target');
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('rdb');
  // What the user saved is not asked about again.
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await quick.cancel();
});

/** Changes `slipway.json` on disk, as a pull does. */
function editTargets(before: string, after: string): void {
  const file = join(folder, 'slipway.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(before, after));
}

test('a rollback of what a protected target leads to asks for a name', async () => {
  const { tree, quick } = window();
  await connect();
  await deployTarget('gateway');
  writeFileSync(join(folder, 'lib/extra.q'), '.extra.one:1\n');
  await deployTarget('gateway');
  await clearToasts();
  const rollBack = async (): Promise<void> => {
    await tree.menu('eq-gateway', 'Roll Back…');
    await quick.asks('Choose what to go back to');
    await quick.accept();
    await quick.asks('Choose how the q processes take the code');
    await quick.accept();
    await quick.asks('Roll back equities-prod / eq-gateway?');
    await quick.pick('Roll back');
  };
  const before = await updatesOf('eq-gateway');
  editTargets('"cluster": "eq-gateway"', '"cluster": "eq-gateway", "protected": true');
  await rollBack();
  await quick.asks('The target gateway protects eq-gateway. Type the name of the target to go on.');
  await quick.cancel();

  editTargets('"protected": true', '"protected": "yes"');
  await rollBack();
  await quick.asks('A mistake in slipway.json hides whether eq-gateway is protected');
  await quick.type('gateway');
  await quick.accept();
  await quick.complains('Type "eq-gateway"');
  await window().shot('protection-unknown');
  await quick.cancel();
  editTargets('"protected": "yes"', '"protected": false');
  expect(await updatesOf('eq-gateway')).toBe(before);
});

async function connect(): Promise<void> {
  const { tree, page } = window();
  await window().openView('Slipway');
  await click(page.getByRole('button', { name: 'Try It in the Sandbox' }));
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
  await quick.type('analytics');
  await quick.accept();
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
