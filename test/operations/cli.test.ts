/** The copied command, run by a real shell: the CLI gets exactly the request that was sent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json';
import { awsCli } from '../../src/operations/cli';
import { argumentsOf } from './stub-aws';

const region = 'eu-west-1';

describe.skipIf(process.platform === 'win32')('in a POSIX shell', () => {
  test('a code update', () => {
    const input = {
      environmentId: 'env1',
      clusterName: 'rdb-1',
      clientToken: '0c0f9a5e-7d0c-4c1c-8a0e-4f7b8d2c1e11',
      code: { s3Bucket: 'b', s3Key: "p/code/it's $HOME `id`.zip" },
      commandLineArguments: [{ key: 's', value: '4; rm -rf "x" \\ & !' }],
      deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
    };
    const command = awsCli(
      { service: 'finspace', operation: 'UpdateKxClusterCodeConfiguration', input },
      { region },
    );
    const [args = []] = argumentsOf(command);
    expect(args.toSpliced(3, 1)).toEqual([
      'finspace',
      'update-kx-cluster-code-configuration',
      '--cli-input-json',
      '--region',
      region,
    ]);
    expect(JSON.parse(args[3]!)).toEqual(input);
  });

  test('a node group update, with a profile and an endpoint of its own', () => {
    const input = {
      clusterName: 'c',
      nodegroupName: 'n',
      version: '1.33',
      force: true,
      clientRequestToken: 't',
    };
    const command = awsCli(
      { service: 'eks', operation: 'UpdateNodegroupVersion', input },
      { region, profile: "my team's", endpointUrl: 'http://127.0.0.1:4000' },
    );
    expect(argumentsOf(command)).toEqual([
      ['eks', 'update-nodegroup-version', '--cli-input-json', JSON.stringify(input)].concat([
        '--region',
        region,
        '--profile',
        "my team's",
        '--endpoint-url',
        'http://127.0.0.1:4000',
      ]),
    ]);
  });

  test('a put with a file', () => {
    const input = { Bucket: 'b', Key: 'k' };
    const command = awsCli(
      { service: 's3api', operation: 'PutObject', input },
      { region, flags: { body: '/home/me/my code.zip' } },
    );
    expect(argumentsOf(command)).toEqual([
      [
        's3api',
        'put-object',
        '--cli-input-json',
        JSON.stringify(input),
        '--body',
        '/home/me/my code.zip',
        '--region',
        region,
      ],
    ]);
  });

  test('any request', () => {
    const word = fc.string({
      unit: fc.constantFrom(
        'a',
        "'",
        '"',
        '\\',
        '$',
        '`',
        ' ',
        '\n',
        '\t',
        '!',
        '*',
        '~',
        '#',
        '-',
        '\u0000',
        'é',
        '😀',
      ),
    });
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        word,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('json')),
        fc.dictionary(word, tie('json')),
      ),
    }));
    const inputs = fc.dictionary(word, json as fc.Arbitrary<Json>);
    const profiles = word.map((profile) => profile.replaceAll('\0', ''));
    fc.assert(
      // Twenty commands a shell: a thousand in all.
      fc.property(fc.array(fc.tuple(inputs, profiles), { minLength: 20, maxLength: 20 }), (requests) => {
        const commands = requests.map(([input, profile]) =>
          awsCli({ service: 'eks', operation: 'UpdateNodegroupConfig', input }, { region, profile }),
        );
        expect(argumentsOf(commands.join('\n'))).toEqual(
          requests.map(([input, profile]) =>
            [
              'eks',
              'update-nodegroup-config',
              '--cli-input-json',
              JSON.stringify(input),
              '--region',
              region,
            ].concat(['--profile', profile]),
          ),
        );
      }),
      { numRuns: 50 },
    );
  });
});

test.each([
  ['UpdateKxClusterCodeConfiguration', 'update-kx-cluster-code-configuration'],
  ['UpdateNodegroupVersion', 'update-nodegroup-version'],
  ['ListObjectsV2', 'list-objects-v2'],
  ['PutObject', 'put-object'],
  ['GetCallerIdentity', 'get-caller-identity'],
])('%s is %s', (operation, command) => {
  expect(awsCli({ service: 's', operation, input: {} }, { region })).toContain(
    `aws s ${command} --cli-input-json '{}'`,
  );
});
