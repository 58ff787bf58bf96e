/** A window on a folder of its own, with a sandbox that Slipway finds running; tests share both. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start';
import { useWorkbench } from './use-workbench';
import type { Workbench, WorkbenchOptions } from './workbench';

export interface SandboxWindowOptions extends Pick<WorkbenchOptions, 'suite' | 'settings' | 'trust'> {
  /** Writes what each test finds in the folder, and in that of the AWS files. Absent: both are empty. */
  readonly fill?: (folder: string, place: Place) => void;
  /** Whether each test finds what a first use finds. Default: the first of the file alone. */
  readonly isFirstUse?: boolean;
}

/** What the tests of a file, and of files whose windows are of the same kind, have together, as long as none fails. */
export interface Place {
  readonly sandbox: TestSandbox;
  readonly folder: string;
  /** Holds `config` and `credentials` of AWS, and programs in `bin`. */
  readonly aws: string;
}

/**
 * Each test finds the sandbox seeded anew, and the folders as `fill` leaves them. The sandbox's clock alone goes on.
 * @returns `place` is there while a test runs.
 */
export function useSandboxWindow({ fill, isFirstUse = false, ...options }: SandboxWindowOptions): {
  readonly window: () => Workbench;
  readonly place: Place;
} {
  const place = {} as { -readonly [K in keyof Place]: Place[K] };
  const window = useWorkbench({
    options: async () => {
      place.sandbox = await startTestSandbox();
      place.folder = mkdtempSync(join(tmpdir(), 'equities-'));
      place.aws = mkdtempSync(join(tmpdir(), 'slipway-aws-'));
      fill?.(place.folder, place);
      return { ...options, sandbox: place.sandbox, workspace: place.folder, env: environment(place) };
    },
    sharing: {
      suite: options.suite,
      kind: options.trust ? 'asks for trust' : 'trusts',
      place: () => place,
      takeOver: (given) => Object.assign(place, given),
      settings: options.settings ?? {},
      prepareAgain: async () => {
        await place.sandbox.control.reset();
        empty(place.folder);
        empty(place.aws);
        fill?.(place.folder, place);
      },
      isFirstUse,
    },
    release: async () => {
      await place.sandbox.stop();
      rmSync(place.folder, { recursive: true, force: true });
      rmSync(place.aws, { recursive: true, force: true });
    },
  });
  return { window, place };
}

function environment({ aws }: Place): NodeJS.ProcessEnv {
  return {
    // With it VS Code takes this PATH for terminals, too, and not that of a login shell.
    VSCODE_CLI: '1',
    PATH: [join(aws, 'bin'), process.env['PATH']].join(delimiter),
    AWS_CONFIG_FILE: join(aws, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(aws, 'credentials'),
  };
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}
