/** Makes a window that a test has used ready for the next one. */
import { rmSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { forgetAtNextStart, type Settings } from './installed';
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

/**
 * Ends Slipway with its whole extension host, takes away all that it has stored on disk, and waits for the host that VS
 * Code starts in its place.
 */
export async function restartIn(
  workbench: Workbench,
  { meanwhile, reload, forgetting }: Restart,
): Promise<void> {
  await tidy(workbench.page);
  const before = workbench.extensionHosts();
  // Stopped, it can write nothing more, and VS Code does not miss it yet.
  for (const pid of before) process.kill(pid, 'SIGSTOP');
  rmSync(workbench.storage, { recursive: true, force: true });
  if (forgetting) {
    forgetAtNextStart(workbench.storage, forgetting.settings);
    workbench.remembersSandbox = false;
  }
  await meanwhile();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  if (reload) await workbench.reload();
  await anotherHost(workbench, before);
  await tidy(workbench.page);
}

/** VS Code starts one by itself, and only by a click once several have gone in a short time. */
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
