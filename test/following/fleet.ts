/** Updates of a sandbox's fleet, begun by the real domain through the real adapters, as operations of a ledger. */
import type { AwsPorts, AwsSession } from '../../src/aws/contract';
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import { KEEP_ALL } from '../../src/deploy/configuration';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../src/deploy/plan/summary';
import { type Clock, systemClock } from '../../src/model/clock';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import type { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { recordOf } from '../../src/nodegroup/plan/record';
import { planSeveral } from '../../src/nodegroup/several/plan';
import type { Ledger } from '../../src/operations/ledger';
import type { Journal, PlannedOperation } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import { forever } from '../operations/data';

export const FLEET_ENVIRONMENT = 'fleet0000000000000000000';
const FLEET_BUCKET = 'acme-kdb-fleet-111122223333';

export const fleetName = (kind: 'fleet' | 'nodes', number: number): string =>
  `${kind}-${String(number).padStart(3, '0')}`;

/** The zip that is there needs no packing. */
const noPacker = {
  scan: () => Promise.reject(new Error('nothing to scan')),
  pack: () => Promise.reject(new Error('nothing to pack')),
};

async function begun(
  ledger: Ledger,
  planned: PlannedOperation,
  apply: (journal: Journal) => Promise<void>,
): Promise<string> {
  const journal = await ledger.begin(planned);
  const failure = await runOperation(ledger, journal, () => apply(journal));
  if (failure) throw new Error(JSON.stringify(failure));
  return journal.id;
}

/** Restarts a kdb cluster with the code it has; resolves to the operation's id once AWS has accepted. */
export async function restartCluster(
  ledger: Ledger,
  { connection }: AwsSession,
  ports: AwsPorts,
  clusterName: string,
  clock: Clock = systemClock,
): Promise<string> {
  const { configuration } = await ports.finspace.getCluster(FLEET_ENVIRONMENT, clusterName, forever);
  if (!configuration.code) throw new Error(`${clusterName} has no code`);
  const path = [FLEET_ENVIRONMENT, clusterName];
  const reached = { ports, target: finspaceTarget(ports.finspace, path) };
  const plan = await planDeployment(
    {
      ...KEEP_ALL,
      destination: {
        connection,
        kind: finspaceKind,
        path,
        bucket: FLEET_BUCKET,
        prefix: '',
      },
      source: { kind: 'zip', at: configuration.code },
      strategy: 'ROLLING',
    },
    { ...reached, packer: noPacker, clock },
    forever,
  );
  const { subject, author } = plan;
  return begun(
    ledger,
    { kind: finspaceKind.operationKind, subject, author, plan: summaryOf(plan) },
    (journal) => applyDeployment(plan, { ...reached, packer: noPacker, journal, clock }, forever),
  );
}

/** Brings a node group to its control plane's version; resolves to the operation's id once AWS has accepted. */
export async function updateGroup(
  ledger: Ledger,
  { connection, following }: AwsSession,
  looks: AttentionSource,
  cluster: string,
  nodegroup: string,
): Promise<string> {
  const choice = { goal: 'control-plane-version', force: false } as const;

  const [row] = await planSeveral(looks, [{ cluster, nodegroup }], choice, Date.now(), forever);
  if (row?.kind !== 'planned') throw new Error(`no plan: ${JSON.stringify(row)}`);
  const record = recordOf(row.plan);
  const author = await following.identities.whoAmI(forever);
  const place = { connectionId: connection.id, region: connection.region, author };
  return begun(ledger, updateOperation(record, place), (journal) =>
    applyUpdate(record, looks.ports.eks, journal, forever),
  );
}
