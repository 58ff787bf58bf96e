/** A kdb cluster as a target of deployments. */

import type { CodeConfiguration } from '../../model/code';
import { failureOf, isReason, MISSHAPEN_ANSWER } from '../../model/failure';
import type { KdbCluster, KdbEnvironment } from '../../model/kdb';
import { present } from '../../model/present';
import { idempotencyToken } from '../../operations/ids';
import type { Observation } from '../../operations/operation';
import { type OptionalRead, readOptional } from '../../plan/optional-read';
import type { ConfigurationWithCode } from '../configuration';
import { judgeMissing } from '../follow/missing';
import type {
  DeployTarget,
  PollContext,
  PreparedUpdate,
  TargetReading,
  TargetState,
} from '../port/deploy-target';
import type { FollowedUpdate } from '../port/followed-update';
import { numberIn, textIn } from '../reading-json';
import { ownChecks } from './checks/own-checks';
import { type ClusterUpdate, judge, judgeUnreadable } from './judge';
import { finspaceKind } from './kind';
import { type ClusterNames, namesIn } from './place';
import type { FinSpace } from './ports';
import { clusterNotReady } from './readiness';
import type { FinSpaceRefusals } from './refusal';
import { plannedUpdate, sentRequest, updateRequest } from './requests';
import { asStrategy, automaticStrategy, strategiesFor } from './strategies';

/** @param path the id of the environment and the name of the cluster */
export function finspaceTarget(finspace: FinSpace, path: readonly string[]): DeployTarget {
  const names = namesIn(path);
  return {
    kind: finspaceKind,
    path,
    read: async (signal) => {
      const [cluster, environment] = await Promise.all([
        finspace.getCluster(names.environmentId, names.clusterName, signal),
        readOptional(() => finspace.getEnvironment(names.environmentId, signal)),
      ]);
      return readingOf({ finspace, names }, cluster, environment);
    },
    look: async (signal) =>
      stateOf({ finspace, names }, await finspace.getCluster(names.environmentId, names.clusterName, signal)),
    poll: (update, context) => poll({ finspace, names }, update, context),
  };
}

interface Reached {
  readonly finspace: FinSpace;
  readonly names: ClusterNames;
}

function stateOf({ finspace, names }: Reached, cluster: KdbCluster): TargetState {
  const { status, statusReason, modifiedAt, configuration } = cluster;
  const notReady = clusterNotReady(cluster);
  return {
    configuration,
    ...(notReady && {
      notReady: { code: 'cluster-not-ready' satisfies keyof FinSpaceRefusals, facts: notReady },
    }),
    facts: { status, statusReason, modifiedAt },
    prepare: (next, strategy): PreparedUpdate => {
      const request = updateRequest(names, next, known(strategy), idempotencyToken());
      return { request: sentRequest(request), send: (signal) => finspace.updateCode(request, signal) };
    },
  };
}

function readingOf(
  reached: Reached,
  cluster: KdbCluster,
  environment: OptionalRead<KdbEnvironment>,
): TargetReading {
  const { finspace, names } = reached;
  const shown = environment.known ? environment.value.name : names.environmentId;
  return {
    ...stateOf(reached, cluster),
    label: `${shown} / ${names.clusterName}`,
    strategies: strategiesFor(cluster.type),
    automatic: (wanted: CodeConfiguration) => automaticStrategy(cluster, wanted),
    checks: (plan) => ownChecks({ cluster, environment, names }, plan),
    requests: (next: ConfigurationWithCode, strategy, versionComes) => [
      plannedUpdate(updateRequest(names, next, known(strategy), ''), versionComes),
    ],
    again: async (signal) =>
      readingOf(
        reached,
        await finspace.getCluster(names.environmentId, names.clusterName, signal),
        environment,
      ),
  };
}

/** The strategy of a plan. Plans have only FinSpace's strategies, so an error here means a bug in Slipway. */
function known(strategy: string): NonNullable<ReturnType<typeof asStrategy>> {
  const found = asStrategy(strategy);
  if (found === undefined) throw new Error(`there is no strategy ${strategy}`);
  return found;
}

async function poll(
  { finspace, names }: Reached,
  followed: FollowedUpdate,
  { now, signal }: PollContext,
): Promise<Observation> {
  const update = asJudged(followed);
  try {
    const cluster = await finspace.getCluster(names.environmentId, names.clusterName, signal);
    return judge(update, cluster, now());
  } catch (error) {
    const lost = isMisshapen(error) ? judgeUnreadable(update, now()) : undefined;
    if (lost !== undefined) return lost;
    if (!isReason(error, 'not-found')) throw error;
    return judgeMissing(update.facts, 'cluster', now());
  }
}

function asJudged({ before, ...update }: FollowedUpdate): ClusterUpdate {
  const facts = { ...before.facts };
  const [statusReason, modifiedAt] = [textIn(facts, 'statusReason'), numberIn(facts, 'modifiedAt')];
  return {
    ...update,
    before: {
      configuration: before.configuration,
      ...present({ statusReason, modifiedAt }),
    },
  };
}

function isMisshapen(error: unknown): boolean {
  const failure = failureOf(error);
  return failure.kind === 'aws' && failure.name === MISSHAPEN_ANSWER;
}
