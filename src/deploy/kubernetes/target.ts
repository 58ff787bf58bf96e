/** A workload as a target of deployments. */
import type { Clock } from '../../model/clock';
import { isKubernetesReason } from '../../model/failure';
import type { Facts, Json } from '../../model/json';
import type { Workload } from '../../model/workload';
import type { Observation } from '../../operations/operation';
import type { ConfigurationWithCode } from '../configuration';
import { judgeMissing } from '../follow/missing';
import type {
  DeployTarget,
  FurtherUpdate,
  Pause,
  PollContext,
  PreparedUpdate,
  StoredBytes,
  TargetReading,
  TargetState,
} from '../port/deploy-target';
import type { FollowedUpdate } from '../port/followed-update';
import { memberOf, numberIn, textIn } from '../reading-json';
import { refuse } from '../refusal';
import { type Annotations, configurationIn } from './annotations';
import { replacements } from './canary';
import { lastWrittenAt } from './changed-by';
import { ownChecks } from './checks/own-checks';
import { explained } from './events';
import { deletions } from './force';
import { judge, type Seen, type WorkloadUpdate } from './judge';
import { kubernetesKind } from './kind';
import { nextAnnotations, ownersInTheWay } from './next-annotations';
import { type WorkloadPlace, workloadIn } from './place';
import type { Workloads, WorkloadsOf } from './ports';
import { type ApplyRequest, annotationsIn, applyIn, plannedRequest, sentRequest } from './requests';
import { restingOn, sendApply } from './send';
import { automaticStrategy, impossibleFor, isOnDelete, strategiesFor, workloadStrategy } from './strategies';

/** @param path the cluster, the namespace, and the workload with its kind: `statefulset/hdb` */
export function kubernetesTarget(
  workloadsOf: WorkloadsOf,
  path: readonly string[],
  clock: Clock,
): DeployTarget {
  const place = workloadIn(path);
  const reached: Reached = { place, workloads: workloadsOf(place.cluster), clock };
  return {
    kind: kubernetesKind,
    path,
    refusesStale: true,
    read: (signal) => readingOf(reached, signal),
    look: async (signal) => {
      const [context, workload] = await lookAt(reached, signal);
      return stateOf(reached, context, workload);
    },
    poll: (update, context) => poll(reached, update, context),
    watch: (changed, signal) => reached.workloads.watch(place, changed, signal),
    goOn: (update, signal) => left(reached, update, signal),
  };
}

interface Reached {
  readonly place: WorkloadPlace;
  readonly workloads: Workloads;
  readonly clock: Clock;
}

/** Reads the ARN of the cluster, and the workload. */
function lookAt({ workloads, place }: Reached, signal: AbortSignal): Promise<[string, Workload]> {
  return Promise.all([workloads.arn(signal), workloads.read(place, signal)]);
}

function stateOf(reached: Reached, context: string, workload: Workload): TargetState {
  const { uid, generation, annotations } = workload;
  return {
    configuration: configurationIn(annotations),
    restsOn: restingOn(workload),
    facts: { uid, generation, annotations: { ...annotations }, writtenAt: lastWrittenAt(workload) },
    prepare: async (next, strategy, zip) =>
      prepared(reached, workload, await requestOf(reached, context, workload, { next, strategy, zip })),
  };
}

interface Wanted {
  readonly next: ConfigurationWithCode;
  readonly strategy: string;
  readonly zip: StoredBytes;
}

async function requestOf(
  { clock, place }: Reached,
  context: string,
  workload: Workload,
  { next, strategy, zip }: Wanted,
): Promise<ApplyRequest> {
  const annotations = nextAnnotations(workload, next, await zip.sha256(), clock.now());
  return applyRequest(place, context, workload, annotations, strategy);
}

function applyRequest(
  { kind, namespace, name }: WorkloadPlace,
  context: string,
  workload: Workload,
  annotations: Annotations,
  strategy: string,
): ApplyRequest {
  const { uid, resourceVersion } = workload;
  // The user has agreed to take the annotations over from the owners that the plan names. If the last look at the
  // workload finds other owners, the deployment stops.
  const force = ownersInTheWay(workload, annotations).length > 0;
  return {
    context,
    workload: { kind, namespace, name },
    patch: { uid, resourceVersion, annotations, force },
    strategy: workloadStrategy(strategy),
  };
}

