/**
 * The record of a deployment, which is put into a bucket so that history and rollback do not depend on the
 * ledger of one machine. It is written before the update is sent, so it says what was requested, but not
 * the outcome.
 */

import type { CodeConfiguration } from '../model/code';
import type { Json } from '../model/json';
import { parseJson } from '../model/parse-json';
import { present } from '../model/present';
import type { GitState } from './checks/content';
import type { ConfigurationWithCode } from './configuration';
import { gitIn } from './plan/summary';
import { knownStrategy } from './port/strategy';
import type { TargetKind } from './port/target-kind';
import {
  configurationIn,
  configurationJson,
  configurationWithCodeIn,
  memberOf,
  numberIn,
  textIn,
  whole,
} from './reading-json';

/** Content type of a record. */
export const RECORD_TYPE = 'application/json';
/**
 * Version of the record's form. A reader refuses a version that it does not know; members may be added
 * without a new version.
 */
const VERSION = 1;

export interface DeploymentRecord {
  readonly operationId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly region: string;
  readonly accountId: string;
  /** Path of the target, outermost first. */
  readonly path: readonly string[];
  /** The whole configuration after the update, including the parts that the strategy keeps. */
  readonly configuration: ConfigurationWithCode;
  /** The configuration of the target at the time of the plan; absent in records of earlier versions. */
  readonly before?: CodeConfiguration;
  readonly strategy: string;
  /** ARN of the caller. */
  readonly author: string;
  /** Digest of the folder's manifest; absent if the deployment's source was an existing zip. */
  readonly digest?: string;
  readonly git?: GitState;
  /** Id of the earlier operation whose configuration the deployment restores or repeats. */
  readonly origin?: string;
  /** True if the deployment restores an earlier configuration. */
  readonly rollsBack?: true;
}

/**
 * The record's text, to be stored as UTF-8. The kind's record format decides how the text names the target.
 */
export function formatRecord(record: DeploymentRecord, { records }: Pick<TargetKind, 'records'>): string {
  const { operationId, at, region, accountId, path, configuration, before, git, ...rest } = record;
  const data: Json = {
    slipwayRecord: VERSION,
    at: new Date(at).toISOString(),
    operationId,
    region,
    accountId,
    ...records.membersOf(path),
    ...rest,
    ...(git && { git: { ...git } }),
    configuration: configurationJson(configuration),
    ...(before && { before: configurationJson(before) }),
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

/**
 * Undefined for a text that is not a complete record of this version, or that does not fit the kind of
 * target: anybody may have written it into the bucket.
 */
export function parseRecord(
  text: string,
  kind: Pick<TargetKind, 'records' | 'strategies'>,
): DeploymentRecord | undefined {
  const data = parseJson(text) as Json | undefined;
  if (numberIn(data, 'slipwayRecord') !== VERSION || data === undefined) return undefined;
  const required = whole({
    operationId: textIn(data, 'operationId'),
    at: timeIn(data, 'at'),
    region: textIn(data, 'region'),
    accountId: textIn(data, 'accountId'),
    path: kind.records.pathIn(data),
    configuration: configurationWithCodeIn(memberOf(data, 'configuration')),
    strategy: knownStrategy(kind, textIn(data, 'strategy')),
    author: textIn(data, 'author'),
  });
  const [digest, origin, git] = [textIn(data, 'digest'), textIn(data, 'origin'), gitIn(data)];
  const before = configurationIn(memberOf(data, 'before'));
  return (
    required && {
      ...required,
      ...present({ before, digest, git, origin }),
      ...(memberOf(data, 'rollsBack') === true && { rollsBack: true }),
    }
  );
}

function timeIn(data: Json, name: string): number | undefined {
  const at = Date.parse(textIn(data, name) ?? '');
  return Number.isNaN(at) ? undefined : at;
}
