/** Remedies for a connection that cannot be read: sign in, open the AWS files, try again. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../model/connection';
import { failureOf } from '../model/failure';
import type { CommandHandlers } from '../view/command-ids';
import { loginOf, runLogin } from '../view/login';
import type { ResourceNode } from '../view/resources/node';
import { nodeOf } from './arguments';
import { editConfig } from './config-file';
import { type ConnectionDeps, connectionOfRow, pickConnection } from './connection';
import type { Refresh } from './resources';

export interface SignInDeps extends Pick<ConnectionDeps, 'store' | 'prompts' | 'loadAws'> {
  readonly refresh: Refresh;
}

export type SignInCommands = Pick<
  CommandHandlers,
  'slipway.connection.signIn' | 'slipway.connection.editConfig' | 'slipway.resources.tryAgain'
>;

export function signInCommands(deps: SignInDeps): SignInCommands {
  const { loadAws, refresh } = deps;
  return {
    'slipway.connection.signIn': async (row) => {
      const node = nodeOf(row);
      const connection = connectionOfRow(node) ?? (await pickConnection(l10n.t('Sign In to AWS'), deps));
      if (!connection) return;
      await signIn(connection, deps);
      await refresh(rowToRead(node));
    },
    'slipway.connection.editConfig': async (row) => {
      const source = connectionOfRow(nodeOf(row))?.source;
      await editConfig(loadAws, source?.kind === 'profile' ? source.profile : undefined);
    },
    'slipway.resources.tryAgain': async (row) => {
      const node = nodeOf(row);
      const connection = connectionOfRow(node);
      // The AWS files may have changed since the failure, so the next read must read the files again.
      if (connection && node?.kind === 'failure' && node.failure.kind === 'credentials')
        (await loadAws()).forget(connection.id);
      await refresh(rowToRead(node));
    },
  };
}

/** The row to read again: for a row that only shows a failure, the row above it, which could not be read. */
function rowToRead(node: ResourceNode | undefined): ResourceNode | undefined {
  return node?.kind === 'failure' ? node.parent : node;
}

/**
 * Gets new credentials, for which the user may have to type an MFA code. If a login of the AWS CLI is
 * missing, runs it and tries once more.
 */
async function signIn(connection: Connection, { loadAws }: SignInDeps): Promise<void> {
  const aws = await loadAws();
  const ended = new AbortController().signal;
  aws.forget(connection.id);
  try {
    await aws.signIn(connection, ended);
  } catch (thrown) {
    const login = loginOf(failureOf(thrown));
    if (!login) throw thrown;
    await runLogin(login);
    aws.forget(connection.id);
    await aws.signIn(connection, ended);
  }
}
