/** Makes the input of a plan from the answers of the wizard, and the plan from its input. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Choices } from '../../deploy/configuration';
import { lastDeployment } from '../../deploy/history/from-ledger';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { type PlanProgress, planDeployment } from '../../deploy/plan/plan-deployment';
import { protectionOf } from '../../deploy/targets/plan-input';
import type { Clock } from '../../model/clock';
import { present } from '../../model/present';
import type { Ledger } from '../../operations/ledger';
import type { Packer, PackRequest } from '../../package/packer';
import { gitCommitOf } from '../../view/git';
import { sizeWords } from '../../view/messages/phase';
import { diskOrTree } from '../../view/workspace-tree';
import type { PickedConnection } from '../pick/connection';
import type { PlaceNames } from '../pick/place';
import type { Ports } from '../ports';
import { targetAt } from '../target-kinds';
import type { DeployAnswers, SourceAnswers } from './deploy-answers';
import { readWorkspaceTargets } from './targets/workspace-targets';

export interface PlanDeps {
  readonly ports: Ports;
  readonly packer: Packer;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'operations'>;
  /** Absolute path of the folder for zips. */
  readonly cacheFolder: string;
}

/** The request to pack a folder for which there is no target. */
export function packRequestOf(uri: string, cacheFolder: string): PackRequest {
  return { ...diskOrTree(vscode.Uri.parse(uri)), include: [], ignore: [], useGitignore: false, cacheFolder };
}

/**
 * The URI of the folder that {@link PackRequest.root} names: by its path or, on a virtual file system, by its
 * URI.
 */
export function rootUri(root: string): vscode.Uri {
  // At least two letters, since a single letter is a drive and not a scheme.
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(root) ? vscode.Uri.parse(root) : vscode.Uri.file(root);
}

export async function planInputOf(answers: DeployAnswers, cacheFolder: string): Promise<PlanInput> {
  const { initializationScript, commandLineArguments, kind, path, strategy } = answers;
  const choices = { initializationScript, commandLineArguments };
  return await inputOf(answers, { kind, path }, { strategy, ...choices }, cacheFolder);
}

/** The input of a plan for a place. @param how strategy, script and arguments */
export async function inputOf(
  { connection, source, bucket, prefix }: PickedConnection & SourceAnswers,
  place: PlaceNames,
  how: Pick<PlanInput, 'strategy' | keyof Choices>,
  cacheFolder: string,
): Promise<PlanInput> {
  const git = source.kind === 'folder' ? await gitCommitOf(vscode.Uri.parse(source.uri)) : undefined;
  return {
    destination: { connection, bucket, prefix, ...place },
    source:
      source.kind === 'zip' ? source : { kind: 'folder', request: packRequestOf(source.uri, cacheFolder) },
    ...how,
    ...present({ git }),
  };
}

/**
 * Makes the plan, and compares the present configuration with the ledger's last deployment. If the input
 * comes from a target, the input also says whether the place is protected; otherwise the `slipway.json` files
 * of the workspace decide.
 */
export async function makePlan(
  input: PlanInput,
  { ports, packer, clock, ledger }: PlanDeps,
  signal: AbortSignal,
  report: (message: string) => void = () => undefined,
): Promise<DeploymentPlan> {
  const { connection, kind, path } = input.destination;
  const found = await ports(connection);
  const { accountId } = await found.identities.whoAmI(signal);
  const place = { accountId, region: connection.region, kind, path };
  const last = lastDeployment(ledger.operations(), place);
  const protection =
    input.target === undefined
      ? protectionOf(
          (await readWorkspaceTargets()).map(({ file }) => file),
          place,
        )
      : input.protection;
  return await planDeployment(
    { ...input, ...present({ protection, last }) },
    { ports: found, target: targetAt(place, found), packer, clock },
    signal,
    (progress) => report(planProgressWords(progress)),
  );
}

export function planProgressWords(progress: PlanProgress): string {
  switch (progress.step) {
    case 'reading':
      return l10n.t('reading the cluster and the bucket');
    case 'scanning': {
      const { files, totalFiles, bytes } = progress.progress;
      return totalFiles === undefined
        ? l10n.t('looking for files: {0}', { 0: files })
        : l10n.t('reading files: {0} of {1}, {2}', { 0: files, 1: totalFiles, 2: sizeWords(bytes) });
    }
    case 'comparing':
      return l10n.t('comparing with what is deployed');
  }
}
