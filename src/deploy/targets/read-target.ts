/** One target made of its own members and the defaults, checked against the rules that no schema can say. */
import { getNodeValue, type Node } from 'jsonc-parser';
import type { CommandLineArgument, DeploymentStrategy } from '../../model/kdb';
import { type Choice, CLEAR, KEEP } from '../configuration';
import { argumentBreaches } from '../rules/arguments';
import {
  accountIdBreach,
  bucketBreach,
  clusterNameBreach,
  environmentIdBreach,
  initializationScriptBreach,
  prefixBreach,
  regionBreach,
} from '../rules/names';
import { ON_SAVE_DEFAULTS, TARGET_DEFAULTS } from './defaults';
import { rangeOf, type TargetBreach, type TargetProblem, type TextRange } from './problem';
import type { OnSave, Target, TargetConnection } from './target';

/** Values of a target by the name of the member, and where each stands. */
export interface TargetMembers {
  readonly name: string;
  /** Where to show what is missing. */
  readonly range: TextRange;
  readonly nodes: ReadonlyMap<string, Node>;
}

/** The values as `schema.json` types them; the structure was checked before. */
interface RawTarget {
  readonly kind?: Target['kind'];
  readonly connection: 'sandbox' | Omit<Extract<TargetConnection, { kind: 'account' }>, 'kind'>;
  readonly environment: string;
  readonly cluster: string;
  readonly bucket: string;
  readonly prefix?: string;
  readonly root?: string;
  readonly include?: readonly string[];
  readonly ignore?: readonly string[];
  readonly useGitignore?: boolean;
  readonly initializationScript?: string | null;
  readonly commandLineArguments?: readonly CommandLineArgument[];
  readonly strategy?: DeploymentStrategy;
  readonly protected?: boolean;
  readonly onSave?: Partial<OnSave>;
  readonly preDeploy?: string;
}

const REQUIRED = ['connection', 'environment', 'cluster', 'bucket'] as const;
/** Absolute, on whatever system, or no name at all. */
const ABSOLUTE = /^[/\\]|^[a-zA-Z]:|\0/;
/** A step upwards. Windows drops dots and spaces at the end of a name, so that `.. ` is one, too. */
const UPWARDS = /^\.[. ]+$/;

/** Reads the targets of one file. What many of them take over from the defaults is judged once, and told once. */
export class TargetReader {
  readonly #values = new Map<Node, unknown>();
  readonly #breaches = new Map<Node, readonly TargetBreach[]>();
  readonly #told = new Set<Node>();

