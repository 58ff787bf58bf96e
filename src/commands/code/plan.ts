/** From the answers of the wizard to a plan. */
import * as vscode from 'vscode';
import type { PlanInput, PlanSource } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { type PlanProgress, planDeployment } from '../../deploy/plan/plan-deployment';
import type { Clock } from '../../model/clock';
import type { Packer, PackRequest } from '../../package/packer';
import { gitCommitOf } from '../../view/git';
import { t } from '../../view/l10n';
import { sizeWords } from '../../view/words/phase';
import { diskOrTree } from '../../view/workspace-folder';
import type { Ports } from '../ports';
import type { DeployAnswers } from './answers';

export interface PlanDeps {
  readonly ports: Ports;
  readonly packer: Packer;
  readonly clock: Clock;
  /** Absolute path of the folder for zips. */
  readonly cacheFolder: string;
}

/** What packing needs to know of a folder that no target describes. */
export function packRequestOf(uri: string, cacheFolder: string): PackRequest {
  return { ...diskOrTree(vscode.Uri.parse(uri)), include: [], ignore: [], useGitignore: false, cacheFolder };
}

export async function planInputOf(answers: DeployAnswers, cacheFolder: string): Promise<PlanInput> {
  const source: PlanSource =
    answers.source.kind === 'zip'
      ? answers.source
      : { kind: 'folder', request: packRequestOf(answers.source.uri, cacheFolder) };
  const git =
    answers.source.kind === 'folder' ? await gitCommitOf(vscode.Uri.parse(answers.source.uri)) : undefined;
  return {
    destination: {
      connection: answers.connection,
      environmentId: answers.environment.id,
      clusterName: answers.cluster.name,
      bucket: answers.bucket,
      prefix: answers.prefix,
    },
    source,
    strategy: answers.strategy,
    initializationScript: answers.initializationScript,
    commandLineArguments: answers.commandLineArguments,
    ...(git && { git }),
  };
}

export async function makePlan(
  input: PlanInput,
  { ports, packer, clock }: PlanDeps,
  signal: AbortSignal,
  report: (message: string) => void,
): Promise<DeploymentPlan> {
  const found = await ports(input.destination.connection);
  return await planDeployment(input, { ports: found, packer, clock }, signal, (progress) =>
    report(planProgressWords(progress)),
  );
}

function planProgressWords(progress: PlanProgress): string {
  switch (progress.step) {
    case 'reading':
      return t('reading the cluster and the bucket');
    case 'scanning': {
      const { files, totalFiles, bytes } = progress.progress;
      return totalFiles === undefined
        ? t('looking for files: {0}', { 0: files })
        : t('reading files: {0} of {1}, {2}', { 0: files, 1: totalFiles, 2: sizeWords(bytes) });
    }
    case 'comparing':
      return t('comparing with what is deployed');
  }
}
