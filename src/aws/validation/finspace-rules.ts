/** The required form of Amazon FinSpace's answers, for the members that Slipway uses. */

import { count, list, maybe, members, text, time, word } from '../../model/shape';
import type { AnswerRule } from './rule';

const environment = {
  environmentId: word,
  name: word,
  status: word,
  environmentArn: maybe(text),
  description: maybe(text),
  errorMessage: maybe(text),
  availabilityZoneIds: maybe(list(text)),
};

const summary = {
  clusterName: word,
  clusterType: word,
  status: word,
  statusReason: maybe(text),
  clusterDescription: maybe(text),
  releaseLabel: maybe(text),
  createdTimestamp: maybe(time),
  lastModifiedTimestamp: maybe(time),
};

const cluster = {
  ...summary,
  code: maybe(members({ s3Bucket: maybe(text), s3Key: maybe(text), s3ObjectVersion: maybe(text) })),
  initializationScript: maybe(text),
  commandLineArguments: maybe(list(members({ key: text, value: text }))),
  capacityConfiguration: maybe(members({ nodeType: maybe(text), nodeCount: maybe(count) })),
  executionRole: maybe(text),
};

const json = { kind: 'json' } as const;

export const FINSPACE_ANSWERS: Readonly<Record<string, AnswerRule>> = {
  ListKxEnvironments: {
    body: json,
    output: members({ environments: list(members(environment)), nextToken: maybe(text) }),
  },
  GetKxEnvironment: { body: json, output: members(environment) },
  ListKxClusters: {
    body: json,
    output: members({ kxClusterSummaries: list(members(summary)), nextToken: maybe(text) }),
  },
  GetKxCluster: { body: json, output: members(cluster) },
  UpdateKxClusterCodeConfiguration: { body: { kind: 'empty-json' }, output: members({}) },
};
