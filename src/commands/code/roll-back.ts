/** "Roll Back…": restores an earlier configuration, by a plan like any other. */

import * as l10n from '@vscode/l10n';
import { lastLookOf } from '../../deploy/apply/last-look';
import type { RecordPlace } from '../../deploy/history/from-bucket';
import { isDeployment } from '../../deploy/port/operation-kind';
import type { Strategy } from '../../deploy/port/strategy';
import { refuse as refuseDeployment } from '../../deploy/refusal';
import { type Earlier, type RollbackOptions, rollbackTo, rollbackToZip } from '../../deploy/rollback';
import { connectionFromId } from '../../model/connection';
import type { Operation } from '../../operations/operation';
import { refuse } from '../../view/messages/refusals/commands';
import type { ResourceNode } from '../../view/resources/node';
import { pickBeside, runWizard, wizard } from '../../view/wizard/wizard';
import { answered, derived, into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import { plannedBy, targetKinds } from '../target-kinds';
import { requireTrust } from '../trust';
import { configurationSteps, strategyStep } from './configuration-steps';
import { knownChoice, noticeChoices, zipChoice } from './history/choices';
import type { KnownConfiguration, UnrecordedZip } from './history/cluster-history';
import { type HistoryAnswers, type HistoryDeps, historySteps } from './history/history-steps';
import { knownTarget, type PickedTarget, pickedAt, rollBackTitle } from './picked-target';
import { planStep, reviewStep, type ToPlan } from './review';
import { runDeployment } from './run-deployment';
import { scriptsInZip } from './scripts';

/**
 * An earlier configuration, and the bucket and prefix of its deployment: a rollback to the configuration stores its own
 * record there, too.
 */
interface EarlierInPlace extends Earlier {
  readonly place: RecordPlace;
}

/** The configuration or zip to go back to. */
export type RollBackTarget =
  | { readonly kind: 'known'; readonly earlier: EarlierInPlace }
  | { readonly kind: 'zip'; readonly zip: UnrecordedZip };

type WithTarget = PickedTarget & { readonly target: RollBackTarget };

export async function rollBack(node: ResourceNode | undefined, deps: HistoryDeps): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(historySteps(deps, knownTarget(node)))
    .and(targetStep(deps));
  await askAndRun(steps, deps);
}

/** Rolls back to a configuration that has already been chosen. */
export async function rollBackTo(
  { connection, kind, path, label, seen }: PickedTarget,
  target: RollBackTarget,
  deps: HistoryDeps,
): Promise<void> {
  requireTrust();
  await askAndRun(answered({ connection, kind, path, label, seen, target }), deps);
}

/**
 * Rolls back to the configuration before an operation. @throws refused `nothing-before`, `operation-unreadable`,
 * `no-such-connection`.
 */
export async function rollBackOperation(operation: Operation, deps: HistoryDeps): Promise<void> {
  requireTrust();
  const { subject } = operation;
  const target = targetBefore(operation);
  const connection = connectionFromId(subject.connectionId);
  if (connection === undefined) throw refuse('no-such-connection', { connection: subject.connectionId });
  const kind = targetKinds.ofOperation(operation);
  if (kind === undefined) throw refuseDeployment('operation-unreadable', { what: 'plan' });
  const place = { kind, path: subject.path };
  const picked = await pickedAt(connection, place, deps.ports, new AbortController().signal);
  await askAndRun(answered({ ...picked, target }), deps);
}

/** Returns true if an operation replaced a configuration that can be restored. */
export function canRollBack(operation: Operation): boolean {
  const isSent = isDeployment(operation) && operation.sentAt !== undefined;
  return isSent && lastLookOf(operation)?.configuration.code !== undefined;
}

function targetBefore(operation: Operation): RollBackTarget {
  const summary = plannedBy(operation);
  const before = lastLookOf(operation)?.configuration;
  if (summary === undefined || before === undefined)
    throw refuseDeployment('operation-unreadable', { what: 'plan' });
  const { code } = before;
  if (code === undefined) throw refuse('nothing-before', { cluster: operation.subject.label });
  const earlier = { operationId: operation.id, configuration: { ...before, code }, place: summary };
  return { kind: 'known', earlier };
}

