/** Carries a plan out that the user has agreed to, as an operation with progress. */
import { applyDeployment } from '../../deploy/apply/apply-deployment';
import type { ApplyProgress } from '../../deploy/apply/context';
import { storedZip } from '../../deploy/history/from-ledger';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { CODE_KIND, summaryOf } from '../../deploy/plan/summary';
import type { PlannedOperation } from '../../operations/operation';
import { t } from '../../view/l10n';
import { sizeWords } from '../../view/words/phase';
import type { Runner } from '../run';
import type { PlanDeps } from './plan';

export interface DeployRunDeps extends PlanDeps {
  readonly runner: Runner;
}

/** @param input what the plan was made from. */
export async function runDeployment(
  { plan, input }: { readonly plan: DeploymentPlan; readonly input: PlanInput },
  { ports, packer, clock, ledger, runner }: DeployRunDeps,
): Promise<void> {
  const found = await ports(input.destination.connection);
  const context = {
    ports: found,
    packer,
    clock,
    ...(input.source.kind === 'folder' && { pack: input.source.request }),
    earlier: (sha256: string) => storedZip(ledger.operations(), plan.subject, sha256),
  };
  await runner.run({
    title: t('Deploying to {0}', { 0: plan.subject.label }),
    planned: operationOf(plan),
    apply: (journal, signal, report) =>
      applyDeployment(plan, { ...context, journal }, signal, (progress) =>
        report(applyProgressWords(progress)),
      ),
  });
}

function operationOf(plan: DeploymentPlan): PlannedOperation {
  const { subject, author, origin } = plan;
  const planned = { kind: CODE_KIND, subject, author, plan: summaryOf(plan) };
  return origin === undefined ? planned : { ...planned, origin };
}

function applyProgressWords(progress: ApplyProgress): string {
  switch (progress.step) {
    case 'packing': {
      const { files = 0, totalFiles } = progress.progress ?? {};
      return totalFiles === undefined
        ? t('packing')
        : t('packing: {0} of {1} files', { 0: files, 1: totalFiles });
    }
    case 'uploading':
      return t('uploading: {0} of {1}', { 0: sizeWords(progress.sent), 1: sizeWords(progress.total) });
    case 'verifying':
      return t('verifying what was stored');
    case 'recording':
      return t('writing the deployment record');
    case 'looking':
      return t('looking at the cluster once more');
    case 'sending':
      return t('sending the update');
  }
}
