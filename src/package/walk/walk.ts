/**
 * Finds the files of a folder that belong in its zip, in the zip's order, and the files and folders that are
 * left out, with the rule for each. The zip has no entries for folders, so that equal files give equal zips:
 * git does not keep empty folders, and q cannot distinguish an empty folder from a missing one. A left-out
 * folder is not entered unless it may contain included files, which saves most of the time.
 */

import { present } from '../../model/present';
import type { FileStat } from '../content/steady-file';
import type { LeftOut } from '../packer';
import { refuse } from '../refusal';
import type { Decision, FolderRules, Rule } from '../rules/folder-rules';
import type { FolderFiles, IgnoreFileName } from '../rules/outer-rules';
import type { ItemKind, SourceItem } from '../source-tree';
import { compareUtf8 } from '../utf8-order';
import type { FolderReader, LinkTarget } from './folder-reader';

export interface FoundFile {
  /** The path in the zip. */
  readonly path: string;
  /**
   * Path of the content relative to the packed folder; it differs from `path` if a link leads to the content.
   */
  readonly place: string;
  readonly stat: FileStat;
}

export interface Walk {
  /** Sorted by path, byte for byte in UTF-8. */
  readonly files: readonly FoundFile[];
  readonly leftOut: readonly LeftOut[];
}

/** The progress of a walk. */
export interface SoFar {
  readonly files: number;
  readonly bytes: number;
}

/**
 * @param onFolder called after each folder, with the number of files and of bytes found so far; may throw to stop the
 * walk
 * @throws Refusals of the reader and of {@link FolderRules.within}, `path-not-unicode`, `path-backslash`, `path-drive`,
 * `path-too-long`, `name-clash`.
 */
export function walk(reader: FolderReader, rules: FolderRules, onFolder: (soFar: SoFar) => void): Walk {
  const walker = new Walker(reader, onFolder);
  const top = rules.under(reader.outerRules({ below: rules.below, usesGit: rules.usesGit }));
  walker.enter({ path: '', place: '', rules: top, linked: false }, top.leftOutBy);
  refuseClashes(walker.files);
  return { files: walker.files, leftOut: walker.leftOut };
}

/** A folder that is walked: its path in the zip, and its real place. */
interface Folder {
  readonly path: string;
  readonly place: string;
  readonly rules: FolderRules;
  /** True if the folder was reached through a link. */
  readonly linked: boolean;
}

/**
 * Something in a folder. `path`: the path in the zip; `place`: the path relative to the packed folder, for a
 * followed link that of the link's target.
 */
interface Item {
  readonly name: string;
  readonly path: string;
  readonly place: string;
  readonly kind: ItemKind;
  readonly sortKey: string;
  /**
   * The link's target, if the item is a link that was followed. `kind` is then that of the target; it stays
   * `link` if the target is no file or folder in the packed folder.
   */
  readonly link?: LinkTarget;
  readonly decision: Decision;
}

const MOST_PATH_BYTES = 0xffff;
const DRIVE = /^[a-z]:/i;
const DOUBTFUL = /[\uFFFD\p{Surrogate}]/u;

class Walker {
  readonly files: FoundFile[] = [];
  readonly leftOut: LeftOut[] = [];
  private bytes = 0;

  constructor(
    private readonly reader: FolderReader,
    private readonly onFolder: (soFar: SoFar) => void,
  ) {}

  enter(folder: Folder, searchedUnder?: Rule): void {
    const listed = this.reader.list(folder.place);
    const rules = folder.rules.within(folder.path, this.rulesIn(folder, listed), searchedUnder);
    const here = { ...folder, rules };
    const items = listed.map((item) => this.itemOf(here, item));
    for (const item of items.sort((a, b) => compareUtf8(a.sortKey, b.sortKey))) this.visit(here, item);
    this.onFolder({ files: this.files.length, bytes: this.bytes });
  }

  private visit(folder: Folder, item: Item): void {
    const isFolder = item.kind === 'folder';
    const { decision } = item;
    const obstacle = decision.fate === 'out' ? decision.rule : obstacleOf(folder, item);
    if (obstacle !== undefined) {
      this.leave(item, obstacle);
      return;
    }
    if (DOUBTFUL.test(item.name) && !this.reader.isExact(folder.place, item.name)) {
      throw refuse('path-not-unicode', { path: item.path });
    }
    if (isFolder) {
      const linked = folder.linked || item.link !== undefined;
      const inner = { path: item.path, place: item.place, rules: folder.rules, linked };
      this.enter(inner, decision.fate === 'search' ? decision.rule : undefined);
    } else {
      this.take(item);
    }
  }

