/** UpdateKxClusterCodeConfiguration: the checks before an update is accepted, and the update itself. */
import type { LogStore } from '../logs/log-store';
import { omitEmpty, present } from '../present';
import { Refusal } from '../protocols/refusal';
import type { ObjectStore, StoredObject } from '../s3/store';
import type { SandboxClock } from '../sandbox-service';
import type { SandboxSettings } from '../settings';
import { MINUTE, type Timeline } from '../timeline';
import { type AcceptedUpdate, type KdbCluster, nodeId } from './cluster';
import { type CodeZip, readCodeZip } from './code-zip';
import type { KdbEnvironment } from './environment';
import { lackingAction } from './policy';
import type { CodeConfiguration, UpdateCode } from './shapes';
import { logGroupOf, startUpLines } from './start-up';

export interface UpdateParts {
  readonly accountId: string;
  readonly clock: SandboxClock;
  readonly objects: ObjectStore;
  readonly settings: SandboxSettings;
  readonly timeline: Timeline;
  readonly logs: LogStore;
}

export interface CodeUpdate {
  readonly environment: KdbEnvironment;
  readonly cluster: KdbCluster;
  readonly input: UpdateCode;
  readonly body: unknown;
  readonly by: AcceptedUpdate['by'];
}

/** Simulated milliseconds after which a stuck update ends: longer than any caller waits. */
const STUCK = 365 * 24 * 60 * MINUTE;
/** The share of an update's usual time that NO_RESTART takes, since it only copies files. */
const QUICK_SHARE = 1 / 6;

export class CodeUpdater {
  /**
   * The requests that had a token, by region, environment, cluster and token. From `until` on, the token counts
   * as new. `until` is real time, not simulated time: callers, too, measure a token's lifetime in real time.
   */
  private readonly tokens = new Map<string, { readonly until: number; readonly body: string }>();

  constructor(private readonly parts: UpdateParts) {}

  /**
   * Accepts an update. A request that repeats the token and body of an earlier one is also accepted, but starts
   * no update.
   * @throws a {@link Refusal}
   */
  async accept(update: CodeUpdate): Promise<void> {
    if (this.isRepeated(update)) return;
    checkStrategy(update);
    checkReady(update);
    const zip = await readCodeZip(this.readCode(update).bytes);
    // While the zip was read, another request with the same token may have been accepted.
    if (this.isRepeated(update)) return;
    checkReady(update);
    this.remember(update);
    this.start(update, zip);
  }

  private isRepeated({ environment, cluster, input, body }: CodeUpdate): boolean {
    const known = this.tokens.get(tokenKey(environment, cluster, input));
    if (!known || known.until <= this.parts.clock.now()) return false;
    if (known.body !== JSON.stringify(body))
      throw conflict('The clientToken was used with other parameters.', 'IDEMPOTENT_PARAMETER_MISMATCH');
    return true;
  }

  private remember({ environment, cluster, input, body }: CodeUpdate): void {
    if (input.clientToken === undefined) return;
    const until = this.parts.clock.now() + this.parts.settings.current.finspace.tokenMinutes * MINUTE;
    this.tokens.set(tokenKey(environment, cluster, input), { until, body: JSON.stringify(body) });
  }

  private readCode({ environment, cluster, input }: CodeUpdate): StoredObject {
    const { s3Bucket: bucketName, s3Key: key, s3ObjectVersion: versionId } = input.code;
    if (bucketName === undefined || key === undefined)
      throw invalid('The code configuration needs s3Bucket and s3Key.');
    const bucket = this.parts.objects.bucket(bucketName);
    if (!bucket) throw invalid(`The bucket ${bucketName} does not exist.`);
    if (bucket.settings.region !== environment.region)
      throw invalid(`The bucket ${bucketName} is not in ${environment.region}.`);
    const { accountId } = this.parts;
    const sourceArn = `arn:aws:finspace:${environment.region}:${accountId}:kxEnvironment/${environment.id}/kxCluster/${cluster.facts.name}`;
    const object = { bucket: bucketName, key, versionId };
    const lacking = lackingAction(bucket.settings.policy, object, { accountId, sourceArn });
    if (lacking) throw invalid(`FinSpace is not allowed ${lacking} on s3://${bucketName}/${key}.`);
    const found = this.parts.objects.get(bucketName, key, versionId);
    if (!found)
      throw invalid(
        `The object s3://${bucketName}/${key}${versionId ? ` version ${versionId}` : ''} does not exist.`,
      );
    return found;
  }

