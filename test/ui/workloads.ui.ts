/** Workloads on Kubernetes in the window: in the tree, with their logs. */
import { test } from 'vitest';
import { useSandboxWindow } from './harness/sandbox-window';

const { window } = useSandboxWindow({
  suite: 'workloads',
});

async function openWorkloads(): Promise<void> {
  const { tree } = window();
  await window().palette('Slipway: Try It in the Sandbox');
  await tree.expand('trading-prod', 'Workloads');
  await tree.row('tick/hdb').filter({ hasText: 'running' }).waitFor();
}

test('stand below their cluster with how they are and which code they have, and their logs are followed', async () => {
  const { tree } = window();
  await openWorkloads();
  await tree.row('tick/rdb').filter({ hasText: 'no code set' }).waitFor();
  await window().shot('tree');
  await tree.act('Workloads', 'Show All, or Only Those That Carry Code');
  await tree.row('oms/order-book').waitFor();
  await window().shot('tree-all');
  await tree.act('Workloads', 'Show All, or Only Those That Carry Code');
  await tree.row('oms/order-book').waitFor({ state: 'detached' });
  await tree.menu('tick/hdb', 'Show Cluster Logs…');
  await window().document.getByText('q process is ready').first().waitFor();
  await window().shot('logs');
});
