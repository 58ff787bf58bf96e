/**
 * The endpoints that the user has configured. They are passed to the SDK, which does not look for endpoints
 * itself.
 */

import type { ServiceName } from '../model/failure';
import { refuse } from '../model/refusals';
import type { Environment } from './contract';

/**
 * Settings by key. The key of a setting inside a block consists of the block's key, a dot and its own key:
 * `eks.endpoint_url`.
 */
export type Section = Readonly<Record<string, string | undefined>>;

/** The services whose endpoint can be configured: those that Slipway uses, and those that issue keys. */
export type EndpointName = ServiceName | 'sso' | 'sso-oidc' | 'signin';

/** Returns the configured endpoint of a service; undefined for AWS's own. */
export type EndpointOf = (service: EndpointName) => string | undefined;

/** The names of services in environment variables; in files the same names are in lower case. */
const SERVICE_IDS: Readonly<Record<EndpointName, string>> = {
  finspace: 'FINSPACE',
  eks: 'EKS',
  s3: 'S3',
  sts: 'STS',
  ssm: 'SSM',
  ec2: 'EC2',
  logs: 'CLOUDWATCH_LOGS',
  sso: 'SSO',
  'sso-oidc': 'SSO_OIDC',
  signin: 'SIGNIN',
};

export interface EndpointSources {
  readonly env: Environment;
  /** The settings of the connection's profile. */
  readonly profile: Section;
  /** The section that the profile's `services` setting names. */
  readonly services: Section;
}

/**
 * The configured endpoint. Undefined if none is configured, or if the user has set that configured endpoints
 * are ignored: AWS's own is then used. The first that is set counts: the service's variable, the variable for
 * all services, the profile's `services`, the profile's `endpoint_url`.
 * @throws refused `endpoint-invalid` for anything but an http or https address.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoint(service: EndpointName, sources: EndpointSources): string | undefined {
  const { env, profile } = sources;
  const ignored =
    env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile['ignore_configured_endpoint_urls'] ?? 'false';
  if (ignored.toLowerCase() === 'true') return undefined;
  const id = SERVICE_IDS[service];
  const endpoint =
    env[`AWS_ENDPOINT_URL_${id}`] ||
    env['AWS_ENDPOINT_URL'] ||
    sources.services[`${id.toLowerCase()}.endpoint_url`] ||
    profile['endpoint_url'];
  if (!endpoint) return undefined;
  if (!isWebAddress(endpoint)) throw refuse('endpoint-invalid', { service, endpoint });
  return endpoint;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
