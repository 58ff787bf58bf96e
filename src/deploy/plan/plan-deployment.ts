/** Makes a plan: reads the cluster and the folder, compares them, and checks everything that can be known before. */
import type { Clock } from '../../model/clock';
import type { CodeConfiguration, DeploymentStrategy } from '../../model/kdb';
import type { Packer, PackProgress, PackRequest, Scan } from '../../package/packer';
import { automaticStrategy } from '../checks/cluster';
import { type ConfigurationWithCode, configurationAfter, differences } from '../configuration';
import { tryOpenZip, type ZipOrFailure } from '../deployed';
import { recordFolder } from '../naming';
import type { DeployPorts, ObjectStore } from '../ports';
import { isPutIfAbsent } from '../stored';
import { allChecks } from './all-checks';
import { type Changes, changesBetween } from './changes';
import { type Code, codeOfFolder, codeOfZip } from './code';
import type { PlanInput } from './input';
import type { Confirmation, DeploymentPlan, PlannedRequest } from './plan';
import { type ReadForPlan, type Readings, readAll } from './readings';
import { plannedUpdate, recordRequest, updateRequest, zipRequest } from './requests';

export type PlanProgress =
  | { readonly step: 'reading' }
  | { readonly step: 'scanning'; readonly progress: PackProgress }
  | { readonly step: 'comparing' };

export interface PlanContext {
  readonly ports: DeployPorts;
  readonly packer: Pick<Packer, 'scan'>;
  readonly clock: Clock;
  /** {@link readAll} when absent. */
  readonly read?: ReadForPlan;
}

/**
 * Nothing is changed by planning. @throws failures of the reads without which there is no plan (cluster, identity,
 * folder), among them `service-ended`; what else cannot be read is an unknown in the plan.
 */
export async function planDeployment(
  input: PlanInput,
  { ports, packer, clock, read = readAll }: PlanContext,
  signal: AbortSignal,
  report: (progress: PlanProgress) => void = () => undefined,
): Promise<DeploymentPlan> {
  const { destination, source, target, protection, git, origin, rollsBack } = input;
  report({ step: 'reading' });
  const [readings, found] = await Promise.all([
    read(destination, source.kind === 'zip' ? source.at.bucket : destination.bucket, ports, signal),
    source.kind === 'folder' ? scanned(source.request, packer, signal, report) : source,
  ]);
  report({ step: 'comparing' });
  const current = readings.cluster.configuration;
  const [deployed, code] = await Promise.all([
    input.unread ? undefined : lookAtDeployed(ports.objects, current, signal),
    'scan' in found
      ? codeOfFolder(input, found, current, ports.objects, signal)
      : codeOfZip(found.at, ports.objects, signal),
  ]);
  const wanted = configurationAfter(current, code.at, input);
  const strategy =
    input.strategy === 'automatic' ? automaticStrategy(readings.cluster, wanted) : input.strategy;
  const next: ConfigurationWithCode = strategy === 'NO_RESTART' ? { ...current, code: code.at } : wanted;
  const parts = { input, readings, code, wanted, next, strategy, now: clock.now() };
  return {
    subject: subjectOf(input, readings),
    author: readings.identity,
    environmentId: destination.environmentId,
    clusterName: destination.clusterName,
    bucket: destination.bucket,
    prefix: destination.prefix,
    ...(target && { target }),
    ...(protection && { protection }),
    source: code.source,
    current: seen(readings),
    next,
    parts: differences(current, next),
    strategy,
    changes: changesOf(deployed, code),
    leftOut: code.scan?.leftOut ?? [],
    checks: allChecks(parts),
    requests: requestsOf(input, code, next, strategy),
    confirmations: confirmationsOf(input, strategy),
    ...(git && { git }),
    ...(origin !== undefined && { origin }),
    ...(rollsBack && { rollsBack }),
    madeAt: parts.now,
  };
}

async function scanned(
  request: PackRequest,
  packer: PlanContext['packer'],
  signal: AbortSignal,
  report: (progress: PlanProgress) => void,
): Promise<{ readonly root: string; readonly scan: Scan }> {
  const scan = await packer.scan(request, signal, (progress) => report({ step: 'scanning', progress }));
  return { root: request.root, scan };
}

async function lookAtDeployed(
  objects: ObjectStore,
  { code }: CodeConfiguration,
  signal: AbortSignal,
): Promise<ZipOrFailure | 'no-code'> {
  return code === undefined ? 'no-code' : tryOpenZip(objects, code, signal);
}

function changesOf(deployed: ZipOrFailure | 'no-code' | undefined, { files, zip }: Code): Changes {
  if (deployed === undefined) return { kind: 'not-compared' };
  if (files === undefined) return zip?.kind === 'unreadable' ? zip : { kind: 'not-compared' };
  if (deployed === 'no-code') return { kind: 'first', files: files.length };
  return deployed.kind === 'zip' ? changesBetween(deployed.zip.directory, files) : deployed;
}

function subjectOf(
  { destination }: PlanInput,
  { identity, environment }: Readings,
): DeploymentPlan['subject'] {
  const { connection, environmentId, clusterName } = destination;
  const { region } = connection;
  const place = `arn:aws:finspace:${region}:${identity.accountId}:kxEnvironment/${environmentId}`;
  const shown = environment.known ? environment.value.name : environmentId;
  return {
    connectionId: connection.id,
    region,
    accountId: identity.accountId,
    arn: `${place}/kxCluster/${clusterName}`,
    path: [environmentId, clusterName],
    label: `${shown} / ${clusterName}`,
  };
}

function seen({ cluster }: Readings): DeploymentPlan['current'] {
  const { type, status, configuration, statusReason, modifiedAt } = cluster;
  return {
    type,
    status,
    configuration,
    ...(statusReason !== undefined && { statusReason }),
    ...(modifiedAt !== undefined && { modifiedAt }),
  };
}

function requestsOf(
  { destination }: PlanInput,
  { source, at }: Code,
  next: ConfigurationWithCode,
  strategy: DeploymentStrategy,
): readonly PlannedRequest[] {
  const { environmentId, clusterName, bucket, prefix } = destination;
  const update = updateRequest({ environmentId, clusterName }, next, strategy, '');
  const uploads = source.kind === 'folder' && source.stored.kind !== 'same';
  const onlyIfAbsent = source.kind === 'folder' && isPutIfAbsent(source.stored);
  return [
    ...(uploads ? [zipRequest(at, onlyIfAbsent)] : []),
    recordRequest(bucket, recordFolder(prefix, environmentId, clusterName)),
    plannedUpdate(update, uploads),
  ];
}

function confirmationsOf({ protection }: PlanInput, strategy: DeploymentStrategy): readonly Confirmation[] {
  return [
    ...(protection === undefined ? [] : ['protected' as const]),
    ...(strategy === 'FORCE' ? ['force' as const] : []),
  ];
}
