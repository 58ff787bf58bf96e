/** Where a service is asked when the user said so: the SDK does not apply a profile's endpoints, so Slipway does. */
import { refused, type ServiceName } from '../model/failure';
import type { Environment } from './credentials/environment-keys';
import type { Section } from './profile-files';

/** What AWS calls the services in variables; in files it is the same in lower case. */
const SERVICE_IDS: Readonly<Record<ServiceName, string>> = {
  finspace: 'FINSPACE',
  eks: 'EKS',
  s3: 'S3',
  sts: 'STS',
  ssm: 'SSM',
  ec2: 'EC2',
  logs: 'CLOUDWATCH_LOGS',
};

export interface EndpointSources {
  readonly env: Environment;
  /** The connection's profile. */
  readonly profile: Section;
  /** The section that the profile's `services` names. */
  readonly services: Section;
}

/**
 * The configured endpoint, undefined for AWS's own. From the most to the least particular: the service's variable, the
 * variable for all, the profile's `services`, the profile's `endpoint_url`.
 * @throws refused `endpoint-invalid` for what is no http or https address.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoint(
  service: ServiceName,
  { env, profile, services }: EndpointSources,
): string | undefined {
  const ignored =
    env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile['ignore_configured_endpoint_urls'] ?? 'false';
  if (ignored.toLowerCase() === 'true') return undefined;
  const id = SERVICE_IDS[service];
  const endpoint =
    env[`AWS_ENDPOINT_URL_${id}`] ||
    env['AWS_ENDPOINT_URL'] ||
    services[`${id.toLowerCase()}.endpoint_url`] ||
    profile['endpoint_url'];
  if (!endpoint) return undefined;
  if (!isWebAddress(endpoint)) throw refused('endpoint-invalid', { service, endpoint });
  return endpoint;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
