/** What somebody is still typing: the editor may save it before a task runs, and it would be deployed half done. */
import { posix } from 'node:path';

export interface OpenDocument {
  readonly uri: Address;
  readonly isDirty: boolean;
}

interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** The unsaved files below the folder by their paths in it, in order. */
export function unsavedBelow(root: Address, documents: readonly OpenDocument[]): readonly string[] {
  return documents
    .filter(({ isDirty, uri }) => isDirty && uri.scheme === root.scheme && uri.authority === root.authority)
    .map(({ uri }) => posix.relative(root.path, uri.path))
    .filter((path) => path !== '..' && !path.startsWith('../'))
    .sort();
}
