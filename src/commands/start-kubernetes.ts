/**
 * Loads the client for the Kubernetes APIs of clusters on first use. The client uses a connection's session, and
 * logs its requests.
 */
import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import type { Kubernetes, KubernetesHost, RequestEntry } from '../kubernetes/contract';
import type * as KubernetesModule from '../kubernetes/index';
import { systemClock } from '../model/clock';
import type { Log } from '../view/log';
import { endpointsSetting } from '../view/settings';
import { type ProgramLoader, programLoader } from './program-loader';
import type { LoadAws } from './start-aws';

export function startKubernetes(
  { extensionPath }: ExtensionContext,
  loadAws: LoadAws,
  log: Log,
): ProgramLoader<Kubernetes> {
  const host: KubernetesHost = {
    clock: systemClock,
    onRequest: (entry) => log.debug(requestLine(entry)),
    aws: async (connection, kind) => {
      const session = await (await loadAws()).session(connection);
      // Background requests never ask for an MFA code.
      return kind === 'interactive' ? session.interactive : session.following;
    },
    roleOf: async ({ source }) => {
      if (source.kind !== 'profile') return undefined;
      const profiles = await (await loadAws()).profiles(false);
      return profiles.find(({ name }) => name === source.profile)?.role;
    },
    overrides: endpointsSetting,
  };
  return programLoader(
    join(extensionPath, 'dist', 'kubernetes.mjs'),
    ({ createKubernetes }: typeof KubernetesModule) => createKubernetes(host),
  );
}

function requestLine({
  connectionId,
  cluster,
  verb,
  resource,
  attempt,
  durationMs,
  status,
  error,
}: RequestEntry): string {
  const result = [status, error].filter((part) => part !== undefined).join(' ');
  const tries = attempt === 1 ? '' : ` (try ${attempt})`;
  return `${connectionId} ${cluster} ${verb} ${resource} ${Math.round(durationMs)} ms ${result}${tries}`;
}
