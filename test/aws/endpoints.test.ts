import { describe, expect, it } from 'vitest';
import { configuredEndpoint, type EndpointSources } from '../../src/aws/endpoints';
import { failureOf } from '../../src/model/failure';

const sources = (parts: Partial<EndpointSources>): EndpointSources => ({
  env: {},
  profile: {},
  services: {},
  ...parts,
});

describe('the endpoint of a service', () => {
  it('is AWS’s own unless the user says otherwise', () => {
    expect(configuredEndpoint('eks', sources({}))).toBeUndefined();
    expect(configuredEndpoint('eks', sources({ env: { AWS_ENDPOINT_URL_S3: 'http://s3' } }))).toBeUndefined();
  });

  it('goes from the particular to the general, and from the environment to the files', () => {
    const everywhere = {
      env: { AWS_ENDPOINT_URL_EKS: 'http://env-eks', AWS_ENDPOINT_URL: 'http://env' },
      services: { 'eks.endpoint_url': 'http://file-eks' },
      profile: { endpoint_url: 'http://file' },
    };
    expect(configuredEndpoint('eks', everywhere)).toBe('http://env-eks');
    expect(configuredEndpoint('s3', everywhere)).toBe('http://env');
    expect(configuredEndpoint('eks', { ...everywhere, env: {} })).toBe('http://file-eks');
    expect(configuredEndpoint('s3', { ...everywhere, env: {} })).toBe('http://file');
  });

  it.each([
    ['finspace', 'FINSPACE'],
    ['eks', 'EKS'],
    ['s3', 'S3'],
    ['sts', 'STS'],
    ['ssm', 'SSM'],
    ['ec2', 'EC2'],
    ['logs', 'CLOUDWATCH_LOGS'],
  ] as const)('%s goes by %s', (service, id) => {
    const env = { [`AWS_ENDPOINT_URL_${id}`]: 'https://one' };
    expect(configuredEndpoint(service, sources({ env }))).toBe('https://one');
    const services = { [`${id.toLowerCase()}.endpoint_url`]: 'https://two' };
    expect(configuredEndpoint(service, sources({ services }))).toBe('https://two');
  });

  it('can be switched off, by the environment over the file', () => {
    const profile = { endpoint_url: 'http://file', ignore_configured_endpoint_urls: 'TRUE' };
    expect(configuredEndpoint('eks', sources({ profile }))).toBeUndefined();
    const env = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://env' };
    expect(configuredEndpoint('eks', sources({ env }))).toBeUndefined();
    const not = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' };
    expect(configuredEndpoint('eks', sources({ env: not, profile }))).toBe('http://file');
  });

  it.each(['localhost:4566', 'ftp://host', 'file:///etc/passwd', 'nonsense'])('is not %s', (endpoint) => {
    const ask = () => configuredEndpoint('eks', sources({ profile: { endpoint_url: endpoint } }));
    expect(ask).toThrow();
    try {
      ask();
    } catch (thrown) {
      expect(failureOf(thrown)).toEqual({
        kind: 'refused',
        code: 'endpoint-invalid',
        facts: { service: 'eks', endpoint },
      });
    }
  });
});
