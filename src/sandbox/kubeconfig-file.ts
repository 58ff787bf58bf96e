/** The sandbox's own kubeconfig on disk; the user's is never read or written. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface KubeconfigFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** @param addressFile the kubeconfig is put beside this file; without one, into a temporary folder. */
export async function writeKubeconfig(
  text: string,
  addressFile: string | undefined,
): Promise<KubeconfigFile> {
  const folder = addressFile === undefined ? await mkdtemp(join(tmpdir(), 'slipway-sandbox-')) : undefined;
  const path = folder === undefined ? `${resolve(addressFile ?? '')}.kubeconfig` : join(folder, 'kubeconfig');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Writing over a file that an earlier sandbox left would keep its mode.
  await rm(path, { force: true });
  await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  return { path, remove: () => rm(folder ?? path, { recursive: true, force: true }) };
}
