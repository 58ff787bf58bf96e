/** What must not be passed by accident: lists that say what cannot be had, typed text that beats no match, one plan at a time. */
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { click } from './harness/click';
import { answerFolder } from './harness/deploy-answers';
import { useSandboxWindow } from './harness/sandbox-window';

const SAMPLE = resolve(import.meta.dirname, '../../sample/q-workspace');
const BUCKET = 'acme-kdb-code-111122223333';
/** Longer than a code update takes. */
const A_CODE_UPDATE = 20 * 60_000;
/** Longer than any update of a node group takes. */
const A_NODE_UPDATE = 2 * 60 * 60_000;
const CANNOT_FOLLOW = 'cannot follow: AL2 ends with 1.32';

const { window, place } = useSandboxWindow({
  suite: 'review',
  fill: (folder) => cpSync(SAMPLE, folder, { recursive: true }),
});

async function openSandbox(): Promise<void> {
  await window().openSandbox('equities-prod');
}

/** Answers what is deployed; ends at the question for a bucket. */
async function deployTo(cluster: string): Promise<void> {
  const { tree, quick } = window();
  await tree.expand('equities-prod');
  await tree.act(cluster, 'Deploy Code…');
  await answerFolder(quick, place.folder);
  await quick.row('holds the present code').waitFor();
}

/** Answers all questions of a deployment to eq-analytics; ends at its plan. */
async function planForAnalytics(): Promise<void> {
  const { quick } = window();
  await deployTo('eq-analytics');
  await quick.pick('holds the present code');
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('NO_RESTART');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
}

test('a node group that cannot follow its control plane is never called up to date', async () => {
  await openSandbox();
  const { tree, quick } = window();
  await tree.expand('market-data');
  await tree.row('replay-al2').filter({ hasText: 'AL2 ends with 1.32' }).waitFor();

  await tree.act('replay-al2', 'Update Node Group…');
  await quick.asks('Choose the Kubernetes version');
  await quick.row(CANNOT_FOLLOW).filter({ hasText: '1.33' }).waitFor();
  await window().shot('single-cannot-follow');
  // It only says so: the question stays.
  await quick.pick(CANNOT_FOLLOW);
  await quick.asks('Choose the Kubernetes version');
  await quick.cancel();

  await tree.menu('market-data', 'Update Several Node Groups…');
  await quick.asks('Choose the node groups to update');
  await quick.row('replay-al2').filter({ hasText: CANNOT_FOLLOW }).waitFor();
  await quick.press('OK');
  await quick.asks('Choose where to bring them');
  await quick.pick("The control plane's version");
  await quick.asks('Choose what happens to pods');
  await quick.pick('Respect disruption budgets');
  const how = quick.row('Go on with these');
  const confirm = quick.row('Leave them out');
  await how.or(confirm).waitFor();
  if (await confirm.isVisible()) await quick.pick('Leave them out');
  await quick.pick('Go on with these');
  await quick.asks('Nothing has been sent yet');
  await quick.type('replay-al2');
  await quick.row('replay-al2').filter({ hasText: CANNOT_FOLLOW }).waitFor();
  await window().shot('several-cannot-follow');
  await quick.cancel();
});

