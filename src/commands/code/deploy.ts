/** "Deploy Code…" and "Plan Deployment…": ask, plan, show, run. */
import { applyDeployment } from '../../deploy/apply/apply-deployment';
import type { ApplyProgress } from '../../deploy/apply/context';
import type { Check } from '../../deploy/checks/check';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { CODE_KIND, summaryOf } from '../../deploy/plan/summary';
import type { Connection } from '../../model/connection';
import { masked } from '../../operations/mask';
import type { PackRequest } from '../../package/packer';
import type { ConnectionStore } from '../../view/connection-store';
import { deploymentPlanPage } from '../../view/documents/deployment-plan';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import { t } from '../../view/l10n';
import type { Notifier } from '../../view/notify';
import type { ResourceNode } from '../../view/resources/node';
import { type Answer, BACK, LEFT, type Prompts } from '../../view/wizard/prompts';
import { askReview, askTyped, type ReviewLine } from '../../view/wizard/review';
import { type Ask, runWizard, type WizardStep } from '../../view/wizard/wizard';
import { checkRemedyWords, checkWords } from '../../view/words/deploy';
import { sizeWords } from '../../view/words/phase';
import { connectionStep, given, kdbClusterSteps, knownFromRow } from '../pick';
import type { Runner } from '../run';
import type { DeployAnswers } from './answers';
import { makePlan, type PlanDeps, planInputOf } from './plan';
import type { RememberedPrefixes } from './remembered';
import { codeSteps } from './steps';

export interface DeployDeps extends PlanDeps {
  readonly store: ConnectionStore;
  readonly prompts: Prompts;
  readonly runner: Runner;
  readonly documents: ReadOnlyDocuments;
  readonly notify: Notifier;
  readonly prefixes: RememberedPrefixes;
}

interface Planned extends DeployAnswers {
  readonly plan: DeploymentPlan;
  readonly agreed: true;
}

/** Asks all there is to ask, up to the user's go. Undefined when the user left. */
export async function askDeployment(
  node: ResourceNode | undefined,
  deps: DeployDeps,
): Promise<Planned | undefined> {
  const known = await knownFromRow(node, deps.ports, new AbortController().signal);
  const steps = [...answerSteps(deps), planStep(deps), reviewStep(deps)];
  return await runWizard<Planned>(t('Deploy Code'), steps, known, deps.prompts);
}

/** Plans and shows the plan, and changes nothing. */
export async function showPlan(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  const known = await knownFromRow(node, deps.ports, new AbortController().signal);
  const planned = await runWizard<Planned>(
    t('Plan Deployment'),
    [...answerSteps(deps), planStep(deps)],
    known,
    deps.prompts,
  );
  if (planned) await openPlan(planned.plan, deps);
}

export async function deploy(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  const planned = await askDeployment(node, deps);
  if (!planned) return;
  await deps.prefixes.remember(planned.bucket, planned.prefix);
  const input = await planInputOf(planned, deps.cacheFolder);
  await runDeployment(
    planned.plan,
    input.source.kind === 'folder' ? input.source.request : undefined,
    planned.connection,
    deps,
  );
}

function answerSteps(deps: DeployDeps): readonly WizardStep<Planned>[] {
  return [
    connectionStep<Planned>(deps.store),
    ...kdbClusterSteps<Planned>(deps.ports),
    ...(codeSteps(deps.ports, (bucket) => deps.prefixes.of(bucket)) as readonly WizardStep<Planned>[]),
  ];
}

function planStep(deps: DeployDeps): WizardStep<Planned> {
  return {
    key: 'plan',
    words: t('Planning: reading the cluster, the folder and what is deployed…'),
    read: async (state, signal) => {
      // The steps before have answered everything but the plan itself.
      const input = await planInputOf(state as DeployAnswers, deps.cacheFolder);
      return { plan: await makePlan(input, deps, signal, () => undefined) };
    },
  };
}

