/** Builds a target from its own members and the defaults, and checks the rules that no schema can express. */
import { getNodeValue, type Node } from 'jsonc-parser';
import type { CommandLineArgument } from '../../model/code';
import { type Choice, CLEAR, KEEP } from '../configuration';
import type { TargetKind, TargetKinds } from '../port/target-kind';
import { accountIdBreach, regionBreach } from '../rules/account';
import { argumentBreaches } from '../rules/configuration-rules';
import { ON_SAVE_DEFAULTS, TARGET_DEFAULTS } from './defaults';
import { rangeOf, type TargetBreach, type TargetProblem, type TextRange } from './problem';
import type { OnSave, Target, TargetConnection } from './target';

/** The members of a target, both its own and those from the defaults: values and positions by name. */
export interface TargetMembers {
  readonly name: string;
  /** Position of the target's name, where the problem of a missing member is shown. */
  readonly range: TextRange;
  readonly nodes: ReadonlyMap<string, Node>;
  /** Names of the members that the target itself sets, without those from the defaults. */
  readonly written: ReadonlySet<string>;
}

/** The values of a target's members, with the types of `schema.json`; the structure was checked before. */
interface RawTarget {
  readonly kind?: string;
  readonly connection: 'sandbox' | Omit<Extract<TargetConnection, { kind: 'account' }>, 'kind'>;
  readonly bucket: string;
  readonly prefix?: string;
  readonly root?: string;
  readonly include?: readonly string[];
  readonly ignore?: readonly string[];
  readonly useGitignore?: boolean;
  readonly initializationScript?: string | null;
  readonly commandLineArguments?: readonly CommandLineArgument[];
  readonly strategy?: string;
  readonly protected?: boolean;
  readonly onSave?: Partial<OnSave>;
  readonly preDeploy?: string;
}

/**
 * Matches a path that is absolute on at least one system, or that contains a NUL, which no system permits.
 */
const ABSOLUTE = /^[/\\]|^[a-zA-Z]:|\0/;
/**
 * Matches a step of a path that leads upwards. Windows drops dots and spaces at the end of a name, so that
 * `.. ` leads upwards, too.
 */
const UPWARDS = /^\.[. ]+$/;

/**
 * Reads the targets of one file. A default value that several targets use is judged once for each kind of
 * target, and the rules that it breaks are reported once.
 */
export class TargetReader {
  private readonly values = new Map<Node, unknown>();
  private readonly breaches = new Map<TargetKind, Map<Node, readonly TargetBreach[]>>();
  private readonly told = new Set<Node>();

  constructor(private readonly kinds: TargetKinds) {}

  /**
   * Returns a target only if it has no problem. A default that breaks a rule is a problem of each target that
   * uses it, but is returned only for the first of these targets. Never throws for members that fit the
   * schema.
   * @param members checked against the schema
   */
  read(members: TargetMembers): { readonly target?: Target; readonly problems: readonly TargetProblem[] } {
    const raw = Object.fromEntries(
      [...members.nodes].map(([key, node]) => [key, this.valueOf(node)]),
    ) as unknown as RawTarget;
    const kind = (raw.kind === undefined ? undefined : this.kinds.of(raw.kind)) ?? this.kinds.usual;
    const names = Object.keys(kind.members.properties);
    const missing = ['connection', ...names, 'bucket'].filter((name) => !members.nodes.has(name));
    if (missing.length > 0) {
      const range = members.range;
      return {
        problems: missing.map((name) =>
          problem(members, { code: 'missing-in-target', facts: { name } }, range),
        ),
      };
    }
    const broken = [...members.nodes].filter(([name, node]) => this.breachesOf(kind, name, node).length > 0);
    const problems = [
      ...broken
        .filter(([, node]) => !this.told.has(node))
        .flatMap(([name, node]) => this.tell(members, kind, name, node)),
      ...this.ofOtherKinds(members, kind, raw),
      ...contradictions(members, kind, raw),
    ];
    return broken.length + problems.length > 0
      ? { problems }
      : { target: targetOf(members, kind, raw), problems };
  }

  private valueOf(node: Node): unknown {
    if (!this.values.has(node)) this.values.set(node, getNodeValue(node));
    return this.values.get(node);
  }

