/** "Compare Workspace with What Runs…": the files that a deployment would change, in the diff editor. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KnownChanges } from '../../deploy/plan/changes';
import type { FolderSource } from '../../deploy/plan/input';
import { failureOf } from '../../model/failure';
import { comparisonTitle, sameCodeWords } from '../../view/messages/comparison';
import { refuse } from '../../view/messages/refusals/commands';
import { withProgress } from '../../view/progress';
import type { ResourceNode } from '../../view/resources/node';
import { BACK, type Choice, LEFT } from '../../view/wizard/prompts';
import { runWizard, wizard } from '../../view/wizard/wizard';
import { question, type WizardStep } from '../../view/wizard/wizard-steps';
import { requireTrust } from '../trust';
import type { DeployDeps } from './deploy';
import { countOfChanges, showChanges, sideOf } from './diffs';
import { knownTarget, leadsTo, type PickedTarget, targetSteps, titleWith } from './picked-target';
import { packRequestOf, planProgressWords } from './plan';
import { inputWithoutGit } from './targets/target-input';
import {
  readWorkspaceTargets,
  targetLabel,
  usableTargets,
  type WorkspaceTarget,
} from './targets/workspace-targets';
import type { CodeZips } from './zips';

export interface CompareDeps extends DeployDeps {
  readonly zips: CodeZips;
}

interface CompareAnswers extends PickedTarget {
  readonly source: FolderSource;
}

export async function compareWithDeployed(node: ResourceNode | undefined, deps: CompareDeps): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(targetSteps(deps, knownTarget(node)))
    .and(sourceStep(usableTargets(await readWorkspaceTargets()), deps));
  const title = titleWith(l10n.t('Compare Workspace with What Runs'), (place) =>
    l10n.t('Compare Workspace with {0}', { 0: place }),
  );
  const answers = await runWizard(title, steps, {}, deps.prompts);
  if (!answers) return;
  const { seen } = answers;
  const { label } = seen;
  const changes = await withProgress(l10n.t('Comparing with {0}', { 0: label }), (stop, report) =>
    changesOf(answers, deps, stop, report),
  );
  const { code } = seen.configuration;
  if (code === undefined) return;
  if (countOfChanges(changes) === 0) {
    await deps.notify.succeeded(sameCodeWords(seen, changes.unchanged));
    return;
  }
  const { connection, source } = answers;
  await showChanges(
    {
      title: comparisonTitle(seen),
      changes,
      before: { kind: 'zip', connection, at: code },
      after: sideOf(source, connection),
    },
    deps.documents,
  );
}

async function changesOf(
  { connection, seen, source }: CompareAnswers,
  { zips, packer, notify }: CompareDeps,
  signal: AbortSignal,
  report: (message: string) => void,
): Promise<KnownChanges> {
  const { label, configuration } = seen;
  const { code } = configuration;
  if (code === undefined) throw refuse('no-deployed-code', { cluster: label });
  const { manifest } = await packer.scan(source.request, signal, (progress) =>
    report(planProgressWords({ step: 'scanning', progress })),
  );
  report(planProgressWords({ step: 'comparing' }));
  const opened = await zips.of(connection);
  try {
    return await opened.compareWithFolder(code, manifest, signal);
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'aws' && failure.kind !== 'refused') throw thrown;
    throw refuse('deployed-code-unreadable', { cluster: label, why: notify.words(failure) }, thrown);
  }
}

/**
 * Asks which files to compare: those of a target that deploys to the chosen cluster or workload, or those
 * of a workspace folder. Does not ask if there is only one choice.
 */
function sourceStep(
  targets: readonly WorkspaceTarget[],
  deps: CompareDeps,
): WizardStep<PickedTarget, Pick<CompareAnswers, 'source'>> {
  return question(async ({ connection, kind, path }, { prompts, heading }) => {
    const fitting = targets.filter(({ target }) => leadsTo(target, { connection, kind, path }));
    const choices: readonly Choice<() => Promise<FolderSource>>[] = [
      ...fitting.map((target) => ({
        value: async () => (await inputWithoutGit(target, deps, new AbortController().signal)).source,
        label: targetLabel(target),
        description: l10n.t('as the target says'),
        icon: 'target',
      })),
      ...(vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
        value: async (): Promise<FolderSource> => ({
          kind: 'folder',
          request: packRequestOf(uri.toString(), deps.cacheFolder),
        }),
        label: name,
        description: uri.fsPath,
        icon: 'folder',
      })),
    ];
    const [only] = choices;
    const chosen =
      choices.length === 1 && only !== undefined
        ? only.value
        : await prompts.pick(heading, {
            placeholder: l10n.t('Choose what to compare with the deployed code'),
            choices,
            empty: l10n.t('Open a folder first'),
          });
    return chosen === BACK || chosen === LEFT ? chosen : { source: await chosen() };
  });
}
