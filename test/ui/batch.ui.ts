/** A large batch in the window: forty node groups of five clusters, two of which fail, and a crash in the middle. */
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { killHost } from './harness/restart';
import { useSandboxWindow } from './harness/sandbox-window';

const variation = oneInTen(test, 'batch');

const CLUSTERS = 5;
const EACH = 8;
/** Half of them, so that the crash comes in the middle. */
const AT_ONCE = 20;
const IN_EACH_CLUSTER = 4;
/** One of those that go first, one of those that go last, and what is said of each. */
const FAILURES = [
  ['fleet-002/nodes-003', 'PodEvictionFailure', 'blocks the drain'],
  ['fleet-004/nodes-008', 'NodeCreationFailure', 'did not join the cluster'],
] as const;
const LABEL = '40 node groups of 5 clusters';
/** Longer than any update takes. */
const A_WHILE = 2 * 60 * 60_000;

const { window, place } = useSandboxWindow({
  suite: 'batch',
  settings: { 'slipway.follow.requestsPerSecond': 20 },
});

async function addFleet(): Promise<void> {
  const { control } = place.sandbox;
  await control.foreign({ kind: 'fleet', clusters: CLUSTERS, nodegroupsEach: EACH });
  const failures = FAILURES.map(([path, errorCode]) => [
    path,
    [{ errorCode, errorMessage: `${errorCode} happened`, resourceIds: ['i-0f'] }],
  ]);
  await control.settings({ eks: { nextUpdateFails: Object.fromEntries(failures) } });
}

async function fleet() {
  const { eksClusters } = await place.sandbox.control.state();
  return eksClusters.filter(({ name }) => name.startsWith('fleet-'));
}

/** What the sandbox has counted: updates that it took, those that run, and node groups that are where they should be. */
async function counted() {
  const groups = (await fleet()).flatMap(({ nodegroups }) => nodegroups);
  return {
    begun: groups.reduce((sum, { updates }) => sum + updates.length, 0),
    running: groups.filter(({ status }) => status === 'UPDATING').length,
    updated: groups.filter(({ version }) => version === '1.33').length,
  };
}

/** The batch in the Operations view. */
const row = (words: string) => window().tree.row(LABEL).filter({ hasText: words });

variation('forty node groups go on after failures, and after a crash only by a click', async () => {
  const { page, quick, tree } = window();
  const { control } = place.sandbox;
  await addFleet();
  await window().openView('Slipway');
  await click(page.getByRole('button', { name: 'Try It in the Sandbox' }));
  await click(tree.row('fleet-001'), { modifiers: ['Control'] });
  await click(tree.row('fleet-005'), { modifiers: ['Shift'] });
  await tree.menu('fleet-003', 'Update Several Node Groups…');
  await quick.asks('Choose the node groups to update');
  await quick.press('OK');
  await quick.pick("The control plane's version");
  await quick.pick('Respect disruption budgets');
  await quick.asks('How the updates run');
  await quick.pick('At once');
  await quick.pick('Type how many…');
  await quick.asks('How many at once, in all');
  await quick.type(String(AT_ONCE));
  await quick.accept();
  await quick.asks('How many at once in each cluster');
  await quick.type(String(IN_EACH_CLUSTER));
  await quick.accept();
  await quick.pick('After a failure');
  // The list before it holds "Go on with these".
  await quick.asks('Choose what happens after one has failed');
  await quick.pick('Go on');
  await quick.row('go on after a failure').waitFor();
  await quick.pick('Go on with these');
  await quick.asks(`Update ${LABEL}? Nothing has been sent yet.`);
  await window().shot('review');
  await quick.pick(`Update ${LABEL}`);
  await expect.poll(counted).toEqual({ begun: 20, running: 20, updated: 0 });
  await row('0 of 40 done, 20 running').waitFor();
  await window().shot('before-the-crash');

  // Nothing ends before the extension host is gone: it would begin the next one for it.
  await killHost(window());
  await control.advance(A_WHILE);
  await window().openView('Slipway');
  const waiting = window().toast('The rest (20) waits for your click');
  await waiting.hover();
  await row('19 of 40 done, 1 failed · interrupted, waits for your click').waitFor();
  await window().statusBar(`${LABEL} waiting for you`).waitFor();
  await window().shot('waiting');
  expect(await counted()).toEqual({ begun: 20, running: 0, updated: 19 });

  await click(waiting.getByRole('button', { name: 'Go On' }));
  await expect.poll(counted).toEqual({ begun: 40, running: 20, updated: 19 });
  await control.advance(A_WHILE);
  const ended = window().toast(`${LABEL}: ended with 38 of 40 done, 2 failed.`);
  await ended.hover();
  await row('38 of 40 done, 2 failed').waitFor();
  await window().shot('ended');
  const said = await ended.textContent();
  for (const [path, , explanation] of FAILURES) {
    expect(said).toContain(path.replace('/', ' / '));
    expect(said).toContain(explanation);
  }
  expect(await page.locator('.notifications-toasts .notification-list-item').count()).toBe(1);

  const { peakNodegroupUpdates } = await control.state();
  expect(await counted()).toEqual({ begun: 40, running: 0, updated: 38 });
  expect(peakNodegroupUpdates).toBe(AT_ONCE);
  for (const cluster of await fleet()) expect(cluster.peakNodegroupUpdates).toBe(IN_EACH_CLUSTER);

  await click(ended.getByRole('button', { name: 'Try the Rest Again…' }));
  await quick.asks('Choose where to bring them');
  await quick.cancel();
  await tree.act(LABEL, 'Show Operation Details');
  const { document } = window();
  for (const [, , explanation] of FAILURES) await document.getByText(explanation).waitFor();
  await window().shot('details');
});