  private take({ path, place }: Item): void {
    const stat = this.reader.stat(place);
    if (stat === undefined) return;
    // A zip separates folders only by `/`. Many unzippers also treat `\` as a separator, and some refuse the whole zip.
    if (path.includes('\\')) throw refuse('path-backslash', { path });
    if (path[1] === ':' && DRIVE.test(path)) throw refuse('path-drive', { path });
    if (path.length > MOST_PATH_BYTES / 3 && Buffer.byteLength(path) > MOST_PATH_BYTES) {
      throw refuse('path-too-long', { path });
    }
    this.files.push({ path, place, stat });
    this.bytes += stat.size;
  }

  private leave({ path, kind }: Item, { source, rule }: Rule): void {
    this.leftOut.push({ path: kind === 'folder' ? `${path}/` : path, source, rule });
  }

  private itemOf(folder: Folder, { name, kind }: SourceItem): Item {
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    const place = folder.place === '' ? name : `${folder.place}/${name}`;
    const decision = folder.rules.decide(path, name, kind === 'folder');
    const item = { name, path, place, kind, decision, sortKey: sortKey(name, kind) };
    return kind === 'link' ? this.followed(folder, item) : item;
  }

  /** Follows a link unless the rules leave it out and need no search for included files in it. */
  private followed({ rules }: Folder, item: Item): Item {
    const { name, path, place, decision } = item;
    const asFolder = rules.decide(path, name, true);
    if (decision.fate === 'out' && asFolder.fate !== 'search') return item;
    let link: LinkTarget;
    try {
      link = this.reader.follow(place);
    } catch (error) {
      // A link that cannot be followed may lead to a folder: a rule that leaves out a folder of this path leaves
      // out the link, too.
      if (asFolder.fate === 'out') return { ...item, decision: asFolder };
      throw error;
    }
    if (link.kind === 'none') return { ...item, link };
    const key = sortKey(name, link.kind);
    const fate = link.kind === 'folder' ? asFolder : decision;
    return { ...item, place: link.path, kind: link.kind, link, decision: fate, sortKey: key };
  }

  private rulesIn({ path, place, rules }: Folder, listed: readonly SourceItem[]): FolderFiles {
    const files = new Map<IgnoreFileName, string>();
    let isRepository = false;
    for (const { name, kind } of listed) {
      if (name === '.git') isRepository = rules.usesGit && path !== '';
      // git does not follow a `.gitignore` that is a link, so that a repository cannot make git read a file
      // elsewhere.
      if (kind === 'folder' || !rules.reads(name) || (kind === 'link' && name === '.gitignore')) continue;
      files.set(name, this.reader.text(place === '' ? name : `${place}/${name}`));
    }
    const repository = isRepository ? this.reader.repository(place) : undefined;
    return { files, ...present({ repository }) };
  }
}

/**
 * The reason to leave out an item that the rules for its own path do not leave out; undefined if there is
 * none.
 */
function obstacleOf(folder: Folder, { kind, link, place }: Item): Rule | undefined {
  if (link?.kind === 'none') return { source: 'symlink', rule: link.code };
  if (kind === 'other') return { source: 'kind', rule: 'not-a-file' };
  if (link === undefined) return undefined;
  if (link.kind === 'folder' && contains(place, folder.place)) return { source: 'symlink', rule: 'cycle' };
  // A link to a folder, met inside of a linked folder, could lead to an endless tree.
  if (link.kind === 'folder' && folder.linked) return { source: 'symlink', rule: 'link-in-link' };
  return folder.rules.deniedTarget(place, link.kind === 'folder');
}

function contains(outer: string, inner: string): boolean {
  return outer === '' || `${inner}/`.startsWith(`${outer}/`);
}

/** The name, for a folder with a slash at the end, so that files are sorted by their whole paths. */
function sortKey(name: string, kind: ItemKind): string {
  return kind === 'folder' ? `${name}/` : name;
}

const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Refuses two paths that some systems treat as equal: their letters are the same, but in one path they are
 * composed Unicode characters, in the other decomposed ones.
 */
function refuseClashes(files: readonly FoundFile[]): void {
  if (files.every(({ path }) => PLAIN.test(path))) return;
  const known = new Map<string, string>();
  for (const { path } of files) {
    const key = path.normalize('NFC');
    const other = known.get(key);
    if (other !== undefined) throw refuse('name-clash', { path, other });
    known.set(key, path);
  }
}