function prepared({ workloads, clock }: Reached, workload: Workload, request: ApplyRequest): PreparedUpdate {
  return {
    request: sentRequest(request),
    send: (signal) => sendApply(workloads, request.workload, request.patch, workload, clock, signal),
    ...(request.strategy === 'FORCE' && {
      further: (signal) => deletions(workloads, request, clock, signal),
      // Unless the workload's update strategy is OnDelete, its controller replaces the pods by itself.
      needsFurther: isOnDelete(workload),
    }),
    ...(request.strategy === 'CANARY' && {
      further: (signal) => replacements({ workloads, request, clock }, false, signal),
      needsFurther: true,
    }),
  };
}

async function* left(
  { workloads, clock, place }: Reached,
  { input, strategy }: FollowedUpdate,
  signal: AbortSignal,
): AsyncIterable<FurtherUpdate | Pause> {
  const request = applyIn(input, place, strategy);
  if (request === undefined) throw refuse('operation-unreadable', { what: 'request' });
  yield* request.strategy === 'FORCE'
    ? deletions(workloads, request, clock, signal)
    : replacements({ workloads, request, clock }, true, signal);
}

async function readingOf(reached: Reached, signal: AbortSignal): Promise<TargetReading> {
  const { place, workloads, clock } = reached;
  const [context, workload] = await lookAt(reached, signal);
  const pods = await workloads.pods(workload, signal);
  const { cluster, namespace, name, kind } = place;
  const planned = (next: ConfigurationWithCode, strategy: string): ApplyRequest =>
    applyRequest(place, context, workload, nextAnnotations(workload, next, LATER, clock.now()), strategy);
  return {
    ...stateOf(reached, context, workload),
    label: `${cluster} / ${namespace} / ${kind.toLowerCase()}/${name}`,
    strategies: strategiesFor(workload),
    impossible: impossibleFor(workload),
    automatic: () => automaticStrategy(workload),
    checks: (plan, checkSignal) =>
      ownChecks(
        { workload, pods, workloads, request: planned(plan.next, plan.strategy), now: clock.now() },
        plan,
        checkSignal,
      ),
    requests: (next, strategy, versionComes) => [plannedRequest(planned(next, strategy), versionComes)],
    again: (again) => readingOf(reached, again),
  };
}

/** Stands for a digest that is not known before the zip is packed. */
const LATER = '0'.repeat(64);

async function poll(
  { workloads, place }: Reached,
  followed: FollowedUpdate,
  { now, signal, nextRequest }: PollContext,
): Promise<Observation> {
  let seen: Seen;
  try {
    const workload = await workloads.read(place, signal);
    await nextRequest();
    // Read after the workload, so that the proofs of the pods do not come from an earlier state than the workload's.
    const pods = await workloads.pods(workload, signal);
    seen = await explained(workloads, { workload, pods }, followed.facts, { signal, nextRequest });
  } catch (thrown) {
    if (!isKubernetesReason(thrown, 'not-found')) throw thrown;
    return judgeMissing(followed.facts, 'workload', now());
  }
  return judge(asJudged(followed, seen.workload), seen, now());
}

/**
 * The update in the form that `judge` needs. If the ledger's last look lacks the uid, the generation or the
 * time of the last write by others, the missing value is taken from the workload that the poll found.
 */
function asJudged({ before, input, strategy, ...update }: FollowedUpdate, found: Workload): WorkloadUpdate {
  const facts: Facts = before.facts;
  return {
    ...update,
    strategy,
    annotations: annotationsIn(input) ?? {},
    before: {
      uid: textIn({ ...facts }, 'uid') ?? found.uid,
      generation: numberIn({ ...facts }, 'generation') ?? found.generation,
      annotations: textsIn(facts['annotations']),
      writtenAt: numberIn({ ...facts }, 'writtenAt') ?? lastWrittenAt(found),
    },
  };
}

function textsIn(value: Json | undefined): Annotations {
  const names = value instanceof Object && !Array.isArray(value) ? Object.keys(value) : [];
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = memberOf(value, name);
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}