  /**
   * No target where there are problems, or where one of them was told already, at another target.
   * @throws never for a structure that was checked against the schema.
   */
  read(members: TargetMembers): { readonly target?: Target; readonly problems: readonly TargetProblem[] } {
    const missing = REQUIRED.filter((name) => !members.nodes.has(name));
    if (missing.length > 0) {
      const range = members.range;
      return {
        problems: missing.map((name) =>
          problem(members, { code: 'missing-in-target', facts: { name } }, range),
        ),
      };
    }
    const raw = Object.fromEntries(
      [...members.nodes].map(([key, node]) => [key, this.#valueOf(node)]),
    ) as unknown as RawTarget;
    const broken = [...members.nodes].filter(([name, node]) => this.#breachesOf(name, node).length > 0);
    const problems = [
      ...broken
        .filter(([, node]) => !this.#told.has(node))
        .flatMap(([name, node]) => this.#tell(members, name, node)),
      ...contradictions(members, raw),
    ];
    return broken.length + problems.length > 0
      ? { problems }
      : { target: targetOf(members.name, raw), problems };
  }

  #valueOf(node: Node): unknown {
    if (!this.#values.has(node)) this.#values.set(node, getNodeValue(node));
    return this.#values.get(node);
  }

  #breachesOf(name: string, node: Node): readonly TargetBreach[] {
    const known = this.#breaches.get(node) ?? breachesOf(name, this.#valueOf(node));
    this.#breaches.set(node, known);
    return known;
  }

  #tell(members: TargetMembers, name: string, node: Node): readonly TargetProblem[] {
    this.#told.add(node);
    return this.#breachesOf(name, node).map((breach) => problem(members, breach, rangeOf(node)));
  }
}

function targetOf(name: string, raw: RawTarget): Target {
  return {
    name,
    kind: raw.kind ?? 'finspace',
    connection: raw.connection === 'sandbox' ? { kind: 'sandbox' } : { kind: 'account', ...raw.connection },
    environment: raw.environment,
    cluster: raw.cluster,
    bucket: raw.bucket,
    prefix: raw.prefix ?? TARGET_DEFAULTS.prefix,
    root: raw.root ?? TARGET_DEFAULTS.root,
    include: raw.include ?? TARGET_DEFAULTS.include,
    ignore: raw.ignore ?? TARGET_DEFAULTS.ignore,
    useGitignore: raw.useGitignore ?? TARGET_DEFAULTS.useGitignore,
    initializationScript: scriptChoice(raw.initializationScript),
    commandLineArguments: argumentsChoice(raw.commandLineArguments),
    ...(raw.strategy && { strategy: raw.strategy }),
    protected: raw.protected ?? TARGET_DEFAULTS.protected,
    onSave: { ...ON_SAVE_DEFAULTS, ...raw.onSave },
    ...(raw.preDeploy !== undefined && { preDeploy: raw.preDeploy }),
  };
}

function scriptChoice(value: string | null | undefined): Choice<string> {
  return value === undefined ? KEEP : value === null ? CLEAR : { kind: 'value', value };
}

function argumentsChoice(
  value: readonly CommandLineArgument[] | undefined,
): Choice<readonly CommandLineArgument[]> {
  return value === undefined ? KEEP : value.length === 0 ? CLEAR : { kind: 'value', value };
}

/** What the rules that look at one member alone say of its value. */
function breachesOf(name: string, value: unknown): readonly TargetBreach[] {
  const raw = { [name]: value } as Partial<RawTarget>;
  const account = raw.connection === 'sandbox' ? undefined : raw.connection;
  const found: readonly (TargetBreach | undefined)[] = [
    optional(account?.accountId, accountIdBreach),
    optional(account?.region, regionBreach),
    optional(raw.environment, environmentIdBreach),
    optional(raw.cluster, clusterNameBreach),
    optional(raw.bucket, bucketBreach),
    optional(raw.prefix, prefixBreach),
    optional(raw.root, rootBreach),
    optional(raw.initializationScript, initializationScriptBreach),
    ...argumentBreaches(raw.commandLineArguments ?? []),
  ];
  return found.filter((breach) => breach !== undefined);
}

function optional<T>(
  value: T | null | undefined,
  rule: (value: T) => TargetBreach | undefined,
): TargetBreach | undefined {
  return value === undefined || value === null ? undefined : rule(value);
}

/** By its text alone: where links lead is seen when the folder is packed. */
function rootBreach(root: string): TargetBreach | undefined {
  const leadsOut = ABSOLUTE.test(root) || root.split(/[/\\]/).some((step) => UPWARDS.test(step));
  return leadsOut ? { code: 'root-outside', facts: { value: root } } : undefined;
}

/** What two members say together. */
function contradictions(members: TargetMembers, raw: RawTarget): readonly TargetProblem[] {
  const { strategy, onSave } = raw;
  const setsMore =
    (raw.commandLineArguments ?? []).length > 0 || typeof raw.initializationScript === 'string';
  return [
    ...(strategy === 'NO_RESTART' && setsMore
      ? [at('strategy', { code: 'no-restart-keeps', facts: {} })]
      : []),
    ...(onSave?.enabled && (raw.protected || strategy === 'FORCE')
      ? [at('onSave', { code: 'on-save-never', facts: { protected: raw.protected ?? false } })]
      : []),
  ];

  function at(member: string, breach: TargetBreach): TargetProblem {
    const node = members.nodes.get(member);
    return problem(members, breach, node === undefined ? members.range : rangeOf(node));
  }
}

function problem({ name }: TargetMembers, breach: TargetBreach, range: TextRange): TargetProblem {
  return { source: 'rule', ...breach, range, target: name };
}