test('one Enter goes past nothing, and force after a failure opens a review', async () => {
  await openSandbox();
  const { tree, quick } = window();
  const sent = async (): Promise<readonly unknown[]> => {
    const { eksClusters } = await place.sandbox.control.state();
    const groups = eksClusters.find(({ name }) => name === 'trading-prod')?.nodegroups ?? [];
    return groups.find(({ name }) => name === 'oms-guarded')?.updates.map(({ body }) => body) ?? [];
  };
  await tree.expand('trading-prod');
  await tree.act('oms-guarded', 'Update Node Group…');
  await quick.asks('Choose the Kubernetes version');
  await quick.choose('1.32');
  await quick.asks('Choose the AMI release');
  await quick.choose('newest');
  await quick.asks('Choose what happens to pods');
  await quick.choose('Respect disruption budgets');
  await quick.asks('Update trading-prod / oms-guarded?');
  await quick.row('Needs your confirmation').waitFor();
  const rows = await quick.rows();
  expect(await quick.focused()).toContain('Show Insights');
  expect(rows.join(' ')).not.toContain('Blocks');
  await window().shot('needs-your-confirmation');
  await quick.pick('Update Anyway…');
  await quick.asks('Type the name of the node group');
  await quick.typeName('oms-guarded', '');
  await quick.complains('Type "oms-guarded"');
  expect(await sent()).toEqual([]);
  await quick.typeName('oms-guarded');
  await expect.poll(sent).toHaveLength(1);

  const failed = window().toast('blocks the drain');
  await expect
    .poll(
      async () => {
        await place.sandbox.control.advance(A_NODE_UPDATE);
        return failed.isVisible();
      },
      { interval: 1_000 },
    )
    .toBe(true);
  const buttons = await failed.locator('.notification-list-item-buttons-container a').allInnerTexts();
  expect(buttons[0]).toBe('Show Details');
  expect(buttons.length).toBeLessThanOrEqual(3);
  await window().shot('safe-button-first');
  // What sends stands on the page of the operation alone.
  await click(failed.getByRole('button', { name: 'Show Details' }));
  await window().press('Try Again with Force…');
  await quick.asks('Update trading-prod / oms-guarded?');
  await quick.row('Draining').waitFor();
  expect(await quick.focused()).not.toContain('Update');
  await quick.cancel();
  expect(await sent()).toHaveLength(1);
});

test('an override in several asks for a name', async () => {
  await openSandbox();
  const { tree, quick } = window();
  await tree.menu('trading-prod', 'Update Several Node Groups…');
  await quick.asks('Choose the node groups to update');
  await quick.press('OK');
  await quick.asks('Choose where to bring them');
  await quick.pick("The control plane's version");
  await quick.asks('Choose what happens to pods');
  await quick.choose('Force');
  await quick.asks('need your confirmation');
  expect(await quick.focused()).toContain('Leave them out');
  await window().shot('several-confirmation');
  await quick.pick('Update them anyway…');
  await quick.asks('Type the name of the cluster trading-prod to go on.');
  await quick.typeName('trading-prod', '');
  await quick.complains('Type "trading-prod"');
  await quick.typeName('trading-prod');
  await quick.asks('How the updates run');
  await quick.cancel();
});

test('what matches is taken before what was typed, and a bucket that is not there is said at once', async () => {
  await openSandbox();
  const { quick } = window();
  await deployTo('eq-rdb');
  await quick.type('kdb-code');
  await quick.row(BUCKET).waitFor();
  await quick.row('kdb-code · as typed').waitFor();
  expect((await quick.rows()).at(-1)).toContain('as typed');
  expect(await quick.focused()).toContain(BUCKET);
  await window().shot('bucket-matches');
  await quick.type('no-such-bucket-anywhere');
  await quick.row('as typed').waitFor();
  await quick.accept();
  await quick.row('There is no bucket "no-such-bucket-anywhere".').waitFor();
  await window().shot('no-such-bucket');
  await quick.type('kdb-code');
  await expect.poll(() => quick.focused()).toContain(BUCKET);
  await quick.accept();
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('ROLLING');

  await quick.asks('Choose the initialization script');
  await quick.row('init/start.q').waitFor();
  await quick.type('start');
  await quick.row('start · as typed').waitFor();
  expect(await quick.focused()).toContain('init/start.q');
  expect((await quick.rows()).at(-1)).toContain('as typed');
  await quick.type('init/strat.q');
  await quick.row('as typed').waitFor();
  expect(await quick.rows()).toHaveLength(1);
  await quick.accept();
  await quick.row('There is no file "init/strat.q" in what is deployed of the folder.').waitFor();
  await window().shot('no-such-script');
  await quick.type('start');
  await expect.poll(() => quick.focused()).toContain('init/start.q');
  await quick.accept();
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await quick.cancel();
});

