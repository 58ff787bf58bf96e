/** Makes a window that a test has used ready for the next one. */
import { rmSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { Restartable, type Settings } from './restartable';
import { tidy } from './tidy';
import type { Workbench } from './workbench';

interface Restart {
  /** Called while nothing of Slipway runs. */
  readonly meanwhile: () => Promise<void>;
  /** Whether the page is loaded anew, too. */
  readonly reload: boolean;
  /** Where what VS Code keeps of Slipway goes, too, as when it is used for the first time: the settings that change. */
  readonly forgetting?: { readonly settings: Settings };
}

/** Ends Slipway, takes away all that it has stored on disk, and starts it again. */
export async function restartIn(workbench: Workbench, restart: Restart): Promise<void> {
  const { forgetting } = restart;
  await tidy(workbench.page);
  if (forgetting) workbench.remembersSandbox = false;
  const slipway = new Restartable(workbench.storage);
  const isThere = workbench.extensionHosts().includes(slipway.host() ?? 0);
  if (isThere && !restart.reload) return restartInItsHost(workbench, slipway, restart);
  await restartHost(workbench, slipway, restart);
  await tidy(workbench.page);
}

async function restartInItsHost(
  { storage }: Workbench,
  slipway: Restartable,
  { meanwhile, forgetting }: Restart,
): Promise<void> {
  await slipway.does({ act: 'stop' });
  rmSync(storage, { recursive: true, force: true });
  await meanwhile();
  await slipway.does({ act: 'start', ...(forgetting && { changed: forgetting.settings }) });
}

/** Ends Slipway with its whole extension host, and waits for Slipway in the host that VS Code starts in its place. */
async function restartHost(
  workbench: Workbench,
  slipway: Restartable,
  { meanwhile, reload, forgetting }: Restart,
): Promise<void> {
  const before = workbench.extensionHosts();
  // Stopped, it can write nothing more, and VS Code does not miss it yet.
  for (const pid of before) process.kill(pid, 'SIGSTOP');
  rmSync(workbench.storage, { recursive: true, force: true });
  const id = slipway.ask({ act: 'start', ...(forgetting && { changed: forgetting.settings }) });
  await meanwhile();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  if (reload) await workbench.reload();
  await anotherHost(workbench, before);
  await slipway.answered(id, 60_000);
}

/**
 * Kills the extension host, as a crash does, and waits for the one that VS Code starts in its place.
 * @param meanwhile What happens while nothing of Slipway runs.
 */
export async function killHost(
  workbench: Workbench,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const hosts = workbench.extensionHosts();
  expect(hosts.length).toBeGreaterThan(0);
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await meanwhile();
  await anotherHost(workbench, hosts);
}

/**
 * Waits for the extension host that VS Code starts in the place of a killed one: by itself, and only by a click once several
 * have gone in a short time.
 */
async function anotherHost(workbench: Workbench, before: readonly number[]): Promise<void> {
  const offer = workbench.toast('terminated unexpectedly').getByRole('button', { name: /^Restart/ });
  await vi.waitFor(
    async () => {
      if (await offer.isVisible()) await offer.click();
      const others = workbench.extensionHosts().filter((pid) => !before.includes(pid));
      expect(others, 'VS Code started no other extension host').not.toEqual([]);
    },
    { timeout: 60_000, interval: 200 },
  );
}
