/** Endpoints of a profile: found under whatever name, refused by file and line, and never another profile's. */
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { ListKxEnvironmentsCommand } from '@aws-sdk/client-finspace';
import { describe, expect, it } from 'vitest';
import { clientConfig } from '../../src/aws/client-config';
import { finspaceClient } from '../../src/aws/finspace/adapter';
import { keysOf, OpenedProfiles } from './open-profiles';

const at = new OpenedProfiles();

describe('an endpoint', () => {
  it.each([
    ['local', 'local'],
    ['"my stack"', 'my stack'],
    ["'lokale größe'", 'lokale größe'],
    ['a[b]', 'a[b]'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
  ])('is found in [services %s]', async (written, name) => {
    const config = `[profile p]\n${keysOf('K')}services = ${name}\n[services ${written}] # note\nEKS =\n  first =\n  endpoint_url = ${at.server.url}\n`;
    await at.open({ config });
    await at.ask('p');
    expect(at.server.received).toHaveLength(1);
  });

  it.each([
    ['a section that is not there', 'services = nowhere\n', 4, 'no-such-section'],
    ['an empty section', 'services = empty\n[services empty]\n', 4, 'no-such-section'],
    [
      'a section for a service on one line',
      'services = flat\n[services flat]\neks = http://127.0.0.1:1\n',
      6,
      'no-block',
    ],
    ['a comment behind', 'endpoint_url = http://127.0.0.1:1 # local\n', 4, 'comment-behind'],
    [
      'a comment behind it in a block',
      'services = s\n[services s]\neks =\n  endpoint_url = http://127.0.0.1:1 # x\n',
      6,
      'comment-behind',
    ],
    [
      'a section twice',
      'services = s\n[services s]\neks =\n  endpoint_url = http://127.0.0.1:1\n[services "s"]\nec2 =\n  endpoint_url = http://127.0.0.1:1\n',
      8,
      'twice',
    ],
  ])('with %s is refused by file and line, and AWS itself is not asked', async (_, lines, line, problem) => {
    await at.open({ config: `[profile p]\n${keysOf('K')}${lines}` });
    const failure = await at.failureOfAsking('p');
    expect(failure).toMatchObject({ code: 'profile-unusable', facts: { line, problem } });
    expect(at.opened.entries).toEqual([]);
  });

  it('of a section in vain does not matter where endpoints are ignored or the environment has one', async () => {
    await at.open(
      { config: `[profile p]\n${keysOf('K')}services = nowhere\n` },
      { env: { AWS_ENDPOINT_URL: at.server.url } },
    );
    await at.ask('p');
    expect(at.server.received).toHaveLength(1);
  });

  it.each([
    ['of the default profile', '[default]\nendpoint_url = OTHER\n', {}],
    ['of the environment', '', { AWS_ENDPOINT_URL: 'OTHER' }],
  ])('%s is not taken by a client that was given none', async (_, config, env) => {
    const there = (text: string) => text.replace('OTHER', at.server.url);
    await at.open(
      { config: there(config) },
      { env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, there(value)])) },
    );
    const settings = { region: 'eu-west-1', endpoint: undefined, credentials: async () => KEYS };
    const eks = new EKSClient(clientConfig(settings));
    const finspace = finspaceClient(settings);
    const hosts: string[] = [];
    // Stops each request short of the line: AWS itself is out of a test's reach.
    const stop = () => async (args: object) => {
      hosts.push((args as { request: { hostname: string } }).request.hostname);
      throw new Error('far enough');
    };
    eks.middlewareStack.add(stop, { step: 'finalizeRequest', priority: 'low' });
    finspace.middlewareStack.add(stop, { step: 'finalizeRequest', priority: 'low' });
    await expect(eks.send(new ListClustersCommand({}))).rejects.toThrow('far enough');
    await expect(finspace.send(new ListKxEnvironmentsCommand({}))).rejects.toThrow('far enough');
    expect(hosts).toEqual(['eks.eu-west-1.amazonaws.com', 'finspace.eu-west-1.amazonaws.com']);
  });
});

const KEYS = { accessKeyId: 'K', secretAccessKey: 's' };
