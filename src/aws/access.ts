/** How the two sources of a connection reach AWS: a profile by its files, the sandbox by its address. */
import type { Connection } from '../model/connection';
import { Budget, interactiveLimits } from './budget';
import { createCaller } from './caller';
import type { Access } from './clients';
import type { AwsHost } from './contract';
import { SharedKeys } from './credentials/shared-keys';
import { configuredEndpoint } from './endpoints';
import { readProfileFiles } from './profile-files';
import type { SandboxAddress } from './sandbox-process';
import { misfitOf } from './validation/rules';

/** Reads where the profile's services are now; its keys are resolved when they are first needed. */
export async function profileAccess(connection: Connection, profile: string, host: AwsHost): Promise<Access> {
  const { clock, env, onRequest } = host;
  const { profiles, services } = await readProfileFiles(true);
  const own = profiles.get(profile)?.keys ?? {};
  const sources = { env, profile: own, services: services.get(own['services'] ?? '') ?? {} };
  const endpoint: Access['endpoint'] = (service) => configuredEndpoint(service, sources);
  const sts = createCaller({
    service: 'sts',
    connectionId: connection.id,
    clock,
    gate: new Budget(interactiveLimits('sts'), clock),
    attempts: 3,
    onRequest,
    misfitOf,
  });
  const keys = new SharedKeys(async (signal, mayAsk) => {
    const { resolveProfileKeys } = await import('./credentials/profile-keys');
    const ask: AwsHost['mfaCode'] = (request, until) => host.mfaCode(request, until);
    const mfaCode = mayAsk ? ask : undefined;
    const { region } = connection;
    return await resolveProfileKeys(
      { profile, region, env, stsEndpoint: endpoint('sts'), sts, mfaCode },
      signal,
    );
  }, clock);
  return { keys, endpoint, profile };
}

export function sandboxAccess(
  { url, accessKeyId, secretAccessKey }: SandboxAddress,
  { clock }: AwsHost,
): Access {
  const keys = new SharedKeys(async () => ({ accessKeyId, secretAccessKey }), clock);
  return { keys, endpoint: () => url, profile: undefined };
}
