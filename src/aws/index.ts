/**
 * The entry of the bundle that is loaded on first use: creates the `Aws` object that the rest of Slipway
 * uses.
 */

import { lookup } from 'node:dns/promises';
import { setMaxListeners } from 'node:events';
import { loadOnce } from '../model/cache';
import type { Connection } from '../model/connection';
import { present } from '../model/present';
import { profileAccess, sandboxAccess } from './access';
import type { Aws, AwsHost } from './contract';
import { profilesOf, readProfileFiles } from './profile-files';
import { pathOf } from './profiles/locate';
import { Sandbox } from './sandbox';
import { type OpenSession, openSession, type SessionHost } from './session';

export type * from './contract';

interface Known {
  readonly session: Promise<OpenSession>;
  /** Control token of the sandbox that the session was opened with; undefined for a profile. */
  readonly token: string | undefined;
}

/** Nothing is read, requested or started before a method of the returned object is called. */
export function createAws(host: AwsHost): Aws {
  const {
    clock,
    env,
    onRequest,
    sandboxFile: file,
    sandboxProgram: program,
    mayStartSandbox: mayStart,
    sandboxIdleMinutes: idleMinutes,
  } = host;
  const nodePath = host.nodePath ?? process.execPath;
  const sandbox = new Sandbox({
    file,
    program,
    nodePath,
    env,
    mayStart,
    clock,
    ...present({ idleMinutes }),
  });
  const sessionHost: SessionHost = { clock, onRequest, lookup: host.lookup ?? lookup };
  const reading = () => loadOnce(() => readProfileFiles(env));
  let files = reading();
  const sessions = new Map<string, Known>();
  const ended = new AbortController();
  // All callers that need a session at the same time listen to this signal, and Node warns of more than ten listeners.
  setMaxListeners(0, ended.signal);

  const opened = (
    { id }: Connection,
    token: string | undefined,
    open: () => Promise<OpenSession>,
  ): Promise<OpenSession> => {
    // A session that was opened after `dispose` would never be closed.
    ended.signal.throwIfAborted();
    const known = sessions.get(id);
    if (known !== undefined && known.token === token) return known.session;
    const session = open();
    sessions.set(id, { session, token });
    session.catch(() => {
      // After `forget` or a restart of the sandbox, the map may hold another session for this id.
      if (sessions.get(id)?.session === session) sessions.delete(id);
    });
    return session;
  };

  const sessionOf = async (connection: Connection): Promise<OpenSession> => {
    const { source } = connection;
    if (source.kind === 'profile') {
      return await opened(connection, undefined, async () =>
        openSession(connection, await profileAccess(connection, source.profile, host), sessionHost),
      );
    }
    const address = await sandbox.find(ended.signal);
    return await opened(connection, address.controlToken, async () =>
      openSession(connection, sandboxAccess(address, host), sessionHost),
    );
  };

  return {
    sharedFiles: () => ({ config: pathOf('config', env), credentials: pathOf('credentials', env) }),
    profiles: async (refresh) => {
      if (refresh) files = reading();
      return profilesOf(await files(), env);
    },
    session: sessionOf,
    signIn: async (connection, signal) => (await sessionOf(connection)).signIn(signal),
    isReady: async ({ id }) => {
      const session = await sessions.get(id)?.session.catch(() => undefined);
      return session?.hasKeys() ?? false;
    },
    forget: (connectionId) => {
      sessions.delete(connectionId);
    },
    async sandbox(signal) {
      const { url, pid, region, controlToken } = await sandbox.find(AbortSignal.any([signal, ended.signal]));
      return { url, pid, region, controlToken };
    },
    dispose: () => {
      ended.abort();
      sandbox.dispose();
      for (const { session } of sessions.values()) {
        session.then(
          (open) => open.close(),
          () => undefined,
        );
      }
      sessions.clear();
    },
  };
}
