/** What the ledger of this machine knows of deployments. */
import type { Operation } from '../../operations/operation';
import { lastLookOf } from '../apply/last-look';
import type { LastDeployment } from '../checks/drift';
import { readOperation } from '../follow/code-follower';
import { CODE_KIND, parseSummary } from '../plan/summary';
import { textIn, whole } from '../reading-json';
import type { CopySource } from '../upload/multipart';
import type { ClusterPlace, Deployment } from './deployment';

/** Deployments whose request was sent, newest first. `operations`: newest first, as the ledger gives them. */
export function deploymentsInLedger(
  operations: readonly Operation[],
  place: ClusterPlace,
): readonly Deployment[] {
  return operations.filter((operation) => isAt(operation, place)).flatMap(deploymentOf);
}

/**
 * What Slipway left on the cluster the last time: the newest deployment that is live, or whose end is not known. One
 * that failed left what was there before it.
 */
export function lastDeployment(
  operations: readonly Operation[],
  place: ClusterPlace,
): LastDeployment | undefined {
  for (const operation of operations.filter((one) => isAt(one, place) && one.sentAt !== undefined)) {
    const [deployment] = deploymentOf(operation);
    if (deployment === undefined) continue;
    const { operationId, at, outcome, configuration } = deployment;
    if (outcome === 'succeeded') return { operationId, at, configuration };
    // What became of it is not known, so neither is what the cluster should have.
    if (outcome !== 'failed') return undefined;
    const code = operation.outcome?.failure?.kind === 'refused' ? operation.outcome.failure.code : undefined;
    const before = lastLookOf(operation)?.configuration;
    if (code === 'update-failed' && before !== undefined) return { operationId, at, configuration: before };
    if (code === 'foreign-change' || code === 'cluster-gone') return undefined;
  }
  return undefined;
}

/** The zip with this SHA-256 (hex) where this machine stored it, for copying parts of it inside S3. */
export function storedZip(
  operations: readonly Operation[],
  { accountId, region }: Pick<ClusterPlace, 'accountId' | 'region'>,
  sha256: string,
): CopySource | undefined {
  for (const { subject, steps } of operations) {
    if (subject.accountId !== accountId || subject.region !== region) continue;
    const facts = steps.findLast(({ name }) => name === 'uploaded')?.facts;
    if (facts?.['sha256'] !== sha256) continue;
    const data = { ...facts };
    const found = whole({
      bucket: textIn(data, 'bucket'),
      key: textIn(data, 'key'),
      etag: textIn(data, 'etag'),
    });
    if (found === undefined) continue;
    const { etag, ...at } = found;
    const versionId = textIn(data, 'versionId');
    return { at: { ...at, ...(versionId !== undefined && { versionId }) }, etag };
  }
  return undefined;
}

/** Whether it deploys code to the cluster. */
export function isAt({ kind, subject }: Operation, place: ClusterPlace): boolean {
  const [environmentId, clusterName] = subject.path;
  return (
    kind === CODE_KIND &&
    subject.accountId === place.accountId &&
    subject.region === place.region &&
    environmentId === place.environmentId &&
    clusterName === place.clusterName
  );
}

function deploymentOf(operation: Operation): readonly Deployment[] {
  const read = readOperation(operation);
  const summary = parseSummary(operation.plan);
  const { expected } = read?.update ?? {};
  if (read === undefined || summary === undefined || expected?.code === undefined) return [];
  const { digest, git, target, rollsBack } = summary;
  const { id, author, origin, state } = operation;
  return [
    {
      operationId: id,
      at: read.update.sentAt,
      configuration: { ...expected, code: expected.code },
      strategy: read.request.strategy,
      outcome: state,
      ...(author && { author: author.arn }),
      ...(digest !== undefined && { digest }),
      ...(git && { git }),
      ...(origin !== undefined && { origin }),
      ...(rollsBack && { rollsBack }),
      ...(target !== undefined && { target }),
    },
  ];
}