/** A known configuration, as a choice to go back to. */
export function earlierTarget({ how, deployment, configuration, place }: KnownConfiguration): RollBackTarget {
  const { operationId, git } = deployment;
  // The commit belongs to deployed code, not to a configuration that the deployment found.
  return {
    kind: 'known',
    earlier: { operationId, configuration, place, ...(how === 'deployed' && git && { git }) },
  };
}

async function askAndRun(chosen: WizardStep<object, WithTarget>, deps: HistoryDeps): Promise<void> {
  const steps = wizard()
    .and(chosen)
    .branch<'target', ToPlan>(
      ['target'],
      ({ target }) => (target.kind === 'zip' ? toZip(target.zip, deps) : toEarlier(target.earlier)),
      // Only the question about the strategy is counted: both alternatives ask it, and the alternative for a zip may
      // ask further questions.
      1,
    )
    .and(planStep(deps))
    .and(reviewStep(deps));
  const answers = await runWizard(rollBackTitle(), steps, {}, deps.prompts);
  if (answers) await runDeployment(answers.agreed, deps);
}

/** True for strategies that restart the target; the gentlest of these is highlighted. */
const startsAnew = ({ restarts }: Strategy): boolean => restarts;

/**
 * The steps back to an earlier configuration. They do not ask for script and arguments, which come from that
 * configuration.
 */
function toEarlier({ place, ...earlier }: EarlierInPlace): WizardStep<PickedTarget, ToPlan> {
  return wizard<PickedTarget>()
    .and(strategyStep(startsAnew))
    .and(
      derived(({ strategy, ...picked }) => ({
        inputOf: async () => rollbackTo(earlier, optionsOf(picked, strategy, place)),
      })),
    );
}

function toZip({ code, place }: UnrecordedZip, { ports }: HistoryDeps): WizardStep<PickedTarget, ToPlan> {
  return wizard<PickedTarget>()
    .and(
      configurationSteps({
        scriptsOf: async ({ connection }: PickedTarget, signal) => {
          const { objects } = await ports(connection);
          return await scriptsInZip(objects, code.at, signal);
        },
        isFirst: startsAnew,
        asksArguments: true,
      }),
    )
    .and(
      derived(({ strategy, initializationScript, commandLineArguments, ...picked }) => {
        const choices = { initializationScript, commandLineArguments };
        return { inputOf: async () => rollbackToZip(code.at, choices, optionsOf(picked, strategy, place)) };
      }),
    );
}

function optionsOf(
  { connection, kind, path }: PickedTarget,
  strategy: string,
  { bucket, prefix }: RecordPlace,
): RollbackOptions {
  return { destination: { connection, kind, path, bucket, prefix }, strategy };
}

function targetStep({ notify }: HistoryDeps): WizardStep<HistoryAnswers, Pick<WithTarget, 'target'>> {
  return question(async ({ history }, ask) => {
    const { known, zips } = history;
    const earlier = known.filter(({ isLive }) => !isLive);
    // Most probably the user wants the newest configuration that is known to have run.
    const likely =
      earlier.find(({ how, deployment }) => how === 'found' || deployment.outcome === 'succeeded') ??
      earlier[0];
    return into(
      await pickBeside<KnownConfiguration | UnrecordedZip>(ask, {
        placeholder: l10n.t('Choose what to go back to'),
        choices: [...earlier.map(knownChoice), ...zips.map(zipChoice), ...noticeChoices(history, notify)],
        active: (value) => value === likely,
        empty: l10n.t('Slipway knows of nothing to go back to'),
      }),
      (chosen) => ({ target: 'how' in chosen ? earlierTarget(chosen) : { kind: 'zip', zip: chosen } }),
    );
  });
}