  private breachesOf(kind: TargetKind, name: string, node: Node): readonly TargetBreach[] {
    const ofKind = this.breaches.get(kind) ?? new Map<Node, readonly TargetBreach[]>();
    const known = ofKind.get(node) ?? breachesOf(kind, name, this.valueOf(node));
    this.breaches.set(kind, ofKind.set(node, known));
    return known;
  }

  private tell(members: TargetMembers, kind: TargetKind, name: string, node: Node): readonly TargetProblem[] {
    this.told.add(node);
    return this.breachesOf(kind, name, node).map((breach) => problem(members, breach, rangeOf(node)));
  }

  /**
   * Finds members that the target itself sets but that only other kinds of targets have, so that they have no
   * effect; the defaults may contain such members. Also finds a strategy that the kind does not have, even
   * one from the defaults.
   */
  private ofOtherKinds(
    members: TargetMembers,
    kind: TargetKind,
    { strategy }: RawTarget,
  ): readonly TargetProblem[] {
    const foreign = this.kinds.all
      .flatMap((other) => Object.keys(other.members.properties))
      .filter((name) => !Object.hasOwn(kind.members.properties, name) && members.written.has(name));
    const isForeign = strategy !== undefined && !kind.strategies.some(({ id }) => id === strategy);
    return [...foreign, ...(isForeign ? ['strategy'] : [])].map((name) =>
      problemAt(members, name, { code: 'not-for-kind', facts: { name, kind: kind.id } }),
    );
  }
}

function targetOf({ name, nodes }: TargetMembers, kind: TargetKind, raw: RawTarget): Target {
  return {
    name,
    kind,
    connection: raw.connection === 'sandbox' ? { kind: 'sandbox' } : { kind: 'account', ...raw.connection },
    path: Object.keys(kind.members.properties).map((own) => String(nodes.get(own)?.value)),
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

/** The breaches of the rules for a single member. */
function breachesOf(kind: TargetKind, name: string, value: unknown): readonly TargetBreach[] {
  const { rules, members } = kind;
  const raw = { [name]: value } as Partial<RawTarget>;
  const account = raw.connection === 'sandbox' ? undefined : raw.connection;
  const found: readonly (TargetBreach | undefined)[] = [
    optional(account?.accountId, accountIdBreach),
    optional(account?.region, regionBreach),
    Object.hasOwn(members.properties, name) ? members.breachOf(name, String(value)) : undefined,
    optional(raw.bucket, rules.bucket),
    optional(raw.prefix, rules.prefix),
    optional(raw.root, rootBreach),
    optional(raw.initializationScript, rules.initializationScript),
    ...argumentBreaches(raw.commandLineArguments ?? [], rules),
  ];
  return found.filter((breach) => breach !== undefined);
}

function optional<T>(
  value: T | null | undefined,
  rule: (value: T) => TargetBreach | undefined,
): TargetBreach | undefined {
  return value === undefined || value === null ? undefined : rule(value);
}

/** Judges only the text: links are resolved when the folder is packed. */
function rootBreach(root: string): TargetBreach | undefined {
  const leadsOut = ABSOLUTE.test(root) || root.split(/[/\\]/).some((step) => UPWARDS.test(step));
  return leadsOut ? { code: 'root-outside', facts: { value: root } } : undefined;
}

/** Finds members that contradict each other. */
function contradictions(members: TargetMembers, kind: TargetKind, raw: RawTarget): readonly TargetProblem[] {
  const { onSave } = raw;
  const strategy = kind.strategies.find(({ id }) => id === raw.strategy);
  const setsMore =
    (raw.commandLineArguments ?? []).length > 0 || typeof raw.initializationScript === 'string';
  return [
    ...(strategy?.keepsRest && setsMore
      ? [problemAt(members, 'strategy', { code: 'no-restart-keeps', facts: {} })]
      : []),
    ...(onSave?.enabled && (raw.protected || strategy?.mayRunOnSave === false)
      ? [
          problemAt(members, 'onSave', {
            code: 'on-save-never',
            facts: { protected: raw.protected ?? false },
          }),
        ]
      : []),
  ];
}

/** The problem at the position of the member, or at the target's name if the member is missing. */
function problemAt(members: TargetMembers, member: string, breach: TargetBreach): TargetProblem {
  const node = members.nodes.get(member);
  return problem(members, breach, node === undefined ? members.range : rangeOf(node));
}

function problem({ name }: TargetMembers, breach: TargetBreach, range: TextRange): TargetProblem {
  return { source: 'rule', ...breach, range, target: name };
}
