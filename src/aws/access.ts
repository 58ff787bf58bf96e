/**
 * How the two kinds of connections reach AWS: a profile with its settings in the AWS files, the sandbox at
 * its own address.
 */
import type { Connection } from '../model/connection';
import { RateLimiter } from '../model/rate-limiter';
import { createCaller } from './caller';
import type { Access } from './clients';
import { connectionSettings } from './connection-settings';
import type { AwsHost } from './contract';
import { SharedKeys } from './credentials/shared-keys';
import { configuredEndpoint, type EndpointOf } from './endpoints';
import { readProfileFiles } from './profile-files';
import type { SandboxAddress } from './sandbox-process';
import { interactiveLimits } from './service-limits';
import { misfitOf } from './validation/rules';

/** Reads the profile's endpoint settings at once; its keys are resolved when they are first needed. */
export async function profileAccess(connection: Connection, profile: string, host: AwsHost): Promise<Access> {
  const { clock, env, onRequest } = host;
  const settings = connectionSettings(profile, await readProfileFiles(env), env);
  const endpoint: EndpointOf = (service) => configuredEndpoint(service, settings.endpoints);
  const { variants } = settings;
  const sts = createCaller({
    service: 'sts',
    connectionId: connection.id,
    clock,
    gate: new RateLimiter(interactiveLimits('sts'), clock),
    attempts: 3,
    onRequest,
    misfitOf,
  });
  const keys = new SharedKeys(async (signal, mayAsk) => {
    const { resolveProfileKeys } = await import('./credentials/profile-keys');
    const ask: AwsHost['mfaCode'] = (request, until) => host.mfaCode(request, until);
    const mfaCode = mayAsk ? ask : undefined;
    const { region } = connection;
    return await resolveProfileKeys({ profile, region, env, endpoint, variants, sts, mfaCode }, signal);
  }, clock);
  return { keys, endpoint, variants };
}

export function sandboxAccess(
  { url, accessKeyId, secretAccessKey }: SandboxAddress,
  { clock }: AwsHost,
): Access {
  const keys = new SharedKeys(async () => ({ accessKeyId, secretAccessKey }), clock);
  return { keys, endpoint: () => url };
}
