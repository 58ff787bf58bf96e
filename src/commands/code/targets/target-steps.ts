/**
 * The steps about targets: which target to use, whether Slipway may act on it, and the run of the target's
 * task.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { TARGETS_FILE } from '../../../deploy/targets/parse';
import type { TargetProblem } from '../../../deploy/targets/problem';
import { ownMembers } from '../../../deploy/targets/target';
import { targetProblemWords } from '../../../view/messages/targets';
import { type Answer, BACK, type Choice, LEFT } from '../../../view/wizard/prompts';
import {
  type Ask,
  answered,
  question,
  reading,
  unlessKnown,
  type WizardStep,
} from '../../../view/wizard/wizard-steps';
import type { ConfirmedTargets } from './confirmed';
import type { PreDeployTasks } from './pre-deploy';
import { type FolderTargets, targetLabel, targetsFileOf, type WorkspaceTarget } from './workspace-targets';

export interface TargetAnswers {
  /** Undefined: the user goes on without a target, and every answer is asked for. */
  readonly target: WorkspaceTarget | undefined;
}

/** A target; an unusable target, whose row opens `slipway.json`; or undefined, to go on without a target. */
type Picked = WorkspaceTarget | UnusableTarget | undefined;

export interface UnusableTarget {
  readonly problems: FolderTargets;
}

/**
 * Asks which target to use; skipped where there are no targets.
 * @param withoutTarget the last row of the list, with which the user goes on without a target
 */
export function targetStep(
  folders: readonly FolderTargets[],
  withoutTarget: { readonly label: string },
): WizardStep<object, TargetAnswers> {
  const isAny = folders.some(({ file }) => file.entries.length + file.problems.length > 0);
  const step = question<object, TargetAnswers>(async (_answers, { prompts, heading }) => {
    const picked = await prompts.pick<{ readonly of: Picked }>(heading, {
      placeholder: l10n.t('Choose a target'),
      choices: [
        ...targetRows(folders),
        { value: { of: undefined }, icon: 'ellipsis', always: true, ...withoutTarget },
      ],
    });
    if (picked === BACK || picked === LEFT) return picked;
    if (picked.of !== undefined && 'problems' in picked.of) {
      await openTargetsFile(picked.of);
      return LEFT;
    }
    return { target: picked.of };
  });
  return unlessKnown(isAny ? undefined : { target: undefined }, step);
}

/** Rows of all targets, including those that cannot be used. */
export function targetRows(
  folders: readonly FolderTargets[],
): readonly Choice<{ readonly of: WorkspaceTarget | UnusableTarget }>[] {
  return folders.flatMap(targetChoices);
}

export async function openTargetsFile({ problems }: UnusableTarget): Promise<void> {
  await vscode.window.showTextDocument(targetsFileOf(problems.folder));
}

function targetChoices(
  of: FolderTargets,
): readonly Choice<{ readonly of: WorkspaceTarget | UnusableTarget }>[] {
  const { folder, file } = of;
  // Only the first problem of a target is shown.
  const problemOf = new Map(file.problems.map((problem) => [problem.target, problem] as const).toReversed());
  const [first] = file.problems;
  // A file that has problems but no readable target also gets a row.
  if (file.entries.length === 0) return first === undefined ? [] : [unusable(of, TARGETS_FILE, first)];
  return file.entries.map(({ name, target }) => {
    if (target === undefined) return unusable(of, name, problemOf.get(name) ?? first);
    const place = target.connection.kind === 'sandbox' ? l10n.t('sandbox') : target.connection.accountId;
    return {
      value: { of: { folder, target } },
      label: targetLabel({ folder, target }),
      description: [place, ...target.path].join(' · '),
      ...(target.protected && { detail: l10n.t('protected') }),
      icon: target.protected ? 'shield' : 'target',
    };
  });
}

function unusable(
  problems: FolderTargets,
  label: string,
  problem: TargetProblem | undefined,
): Choice<{ readonly of: UnusableTarget }> {
  return {
    value: { of: { problems } },
    label,
    description: l10n.t('cannot be used: opens slipway.json'),
    ...(problem && { detail: targetProblemWords(problem) }),
    icon: 'error',
  };
}

/**
 * Asks once on each machine whether Slipway may use a target, and again after a change that needs a new
 * agreement, such as more files or another place. Going back to this step asks again.
 */
export function confirmStep(
  targets: readonly WorkspaceTarget[],
  confirmed: ConfirmedTargets,
): WizardStep<object, object> {
  const open = targets
    .filter((target) => !confirmed.has(target))
    .map((target) => ({ target, changes: confirmed.changes(target) }));
  if (open.length === 0) return answered({});
  return question(async (_answers, ask) => {
    for (const { target, changes } of open) {
      const answer = await askConfirmed(target, changes, ask);
      if (answer !== true) return answer;
      await confirmed.add(target);
    }
    return {};
  });
}

/** Asks whether Slipway may use a target. @param changes members that the user has to agree to again */
function askConfirmed(
  target: WorkspaceTarget,
  changes: ReturnType<ConfirmedTargets['changes']>,
  { prompts, heading }: Ask,
): Promise<Answer<true>> {
  const { name, connection, path, bucket, prefix } = target.target;
  const place =
    connection.kind === 'sandbox'
      ? l10n.t('in the sandbox')
      : l10n.t('in the account {0}, {1}', { 0: connection.accountId, 1: connection.region });
  return prompts.pick<true>(heading, {
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
          path.join(' / '),
          `s3://${[bucket, prefix].filter(Boolean).join('/')}`,
          ...membersShown(target, changes.length === 0 ? ALSO_SHOWN : changes),
        ].join(' · '),
        icon: 'verified',
      },
    ],
  });
}

/**
 * Members that the first question about a target also shows, since they decide which files are uploaded and
 * which task runs before the deployment.
 */
const ALSO_SHOWN = ['root', 'include', 'preDeploy'] as const;
const SHOWN_ABOVE: ReadonlySet<string> = new Set(['connection', 'bucket', 'prefix']);

/**
 * The named members as texts `name: value`, without absent ones and without those that the question shows
 * anyway.
 */
function membersShown({ target }: WorkspaceTarget, names: readonly string[]): readonly string[] {
  const own = ownMembers(target);
  const members: Readonly<Record<string, unknown>> = { ...target, kind: target.kind.id };
  return names
    .filter((name) => !SHOWN_ABOVE.has(name) && !(name in own) && members[name] !== undefined)
    .map((name) => `${name}: ${JSON.stringify(members[name])}`);
}

/** Runs the task of each target that has one; a task that several targets share runs once. */
export function prepareStep(
  targets: readonly WorkspaceTarget[],
  tasks: PreDeployTasks,
): WizardStep<object, object> {
  const named = targets.flatMap(({ folder, target: { preDeploy } }) =>
    preDeploy === undefined ? [] : [[`${folder.uri} ${preDeploy}`, { folder, preDeploy }] as const],
  );
  if (named.length === 0) return answered({});
  return reading(l10n.t('Running the task that has to succeed first…'), async (_answers, signal) => {
    for (const { folder, preDeploy } of new Map(named).values()) {
      await tasks.run(preDeploy, folder, signal);
    }
    return {};
  });
}
