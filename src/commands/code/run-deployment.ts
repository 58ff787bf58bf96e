/** Carries out a plan that the user has agreed to, as an operation with progress. */

import * as l10n from '@vscode/l10n';
import { applyDeployment } from '../../deploy/apply/apply-deployment';
import type { ApplyContext, ApplyProgress } from '../../deploy/apply/context';
import { storedZip } from '../../deploy/history/from-ledger';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { summaryOf } from '../../deploy/plan/summary';
import type { TargetKind } from '../../deploy/port/target-kind';
import type { Connection } from '../../model/connection';
import { present } from '../../model/present';
import type { PlannedOperation } from '../../operations/operation';
import type { PackRequest } from '../../package/packer';
import { sizeWords } from '../../view/messages/phase';
import type { Runner } from '../run';
import { targetAt } from '../target-kinds';
import type { PlanDeps } from './plan';

export interface DeployRunDeps extends PlanDeps {
  readonly runner: Runner;
}

/**
 * @param input the input from which the plan was made
 * @param sending called right before the update is sent
 */
export async function runDeployment(
  { plan, input }: { readonly plan: DeploymentPlan; readonly input: PlanInput },
  deps: DeployRunDeps,
  sending: () => void = () => undefined,
): Promise<void> {
  const { connection, kind } = input.destination;
  const pack = packOf(input);
  await deps.runner.run({
    title: plan.rollsBack
      ? l10n.t('Rolling back {0}', { 0: plan.subject.label })
      : l10n.t('Deploying to {0}', { 0: plan.subject.label }),
    planned: operationOf(plan, kind),
    apply: async (journal, signal, report) =>
      applyDeployment(
        plan,
        { ...(await applyContext(plan, kind, connection, deps)), journal, ...present({ pack }) },
        signal,
        (progress) => {
          if (progress.step === 'sending') sending();
          report(applyProgressWords(progress));
        },
      ),
  });
}

/** The request to pack the plan's folder; undefined for a zip that is already in S3. */
export function packOf({ source }: PlanInput): PackRequest | undefined {
  return source.kind === 'folder' ? source.request : undefined;
}

/** Everything that is needed to carry out a plan, except for the journal and the folder. */
export async function applyContext(
  { subject }: DeploymentPlan,
  kind: TargetKind,
  connection: Connection,
  { ports, packer, clock, ledger }: PlanDeps,
): Promise<Omit<ApplyContext, 'journal' | 'pack'>> {
  const found = await ports(connection);
  return {
    ports: found,
    target: targetAt({ kind, path: subject.path }, found),
    packer,
    clock,
    earlier: (sha256) => storedZip(ledger.operations(), subject, sha256),
  };
}

function operationOf(plan: DeploymentPlan, { operationKind }: TargetKind): PlannedOperation {
  const { subject, author, origin } = plan;
  const planned = { kind: operationKind, subject, author, plan: summaryOf(plan) };
  return origin === undefined ? planned : { ...planned, origin };
}

function applyProgressWords(progress: ApplyProgress): string {
  switch (progress.step) {
    case 'packing': {
      const { files = 0, totalFiles } = progress.progress ?? {};
      return totalFiles === undefined
        ? l10n.t('packing')
        : l10n.t('packing: {0} of {1} files', { 0: files, 1: totalFiles });
    }
    case 'uploading':
      return l10n.t('uploading: {0} of {1}', { 0: sizeWords(progress.sent), 1: sizeWords(progress.total) });
    case 'verifying':
      return l10n.t('verifying what was stored');
    case 'recording':
      return l10n.t('writing the deployment record');
    case 'looking':
      return l10n.t('looking at the cluster once more');
    case 'sending':
      return l10n.t('sending the update');
    case 'replacing':
      return l10n.t('replacing what runs the earlier code');
  }
}
