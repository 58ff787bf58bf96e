/**
 * Makes a plan: reads the target and the new code, compares the new code with the deployed code, and checks
 * everything that can be known in advance.
 */

import type { Clock } from '../../model/clock';
import type { CodeConfiguration } from '../../model/code';
import { present } from '../../model/present';
import type { Packer, PackProgress, PackRequest, Scan } from '../../package/packer';
import { confirmationsOf } from '../../plan/confirmation';
import { type ConfigurationWithCode, differences } from '../configuration';
import { tryOpenZip, type ZipOrFailure } from '../deployed';
import { recordFolder } from '../naming';
import type { DeployTarget, PlannedRequest } from '../port/deploy-target';
import type { Strategy } from '../port/strategy';
import type { DeployPorts, ObjectStore } from '../ports';
import { isPutIfAbsent } from '../stored';
import { allChecks, type Check } from './all-checks';
import { type Changes, changesBetween } from './changes';
import { type Code, codeOfFolder, codeOfZip } from './code';
import type { PlanInput } from './input';
import type { DeploymentPlan } from './plan';
import { type ReadForPlan, type Readings, readAll } from './readings';
import { recordRequest, zipRequest } from './requests';
import { findingsOf, foreseenFindings, wishOf } from './wish';

export type PlanProgress =
  | { readonly step: 'reading' }
  | { readonly step: 'scanning'; readonly progress: PackProgress }
  | { readonly step: 'comparing' };

export interface PlanContext {
  readonly ports: DeployPorts;
  /** The target at the input's destination. */
  readonly target: DeployTarget;
  readonly packer: Pick<Packer, 'scan'>;
  readonly clock: Clock;
  /** Reads the data of the plan; {@link readAll} if absent. */
  readonly read?: ReadForPlan;
}

/**
 * Makes a plan, and changes nothing. @throws failures to read the target, the identity or the folder, and
 * failures that concern the whole plan, such as cancellation, missing credentials and `service-ended`.
 * Other data that cannot be read is unknown in the plan.
 */
export async function planDeployment(
  input: PlanInput,
  { ports, target: reached, packer, clock, read = readAll }: PlanContext,
  signal: AbortSignal,
  report: (progress: PlanProgress) => void = () => undefined,
): Promise<DeploymentPlan> {
  const { destination, source, target, protection, git, origin, rollsBack } = input;
  report({ step: 'reading' });
  const services = { ports, target: reached };
  const reading = read(
    destination,
    source.kind === 'zip' ? source.at.bucket : destination.bucket,
    services,
    signal,
  );
  const foreseen = foreseenFindings(input, reading, clock, signal);
  const [readings, found] = await Promise.all([
    reading,
    source.kind === 'folder' ? scanned(source.request, packer, signal, report) : source,
  ]);
  report({ step: 'comparing' });
  const { configuration: current, restsOn } = readings.target;
  const [deployed, code] = await Promise.all([
    input.unread ? undefined : lookAtDeployed(ports.objects, current, signal),
    'scan' in found
      ? codeOfFolder(input, found, current, ports.objects, signal)
      : codeOfZip(found.at, ports.objects, signal),
  ]);
  const wish = wishOf(input, readings.target, code.at);
  const { wanted, strategy, next } = wish;
  const now = clock.now();
  const own = await (foreseen ?? findingsOf(input, readings, wish, now, signal));
  const checks = allChecks({ input, readings, code, wanted, next, strategy, own });
  const subject = subjectOf(input, readings);
  return {
    subject,
    author: readings.identity,
    kind: destination.kind.id,
    bucket: destination.bucket,
    prefix: destination.prefix,
    ...present({ target, protection }),
    source: code.source,
    current: { configuration: current, ...present({ restsOn }) },
    next,
    parts: differences(current, next),
    strategy: strategy.id,
    changes: changesOf(deployed, code),
    leftOut: code.scan?.leftOut ?? [],
    checks,
    requests: requestsOf(input, code, next, strategy, readings),
    confirmations: confirmationsOf(checks, (check) => nameToType(check, subject)),
    ...present({ git, origin, rollsBack }),
    madeAt: now,
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
  if (zip?.kind === 'unreadable') return { ...zip, zip: 'next' };
  if (deployed === undefined || files === undefined) return { kind: 'not-compared' };
  if (deployed === 'no-code') return { kind: 'first', files: files.length };
  if (deployed.kind === 'unreadable') return { ...deployed, zip: 'deployed' };
  return changesBetween(deployed.zip.directory, files);
}

function subjectOf({ destination }: PlanInput, { identity, target }: Readings): DeploymentPlan['subject'] {
  const { connection, kind, path } = destination;
  const owner = { region: connection.region, accountId: identity.accountId };
  const arn = kind.arnOf(owner, path);
  return {
    connectionId: connection.id,
    ...owner,
    ...present({ arn }),
    path,
    label: target.label,
  };
}

function requestsOf(
  { destination }: PlanInput,
  { source, at }: Code,
  next: ConfigurationWithCode,
  strategy: Strategy,
  { target, bucket: { versioning } }: Readings,
): readonly PlannedRequest[] {
  const { bucket, prefix, kind, path } = destination;
  const uploads = source.kind === 'folder' && source.stored.kind !== 'same';
  const versionComes = uploads && (!versioning.known || versioning.value === 'enabled');
  const onlyIfAbsent = source.kind === 'folder' && isPutIfAbsent(source.stored);
  return [
    ...(uploads ? [zipRequest(at, onlyIfAbsent)] : []),
    recordRequest(bucket, recordFolder(prefix, kind.records.folders(path))),
    ...target.requests(next, strategy.id, versionComes),
  ];
}

/**
 * The name that the user has to type to confirm a finding: for the protection check, the name of the target
 * in `slipway.json` that protects the place, if that target is known; otherwise the place's own name.
 */
function nameToType(check: Check, { path, label }: DeploymentPlan['subject']): string {
  const innermost = path.at(-1) ?? label;
  if ('kind' in check) return innermost;
  const { code, facts } = check;
  return code === 'protection.own' || code === 'protection.by-target' ? facts.name : innermost;
}
