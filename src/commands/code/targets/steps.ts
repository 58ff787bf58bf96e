/** The questions about targets: which one, whether it may be acted on, and what has to succeed before it. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { TARGETS_FILE } from '../../../deploy/targets/parse';
import type { TargetProblem } from '../../../deploy/targets/problem';
import type { Target } from '../../../deploy/targets/target';
import { type Answer, BACK, type Choice, LEFT } from '../../../view/wizard/prompts';
import { type Ask, into, type WizardStep } from '../../../view/wizard/wizard';
import { targetProblemWords } from '../../../view/words/targets';
import type { ConfirmedTargets } from './confirmed';
import type { PreDeployTasks } from './pre-deploy';
import { type FolderTargets, targetLabel, targetsFileOf, type WorkspaceTarget } from './workspace-targets';

export interface TargetAnswers {
  /** Undefined: every answer is asked for. */
  readonly target: WorkspaceTarget | undefined;
  readonly confirmed: true;
  readonly prepared: true;
}

/** A target that cannot be used is shown all the same: it opens the file. */
type Picked = WorkspaceTarget | { readonly problems: FolderTargets } | undefined;

/** @param withoutTarget the last choice, for going on without any. */
export function targetStep<S extends Pick<TargetAnswers, 'target'>>(
  folders: readonly FolderTargets[],
  withoutTarget: { readonly label: string } | undefined,
): WizardStep<S> {
  return {
    key: 'target',
    when: () => folders.some(({ file }) => file.entries.length + file.problems.length > 0),
    ask: async (_state, { prompts, heading }) => {
      const picked = await prompts.pick<{ readonly of: Picked }>(heading, {
        placeholder: l10n.t('Choose a target'),
        choices: [
          ...folders.flatMap(targetChoices),
          ...(withoutTarget === undefined
            ? []
            : [{ value: { of: undefined }, icon: 'ellipsis', always: true, ...withoutTarget }]),
        ],
      });
      if (picked === BACK || picked === LEFT) return picked;
      if (picked.of !== undefined && 'problems' in picked.of) {
        await vscode.window.showTextDocument(targetsFileOf(picked.of.problems.folder));
        return LEFT;
      }
      return { target: picked.of } as Partial<S>;
    },
  };
}

function targetChoices(of: FolderTargets): readonly Choice<{ readonly of: Picked }>[] {
  const { folder, file } = of;
  // The first one counts.
  const problemOf = new Map(file.problems.map((problem) => [problem.target, problem] as const).toReversed());
  const [first] = file.problems;
  // A file that is not read at all is said to be there.
  if (file.entries.length === 0) return first === undefined ? [] : [unusable(of, TARGETS_FILE, first)];
  return file.entries.map(({ name, target }) => {
    if (target === undefined) return unusable(of, name, problemOf.get(name) ?? first);
    const place = target.connection.kind === 'sandbox' ? l10n.t('sandbox') : target.connection.accountId;
    return {
      value: { of: { folder, target } },
      label: targetLabel({ folder, target }),
      description: [place, target.environment, target.cluster].join(' · '),
      ...(target.protected && { detail: l10n.t('protected') }),
      icon: target.protected ? 'shield' : 'target',
    };
  });
}

function unusable(
  problems: FolderTargets,
  label: string,
  problem: TargetProblem | undefined,
): Choice<{ readonly of: Picked }> {
  return {
    value: { of: { problems } },
    label,
    description: l10n.t('cannot be used: opens slipway.json'),
    ...(problem && { detail: targetProblemWords(problem) }),
    icon: 'error',
  };
}

/** Asks once on each machine, and again when more would be uploaded, or to another place. */
export function confirmStep<S extends Pick<TargetAnswers, 'target' | 'confirmed'>>(
  confirmed: ConfirmedTargets,
): WizardStep<S> {
  return {
    key: 'confirmed',
    when: ({ target }) => target !== undefined && !confirmed.has(target),
    ask: async ({ target }, ask) =>
      target === undefined
        ? {}
        : into(await askConfirmed(target, confirmed, ask), () => ({ confirmed: true }) as Partial<S>),
  };
}

/** Asks whether a target may be acted on, and remembers it. */
export async function askConfirmed(
  target: WorkspaceTarget,
  confirmed: ConfirmedTargets,
  { prompts, heading }: Ask,
): Promise<Answer<true>> {
  const { name, connection, environment, cluster, bucket, prefix } = target.target;
  const place =
    connection.kind === 'sandbox'
      ? l10n.t('in the sandbox')
      : l10n.t('in the account {0}, {1}', { 0: connection.accountId, 1: connection.region });
  const changes = confirmed.changes(target);
  const answer = await prompts.pick<true>(heading, {
    placeholder:
      changes.length === 0
        ? l10n.t('The target {0} is used on this machine for the first time. Use it?', { 0: name })
        : l10n.t('The target {0} holds what you have not agreed to: {1}. Use it?', {
            0: name,
            1: changes.join(', '),
          }),
    choices: [
      {
        value: true,
        label: l10n.t('Use this target'),
        description: place,
        detail: [
          `${environment} / ${cluster}`,
          `s3://${[bucket, prefix].filter(Boolean).join('/')}`,
          ...membersShown(target, changes.length === 0 ? ALSO_SHOWN : changes),
        ].join(' · '),
        icon: 'verified',
      },
    ],
  });
  if (answer === true) await confirmed.add(target);
  return answer;
}

/** What decides which files go there, and what runs before. */
const ALSO_SHOWN = ['root', 'include', 'preDeploy'] as const;
const SHOWN_ABOVE: ReadonlySet<keyof Target> = new Set([
  'connection',
  'environment',
  'cluster',
  'bucket',
  'prefix',
]);

/** Members of the target as they stand in `slipway.json`. */
function membersShown({ target }: WorkspaceTarget, names: readonly (keyof Target)[]): readonly string[] {
  return names
    .filter((name) => !SHOWN_ABOVE.has(name) && target[name] !== undefined)
    .map((name) => `${name}: ${JSON.stringify(target[name])}`);
}

export function prepareStep<S extends Pick<TargetAnswers, 'target' | 'prepared'>>(
  tasks: PreDeployTasks,
): WizardStep<S> {
  return {
    key: 'prepared',
    when: ({ target }) => target?.target.preDeploy !== undefined,
    words: l10n.t('Running the task that has to succeed first…'),
    read: async ({ target }, signal) => {
      const task = target?.target.preDeploy;
      if (target !== undefined && task !== undefined) await tasks.run(task, target.folder, signal);
      return { prepared: true } as Partial<S>;
    },
  };
}