  private start({ environment, cluster, input, body, by }: CodeUpdate, zip: CodeZip): void {
    const { finspace } = this.parts.settings.current;
    const { clock, timeline } = this.parts;
    const quick = isQuick(input);
    const before = cluster.configuration;
    const after = quick ? { ...before, code: input.code } : replacement(input);
    const failure = failureOf(zip, quick ? undefined : input.initializationScript);
    const accepted: AcceptedUpdate = { at: clock.now(), by, body };
    cluster.updates.push(accepted);
    cluster.updating = true;
    const length = finspace.updateMinutes * MINUTE * (quick ? QUICK_SHARE : 1);
    timeline.after(finspace.updatingAfterMinutes * MINUTE, () => {
      if (finspace.updatingSeen) cluster.status = 'UPDATING';
      if (finspace.configurationShown === 'start') cluster.configuration = after;
      cluster.statusReason = undefined;
      cluster.lastModified = clock.now();
      if (!quick) this.log(environment, cluster, startUpLines(after, failure));
      const stuck = failure !== undefined && finspace.badScript === 'stuck';
      timeline.after(stuck ? STUCK : length, () => {
        cluster.status = 'RUNNING';
        cluster.updating = false;
        cluster.configuration = failure === undefined ? after : before;
        cluster.statusReason = failure === undefined ? undefined : asStatusReason(failure);
        cluster.lastModified = clock.now();
        accepted.ended = {
          at: cluster.lastModified,
          ...(failure === undefined ? { outcome: 'live' } : { outcome: 'failed', reason: failure }),
        };
      });
    });
  }

  private log({ id, region }: KdbEnvironment, { facts }: KdbCluster, lines: readonly string[]): void {
    for (let node = 0; node < facts.nodeCount; node += 1)
      this.parts.logs.append(region, logGroupOf(id, facts.name), nodeId(facts.name, node), lines);
  }
}

function checkStrategy({ cluster, input }: CodeUpdate): void {
  if (!isQuick(input)) return;
  if (cluster.facts.type !== 'GP') throw invalid('NO_RESTART is available for clusters of type GP only.');
  if (input.initializationScript !== undefined || input.commandLineArguments !== undefined)
    throw invalid('NO_RESTART cannot change initializationScript or commandLineArguments.');
}

function checkReady({ environment, cluster }: CodeUpdate): void {
  if (environment.status !== 'CREATED')
    throw conflict(`The environment ${environment.id} is ${environment.status}.`, 'ENVIRONMENT_NOT_CREATED');
  if (cluster.status !== 'RUNNING' || cluster.updating)
    throw conflict(
      `The cluster ${cluster.facts.name} is ${cluster.updating ? 'UPDATING' : cluster.status}.`,
      'CLUSTER_NOT_RUNNING',
    );
}

function failureOf(zip: CodeZip, script: string | undefined): string | undefined {
  if (zip.kind === 'unreadable') return `The code zip could not be extracted. ${zip.reason}`;
  if (script === undefined || zip.files.includes(script)) return undefined;
  return `Initialization script ${script} was not found in the code zip.`;
}

function isQuick(input: UpdateCode): boolean {
  return input.deploymentConfiguration?.deploymentStrategy === 'NO_RESTART';
}

/**
 * The new configuration of a cluster after an update whose strategy is not NO_RESTART. It replaces the earlier
 * configuration as a whole: a member that the update does not send is removed.
 */
function replacement({
  code,
  initializationScript,
  commandLineArguments = [],
}: UpdateCode): CodeConfiguration {
  return {
    code,
    ...present({ initializationScript }),
    ...omitEmpty({ commandLineArguments }),
  };
}

/**
 * The failure as a status reason: at most 250 characters; each character that AWS forbids is replaced
 * by `_`.
 */
function asStatusReason(failure: string): string {
  return failure.replace(/[^a-zA-Z0-9_\-.\s]/g, '_').slice(0, 250);
}

function tokenKey(environment: KdbEnvironment, cluster: KdbCluster, input: UpdateCode): string {
  return [environment.region, environment.id, cluster.facts.name, input.clientToken].join(' ');
}

const invalid = (message: string): Refusal => new Refusal(400, 'ValidationException', message);

const conflict = (message: string, reason: string): Refusal =>
  new Refusal(409, 'ConflictException', message, { reason });
