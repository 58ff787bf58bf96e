/** Opens the file with the AWS profiles in an editor. */
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { LoadAws } from './start-aws';

/**
 * In the config file, a profile's section is called `profile NAME`, except for the default profile; in the credentials
 * file it is called `NAME`.
 */
type FileKind = 'config' | 'credentials';

/**
 * Opens the AWS config file at the section of a profile, or the credentials file if only the credentials file
 * has the profile. If neither file exists, opens a new, unsaved config file.
 */
export async function editConfig(loadAws: LoadAws, profile?: string): Promise<void> {
  const paths = (await loadAws()).sharedFiles();
  const opened: { readonly document: vscode.TextDocument; readonly line: number | undefined }[] = [];
  for (const kind of ['config', 'credentials'] as const) {
    const file = fileAt(paths[kind]);
    if (!(await isFile(file))) continue;
    const document = await vscode.workspace.openTextDocument(file);
    const line = profile === undefined ? undefined : sectionLine(document.getText(), profile, kind);
    opened.push({ document, line });
  }
  const [first] = opened;
  const { document, line } = opened.find((one) => one.line !== undefined) ?? first ?? {};
  // The unsaved file has the path where the AWS CLI expects the config file.
  if (document === undefined)
    await vscode.window.showTextDocument(fileAt(paths.config).with({ scheme: 'untitled' }));
  else
    await vscode.window.showTextDocument(
      document,
      line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) },
    );
}

/** The line of a profile's heading, counted from 0; undefined if the text has no such heading. */
export function sectionLine(text: string, profile: string, kind: FileKind): number | undefined {
  const at = text.split(/\r\n|\r|\n/).findIndex((line) => {
    const name = /^\s*\[(.+)\]/.exec(line)?.[1]?.trim();
    const quoted = name === undefined ? null : /^profile\s+(["']?)(.*)\1$/.exec(name);
    const isPlain = name === profile && (kind === 'credentials' || name === 'default');
    return isPlain || (kind === 'config' && quoted?.[2] === profile);
  });
  return at < 0 ? undefined : at;
}

/** The variables of the AWS CLI may name a path relative to the working directory. */
function fileAt(path: string): vscode.Uri {
  return vscode.Uri.file(resolve(path));
}

async function isFile(file: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(file).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}
