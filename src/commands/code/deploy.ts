/** "Deploy Code…", "Plan Deployment…" and "Deploy Again…": ask, plan, show, run. */
import * as l10n from '@vscode/l10n';
import { isSamePath } from '../../model/same-path';
import type { Operation } from '../../operations/operation';
import type { ConnectionStore } from '../../view/connection-store';
import type { ResourceNode } from '../../view/resources/node';
import { type Alternative, withAlternatives } from '../../view/wizard/alternatives';
import type { Prompts } from '../../view/wizard/prompts';
import { runWizard, wizard } from '../../view/wizard/wizard';
import { answered, derived, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Picking } from '../pick/connection';
import { keptPlace, type PickedPlace, wholePlace } from '../pick/place';
import { plannedBy } from '../target-kinds';
import { requireTrust } from '../trust';
import { againStep, repeatedInput, targetOfOperation } from './again';
import type { CodePlace } from './bucket-steps';
import { configurationSteps } from './configuration-steps';
import type { SourceAnswers, UsualAnswers, WithUsual } from './deploy-answers';
import { type AnswersSoFar, type Draft, type DraftOf, type Drafts, draftOf, draftWords } from './drafts';
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
import { confirmStep, openTargetsFile, prepareStep, targetRows, targetStep } from './targets/target-steps';
import {
  type FolderTargets,
  readWorkspaceTargets,
  targetLabel,
  type WorkspaceTarget,
} from './targets/workspace-targets';
import { foldersHere, lastAnswers } from './usual-answers';

export interface DeployDeps extends ReviewDeps, DeployRunDeps {
  readonly store: ConnectionStore;
  readonly picking: Picking;
  readonly prompts: Prompts;
  readonly prefixes: RememberedPrefixes;
  readonly drafts: Drafts;
  readonly confirmed: ConfirmedTargets;
  readonly tasks: PreDeployTasks;
}

/**
 * Finds out what to deploy and where: from a target, from an operation that is repeated, or from the user's answers.
 */
type Deployment = WizardStep<object, ToPlan & Titled>;

export async function deploy(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  requireTrust();
  await askDeployment({ title: deployTitle(), first: 'list', draft: 'deploy' }, node, deps, (target) =>
    byTarget(target, deps),
  );
}

/** Makes a plan, and shows the plan's page at once: a user who only wants to see the plan closes the page. */
export async function showPlan(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  requireTrust();
  const title = titleWith(l10n.t('Plan Deployment'), (place) =>
    l10n.t('Plan Deployment to {0}', { 0: place }),
  );
  await askDeployment({ title, first: 'page', draft: 'plan' }, node, deps, (target) =>
    wizard()
      .and(answered({ label: targetLabel(target) }))
      .and(confirmStep([target], deps.confirmed))
      .and(answered(ofTarget(target, deps))),
  );
}

/**
 * Deploys by a target, by a draft, or by the user's answers. Where the place has to be chosen, one list offers the
 * draft, the targets and the places.
 * @param take the steps after a target is chosen
 */
async function askDeployment(
  asked: Asked & { readonly draft: DraftOf },
  node: ResourceNode | undefined,
  deps: DeployDeps,
  take: (target: WorkspaceTarget) => Deployment,
): Promise<void> {
  const known = knownTarget(node);
  const folders = await targetsAt(node);
  const left = resumed(asked.draft, known, deps);
  if (wholePlace(known)) await askAndRun(asked, targetOrAnswers(folders, known, deps, take), deps, left);
  else await askAndRun(asked, byAnswers(known, deps), deps, [...left, ...targetAlternatives(folders, take)]);
}

function targetAlternatives(
  folders: readonly FolderTargets[],
  take: (target: WorkspaceTarget) => Deployment,
): readonly Alternative<ToPlan & Titled>[] {
  return targetRows(folders).map(({ value: { of }, ...row }) => ({
    row: { ...row, group: l10n.t('Targets') },
    to: 'problems' in of ? () => openTargetsFile(of) : take(of),
  }));
}

/**
 * Offers the targets of the workspace and the latest deployments without a target, and repeats the chosen
 * one.
 */
export async function deployAgain(deps: DeployDeps): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(againStep(await readWorkspaceTargets(), deps.ledger.operations()))
    .branch<'again', ToPlan & Titled>(
      ['again'],
      ({ again }) =>
        again.kind === 'target' ? byTarget(again.target, deps) : byOperation(again.operation, deps),
      // One question may follow: whether Slipway may act on the target.
      1,
    );
  await askAndRun({ title: againTitle(), first: 'list' }, steps, deps);
}

/**
 * Plans an operation's deployment again: by its target as it is now, or, without a target, as the ledger
 * recorded it.
 */
