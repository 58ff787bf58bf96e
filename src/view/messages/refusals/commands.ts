/** The refusals of commands: a sentence for each, and what to do. */
import * as l10n from '@vscode/l10n';
import type { CodedOf, NoFacts } from '../../../model/coded';
import { refusalsOf } from '../../../model/failure';
import type { Sentences } from '../sentences';

interface OfCluster {
  readonly cluster: string;
}

export interface CommandRefusals {
  'workspace-not-trusted': NoFacts;
  /** Without account and region, the target belongs to the sandbox. */
  'no-connection': { readonly account?: string; readonly region?: string };
  'no-such-connection': { readonly connection: string };
  /** `found`: the account of the credentials; `account`: the account of the operation. */
  'other-account': { readonly account: string; readonly found: string };
  'target-not-here': { readonly target: string; readonly root: string };
  'not-savable': { readonly label: string };
  'zip-not-savable': { readonly label: string };
  'target-not-written': { readonly target: string; readonly file: string };
  'task-missing': { readonly task: string };
  /** `part`: the task that failed, if it is not `task` itself but one of the tasks that `task` depends on. */
  'task-failed': { readonly task: string; readonly exitCode?: number; readonly part?: string };
  'task-not-started': { readonly task: string; readonly seconds: number };
  'unsaved-files': { readonly files: readonly string[]; readonly task: string };
  'no-deployed-code': OfCluster;
  'deployed-code-unreadable': OfCluster & { readonly why: string };
  'nothing-before': OfCluster;
  'no-log-group': OfCluster & { readonly group: string };
  'pod-is-gone': { readonly pod: string };
  'no-row-starter': { readonly kind: string };
  /** `command`: the command line that ended with `exitCode`. */
  'login-failed': { readonly command: string; readonly exitCode: number };
  'several-connections': NoFacts;
  'row-read-anew': NoFacts;
  'no-update-running': NoFacts;
  'running-update-not-found': { readonly notRead: number };
}

export const refuse = refusalsOf<CommandRefusals>();

export const commandRefusals: Sentences<CodedOf<CommandRefusals>> = {
  'workspace-not-trusted': () =>
    l10n.t('This workspace is not trusted, so Slipway changes nothing from here. Trust it first.'),
  'no-connection': (f) =>
    f.account === undefined
      ? l10n.t('The target is for the sandbox, and there is none yet. Run "Try It in the Sandbox" first.')
      : l10n.t('No connection leads to the account {0} in {1}. Add a profile for it in the Slipway view.', {
          0: f.account,
          1: f.region ?? '',
        }),
  'no-such-connection': (f) =>
    l10n.t('The connection {0} cannot be used any more. Add it again in the Slipway view.', {
      0: f.connection,
    }),
  'other-account': (f) =>
    l10n.t(
      'The update runs in the account {0}, and the credentials belong to {1} now, so AWS was not asked about it. Log in to {0} again; if the profile was changed, change it back and reload the window.',
      { 0: f.account, 1: f.found },
    ),
  'target-not-here': (f) =>
    l10n.t(
      'This was deployed by the target {0}, which is not in slipway.json any more, or not in this window. Open {1}, or run "Deploy Code…".',
      { 0: f.target, 1: f.root },
    ),
  'not-savable': (f) =>
    l10n.t(
      'The deployment to {0} is a target already, or its folder is not in this workspace. Open the folder first.',
      { 0: f.label },
    ),
  'zip-not-savable': (f) =>
    l10n.t(
      'What was deployed to {0} is a zip that was in S3 already, and a target deploys a folder. Run "Deploy Code…" with the folder, then save that deployment.',
      { 0: f.label },
    ),
  'target-not-written': (f) =>
    l10n.t(
      'VS Code did not save {0}, so the target "{1}" is not in it. See that the file can be written, and save the target again.',
      { 0: f.file, 1: f.target },
    ),
  'task-missing': (f) =>
    l10n.t('There is no task "{0}", which has to succeed before the target is deployed.', {
      0: f.task,
    }),
  'task-failed': (f) =>
    f.part === undefined
      ? l10n.t('The task "{0}" failed ({1}), so nothing was deployed. Its terminal says why.', {
          0: f.task,
          1: exitWords(f.exitCode),
        })
      : l10n.t(
          'The task "{0}" failed, since "{1}" failed ({2}), so nothing was deployed. The terminal of "{1}" says why.',
          { 0: f.task, 1: f.part, 2: exitWords(f.exitCode) },
        ),
  'task-not-started': (f) =>
    l10n.t(
      'For {1} s nothing of the task "{0}" ran, so nothing was deployed. It may wait for an answer, or use a variable that has no value, like the open file where none is open. The output "Tasks" of VS Code says more.',
      { 0: f.task, 1: f.seconds },
    ),
  'unsaved-files': (f) =>
    l10n.t(
      'VS Code would save {0}, finished or not, before the task "{1}" runs, so nothing was deployed. Save by hand first, or set task.saveBeforeRun to never.',
      { 0: someOf(f.files), 1: f.task },
    ),
  'no-deployed-code': (f) =>
    l10n.t('{0} has no code so far: there is nothing to compare with.', { 0: f.cluster }),
  'deployed-code-unreadable': (f) =>
    l10n.t('The code that runs on {0} cannot be read. {1}', { 0: f.cluster, 1: f.why }),
  'nothing-before': (f) =>
    l10n.t('{0} had no code before this deployment: there is nothing to roll back to.', {
      0: f.cluster,
    }),
  'no-log-group': (f) =>
    l10n.t('{0} has written no logs: there is no log group {1}.', {
      0: f.cluster,
      1: f.group,
    }),
  'pod-is-gone': (f) =>
    l10n.t('Pod {0} is gone already: another one may have its name. Nothing was deleted.', { 0: f.pod }),
  'no-row-starter': (f) =>
    l10n.t('This version of Slipway cannot begin operations of the kind {kind}.', {
      kind: f.kind,
    }),
  'row-read-anew': () =>
    l10n.t('The row was being read anew at the moment of your click. Nothing was done. Click again.'),
  'login-failed': (f) =>
    l10n.t('"{0}" ended with exit code {1}. Run it in a terminal to see why.', {
      0: f.command,
      1: f.exitCode,
    }),
  'several-connections': () =>
    l10n.t('The selected rows belong to several connections. Select rows of one connection.'),
  'no-update-running': () => l10n.t('EKS shows no running update any more. Refresh the row.'),
  'running-update-not-found': (f) =>
    l10n.t(
      'None of the updates that were read is running, and EKS lists {count} more, which were not read. Look at the node group in the AWS console.',
      { count: f.notRead },
    ),
};

function exitWords(exitCode: number | undefined): string | number {
  return exitCode ?? l10n.t('no exit code');
}

const NAMED = 3;

/** The names of the first few files, and the number of the others. */
function someOf(files: readonly string[]): string {
  if (files.length <= NAMED) return files.join(', ');
  return l10n.t('{0} and {1} more', { 0: files.slice(0, NAMED).join(', '), 1: files.length - NAMED });
}
