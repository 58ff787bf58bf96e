/** Checks that the zip contains the files that q sources load. */
import { posix } from 'node:path';
import type { SourceLoad } from '../../package/packer';
import { declareCheck } from '../../plan/check';
import { pass, warn } from './check';

const LISTED = 50;
/**
 * KX libraries that q finds in QHOME: q's own, embedPy, PyKX, and the interfaces and kits.
 * @see https://code.kx.com/q/basics/syscmds/#l-load-file-or-directory
 */
const IN_QHOME =
  /^(?:\.\/)?(?:(?:q|s|p|ps|odbc)\.k|(?:p|pykx|kfk|arrowkdb|avrokdb|hdf5|protobufkdb|mqtt|solace|ldap|kurl|jupyterq|objstor|qlog|rest)\.q_?|(?:ml|nlp|automl)\/(?:ml|nlp|automl|init)\.q)$/;

/** `count`: the number of all missing files; only the first are listed. */
interface MissingLoads {
  readonly count: number;
  readonly places: readonly Pick<SourceLoad, 'path' | 'line' | 'name'>[];
}

/** Judges whether the zip has the files that q sources load by `\l` or `system "l …"`. */
const LOADS = declareCheck('loads', {
  'loads.resolved': pass(),
  'loads.missing': warn<MissingLoads>('add-files'),
});

/**
 * A relative name is looked up from the loading file's folder and from the root of the zip. An absolute path inside
 * one of `codeFolders` is looked up from the root only. Other absolute paths (a mounted database), libraries in
 * QHOME and names that a shell would expand cannot be judged, and count as found.
 */
export function loadsCheck(
  loads: readonly SourceLoad[],
  files: readonly string[],
  codeFolders: readonly string[],
) {
  if (loads.length === 0) return LOADS.found('loads.resolved');
  const known = new Set(files.flatMap(withFolders));
  const missing = loads.filter((load) => !isThere(load, known, codeFolders));
  return missing.length === 0
    ? LOADS.found('loads.resolved')
    : LOADS.found('loads.missing', {
        count: missing.length,
        places: missing.slice(0, LISTED).map(({ path, line, name }) => ({ path, line, name })),
      });
}

function isThere(
  { path, name }: SourceLoad,
  known: ReadonlySet<string>,
  codeFolders: readonly string[],
): boolean {
  if (/^[~$]|^[a-zA-Z]:/.test(name) || IN_QHOME.test(name)) return true;
  if (!name.startsWith('/')) {
    return [posix.dirname(path), '.'].some((folder) => isKnown(posix.join(folder, name), known));
  }
  const inside = codeFolders.find((folder) => `${posix.normalize(name)}/`.startsWith(folder));
  return inside === undefined || isKnown(posix.normalize(name).slice(inside.length), known);
}

/**
 * Returns true if the zip has a file or folder for the path. A script may be named without its suffix; a
 * folder counts, since q loads it as a database.
 */
function isKnown(path: string, known: ReadonlySet<string>): boolean {
  const plain = path.replace(/\/$/, '');
  return ['', '.'].includes(plain) || ['', '.q', '.k'].some((suffix) => known.has(plain + suffix));
}

function withFolders(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    folders.push(path.slice(0, at));
  }
  return [path, ...folders];
}