function reviewStep(deps: DeployDeps): WizardStep<Planned> {
  return {
    key: 'agreed',
    ask: async ({ plan }, ask) => {
      const answer = await reviewDeployment(given(plan), ask, deps);
      return answer === true ? { agreed: true } : answer;
    },
  };
}

/** Shows the plan in short and asks for what it wants confirmed. */
export async function reviewDeployment(
  plan: DeploymentPlan,
  ask: Ask,
  deps: Pick<DeployDeps, 'documents' | 'notify'>,
): Promise<Answer<true>> {
  const blocked = plan.checks.some(({ verdict }) => verdict === 'block');
  const go = await askReview(ask, {
    question: t('Deploy to {0}? Nothing has been sent yet.', { 0: plan.subject.label }),
    ...(!blocked && { go: { label: t('Deploy'), detail: changeWords(plan) } }),
    lines: linesOf(plan.checks),
    showPlan: () => openPlan(plan, deps),
  });
  if (go === BACK || go === LEFT) return go;
  for (const confirmation of plan.confirmations) {
    const confirmed = await askTyped(
      ask,
      confirmation === 'force'
        ? t('FORCE stops all q processes of {0} at once. Type the name of the cluster to go on.', {
            0: plan.subject.label,
          })
        : t('The target is protected. Type its name to go on.'),
      confirmation === 'force' ? plan.clusterName : (plan.target?.name ?? plan.clusterName),
    );
    if (confirmed !== true) return confirmed;
  }
  return true;
}

export async function openPlan(
  plan: DeploymentPlan,
  deps: Pick<DeployDeps, 'documents' | 'notify'>,
): Promise<void> {
  const name = t('Plan for {0}', { 0: plan.subject.label.replaceAll('/', '·') });
  const requests = plan.requests.map((request) => ({
    ...request,
    input: masked(request.input) as typeof request.input,
  }));
  await deps.documents.showMarkdown(name, () =>
    deploymentPlanPage({ ...plan, requests }, (failure) => deps.notify.words(failure)),
  );
}

/** Carries a plan out that the user has agreed to. */
export async function runDeployment(
  plan: DeploymentPlan,
  pack: PackRequest | undefined,
  connection: Connection,
  deps: Pick<DeployDeps, 'ports' | 'packer' | 'clock' | 'runner'>,
): Promise<void> {
  const ports = await deps.ports(connection);
  await deps.runner.run({
    title: t('Deploying to {0}', { 0: plan.subject.label }),
    planned: {
      kind: CODE_KIND,
      subject: plan.subject,
      author: plan.author,
      plan: summaryOf(plan),
      ...(plan.origin !== undefined && { origin: plan.origin }),
    },
    apply: (journal, signal, report) =>
      applyDeployment(
        plan,
        { ports, packer: deps.packer, journal, clock: deps.clock, ...(pack && { pack }) },
        signal,
        (progress) => report(applyProgressWords(progress)),
      ),
  });
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

function changeWords({ changes, strategy }: DeploymentPlan): string {
  switch (changes.kind) {
    case 'known':
      return t('{0} added, {1} changed, {2} removed · {3}', {
        0: changes.added.length,
        1: changes.changed.length,
        2: changes.removed.length,
        3: strategy,
      });
    case 'first':
      return t('{0} files, the first code of this cluster · {1}', { 0: changes.files, 1: strategy });
    case 'not-compared':
      return strategy;
    case 'unreadable':
      return t('what is deployed could not be read · {0}', { 0: strategy });
  }
}

function linesOf(checks: readonly Check[]): readonly ReviewLine[] {
  const looks = {
    block: { icon: 'error', group: t('Blocks') },
    warn: { icon: 'warning', group: t('Warnings') },
    pass: { icon: 'pass', group: t('Checks that passed') },
  } as const;
  const order = ['block', 'warn', 'pass'] as const;
  return order.flatMap((verdict) =>
    checks
      .filter((check) => check.verdict === verdict)
      .map((check) => ({
        label: checkWords(check, t),
        ...(check.remedy && { detail: checkRemedyWords(check.remedy, t) }),
        ...looks[verdict],
      })),
  );
}
