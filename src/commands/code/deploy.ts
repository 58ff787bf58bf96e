/** "Deploy Code…", "Plan Deployment…" and "Deploy Again…": ask, plan, show, run. */
import * as l10n from '@vscode/l10n';
import type { Operation } from '../../operations/operation';
import type { ConnectionStore } from '../../view/connection-store';
import type { ResourceNode } from '../../view/resources/node';
import type { Prompts } from '../../view/wizard/prompts';
import { runWizard, wizard } from '../../view/wizard/wizard';
import { answered, derived, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Picking } from '../pick/connection';
import { plannedBy } from '../target-kinds';
import { requireTrust } from '../trust';
import { againStep, repeatedInput, targetOfOperation } from './again';
import { configurationSteps } from './configuration-steps';
import type { SourceAnswers } from './deploy-answers';
import {
  type KnownTarget,
  knownTarget,
  leadsTo,
  type PickedTarget,
  rollBackTitle,
  type Titled,
  targetSteps,
  titleWith,
} from './picked-target';
import { planInputOf } from './plan';
import type { RememberedPrefixes } from './remembered';
import { planStep, type ReviewDeps, reviewStep, type ToPlan } from './review';
import { type DeployRunDeps, runDeployment } from './run-deployment';
import { scriptsOfSource, sourceSteps } from './source-steps';
import type { ConfirmedTargets } from './targets/confirmed';
import type { PreDeployTasks } from './targets/pre-deploy';
import { targetInput } from './targets/target-input';
import { confirmStep, prepareStep, targetStep } from './targets/target-steps';
import {
  type FolderTargets,
  readWorkspaceTargets,
  targetLabel,
  type WorkspaceTarget,
} from './targets/workspace-targets';

export interface DeployDeps extends ReviewDeps, DeployRunDeps {
  readonly store: ConnectionStore;
  readonly picking: Picking;
  readonly prompts: Prompts;
  readonly prefixes: RememberedPrefixes;
  readonly confirmed: ConfirmedTargets;
  readonly tasks: PreDeployTasks;
}

/** What is deployed where. Three alternatives say it: a target, an operation that is repeated, and answers. */
type Deployment = WizardStep<object, ToPlan & Titled>;

export async function deploy(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  requireTrust();
  const what = targetOrAnswers(await targetsAt(node), knownTarget(node), deps, (target) =>
    byTarget(target, deps),
  );
  await askAndRun(deployTitle(), what, deps);
}

/** Plans, and asks on the page of the plan at once: whoever only looks closes it. */
export async function showPlan(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  requireTrust();
  const what = targetOrAnswers(await targetsAt(node), knownTarget(node), deps, (target) =>
    wizard()
      .and(answered({ label: targetLabel(target) }))
      .and(confirmStep([target], deps.confirmed))
      .and(answered(ofTarget(target, deps))),
  );
  const title = titleWith(l10n.t('Plan Deployment'), (place) =>
    l10n.t('Plan Deployment to {0}', { 0: place }),
  );
  await askAndRun(title, what, deps, 'page');
}

/** Offers the targets of the workspace and what was deployed lately. */
export async function deployAgain(deps: DeployDeps): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(againStep(await readWorkspaceTargets(), deps.ledger.operations()))
    .branch<'again', ToPlan & Titled>(
      ['again'],
      ({ again }) =>
        again.kind === 'target' ? byTarget(again.target, deps) : byOperation(again.operation, deps),
      // Whether a target is agreed to.
      1,
    );
  await askAndRun(againTitle(), steps, deps);
}

/** Plans again what an operation deployed: by its target as it is now, or by what the ledger keeps of it. */
export async function deployRepeated(repeated: Operation, deps: DeployDeps): Promise<void> {
  requireTrust();
  const target = targetOfOperation(repeated, await readWorkspaceTargets());
  const isRollback = target === undefined && plannedBy(repeated)?.rollsBack === true;
  await askAndRun(
    isRollback ? rollBackTitle() : againTitle(),
    target === undefined ? byOperation(repeated, deps) : byTarget(target, deps),
    deps,
  );
}

function deployTitle(): AskedTitle {
  return titleWith(l10n.t('Deploy Code'), (place) => l10n.t('Deploy to {0}', { 0: place }));
}

function againTitle(): AskedTitle {
  return titleWith(l10n.t('Deploy Again'), (place) => l10n.t('Deploy Again to {0}', { 0: place }));
}

type AskedTitle = (soFar: Titled) => string;

async function askAndRun(
  title: AskedTitle,
  what: Deployment,
  deps: DeployDeps,
  first: 'list' | 'page' = 'list',
): Promise<void> {
  const steps = wizard().and(what).and(planStep(deps)).and(reviewStep(deps, first));
  const answers = await runWizard(title, steps, {}, deps.prompts);
  if (!answers) return;
  const { agreed } = answers;
  const { bucket, prefix } = agreed.input.destination;
  await deps.prefixes.remember(bucket, prefix);
  await runDeployment(agreed, deps);
}

/** @param take what a chosen target leads to. */
function targetOrAnswers(
  folders: readonly FolderTargets[],
  known: KnownTarget,
  deps: DeployDeps,
  take: (target: WorkspaceTarget) => Deployment,
): Deployment {
  const answers = byAnswers(known, deps);
  return wizard()
    .and(targetStep(folders, { label: l10n.t('Without a target…') }))
    .branch(['target'], ({ target }) => (target === undefined ? answers : take(target)), answers.ahead({}));
}

function byTarget(target: WorkspaceTarget, deps: DeployDeps): Deployment {
  return wizard()
    .and(answered({ label: targetLabel(target) }))
    .and(confirmStep([target], deps.confirmed))
    .and(prepareStep([target], deps.tasks))
    .and(answered(ofTarget(target, deps)));
}

function ofTarget(target: WorkspaceTarget, deps: DeployDeps): ToPlan {
  return { inputOf: (signal) => targetInput(target, deps, signal) };
}

function byOperation(operation: Operation, { cacheFolder }: DeployDeps): Deployment {
  const { label } = operation.subject;
  return answered({ label, inputOf: () => repeatedInput(operation, cacheFolder) });
}

function byAnswers(known: KnownTarget, deps: DeployDeps): Deployment {
  const { ports, prefixes, cacheFolder } = deps;
  return wizard()
    .and(targetSteps(deps, known))
    .and(sourceSteps(ports, (bucket) => prefixes.of(bucket)))
    .and(
      configurationSteps((answers: PickedTarget & SourceAnswers, signal) =>
        scriptsOfSource(answers, ports, signal),
      ),
    )
    .and(derived((answers) => ({ inputOf: () => planInputOf(answers, cacheFolder) })));
}

/** The targets that lead to the thing of a row; all without a row. */
async function targetsAt(node: ResourceNode | undefined): Promise<readonly FolderTargets[]> {
  const folders = await readWorkspaceTargets();
  if (node === undefined) return folders;
  const { kind, within } = knownTarget(node);
  return folders.map(({ folder, file }) => ({
    folder,
    file: {
      // Those of other targets say nothing here; those that leave no target at all do.
      problems: file.entries.length === 0 ? file.problems : [],
      entries: file.entries.filter(
        ({ target }) =>
          target !== undefined &&
          (kind === undefined || within === undefined || leadsTo(target, { kind, path: within })),
      ),
    },
  }));
}
