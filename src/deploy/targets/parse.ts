/** Parses `slipway.json`: its targets, and the problems that keep some of them from being used. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { TargetKinds } from '../port/target-kind';
import { brokenLimit, MOST_TARGETS } from './limits';
import { rangeOf, type TargetProblem, type TextRange } from './problem';
import { TargetReader } from './read-target';
import { targetsSchema } from './schema';
import type { Target } from './target';
import { type Member, membersOf, structureProblems } from './validate';

/** Name of the file, at the root of a workspace folder. */
export const TARGETS_FILE = 'slipway.json';

export interface TargetEntry {
  readonly name: string;
  /** Position of the target's name in the text. */
  readonly range: TextRange;
  /** Name of the cluster or workload as the file gives it, even if the target cannot be used. */
  readonly place?: string;
  /**
   * Absent if the target cannot be used: it has a problem, or the file has a problem outside of all targets.
   */
  readonly target?: Target;
}

export interface TargetsFile {
  /** In the order of the file. */
  readonly entries: readonly TargetEntry[];
  readonly problems: readonly TargetProblem[];
}

/**
 * Never throws: a text that is not JSON gives problems and no usable target. A problem of syntax or
 * structure outside of all targets, as in the defaults, makes all targets unusable; a problem inside a
 * target makes only targets of that name unusable. A default that breaks a rule makes every target that uses
 * the default unusable. The work grows linearly with the length of the text.
 */
export function parseTargets(text: string, kinds: TargetKinds): TargetsFile {
  const limit = brokenLimit(text);
  if (limit !== undefined) return { entries: [], problems: [limit] };
  const errors: ParseError[] = [];
  // The parser does not accept a byte order mark; a space in its place keeps all offsets.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  const syntax = errors.map(
    ({ error, offset, length }): TargetProblem => ({
      source: 'structure',
      code: 'syntax',
      facts: { error: printParseErrorCode(error) },
      range: { offset, length },
    }),
  );
  if (tree === undefined) return { entries: [], problems: syntax };

  const top = new Map(membersOf(tree).map((member) => [member.name, member]));
  const named = membersOf(top.get('targets')?.value);
  const general = [
    ...syntax,
    ...structureProblems(targetsSchema(kinds), tree),
    ...repeatedNames(tree),
    ...(named.length > MOST_TARGETS ? [tooManyTargets(named, top.get('targets')?.key)] : []),
  ].map((problem): TargetProblem => {
    const inside = memberAt(named, problem.range);
    return inside === undefined ? problem : { ...problem, target: inside.name };
  });
  const broken = new Set(general.map(({ target }) => target));
  const defaults = new Map(membersOf(top.get('defaults')?.value).map(({ name, value }) => [name, value]));
  const reader = new TargetReader(kinds);
  const entries: TargetEntry[] = [];
  const problems = [...general];
  for (const { name, key, value } of named) {
    const own = membersOf(value);
    const written = (member: string): unknown =>
      (own.findLast((one) => one.name === member)?.value ?? defaults.get(member))?.value;
    const place = written(innermostMember(kinds, written('kind')));
    const entry = { name, range: rangeOf(key), ...(typeof place === 'string' && { place }) };
    if (broken.has(undefined) || broken.has(name) || value === undefined) {
      entries.push(entry);
      continue;
    }
    const read = reader.read({
      name,
      range: entry.range,
      nodes: merged(defaults, own),
      written: new Set(own.map((one) => one.name)),
    });
    entries.push(read.target === undefined ? entry : { ...entry, target: read.target });
    for (const problem of read.problems) problems.push(problem);
  }
  return { entries, problems: withoutRepeats(problems) };
}

function innermostMember(kinds: TargetKinds, kind: unknown): string {
  const { members } = (typeof kind === 'string' ? kinds.of(kind) : undefined) ?? kinds.usual;
  return Object.keys(members.properties).at(-1) ?? '';
}

function tooManyTargets(named: readonly Member[], key: Node | undefined): TargetProblem {
  const facts = { count: named.length, most: MOST_TARGETS };
  const range = key === undefined ? { offset: 0, length: 1 } : rangeOf(key);
  return { source: 'rule', code: 'too-many-targets', facts, range };
}

/**
 * The member in which the range begins; undefined if there is none. The members are in the order of the
 * text.
 */
function memberAt(members: readonly Member[], { offset }: TextRange): Member | undefined {
  let [low, high] = [0, members.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((members[middle]?.key.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = members[low - 1];
  if (found === undefined) return undefined;
  const last = found.value ?? found.key;
  return offset < last.offset + last.length ? found : undefined;
}

/** A target's member replaces the default as a whole, except for `onSave`, whose members are replaced one by one. */
function merged(
  defaults: ReadonlyMap<string, Node | undefined>,
  own: readonly Member[],
): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [name, value] of [...defaults, ...own.map(({ name, value }) => [name, value] as const)]) {
    const before = nodes.get(name);
    if (value === undefined) continue;
    if (name === 'onSave' && before !== undefined) {
      nodes.set(name, { ...value, children: [...(before.children ?? []), ...(value.children ?? [])] });
    } else {
      nodes.set(name, value);
    }
  }
  return nodes;
}

/** Finds names that occur twice in one object: the member that comes first would silently have no effect. */
function repeatedNames(node: Node): readonly TargetProblem[] {
  const found: TargetProblem[] = [];
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const seen = new Set<string>();
    for (const { name, key } of membersOf(at)) {
      if (seen.has(name)) {
        found.push({ source: 'rule', code: 'repeated-name', facts: { name }, range: rangeOf(key) });
      }
      seen.add(name);
    }
    for (const child of at.children ?? []) waiting.push(child);
  }
  return found.sort((a, b) => a.range.offset - b.range.offset);
}

/**
 * Keeps the first of the problems with the same code, facts and range: a problem at a default would otherwise
 * be reported for every target that uses the default. A member that is missing in several targets is reported
 * for each of them.
 */
function withoutRepeats(problems: readonly TargetProblem[]): readonly TargetProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, facts, range, target }) => {
    const owner = code === 'missing-in-target' ? target : undefined;
    const id = JSON.stringify([code, facts, range.offset, range.length, owner]);
    return !seen.has(id) && seen.add(id);
  });
}
