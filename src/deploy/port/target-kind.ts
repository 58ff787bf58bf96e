/**
 * A kind of thing that code is deployed to: what the rest of the room may know of it without asking it anything.
 * The composition hands the kinds in; nothing here imports one.
 */
import type { Facts, Json } from '../../model/json';
import type { Phase } from '../../model/phase';
import type { CliOptions } from '../../operations/cli';
import type { SentRequest } from '../../operations/operation';
import type { ConfigurationWithCode } from '../configuration';
import type { Schema } from '../json-schema';
import type { RuleBreach } from '../rules/breach';
import type { ConfigurationRules } from '../rules/configuration-rules';
import type { OperationKind } from './operation-kind';
import type { Strategy } from './strategy';

export interface TargetKind {
  /** As `slipway.json` and plans name it. */
  readonly id: string;
  readonly operationKind: OperationKind;
  /** Service whose following budget a poll is taken from. */
  readonly service: string;
  /** Every strategy that there is, the gentlest first. */
  readonly strategies: readonly Strategy[];
  /** What the service takes of the members that every kind has. */
  readonly rules: ConfigurationRules;
  readonly members: OwnMembers;
  readonly records: RecordFormat;
  /** Folders, each with a `/` at its end, in which what runs finds the code. */
  readonly codeFolders: readonly string[];
  /** The request of an operation as it was sent; undefined for anything else. */
  parseRequest(input: Json): SentUpdate | undefined;
  /** A request of an operation as a command for a shell. */
  command(request: Omit<SentRequest, 'token'>, options: CliOptions): string;
  /** Undefined where AWS gives it none. */
  arnOf(owner: Owner, path: readonly string[]): string | undefined;
  /** The group of CloudWatch Logs to which what runs there writes; undefined where it writes to somewhere else. */
  logGroup(path: readonly string[]): string | undefined;
}

/** What an update asked for. What a strategy keeps is not part of it. */
export interface SentUpdate {
  readonly configuration: ConfigurationWithCode;
  readonly strategy: string;
}

/** The members of a target in `slipway.json` that say where it lies. */
export interface OwnMembers {
  /** A sentence for the editor: what runs the code. */
  readonly description: string;
  /** Outermost first; the values in this order are the path. All of them are required. */
  readonly properties: Readonly<Record<string, Schema>>;
  /** What the service says against the value of such a member. */
  breachOf(name: string, value: string): RuleBreach | undefined;
}

/** How a deployment's record names its place. */
export interface RecordFormat {
  /** Names of the folders inside of `deployments/` that lead to the records. */
  folders(path: readonly string[]): readonly string[];
  /** Members of the record itself. */
  membersOf(path: readonly string[]): Readonly<Record<string, string>>;
  /** Undefined where a member is missing. */
  pathIn(record: Json): readonly string[] | undefined;
}

/** Whose it is, and where. */
export interface Owner {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** Names what can be deployed to. */
export interface Place extends Owner {
  readonly kind: TargetKind;
  /** Outermost first, as in the operation's subject. */
  readonly path: readonly string[];
}

/** Why a target takes no code now, as a refusal of its kind's own. */
export interface NotReady {
  readonly code: string;
  /** `status` as the service names it. `phase` is `busy` where it will be ready by itself. */
  readonly facts: Facts & { readonly status: string; readonly phase: Phase };
}
