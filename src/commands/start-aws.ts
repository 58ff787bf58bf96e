/**
 * Loads the AWS client on first use. The client logs its requests, asks for MFA codes, and finds or starts the
 * sandbox.
 */
import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import type { Aws, AwsHost, RequestEntry } from '../aws/contract';
import type * as AwsModule from '../aws/index';
import { systemClock } from '../model/clock';
import type { Log } from '../view/log';
import { askMfaCode } from '../view/mfa';
import { numberSetting } from '../view/settings';
import { type ProgramLoader, programLoader } from './program-loader';

export type LoadAws = () => Promise<Aws>;

/**
 * @param ownFile the file through which windows find the sandbox, which this window starts when it is needed;
 * if the environment variable `SLIPWAY_SANDBOX_FILE` names another file, that file is used, and no sandbox is
 * started
 */
export function startAws({ extensionPath }: ExtensionContext, ownFile: string, log: Log): ProgramLoader<Aws> {
  const given = process.env['SLIPWAY_SANDBOX_FILE'];
  const host: AwsHost = {
    mfaCode: ({ profile, serial }, signal) => askMfaCode(profile, serial, signal),
    onRequest: (entry) => log.debug(requestLine(entry)),
    clock: systemClock,
    env: process.env,
    sandboxFile: given ?? ownFile,
    sandboxProgram: join(extensionPath, 'dist', 'sandbox.js'),
    mayStartSandbox: given === undefined,
    sandboxIdleMinutes: () => numberSetting('sandbox.idleMinutes'),
  };
  const file = join(extensionPath, 'dist', 'aws', 'index.mjs');
  return programLoader(file, ({ createAws }: typeof AwsModule) => createAws(host));
}

function requestLine({
  connectionId,
  service,
  operation,
  resource,
  attempt,
  durationMs,
  status,
  requestId,
  error,
}: RequestEntry): string {
  const result = [status, error, requestId].filter((part) => part !== undefined).join(' ');
  const tries = attempt === 1 ? '' : ` (try ${attempt})`;
  return `${connectionId} ${service} ${operation} ${resource} ${Math.round(durationMs)} ms ${result}${tries}`;
}
