/**
 * A kind of target, and everything that can be known of it without a request. Other folders define the
 * kinds and pass them in: this folder imports no kind.
 */
import type { Facts, Json } from '../../model/json';
import type { Phase } from '../../model/phase';
import { isSamePath } from '../../model/same-path';
import type { CliOptions } from '../../operations/cli';
import type { Operation, SentRequest } from '../../operations/operation';
import type { ConfigurationWithCode } from '../configuration';
import type { Schema } from '../json-schema';
import type { RuleBreach } from '../rules/breach';
import type { ConfigurationRules } from '../rules/configuration-rules';
import type { OperationKind } from './operation-kind';
import type { Strategy } from './strategy';

export interface TargetKind {
  /** The id in `slipway.json` and in plans. */
  readonly id: string;
  readonly operationKind: OperationKind;
  /** The service whose rate limit applies to polls. */
  readonly service: string;
  /** All strategies, the gentlest first. */
  readonly strategies: readonly Strategy[];
  /** The rules of the service for bucket, key, script and arguments, which targets of every kind have. */
  readonly rules: ConfigurationRules;
  readonly members: OwnMembers;
  readonly records: RecordFormat;
  /** Folders on the target that contain the running code, each with a `/` at its end. */
  readonly codeFolders: readonly string[];
  /** Reads the request of an operation; undefined for any other data. */
  parseRequest(input: Json): SentUpdate | undefined;
  /** A request of an operation as a command for a shell. */
  command(request: Omit<SentRequest, 'token'>, options: CliOptions): string;
  /** Undefined where AWS has no ARN for the target. */
  arnOf(owner: Owner, path: readonly string[]): string | undefined;
  /** The group of CloudWatch Logs that the target writes to; undefined where it writes elsewhere. */
  logGroup(path: readonly string[]): string | undefined;
}

/** The configuration that an update requested, without the parts that the strategy keeps. */
export interface SentUpdate {
  readonly configuration: ConfigurationWithCode;
  readonly strategy: string;
}

/** The members of a target in `slipway.json` that name its place. */
export interface OwnMembers {
  /** A phrase that names the kind for the editor, such as `a workload on Kubernetes in Amazon EKS`. */
  readonly description: string;
  /** The members, outermost first; their values in this order are the path. All members are required. */
  readonly properties: Readonly<Record<string, Schema>>;
  /** The rule of the service that a member's value breaks; undefined if it breaks none. */
  breachOf(name: string, value: string): RuleBreach | undefined;
}

/** How the record of a deployment names its target. */
export interface RecordFormat {
  /** Names of the folders inside of `deployments/` that lead to the records, outermost first. */
  folders(path: readonly string[]): readonly string[];
  /** Members of the record that name the target. */
  membersOf(path: readonly string[]): Readonly<Record<string, string>>;
  /** The path that the record names; undefined where a member is missing. */
  pathIn(record: Json): readonly string[] | undefined;
}

/** An account and a region. */
export interface Owner {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** A place that code can be deployed to, with everything that identifies it. */
export interface Place extends Owner {
  readonly kind: TargetKind;
  /** Outermost first, as in the subject of an operation on the place. */
  readonly path: readonly string[];
}

/** Why a target takes no code now, as a refusal that the target's kind defines. */
export interface NotReady {
  readonly code: string;
  /** `status`: the service's name for the state. `phase`: `busy` where the target will be ready by itself. */
  readonly facts: Facts & { readonly status: string; readonly phase: Phase };
}

interface Placed extends Owner {
  readonly path: readonly string[];
}

/** Both must be of the same kind of target: the kind is not compared. */
export function isSamePlace(a: Placed, b: Placed): boolean {
  return a.accountId === b.accountId && a.region === b.region && isSamePath(a.path, b.path);
}

/** Returns true if an operation deploys code to the place. */
export function isAt({ kind, subject }: Operation, place: Place): boolean {
  return kind === place.kind.operationKind && isSamePlace(subject, place);
}

/** All kinds of targets. */
export class TargetKinds {
  /** @param usual the kind of a target that names no kind */
  constructor(
    readonly usual: TargetKind,
    private readonly others: readonly TargetKind[] = [],
  ) {}

  get all(): readonly TargetKind[] {
    return [this.usual, ...this.others];
  }

  of(id: string): TargetKind | undefined {
    return this.all.find((kind) => kind.id === id);
  }

  /** Undefined for an operation that does not deploy code, or whose kind only a later version of Slipway knows. */
  ofOperation({ kind }: Pick<Operation, 'kind'>): TargetKind | undefined {
    return this.all.find(({ operationKind }) => operationKind === kind);
  }
}
