/** Inside of clusters in the window: nodes and pods in the tree, what holds an update, and clusters that let nobody look. */
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { useSandboxWindow } from './harness/sandbox-window';
import { narrowSideBar } from './harness/side-bar';

const variation = oneInTen(test, 'inside');

const { window, place } = useSandboxWindow({ suite: 'inside' });

const MINUTE = 60_000;

async function connect(): Promise<void> {
  await window().openSandbox('trading-prod');
}

/** The window in a dark theme, then in a light one. */
async function shots(name: string): Promise<void> {
  await window().shot(`${name}-dark`);
  await window().palette('Preferences: Toggle between Light/Dark Themes');
  await window().page.locator('.monaco-workbench.vs').waitFor();
  await window().shot(`${name}-light`);
  await window().palette('Preferences: Toggle between Light/Dark Themes');
  await window().page.locator('.monaco-workbench.vs-dark').waitFor();
}

/** Lets minutes pass at AWS, one after another, until the window shows what is waited for. */
async function untilShown(shown: () => Promise<boolean>): Promise<void> {
  await expect
    .poll(
      async () => {
        await place.sandbox.control.advance(MINUTE);
        return shown();
      },
      { interval: 700 },
    )
    .toBe(true);
}

test('a node group opens to its nodes, and a node to the pods that a drain moves', async () => {
  const { tree, page, document } = window();
  await connect();
  await tree.expand('options-desk', /^pricing/);
  await tree.row(/ready · \d pods? to move · v1\./).waitFor();
  await narrowSideBar(page);
  await tree.expand(/ready · \d pods? to move/);
  await tree.row('options/pricing-').filter({ hasText: 'held · by budget pricing' }).waitFor();
  await shots('nodes-and-pods');

  await click(tree.row('options/pricing-'));
  await document.getByText('never lets one of its pods go').first().waitFor();
  await document.getByRole('heading', { name: 'Events' }).waitFor();
  await shots('pod');
  await tree.act(/ready · \d pods? to move/, 'Check Drain…');
  await document.getByRole('heading', { name: 'options-desk / pricing / ip-' }).waitFor();
  await shots('node-drain');
});

variation('a cluster that knows nobody, rights to pods alone, and Auto Mode are told in a row', async () => {
  const { tree, page } = window();
  await place.sandbox.control.settings({ kubernetes: { access: { 'market-data': 'view' } } });
  await connect();
  await narrowSideBar(page);
  await tree.expand('quant-auto');
  await tree.row('Auto Mode: no node groups').waitFor();
  await tree.expand('compliance');
  const { eksClusters } = await place.sandbox.control.state();
  const groupsOf = (name: string): string =>
    eksClusters.find((one) => one.name === name)?.nodegroups[0]?.name ?? '';
  await tree.expand(new RegExp(`^${groupsOf('compliance')}`));
  await tree.row('No access to the cluster').waitFor();
  await shots('no-access');
  await tree.act('No access to the cluster', 'Copy Commands for Access');
  await window().toast('are on the clipboard').waitFor();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toContain('aws eks create-access-entry --cluster-name compliance');
  expect(copied).toContain('aws eks associate-access-policy --cluster-name compliance');

  await tree.expand('market-data', new RegExp(`^${groupsOf('market-data')}`));
  await tree.row('No right to list nodes').waitFor();
  await tree.row('unknown').waitFor();
  await shots('pods-alone');
});

test('an update says beforehand what holds it, counts its nodes, and names the pods when it has failed', async () => {
  const { tree, quick, document } = window();
  await connect();
  await tree.expand('options-desk', /^pricing/);
  await tree.row(/ready · \d pods? to move/).waitFor();
  await tree.act(/^pricing/, 'Update Node Group…');
  await quick.asks('Choose the Kubernetes version');
  await quick.accept();
  await quick.asks('Choose the AMI release');
  await quick.accept();
  await quick.asks('Choose what happens to pods');
  await quick.pick('Respect disruption budgets');
  await quick.asks('Update options-desk / pricing?');
  await quick.pick('Show the whole plan');
  await document.getByText('never lets one of its pods go').first().waitFor();
  await shots('plan-with-blockers');
  await window().press('Update');

  await untilShown(() => tree.row(/^pricing.*0 of 2 replaced/).isVisible());
  await untilShown(() => tree.row(/(cordoned|draining) · old/).isVisible());
  await tree.row(/ready · new/).waitFor();
  await untilShown(() => tree.row(/^pricing.*1 pod held|^pricing.*2 pods held/).isVisible());
  await shots('running');

  const failed = window().toast('blocks the drain');
  await untilShown(() => failed.isVisible());
  await failed.hover();
  await failed.getByText(/options\/pricing-\d on .*The budget pricing/).waitFor();
  await failed.getByRole('button', { name: 'Show Held Pods' }).waitFor();
  await shots('failed');
});
