/** An ignore file's rules as seen from the packed folder, in which, above which or beside which the file stands. */
import { bytesOf } from './bytes';
import { type PatternRule, parseIgnoreFile, parseLines, type RulesFile } from './ignore-file';
import { RuleList } from './rule-list';

/** Where the file's folder lies, as bytes. */
export type RulesPlace =
  /** A folder in the packed one, '' for that itself. */
  | { readonly in: string }
  /** The way from there down to the packed folder, as `code/q`. */
  | { readonly above: string };

export class PlacedList {
  private constructor(
    readonly list: RuleList,
    private readonly place: RulesPlace,
    private readonly file: RulesFile,
  ) {}

  /** Refuses as {@link parseIgnoreFile} and {@link RuleList} do. @param raw Bytes of the file. */
  static ofFile(raw: string, file: RulesFile, place: RulesPlace): PlacedList {
    return new PlacedList(new RuleList(parseIgnoreFile(raw, file), file), place, file);
  }

  static ofLines(lines: readonly string[], file: RulesFile): PlacedList {
    return new PlacedList(new RuleList(parseLines(lines, file), file), { in: '' }, file);
  }

  get isEmpty(): boolean {
    return this.list.rules.length === 0;
  }

  /** The rules that fulfil a condition. */
  only(wanted: (rule: PatternRule) => boolean): PlacedList {
    return new PlacedList(new RuleList(this.list.rules.filter(wanted), this.file), this.place, this.file);
  }

  /** The last rule that matches. @param path Bytes, from the packed folder on, in or below the file's folder. */
  find(path: string, isFolder: boolean): PatternRule | undefined {
    const { place } = this;
    if ('above' in place) return this.list.find(`${place.above}/${path}`, isFolder);
    return this.list.find(place.in === '' ? path : path.slice(place.in.length + 1), isFolder);
  }

  /** As {@link find}, for any path: nothing is found outside of the file's folder. */
  findBelow(path: string, isFolder: boolean): PatternRule | undefined {
    const { place } = this;
    const isBelow = 'above' in place || place.in === '' || path.startsWith(`${place.in}/`);
    return isBelow ? this.find(path, isFolder) : undefined;
  }

  /** As {@link find}, for a folder on the way down to the packed one, so many levels above it: 0 for that itself. */
  findOnWay(levels: number): PatternRule | undefined {
    const way = 'above' in this.place ? this.place.above.split('/') : [];
    return way.length > levels
      ? this.list.find(way.slice(0, way.length - levels).join('/'), true)
      : undefined;
  }
}

/** Of a folder in the packed one. */
export function placeIn(folder: string): RulesPlace {
  return { in: bytesOf(folder) };
}
