/** Deployments in the ledger of this machine. */
import { present } from '../../model/present';
import type { Operation } from '../../operations/operation';
import { lastLookOf } from '../apply/last-look';
import type { LastDeployment } from '../checks/drift';
import { readOperation } from '../follow/read-operation';
import { parseSummary } from '../plan/summary';
import { isAt, type Owner, type Place, type TargetKind } from '../port/target-kind';
import { textIn, whole } from '../reading-json';
import type { CopySource } from '../upload/multipart';
import type { Deployment } from './deployment';

/** Deployments whose request was sent, newest first. `operations`: newest first, as in the ledger. */
export function deploymentsInLedger(operations: readonly Operation[], place: Place): readonly Deployment[] {
  return operations
    .filter((operation) => isAt(operation, place))
    .flatMap((operation) => deploymentOf(operation, place.kind));
}

/**
 * The configuration that Slipway's newest deployment left on the target. If the deployment is live, this is the
 * deployment's own configuration; if it failed with the refusal `update-failed`, the one that the target had
 * before. Failed deployments that left the target unchanged are skipped. Undefined if no deployment remains, or if
 * it is not known what the deployment left.
 */
export function lastDeployment(operations: readonly Operation[], place: Place): LastDeployment | undefined {
  for (const operation of operations.filter((one) => isAt(one, place) && one.sentAt !== undefined)) {
    const [deployment] = deploymentOf(operation, place.kind);
    // The ledger does not say in a readable form what this deployment has left on the target.
    if (deployment === undefined) return undefined;
    const { operationId, at, outcome, configuration } = deployment;
    if (outcome === 'succeeded') return { operationId, at, configuration };
    // It is not known how this deployment ended, and so not which configuration it left on the target.
    if (outcome !== 'failed') return undefined;
    const failure = operation.outcome?.failure;
    const code = failure?.kind === 'refused' ? failure.code : undefined;
    const before = lastLookOf(operation)?.configuration;
    if (code === 'update-failed' && before !== undefined) return { operationId, at, configuration: before };
    // After any other refusal it is not certain which configuration the target has.
    if (code !== undefined && !LEFT_AS_IT_WAS.has(code)) return undefined;
  }
  return undefined;
}

/** Failures after which the target has its earlier configuration. */
const LEFT_AS_IT_WAS: ReadonlySet<string> = new Set([
  'ledger-unwritable',
  'never-arrived',
  'operation-ended',
  'update-failed',
]);

/**
 * The zip with this SHA-256 (hex), if this machine stored it in this account and region. Parts of it can be
 * copied inside S3.
 */
export function storedZip(
  operations: readonly Operation[],
  { accountId, region }: Owner,
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
    return { at: { ...at, ...present({ versionId }) }, etag };
  }
  return undefined;
}

function deploymentOf(operation: Operation, kind: TargetKind): readonly Deployment[] {
  const read = readOperation(operation, kind);
  const summary = parseSummary(operation.plan, kind);
  const { expected } = read?.update ?? {};
  if (read === undefined || summary === undefined || expected?.code === undefined) return [];
  const { digest, git, target, rollsBack } = summary;
  const { id, author, origin, state } = operation;
  return [
    {
      operationId: id,
      at: read.update.sentAt,
      configuration: { ...expected, code: expected.code },
      before: read.update.before.configuration,
      strategy: read.sent.strategy,
      outcome: state,
      ...(author && { author: author.arn }),
      ...present({ digest, git, origin, rollsBack, target }),
    },
  ];
}
