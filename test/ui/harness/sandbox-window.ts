/** A window on a folder of its own, with a sandbox that Slipway finds running; tests share both. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start';
import { useWorkbench } from './use-workbench';
import type { Workbench, WorkbenchOptions } from './workbench';

export interface SandboxWindowOptions extends Pick<WorkbenchOptions, 'suite' | 'settings' | 'trust' | 'git'> {
  /** Writes into the folder what each test finds there. Absent: the folder is empty. */
  readonly fill?: (folder: string) => void;
}

/** What the tests of a file, and of files whose windows are of the same kind, have together, as long as none fails. */
export interface Place {
  readonly sandbox: TestSandbox;
  readonly folder: string;
}

/**
 * Each test finds the sandbox seeded anew, and the folder as `fill` leaves it. The sandbox's clock alone goes on.
 * @returns `place` is there while a test runs.
 */
export function useSandboxWindow({ fill, ...options }: SandboxWindowOptions): {
  readonly window: () => Workbench;
  readonly place: Place;
} {
  const place = {} as { -readonly [K in keyof Place]: Place[K] };
  const window = useWorkbench({
    options: async () => {
      place.sandbox = await startTestSandbox();
      place.folder = mkdtempSync(join(tmpdir(), 'equities-'));
      fill?.(place.folder);
      return { ...options, sandbox: place.sandbox, workspace: place.folder };
    },
    sharing: {
      suite: options.suite,
      kind: JSON.stringify([options.settings, options.trust, options.git]),
      place: () => place,
      takeOver: (given) => Object.assign(place, given),
      prepareAgain: async () => {
        await place.sandbox.control.reset();
        for (const name of readdirSync(place.folder)) rmSync(join(place.folder, name), { recursive: true });
        fill?.(place.folder);
      },
    },
    release: async () => {
      await place.sandbox.stop();
      rmSync(place.folder, { recursive: true, force: true });
    },
  });
  return { window, place };
}
