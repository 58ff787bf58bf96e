/**
 * Rules with their place: those of an ignore file in or above the packed folder, or patterns of the request.
 */
import { bytesOf } from './bytes';
import { type PatternRule, parseIgnoreFile, parseLines, type RulesFile } from './ignore-file';
import { RuleList } from './rule-list';

/** The path of an ignore file's folder, as bytes. */
export type RulesPlace =
  /** A folder in the packed one; '' for the packed folder itself. */
  | { readonly in: string }
  /** A folder above the packed one, given by the path from there down to the packed folder, such as `code/q`. */
  | { readonly above: string };

export class PlacedList {
  private constructor(
    readonly list: RuleList,
    private readonly place: RulesPlace,
    private readonly file: RulesFile,
  ) {}

  /** Refuses as {@link parseIgnoreFile} and {@link RuleList} do. @param raw the bytes of the file */
  static ofFile(raw: string, file: RulesFile, place: RulesPlace): PlacedList {
    return new PlacedList(new RuleList(parseIgnoreFile(raw, file), file), place, file);
  }

  static ofLines(lines: readonly string[], file: RulesFile): PlacedList {
    return new PlacedList(new RuleList(parseLines(lines, file), file), { in: '' }, file);
  }

  get isEmpty(): boolean {
    return this.list.rules.length === 0;
  }

  /** A list of the rules that meet a condition. */
  only(wanted: (rule: PatternRule) => boolean): PlacedList {
    return new PlacedList(new RuleList(this.list.rules.filter(wanted), this.file), this.place, this.file);
  }

  /**
   * The last rule that matches.
   * @param path Bytes, relative to the packed folder; in or below the file's folder.
   */
  find(path: string, isFolder: boolean): PatternRule | undefined {
    const { place } = this;
    if ('above' in place) return this.list.find(`${place.above}/${path}`, isFolder);
    return this.list.find(place.in === '' ? path : path.slice(place.in.length + 1), isFolder);
  }

  /** As {@link find}, for any path; outside of the file's folder no rule matches. */
  findBelow(path: string, isFolder: boolean): PatternRule | undefined {
    const { place } = this;
    const isBelow = 'above' in place || place.in === '' || path.startsWith(`${place.in}/`);
    return isBelow ? this.find(path, isFolder) : undefined;
  }

  /**
   * As {@link find}, for the folder that is this many levels above the packed one; 0 for the packed one itself.
   * Undefined unless the ignore file is in a folder above that folder.
   */
  findOnWay(levels: number): PatternRule | undefined {
    const way = 'above' in this.place ? this.place.above.split('/') : [];
    return way.length > levels
      ? this.list.find(way.slice(0, way.length - levels).join('/'), true)
      : undefined;
  }
}

/** The place of an ignore file in `folder`, which is a path relative to the packed folder. */
export function placeIn(folder: string): RulesPlace {
  return { in: bytesOf(folder) };
}
