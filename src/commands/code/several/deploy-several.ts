/** "Deploy to Several Clusters…": one folder or zip, an ordered list of clusters, one batch. */

import * as l10n from '@vscode/l10n';
import { applyDeployment } from '../../../deploy/apply/apply-deployment';
import { isDeployment } from '../../../deploy/port/operation-kind';
import { batchOf, plannedRow } from '../../../deploy/several';
import { connectionFromId } from '../../../model/connection';
import { present } from '../../../model/present';
import { type BatchRowStatus, batchPlan } from '../../../operations/batch-plan';
import type { Operation } from '../../../operations/operation';
import { refuse } from '../../../view/messages/refusals/commands';
import { runWizard, wizard } from '../../../view/wizard/wizard';
import {
  answered,
  derived,
  into,
  question,
  reading,
  type WizardStep,
} from '../../../view/wizard/wizard-steps';
import { diskOrTree } from '../../../view/workspace-tree';
import type { BatchRunner, RowStarter } from '../../batches';
import { targetKinds } from '../../target-kinds';
import { requireTrust } from '../../trust';
import { repeatedInput, targetOfOperation } from '../again';
import type { DeployDeps } from '../deploy';
import { type PlanDeps, rootUri } from '../plan';
import { type Planned, planningWords } from '../review';
import { applyContext, packOf } from '../run-deployment';
import { targetInput } from '../targets/target-input';
import { confirmStep, prepareStep } from '../targets/target-steps';
import { readWorkspaceTargets, targetLabel, usableTargets } from '../targets/workspace-targets';
import { foldersHere } from '../usual-answers';
import { type Chosen, chosenStep, rankIn } from './chosen';
import { type LastRow, lastBatch } from './last-batch';
import {
  type BatchTarget,
  inOrder,
  type ListedTarget,
  type ListedTargets,
  type OrderAnswer,
  orderStep,
} from './order';
import { type OfPlaces, placesAhead, placesSteps } from './places';
import { makePlans, reviewSeveral } from './review';

export interface SeveralDeps extends DeployDeps {
  readonly batches: BatchRunner;
}

/** The choices from which several deployments are planned. */
interface Batch {
  /** In the order in which they will run. */
  readonly ordered: readonly BatchTarget[];
}

export async function deploySeveral(deps: SeveralDeps): Promise<void> {
  requireTrust();
  const targets = usableTargets(await readWorkspaceTargets());
  const last = lastBatch(deps.ledger.operations(), foldersHere());
  const steps = wizard()
    .and(chosenStep(targets, last, deps))
    .branch<'chosen', ListedTargets>(
      ['chosen'],
      ({ chosen }) => stepsOf(chosen, last, deps),
      // If there are targets, one more question may follow: whether Slipway may act on them.
      placesAhead(deps) + (targets.length > 0 ? 1 : 0),
    )
    .and(orderStep)
    .and(derived(({ listed, order }: ListedTargets & OrderAnswer) => ({ ordered: inOrder(listed, order) })));
  await askAndRun(steps, deps);
}

/** The questions for the chosen rows. The order of the last batch is proposed for the rows. */
function stepsOf(
  { targets, places }: Chosen,
  last: readonly LastRow[],
  deps: SeveralDeps,
): WizardStep<object, ListedTargets> {
  const byTargets = targets.map(
    (target): ListedTarget => ({
      key: `${target.folder.uri} ${target.target.name}`,
      rank: rankIn(last, { kind: 'above', of: target }),
      label: targetLabel(target),
      inputOf: (signal) => targetInput(target, deps, signal),
    }),
  );
  return wizard()
    .and(placesSteps(places, last, deps))
    .and(confirmStep(targets, deps.confirmed))
    .and(prepareStep(targets, deps.tasks))
    .and(derived(({ ofPlaces }: OfPlaces) => ({ listed: [...byTargets, ...ofPlaces] })));
}

/**
 * Makes new plans for those clusters of a batch on which the deployment did not succeed, and runs them as a
 * new batch if the user agrees.
 * @throws refused `target-not-here`
 */
export async function deployRestAgain(rows: readonly BatchRowStatus[], deps: SeveralDeps): Promise<void> {
  requireTrust();
  const folders = await readWorkspaceTargets();
  const rest = rows
    .filter(({ state }) => state !== 'succeeded')
    .map(({ row: { planned }, operation }) => ({
      planned,
      operation,
      target: targetOfOperation(planned, folders),
    }));
  const ordered = rest.map(({ planned: { kind, subject, plan }, operation, target }): BatchTarget => {
    const repeated = { kind, subject, plan, ...(operation && { id: operation.id }) };
    return {
      label: subject.label,
      inputOf: (signal) =>
        target === undefined ? repeatedInput(repeated, deps.cacheFolder) : targetInput(target, deps, signal),
    };
  });
  const targets = rest.flatMap(({ target }) => target ?? []);
  const steps = wizard()
    .and(answered({ ordered }))
    .and(confirmStep(targets, deps.confirmed))
    .and(prepareStep(targets, deps.tasks));
  await askAndRun(steps, deps);
}

export function isOfCode(batch: Operation): boolean {
  return batchPlan(batch).rows.some(({ planned }) => isDeployment(planned));
}

/** Makes the function that carries out one row of a batch, even if another window has begun the batch. */
export function codeRowStarter(deps: PlanDeps): RowStarter {
  return async (row, journal, signal) => {
    const { connectionId } = row.planned.subject;
    const connection = connectionFromId(connectionId);
    if (connection === undefined) throw refuse('no-such-connection', { connection: connectionId });
    const { plan, kind, pack } = plannedRow(row, targetKinds);
    const context = await applyContext(plan, kind, connection, deps);
    // The row is plain data, so it does not contain the reader of a virtual folder.
    const read = pack && { ...pack, ...diskOrTree(rootUri(pack.root)) };
    await applyDeployment(plan, { ...context, journal, ...present({ pack: read }) }, signal);
  };
}

async function askAndRun(what: WizardStep<object, Batch>, deps: SeveralDeps): Promise<void> {
  const steps = wizard()
    .and(what)
    .and(
      reading(planningWords(), async ({ ordered }, signal) => {
        const inputs = await Promise.all(ordered.map(({ inputOf: input }) => input(signal)));
        return { planned: await makePlans(inputs, deps, signal) };
      }),
    )
    .and(
      question(async ({ planned }, ask) =>
        into(await reviewSeveral(planned, ask, deps), (agreed) => ({ agreed })),
      ),
    );
  const answers = await runWizard(l10n.t('Deploy to Several Clusters'), steps, {}, deps.prompts);
  if (answers) await run(answers.agreed, deps);
}

async function run(all: readonly Planned[], { batches, prefixes }: SeveralDeps): Promise<void> {
  const [first] = all;
  if (first === undefined) return;
  for (const { input } of all) await prefixes.remember(input.destination.bucket, input.destination.prefix);
  const { subject, author } = first.plan;
  const plan = batchOf(
    all.map(({ plan: one, input }) => {
      const pack = packOf(input);
      return { plan: one, kind: input.destination.kind, ...present({ pack }) };
    }),
  );
  const { arn: _, ...place } = subject;
  await batches.run(
    {
      subject: {
        ...place,
        // A batch has no single cluster: each row has its own.
        path: [],
        label: l10n.t('{0} clusters', { 0: all.length }),
      },
      author,
    },
    plan,
  );
}
