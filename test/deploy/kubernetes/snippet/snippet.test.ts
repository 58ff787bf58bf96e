/** What a snippet holds: valid YAML, the rights by both ways, and the names that FinSpace defined. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { awsQ } from '../../../../src/deploy/kubernetes/snippet/aws-q';
import {
  irsaTrust,
  podIdentityTrust,
  readPolicy,
  rightsCommands,
  roleArn,
  roleName,
} from '../../../../src/deploy/kubernetes/snippet/iam';
import { snippetObjects } from '../../../../src/deploy/kubernetes/snippet/objects';
import type { SnippetParameters } from '../../../../src/deploy/kubernetes/snippet/parameters';
import { SCRIPTS } from '../../../../src/deploy/kubernetes/snippet/scripts';
import { workloadSnippet } from '../../../../src/deploy/kubernetes/snippet/snippet';
import { type YamlValue, yamlOf } from '../../../../src/deploy/kubernetes/snippet/yaml';
import { snippetText } from '../../../../src/view/messages/workload-snippet';
import { anyText } from '../../../any-text';
import { casesOf } from '../../../cases';
import { KDB, PYTHON } from './example';

const EXAMPLES: readonly (readonly [string, SnippetParameters])[] = [
  ['kdb with Pod Identity', KDB],
  ['kdb with IRSA', { ...KDB, rights: 'irsa' }],
  ['Python with IRSA', PYTHON],
  ['odd names', { ...KDB, program: ['q', 'a b', "it's", '$(x)', 'on', '1'], prefix: 'a*b?$c/\u2028#: x' }],
];

describe('the YAML', () => {
  it.each(EXAMPLES)('of %s is what is to be applied', (_, parameters) => {
    const documents = parseAllDocuments(snippetText(workloadSnippet(parameters)));
    expect(documents.flatMap((one) => [...one.errors, ...one.warnings])).toEqual([]);
    expect(documents.map((one) => one.toJSON())).toEqual(
      JSON.parse(JSON.stringify(snippetObjects(parameters))),
    );
  });

  it('keeps texts that look like something else, in YAML 1.1 as well', () => {
    const texts = fc.oneof(
      anyText({ maxLength: 12 }),
      fc.constantFrom(
        'yes',
        'NO',
        'on',
        'null',
        '~',
        '1',
        '0x1',
        '1e3',
        '- a',
        'a: b',
        '#',
        ' a',
        'a\n',
        'a\n\n',
        '|\n b\n',
        '<<',
        '=',
        'y',
        '12:30',
        '2026-01-01',
      ),
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '#', ':', '-'), maxLength: 12 }),
    );
    const { tree } = fc.letrec<{ tree: YamlValue; members: Record<string, YamlValue> }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        texts,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('tree'), { maxLength: 3 }),
        tie('members'),
      ),
      members: fc.dictionary(
        texts.filter((key) => key !== '__proto__' && key !== '<<' && !key.includes('\n')),
        tie('tree'),
        { maxKeys: 3 },
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), tree, { minKeys: 1 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(parse(yamlOf(value), { version: '1.2' })).toEqual(plain);
        expect(parse(yamlOf(value), { version: '1.1' })).toEqual(plain);
      }),
      casesOf(500),
    );
  });
});

it('lets init containers run without root and on an image that cannot be written to', () => {
  const [, , workload] = snippetObjects(KDB);
  expect(workload).toMatchObject({
    spec: {
      template: {
        spec: {
          initContainers: ['slipway-fetch', 'slipway-unzip'].map((name) => ({
            name,
            resources: { requests: { cpu: '100m' }, limits: { memory: expect.any(String) } },
            securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 65534 },
            terminationMessagePolicy: 'File',
          })),
        },
      },
    },
  });
  // The AWS CLI writes below its home.
  expect(JSON.stringify(workload)).toContain('{"name":"HOME","value":"/slipway"}');
});

describe('the rights', () => {
  it('are to read the code below the prefix, versions included, and no more', () => {
    expect(readPolicy(KDB).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: 'arn:aws:s3:::acme-code/hdb/*',
      },
    ]);
    expect(readPolicy(PYTHON).Statement[0]?.Resource).toBe('arn:aws:s3:::acme-code/*');
    const odd = { ...KDB, prefix: 'a*b?$c', clusterArn: KDB.clusterArn.replace('arn:aws:', 'arn:aws-cn:') };
    expect(readPolicy(odd).Statement[0]?.Resource).toBe(`arn:aws-cn:s3:::acme-code/a\${*}b\${?}\${$}c/*`);
  });

  it('are for one service account of one cluster', () => {
    expect(podIdentityTrust(KDB).Statement[0]).toMatchObject({
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:RequestTag/eks-cluster-arn': KDB.clusterArn,
          'aws:RequestTag/kubernetes-namespace': 'shop',
          'aws:RequestTag/kubernetes-service-account': 'hdb',
        },
      },
    });
    const long = { ...KDB, namespace: 'n'.repeat(63), serviceAccount: 's'.repeat(63) };
    expect(roleName(long)).toHaveLength(64);
    expect(snippetObjects(PYTHON)[1]).toMatchObject({
      metadata: {
        annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/slipway-shop-pricing' },
      },
    });
    expect(JSON.stringify(snippetObjects(KDB)[1])).not.toContain('role-arn');
  });

  it.each(EXAMPLES)('of %s are given by commands that a shell reads as they are meant', (_, parameters) => {
    const commands = wordsOf(rightsCommands(parameters));
    const documents = commands.flatMap((words) =>
      ['--assume-role-policy-document', '--policy-document'].flatMap((option) =>
        words.includes(option) ? [JSON.parse(words[words.indexOf(option) + 1] ?? '')] : [],
      ),
    );
    const trust =
      parameters.rights === 'irsa' ? irsaTrust(parameters, ISSUER.slice(8)) : podIdentityTrust(parameters);
    expect(documents).toEqual([trust, readPolicy(parameters)]);
    if (parameters.rights === 'pod-identity') expect(commands.at(-1)).toContain(roleArn(parameters));
    else expect(commands.flat()).toContain(ISSUER);
  });
});

describe('aws.q', () => {
  it('defines the names of FinSpace as texts', () => {
    const text = awsQ({ database: 'd', databasePath: 'C:\\"db"\u00fc' });
    expect(text.split('\n').filter((line) => line.startsWith('.aws'))).toEqual([
      '.aws.akcp:"/opt/kx/app/code";  / code',
      '.aws.akcsp:"/opt/kx/app/code_scratch";  / scratch space beside the code',
      '.aws.akscp:"/opt/kx/app/scratch";  / scratch space for savedown',
      '.aws.akdb:enlist"d";  / name of the database',
      '.aws.akdbp:"C:\\\\\\"db\\"\\303\\274";  / folder of databases',
    ]);
  });

  it('is there for kdb alone, in a map that is named by what it holds', () => {
    const [kdb] = snippetObjects(KDB);
    const [other] = snippetObjects({ ...KDB, kdb: { database: 'quotes', databasePath: '/db' } });
    const [python] = snippetObjects(PYTHON);
    expect(Object.keys(kdb['data'] ?? {})).toEqual(['fetch.sh', 'unpack.sh', 'start.sh', 'aws.q']);
    expect(python).toMatchObject({ immutable: true, data: SCRIPTS });
    const names = [kdb, other, python].map((one) => (one['metadata'] as { readonly name: string }).name);
    expect(new Set(names).size).toBe(3);
    expect(JSON.stringify(snippetObjects(PYTHON)[2])).not.toMatch(/QINIT|scratch/);
  });
});

const ISSUER = 'https://oidc.eks.us-east-1.amazonaws.com/id/ABC';

/** The words of each call of `aws`, but that which asks for the issuer. */
function wordsOf(commands: readonly string[]): readonly (readonly string[])[] {
  const aws = `aws() { case $2 in describe-cluster) echo ${ISSUER} ;; *) printf '%s\\0' "$@"; printf '\\n\\0' ;; esac; }`;
  const printed = execFileSync('sh', ['-euc', [aws, ...commands].join('\n')], { encoding: 'utf8' });
  return printed
    .split('\n\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}
