/** A running sandbox whose address and kubeconfig are written to files, where others find them. */

import { removeAddress, type SandboxAddress, writeAddress } from './address-file';
import type { ProgramOptions } from './arguments';
import { writeKubeconfig } from './kubeconfig';
import { present } from './present';
import { startSandbox } from './sandbox';

export interface PublishedSandbox {
  readonly address: SandboxAddress;
  /** Resolves when the address file is written. */
  readonly written: Promise<void>;
  /** As `RunningSandbox` has it. */
  quietFor(): number;
  /** Stops the sandbox and removes its files. */
  end(): Promise<void>;
}

/**
 * The sandbox may be ended as soon as its address is published, so this resolves while the address file is still being
 * written.
 * @throws if the sandbox cannot listen on the port
 */
export async function publishSandbox(
  options: Pick<ProgramOptions, 'sandbox' | 'file' | 'kubeconfig'>,
): Promise<PublishedSandbox> {
  const { file } = options;
  const sandbox = await startSandbox(options.sandbox);
  const config = options.kubeconfig ? await writeKubeconfig(await sandbox.kubeconfig(), file) : undefined;
  const address: SandboxAddress = {
    v: 1,
    url: sandbox.url,
    port: sandbox.port,
    pid: process.pid,
    ...sandbox.keys,
    controlToken: sandbox.controlToken,
    region: options.sandbox.region,
    startedAt: new Date().toISOString(),
    ...present({ kubeconfig: config?.path }),
  };
  const written = file === undefined ? Promise.resolve() : writeAddress(file, address);
  return {
    address,
    written,
    quietFor: sandbox.quietFor,
    end: async () => {
      const removed = written.then(() => (file === undefined ? undefined : removeAddress(file, address)));
      await Promise.all([sandbox.stop(), removed, config?.remove()]);
    },
  };
}