export async function deployRepeated(repeated: Operation, deps: DeployDeps): Promise<void> {
  requireTrust();
  const target = targetOfOperation(repeated, await readWorkspaceTargets());
  const isRollback = target === undefined && plannedBy(repeated)?.rollsBack === true;
  await askAndRun(
    { title: isRollback ? rollBackTitle() : againTitle(), first: 'list' },
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

/** How a command asks its questions. */
interface Asked {
  readonly title: AskedTitle;
  /**
   * Where the user is first asked whether to carry out the plan: in a list, which has a row that opens the plan's page,
   * or on that page.
   */
  readonly first: 'list' | 'page';
  /** The command under which the answers of an abandoned wizard are kept as a draft. */
  readonly draft?: DraftOf;
}

async function askAndRun(
  { title, first, draft }: Asked,
  what: Deployment,
  deps: DeployDeps,
  alternatives: readonly Alternative<ToPlan & Titled>[] = [],
): Promise<void> {
  const answers = await runWizard(
    title,
    wizard()
      .and(withAlternatives(what, alternatives, l10n.t('All')))
      .and(planStep(deps))
      .and(reviewStep(deps, first)),
    {},
    deps.prompts,
    (soFar: AnswersSoFar) => {
      const kept = draft && draftOf(soFar);
      if (kept) deps.drafts.keep(draft, kept);
    },
  );
  if (!answers) return;
  const { agreed } = answers;
  const { bucket, prefix } = agreed.input.destination;
  await deps.prefixes.remember(bucket, prefix);
  await runDeployment(agreed, deps, () => draft && deps.drafts.forget(draft));
}

/**
 * Offers the draft, if there is one and its connection still exists. A draft for a place outside of the row on
 * which the command was started is not offered.
 */
function resumed(of: DraftOf, known: KnownTarget, deps: DeployDeps): readonly Alternative<ToPlan & Titled>[] {
  const draft = deps.drafts.get(of);
  const place = draft && keptPlace(draft.place, deps.store);
  if (draft === undefined || place === undefined || !isWithin(place, known)) return [];
  const { connection, kind, path, label } = place;
  return [
    {
      row: {
        label: l10n.t('Continue where you left?'),
        description: l10n.t('Deploy to {0}', { 0: label }),
        detail: draftWords(draft.answers),
        icon: 'debug-continue',
      },
      to: byAnswers({ connection, kind, within: path, label }, deps, draft.answers),
    },
  ];
}

function isWithin({ connection, kind, path }: PickedPlace, known: KnownTarget): boolean {
  const { within = [] } = known;
  return (
    (known.connection === undefined || known.connection.id === connection.id) &&
    (known.kind === undefined || known.kind.id === kind.id) &&
    isSamePath(path.slice(0, within.length), within)
  );
}

/** @param take the steps after a target is chosen */
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

/** @param draft answers of the draft that is continued */
function byAnswers(known: KnownTarget, deps: DeployDeps, draft?: Draft['answers']): Deployment {
  const { cacheFolder, ledger } = deps;
  const last = (place: CodePlace): UsualAnswers | undefined =>
    place.path && lastAnswers(ledger.operations(), { ...place, path: place.path }, foldersHere());
  return wizard()
    .and(targetSteps(deps, known))
    .and(
      sourceSteps(deps, {
        last,
        ...(draft && { draft: (place) => ({ ...(draft.isLast && last(place)), ...draft }) }),
        asksPrefix: false,
      }),
    )
    .and(
      configurationSteps({
        scriptsOf: (answers: PickedTarget & SourceAnswers & WithUsual, signal) =>
          scriptsOfSource(answers, deps, signal),
        // A strategy that skips the questions about script and arguments is not highlighted at first.
        isFirst: ({ keepsRest }) => !keepsRest,
        asksArguments: false,
      }),
    )
    .and(derived((answers) => ({ inputOf: () => planInputOf(answers, cacheFolder) })));
}

/**
 * The targets that deploy to the place of the row, or to a place inside it; all targets if there is no
 * row, or if the row does not determine the place.
 */
async function targetsAt(node: ResourceNode | undefined): Promise<readonly FolderTargets[]> {
  const folders = await readWorkspaceTargets();
  if (node === undefined) return folders;
  const { connection, kind, within } = knownTarget(node);
  return folders.map(({ folder, file }) => ({
    folder,
    file: {
      // Problems of other targets do not matter here; problems of a file without any target entry do.
      problems: file.entries.length === 0 ? file.problems : [],
      entries: file.entries.filter(
        ({ target }) =>
          target !== undefined &&
          (connection === undefined ||
            kind === undefined ||
            within === undefined ||
            leadsTo(target, { connection, kind, path: within })),
      ),
    },
  }));
}
