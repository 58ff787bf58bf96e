/**
 * The files in zips on S3, as a read-only file system, so that VS Code can show diffs of them, even of binary
 * files. A file is read when it is opened.
 */
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { CodeLocation } from '../model/code';
import { present } from '../model/present';
import { shownError } from './message';

const CODE_SCHEME = 'slipway-code';

/**
 * One file of a zip. The file's address contains everything that is needed to read the file, so the
 * address still works after a reload of the window.
 */
export interface CodeFile {
  readonly connectionId: string;
  readonly at: CodeLocation;
  /** Inside the zip. */
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /**
   * In a diff with a folder on disk: the path of that folder; absent otherwise. The address puts it before
   * `path`, so that both sides have the same path: VS Code takes a diff of two different paths for a rename.
   */
  readonly beside?: string;
}

/**
 * The address at which VS Code opens a file. The path of this address ends in the path of the file, so that
 * tabs show the file's name.
 */
export function codeFileUri({ connectionId, at, path, size, beside = '' }: CodeFile): vscode.Uri {
  const shown = posix.join('/', beside, path);
  const query = JSON.stringify([connectionId, at.bucket, at.key, at.versionId ?? null, size, path]);
  return vscode.Uri.from({ scheme: CODE_SCHEME, path: shown, query });
}

function fileAt({ path: shown, query }: vscode.Uri): CodeFile {
  const [connectionId, bucket, key, versionId, size, path] = JSON.parse(query) as [
    string,
    string,
    string,
    string | null,
    number,
    string?,
  ];
  const at = { bucket, key, ...present({ versionId: versionId ?? undefined }) };
  // The query of an address from Slipway 0.1.0 contains no path: the shown path is the file's path.
  return { connectionId, at, path: path ?? shown.slice(1), size };
}

export class CodeFiles implements vscode.FileSystemProvider {
  /** Never fires: Slipway does not watch the zips on S3. */
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  /** @param read rejects with an error whose message is for the user. */
  constructor(private readonly read: (file: CodeFile) => Promise<Uint8Array>) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerFileSystemProvider(CODE_SCHEME, this, {
      isReadonly: true,
      isCaseSensitive: true,
    });
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: fileAt(uri).size };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    try {
      return await this.read(fileAt(uri));
    } catch (thrown) {
      throw vscode.FileSystemError.Unavailable(shownError(thrown).message);
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