test('the page of a plan goes when other answers are given, and another plan is shown as another', async () => {
  const { page, quick, document } = window();
  const tab = page.getByRole('tab', { name: 'Plan for equities-prod' });
  await openSandbox();
  await planForAnalytics();
  await quick.pick('Show the whole plan');
  await tab.waitFor();
  await document.getByRole('row', { name: 'Strategy NO_RESTART' }).waitFor();

  await window().press('Change…');
  await quick.asks('Choose what to change');
  await window().shot('what-to-change');
  await quick.pick('Strategy');
  await quick.asks('Choose how the q processes take the code');
  await tab.waitFor({ state: 'detached' });
  await quick.pick('ROLLING');
  await quick.asks('Choose the initialization script');
  await quick.choose('No initialization script');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
  expect(await tab.count()).toBe(0);
  await window().shot('no-plan-of-before');
  await quick.pick('Show the whole plan');
  await tab.waitFor();
  await document.getByRole('row', { name: 'Strategy ROLLING' }).waitFor();
  await window().shot('plan-that-is-asked-about');

  // A finding leads back to the question that mends it.
  await window().press('Choose a Script…');
  await quick.asks('Choose the initialization script');
  await quick.choose('init/start.q');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
  await quick.pick('Show the whole plan');
  await document.getByRole('row', { name: 'Strategy ROLLING' }).waitFor();
});

async function clusterState(name: string) {
  const found = (await place.sandbox.control.state()).kdbClusters.find(
    ({ clusterName }) => clusterName === name,
  );
  if (!found) throw new Error(`the sandbox has no cluster ${name}`);
  return found;
}

/** Compares the folder with a cluster's code. */
async function compareWith(cluster: string): Promise<void> {
  await window().tree.expand('equities-prod');
  await window().tree.act(cluster, 'Compare Workspace with What Runs…');
}

test('a changed file is no rename, and what is open is there again after a reload, as its reader left it', async () => {
  const { page, quick, document, tree } = window();
  const tabs = page.locator('.tabs-container').getByRole('tab');
  await openSandbox();
  await compareWith('eq-rdb');
  const differences = tabs.filter({ hasText: 'Deployed on equities-prod / eq-rdb ↔ Workspace' });
  const entries = page.locator('.multiDiffEntry');
  await differences.waitFor();
  await entries.getByText('New York Stock Exchange').first().waitFor();
  expect(await entries.locator('.status.renamed').count()).toBe(0);
  await window().shot('no-rename');

  await tree.menu('eq-gateway', 'Show Cluster or Pod Logs…');
  const logs = tabs.filter({ hasText: 'eq-gateway logs' });
  await logs.waitFor();
  const filter = document.getByRole('searchbox', { name: 'Filter' });
  await filter.fill('is ready');
  await document.getByText('Matches: ').first().waitFor();
  await logs.dblclick();
  await planForAnalytics();
  await quick.pick('Show the whole plan');
  await document.getByRole('row', { name: 'Strategy NO_RESTART' }).waitFor();

  // As a user does it: a page that is loaded anew by itself may go before VS Code has written down what was open.
  const loaded = page.waitForEvent('load');
  await window().palette('Developer: Reload Window');
  await loaded;
  await window().shown();
  await document.getByText('This plan was made before the window was reloaded.').waitFor();
  expect(await document.getByRole('button', { name: 'Deploy', exact: true }).count()).toBe(0);
  await window().shot('plan-after-reload');
  await window().press('Plan Again…');
  await quick.asks('Choose');
  await quick.cancel();

  await click(logs);
  await expect.poll(() => filter.inputValue()).toBe('is ready');
  await document.locator('.line', { hasText: 'is ready' }).first().waitFor();
  await window().shot('logs-after-reload');

  await click(differences);
  await entries.getByText('New York Stock Exchange').first().waitFor();
  expect(await page.getByText('No Changed Files').count()).toBe(0);
  await window().shot('diff-after-reload');
  await window().palette('View: Close All Editors');
});

test('what nobody watched is settled when its row is read, and is not said to run before', async () => {
  const { page, quick, tree } = window();
  await openSandbox();
  await window().openView('Slipway');
  await planForAnalytics();
  await quick.pick('Deploy');
  await expect.poll(async () => (await clusterState('eq-analytics')).status).toBe('UPDATING');
  await compareWith('eq-analytics');
  const title = 'Configured on equities-prod / eq-analytics (updating) ↔ Workspace';
  await page.getByRole('tab', { name: title }).waitFor();
  await window().shot('compared-while-updating');

  const progress = window().toast('Deploying to equities-prod / eq-analytics');
  await click(progress.getByRole('button', { name: 'Stop Watching' }));
  await tree.row(/eq-analytics.*no longer watched/).waitFor();
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().palette('Slipway: Refresh All');
  await tree.row(/eq-analytics.*succeeded.*Deploy code/).waitFor();
  await window().shot('settled');
});
