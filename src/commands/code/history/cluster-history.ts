/** The deployments of a cluster, from the ledger of this machine and from the records in buckets. */
import { type ConfigurationWithCode, contradicts } from '../../../deploy/configuration';
import { type Deployment, mergeDeployments, replacedBy } from '../../../deploy/history/deployment';
import {
  type RecordPlace,
  recordedDeployments,
  type StoredCode,
  storedCode,
} from '../../../deploy/history/from-bucket';
import { deploymentsInLedger } from '../../../deploy/history/from-ledger';
import { isAt } from '../../../deploy/port/target-kind';
import { type AwsFailure, failureOf } from '../../../model/failure';
import type { DeployDeps } from '../deploy';
import { leadsTo, type PickedTarget } from '../picked-target';
import { readWorkspaceTargets, usableTargets } from '../targets/workspace-targets';
import { placeOfOperation, recordPlaces } from './places';

/** The largest number of records that are read at each place. */
const MOST_RECORDS = 100;

/** A configuration that a deployment to the cluster requested, or that it found there and replaced. */
export interface KnownConfiguration {
  readonly configuration: ConfigurationWithCode;
  /** `found`: the deployment found this configuration in the cluster, and replaced it. */
  readonly how: 'deployed' | 'found';
  readonly deployment: Deployment;
  /** The place of the deployment's record. */
  readonly place: RecordPlace;
  /** True for the newest known configuration that agrees with the present one of the cluster. */
  readonly isLive: boolean;
}

/** A zip that Slipway stored, but that no known configuration names. */
export interface UnrecordedZip {
  readonly code: StoredCode;
  readonly place: RecordPlace;
}

export interface ClusterHistory {
  /** Newest first; a replaced configuration comes after the deployment that replaced it. */
  readonly known: readonly KnownConfiguration[];
  readonly zips: readonly UnrecordedZip[];
  /** The places that could not be read, each with the reason. */
  readonly unread: readonly { readonly place: RecordPlace; readonly failure: AwsFailure }[];
  /** True if there are older records than those that were read. */
  readonly more: boolean;
}

/**
 * Collects the deployments in this machine's ledger, and the records and zips in every place where Slipway may
 * have stored them for the cluster. A place that AWS does not let the user read is returned in `unread`.
 */
export async function readHistory(
  { connection, kind, path, seen }: PickedTarget,
  deps: Pick<DeployDeps, 'ports' | 'ledger' | 'prefixes'>,
  signal: AbortSignal,
): Promise<ClusterHistory> {
  const { objects, identities } = await deps.ports(connection);
  const { accountId } = await identities.whoAmI(signal);
  const place = { accountId, region: connection.region, kind, path };
  const current = seen.configuration;
  const operations = deps.ledger.operations().filter((operation) => isAt(operation, place));
  const places = recordPlaces({
    code: current.code,
    operations,
    targets: usableTargets(await readWorkspaceTargets())
      .map(({ target }) => target)
      .filter((target) => leadsTo(target, { connection, kind, path }, accountId)),
    prefixOf: (bucket) => deps.prefixes.of(bucket),
  });
  const read = await Promise.all(
    places.map(async (at) => {
      try {
        const [records, zips] = await Promise.all([
          recordedDeployments(objects, at, place, MOST_RECORDS, signal),
          storedCode(objects, at, signal),
        ]);
        return { place: at, records, zips };
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure.kind !== 'aws') throw thrown;
        return { place: at, failure };
      }
    }),
  );
  const found = read.flatMap((one) => (one.failure === undefined ? [one] : []));
  const inLedger = deploymentsInLedger(operations, place);
  const merged = mergeDeployments(
    inLedger,
    found.flatMap(({ records }) => records.deployments),
    operations.filter(({ sentAt }) => sentAt === undefined).map(({ id }) => id),
  );
  const recordedAt = ({ operationId }: Deployment): RecordPlace | undefined =>
    operations.filter(({ id }) => id === operationId).flatMap(placeOfOperation)[0] ??
    found.find(({ records }) => records.deployments.some((one) => one.operationId === operationId))?.place;
  const replaced = replacedBy(merged);
  const past = merged.flatMap((deployment) => [
    { how: 'deployed' as const, deployment, configuration: deployment.configuration },
    ...replaced
      .filter(({ by }) => by === deployment)
      .map(({ configuration }) => ({ how: 'found' as const, deployment, configuration })),
  ]);
  const live = past.find(({ configuration }) => contradicts(configuration, current).length === 0);
  return {
    known: past.flatMap((one) => {
      const at = recordedAt(one.deployment);
      return at === undefined ? [] : [{ ...one, place: at, isLive: one === live }];
    }),
    zips: found.flatMap(({ place: at, zips }) =>
      zips.filter((code) => !past.some((one) => isSame(one, code))).map((code) => ({ code, place: at })),
    ),
    unread: read.flatMap((one) =>
      one.failure === undefined ? [] : [{ place: one.place, failure: one.failure }],
    ),
    more: found.some(({ records }) => records.more),
  };
}

function isSame(
  { configuration: { code } }: Pick<KnownConfiguration, 'configuration'>,
  { at }: StoredCode,
): boolean {
  return code.bucket === at.bucket && code.key === at.key && code.versionId === at.versionId;
}
