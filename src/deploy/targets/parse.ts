/** `slipway.json` read: the targets in it, and the problems that keep others from being used. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { rangeOf, type TargetProblem, type TextRange } from './problem';
import { readTarget } from './read-target';
import data from './schema.json';
import type { Target } from './target';
import { type Member, membersOf, type RootSchema, structureProblems } from './validate';

/** Name of the file, at the root of a workspace folder. */
export const TARGETS_FILE = 'slipway.json';

/** The one schema of the file; the same data is contributed to the editor. */
export const targetsSchema: RootSchema = data;

export interface TargetEntry {
  readonly name: string;
  /** Where its name stands. */
  readonly range: TextRange;
  /** The cluster as it is written, also where the target cannot be used. */
  readonly cluster?: string;
  /** Absent when it has problems. */
  readonly target?: Target;
}

export interface TargetsFile {
  /** In the order of the file. */
  readonly entries: readonly TargetEntry[];
  readonly problems: readonly TargetProblem[];
}

/**
 * Never throws: a text that is no JSON at all has problems and no targets. A problem in the defaults, or in the file's
 * syntax, leaves no target usable; a problem inside a target leaves that one unusable.
 */
export function parseTargets(text: string): TargetsFile {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
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
  const general = [...syntax, ...structureProblems(targetsSchema, tree), ...repeatedNames(tree)].map(
    (problem): TargetProblem => {
      const inside = named.find(({ key, value }) => contains(key, value, problem.range));
      return inside === undefined ? problem : { ...problem, target: inside.name };
    },
  );
  const defaults = top.get('defaults')?.value;
  const unusable = general.some(({ target }) => target === undefined);
  const entries: TargetEntry[] = [];
  const problems = [...general];
  for (const { name, key, value } of named) {
    const nodes = merged(membersOf(defaults), membersOf(value));
    const cluster: unknown = nodes.get('cluster')?.value;
    const entry = { name, range: rangeOf(key), ...(typeof cluster === 'string' && { cluster }) };
    if (unusable || value === undefined || general.some(({ target }) => target === name)) {
      entries.push(entry);
      continue;
    }
    const read = readTarget({ name, range: entry.range, nodes });
    entries.push(read.target === undefined ? entry : { ...entry, target: read.target });
    problems.push(...read.problems);
  }
  return { entries, problems: withoutRepeats(problems) };
}

function contains(key: Node, value: Node | undefined, { offset }: TextRange): boolean {
  const last = value ?? key;
  return offset >= key.offset && offset < last.offset + last.length;
}

/** Members of an object win over the defaults as a whole, except `onSave`, whose members win one by one. */
function merged(defaults: readonly Member[], own: readonly Member[]): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { name, value } of [...defaults, ...own]) {
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

/** Names that stand twice in one object: the first of them would silently have no effect. */
function repeatedNames(node: Node): readonly TargetProblem[] {
  const members = membersOf(node);
  const here = members
    .filter(({ name }, index) => members.findIndex((member) => member.name === name) < index)
    .map(
      ({ name, key }): TargetProblem => ({
        source: 'rule',
        code: 'repeated-name',
        facts: { name },
        range: rangeOf(key),
      }),
    );
  return [...here, ...(node.children ?? []).flatMap(repeatedNames)];
}

/** A breach in the defaults would be told once for each target. */
function withoutRepeats(problems: readonly TargetProblem[]): readonly TargetProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, range, target }) => {
    const shared = code === 'missing-in-target' ? `${target}` : '';
    const id = `${code}:${range.offset}:${range.length}:${shared}`;
    return !seen.has(id) && seen.add(id);
  });
}
