/** Reads one of the shared AWS files. */

import { readFile, stat } from 'node:fs/promises';
import { refuse } from '../../model/refusals';
import { IniError, parseIni, type Section } from './ini';

/**
 * The sections of a file; empty if there is no file at the path.
 * @throws refused `profile-file-unreadable` with the file, and with the line if there is one
 */
export async function readSections(file: string): Promise<readonly Section[]> {
  if (!(await isFile(file))) return [];
  const bytes = await readFile(file).catch((thrown: NodeJS.ErrnoException) => {
    throw refuse(
      'profile-file-unreadable',
      { file, problem: 'unreadable', about: thrown.code ?? '' },
      thrown,
    );
  });
  const text = decoded(bytes);
  if (text === undefined) {
    throw refuse('profile-file-unreadable', { file, line: firstLineNotUtf8(bytes), problem: 'not-utf-8' });
  }
  try {
    return parseIni(text);
  } catch (thrown) {
    if (!(thrown instanceof IniError)) throw thrown;
    const { line, problem, about } = thrown;
    throw refuse('profile-file-unreadable', { file, line, problem, about });
  }
}

/** As Python's `isfile`: also false for a path that cannot be examined. */
async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The number of the first line that is not UTF-8, counted from 1; 0 if there is no such line. The bytes can be
 * split into lines before they are decoded: in UTF-8, no byte of a longer character equals a line end.
 */
function firstLineNotUtf8(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split(/\r\n|\r|\n/);
  return lines.findIndex((line) => decoded(Buffer.from(line, 'latin1')) === undefined) + 1;
}
