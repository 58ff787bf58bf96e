/** "Deploy Again…": makes the input of a plan from an earlier deployment. */

import * as l10n from '@vscode/l10n';
import { choicesOf, KEEP_ALL } from '../../deploy/configuration';
import type { PlanInput, PlanSource } from '../../deploy/plan/input';
import type { PlanSummary } from '../../deploy/plan/summary';
import { strategyNamed } from '../../deploy/port/strategy';
import { refuse as refuseDeployment } from '../../deploy/refusal';
import { connectionFromId } from '../../model/connection';
import { present } from '../../model/present';
import type { Operation } from '../../operations/operation';
import { gitCommitOf } from '../../view/git';
import { kindWords, stateIcon, stateWords } from '../../view/messages/operation';
import { refuse } from '../../view/messages/refusals/commands';
import type { Choice } from '../../view/wizard/prompts';
import { into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import { plannedBy, targetKinds } from '../target-kinds';
import { packRequestOf, rootUri } from './plan';
import { isTargetOf } from './targets/target-input';
import {
  type FolderTargets,
  targetLabel,
  usableTargets,
  type WorkspaceTarget,
} from './targets/workspace-targets';

/** The largest number of earlier deployments that the list offers. */
const OFFERED = 20;

/** The choice of what to deploy again. */
export type Again =
  | { readonly kind: 'target'; readonly target: WorkspaceTarget }
  | { readonly kind: 'operation'; readonly operation: Operation };

/** Offers targets first, then recent deployments that used no target. */
export function againStep(
  folders: readonly FolderTargets[],
  operations: readonly Operation[],
): WizardStep<object, { readonly again: Again }> {
  const targets = usableTargets(folders).map(
    (target): Choice<Again> => ({
      value: { kind: 'target', target },
      label: targetLabel(target),
      description: target.target.path.join(' · '),
      icon: target.target.protected ? 'shield' : 'target',
      group: l10n.t('Targets'),
    }),
  );
  const recent = repeatable(operations).map(
    (operation): Choice<Again> => ({
      value: { kind: 'operation', operation },
      label: operation.subject.label,
      description: [
        new Date(operation.createdAt).toLocaleString(),
        kindWords(operation),
        stateWords(operation.state),
      ].join(' · '),
      icon: stateIcon(operation.state).replace('~spin', ''),
      group: l10n.t('Deployed lately'),
    }),
  );
  return question(async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<Again>(heading, {
        placeholder: l10n.t('Choose what to deploy again'),
        choices: [...targets, ...recent],
        empty: l10n.t('There is no target in slipway.json, and nothing has been deployed yet'),
      }),
      (again) => ({ again }),
    ),
  );
}

/**
 * The last deployment of each folder or zip to each cluster or workload, at most {@link OFFERED}.
 * Deployments that used a target are left out, since the targets themselves are offered.
 */
function repeatable(operations: readonly Operation[]): readonly Operation[] {
  const seen = new Set<string>();
  return operations
    .filter((operation) => {
      const { subject } = operation;
      const summary = plannedBy(operation);
      if (summary === undefined || summary.target !== undefined) return false;
      const id = JSON.stringify([subject.connectionId, subject.path, summary.root ?? summary.next.code]);
      return !seen.has(id) && seen.add(id);
    })
    .slice(0, OFFERED);
}

/**
 * The target by which an operation deployed a folder, as the target is defined now; undefined if the
 * operation used no target, or deployed a zip.
 * @throws refused `target-not-here` (target, root) if the workspace no longer defines the target for the same
 * folder and place: without the target's rules and protection, the operation must not be repeated
 */
export function targetOfOperation(
  { kind, plan, subject }: Pick<Operation, 'kind' | 'plan' | 'subject'>,
  folders: readonly FolderTargets[],
): WorkspaceTarget | undefined {
  const { target, root } = plannedBy({ kind, plan }) ?? {};
  const id = targetKinds.ofOperation({ kind })?.id;
  if (id === undefined || target === undefined || root === undefined) return undefined;
  const used = { kind: id, path: subject.path, target, root };
  const found = usableTargets(folders).find((one) => isTargetOf(used, one));
  if (found === undefined) throw refuse('target-not-here', { target, root });
  return found;
}

/**
 * The input of a plan that repeats an operation: the same folder or zip and the same strategy, for the
 * same cluster or workload; also the same script and arguments, unless the strategy keeps the present
 * ones.
 * @throws refused `operation-unreadable`, `no-such-connection`
 */
export async function repeatedInput(
  {
    kind: operationKind,
    plan,
    subject,
    id,
  }: Pick<Operation, 'kind' | 'plan' | 'subject'> & Partial<Pick<Operation, 'id'>>,
  cacheFolder: string,
): Promise<PlanInput> {
  const summary = plannedBy({ kind: operationKind, plan });
  const kind = targetKinds.ofOperation({ kind: operationKind });
  if (summary === undefined || kind === undefined) {
    throw refuseDeployment('operation-unreadable', { what: 'plan' });
  }
  const connection = connectionFromId(subject.connectionId);
  if (connection === undefined) throw refuse('no-such-connection', { connection: subject.connectionId });
  const { bucket, prefix, strategy, root } = summary;
  const git = root === undefined ? summary.git : await gitCommitOf(rootUri(root));
  return {
    destination: { connection, accountId: subject.accountId, kind, path: subject.path, bucket, prefix },
    source: sourceOf(summary, cacheFolder),
    strategy,
    ...(strategyNamed(kind.strategies, strategy).keepsRest ? KEEP_ALL : choicesOf(summary.next)),
    ...present({ git, origin: id }),
    ...(summary.rollsBack && { rollsBack: true }),
  };
}

function sourceOf({ root, next }: PlanSummary, cacheFolder: string): PlanSource {
  return root === undefined
    ? { kind: 'zip', at: next.code }
    : { kind: 'folder', request: packRequestOf(rootUri(root).toString(), cacheFolder) };
}
