/**
 * The rules of one ignore file, looked up by the beginning and the end of a path. Most rules are never
 * examined, so tens of thousands of them cost little more than ten.
 */
import { refuse } from '../refusal';
import { lowerCase } from './bytes';
import type { PatternRule, RulesFile } from './ignore-file';
import { matchesPattern, type Pattern } from './pattern';
import { literalEnd } from './wildmatch';

/**
 * The most bytes of a rule's beginning, and of its ending, by which the rule is looked up. More bytes would hardly
 * distinguish more rules.
 */
const LONGEST_KEY = 32;
/**
 * The most rules with wildcards that may have the same beginning and ending, each compared up to
 * {@link LONGEST_KEY} bytes. These rules are tried one after the other; this many take about a tenth of a
 * millisecond per path.
 */
const MOST_ALIKE = 1_000;

/** Indexes of rules in the list. */
type Places = number[];

/** Rules that can be looked up by their first `begin` bytes and their last `end` bytes. */
interface Shape {
  readonly begin: number;
  readonly end: number;
  readonly places: Map<string, Places>;
}

export class RuleList {
  /**
   * `paths`: rules for paths relative to the folder of the rules' file; `names`: rules for names at any depth.
   */
  private readonly paths = new Index();
  private readonly names = new Index();
  private readonly fold: boolean;

  /**
   * Refuses with `rules-alike` if too many rules have the same beginning and ending, see {@link MOST_ALIKE}.
   */
  constructor(
    readonly rules: readonly PatternRule[],
    file: RulesFile,
  ) {
    this.fold = file.fold ?? false;
    for (const [place, { pattern, written }] of rules.entries()) {
      const alike = (pattern.tied ? this.paths : this.names).add(pattern, place);
      if (alike > MOST_ALIKE) {
        throw refuse('rules-alike', {
          path: file.path,
          rule: written.slice(0, LONGEST_KEY),
          limit: MOST_ALIKE,
        });
      }
    }
  }

  /**
   * The last matching rule, which is the one that counts.
   * @param path bytes, relative to the file's folder
   * @param isFolder whether the path counts as a folder; for a link, the caller decides this
   */
  find(path: string, isFolder: boolean): PatternRule | undefined {
    const whole = this.fold ? lowerCase(path) : path;
    const name = whole.slice(whole.lastIndexOf('/') + 1);
    const byName = this.names.find(name, isFolder, this.rules, -1);
    return this.rules[this.paths.find(whole, isFolder, this.rules, byName)];
  }
}

class Index {
  private readonly shapes: Shape[] = [];

  /** Adds a rule. @returns how many rules now have this beginning and ending; 0 for a rule without wildcards */
  add(pattern: Pattern, place: number): number {
    const { start, wildcards } = pattern;
    const ending = wildcards === undefined ? '' : literalEnd(wildcards);
    // The key of a pattern without wildcards is the whole pattern, whatever its length.
    const begin = wildcards === undefined ? start : start.slice(0, LONGEST_KEY);
    const end = ending.slice(-LONGEST_KEY);
    const shape = this.shapeOf(wildcards === undefined ? WHOLE : begin.length, end.length);
    const key = `${begin}\0${end}`;
    const places = shape.places.get(key);
    if (places === undefined) shape.places.set(key, [place]);
    else places.push(place);
    return wildcards === undefined ? 0 : (places?.length ?? 1);
  }

  private shapeOf(begin: number, end: number): Shape {
    const known = this.shapes.find((shape) => shape.begin === begin && shape.end === end);
    if (known !== undefined) return known;
    const shape: Shape = { begin, end, places: new Map() };
    this.shapes.push(shape);
    return shape;
  }

  /** Index of the last rule after `found` that matches; `found` if there is none. */
  find(text: string, isFolder: boolean, rules: readonly PatternRule[], found: number): number {
    let last = found;
    for (const { begin, end, places } of this.shapes) {
      if (text.length < begin + end) continue;
      const key = `${begin === WHOLE ? text : text.slice(0, begin)}\0${end === 0 ? '' : text.slice(-end)}`;
      const candidates = places.get(key);
      if (candidates !== undefined) last = lastMatch(candidates, text, isFolder, rules, last);
    }
    return last;
  }
}

/**
 * The `begin` of a {@link Shape} for patterns without wildcards: their key is the whole pattern,
 * whatever its length.
 */
const WHOLE = -1;

function lastMatch(
  places: Places,
  text: string,
  isFolder: boolean,
  rules: readonly PatternRule[],
  found: number,
): number {
  for (let at = places.length - 1; at >= 0; at -= 1) {
    const place = places[at] ?? found;
    if (place <= found) return found;
    const pattern = rules[place]?.pattern;
    if (pattern === undefined || (pattern.foldersOnly && !isFolder)) continue;
    if (matchesPattern(pattern, text)) return place;
  }
  return found;
}
