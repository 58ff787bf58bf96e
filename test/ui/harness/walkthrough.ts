/** A window on the sample with a sandbox and a profile that leads to it, and the walkthrough in it. */
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { useSandboxWindow } from './sandbox-window';

const SAMPLE = resolve(import.meta.dirname, '../../../sample/q-workspace');
export const STEPS = {
  sandbox: 'Open the sandbox',
  deploy: 'Deploy code for the first time',
  rollBack: 'Compare, and roll back',
  nodegroup: 'Update a node group',
  workload: 'Deploy code on Kubernetes',
  profile: 'Use your own account',
} as const;
export type Step = keyof typeof STEPS;

/**
 * @param suite Names the pictures' folder.
 * @param isFirstUse Whether steps can be checked off in each test, and not in the first of the window alone.
 */
export function useWalkthrough(suite: string, isFirstUse: boolean) {
  const { window, place } = useSandboxWindow({
    suite,
    isFirstUse,
    fill: (folder, { aws, sandbox: { url, credentials } }) => {
      cpSync(SAMPLE, folder, { recursive: true });
      const profile = `[profile research]\nregion = us-east-1\nendpoint_url = ${url}\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}\n`;
      writeFileSync(join(aws, 'config'), profile);
    },
  });

  function step(name: Step): Locator {
    return window().page.locator('.getting-started-step').filter({ hasText: STEPS[name] });
  }

  /** Which steps are checked off; the walkthrough is an editor that may be behind others. */
  async function done(): Promise<readonly Step[]> {
    const names = Object.keys(STEPS) as readonly Step[];
    const checked = await Promise.all(
      names.map(async (name) => (await step(name).locator('[role=checkbox][aria-checked=true]').count()) > 0),
    );
    return names.filter((_, at) => checked[at]);
  }

  /** Shows the walkthrough where something else shows, opens a step, and keeps a picture of it once these steps are checked off. */
  async function shows(name: Step, ...steps: readonly Step[]): Promise<void> {
    if (!(await step(name).isVisible())) await window().palette('Slipway: Open Walkthrough');
    await step(name).waitFor();
    await expect.poll(done).toEqual(steps);
    if (!(await step(name).getAttribute('class'))?.includes('expanded')) await step(name).click();
    await window().page.mouse.move(500, 880);
    await window().shot(
      `${Object.keys(STEPS).indexOf(name) + 1}-${name}-${steps.includes(name) ? 'done' : 'open'}`,
    );
  }

  return { window, place, step, done, shows };
}
