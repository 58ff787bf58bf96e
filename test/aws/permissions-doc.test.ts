/** docs/permissions.md says what Slipway calls: all of it, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { ServiceName } from '../../src/model/failure';
import { actionsOf } from '../../src/model/permissions';

const ADAPTERS = resolve(import.meta.dirname, '../../src/aws');
const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/permissions.md'), 'utf8');

/** By the SDK's package. */
const SERVICES: Readonly<Record<string, ServiceName>> = {
  finspace: 'finspace',
  eks: 'eks',
  s3: 's3',
  sts: 'sts',
  ssm: 'ssm',
  ec2: 'ec2',
  'cloudwatch-logs': 'logs',
};

function actionsIn(source: string): readonly string[] {
  const [, client = ''] = /from '@aws-sdk\/client-([\w-]+)'/.exec(source) ?? [];
  return [...source.matchAll(/new (\w+)Command\(/g)].flatMap(([, operation = '']) => {
    const service = SERVICES[client];
    if (service === undefined) throw new Error(`${operation} is of no service that is known here`);
    const request = { service, operation };
    return [...actionsOf(request), ...actionsOf({ ...request, resource: 's3://b/k?versionId=v' })];
  });
}

test('it lists the actions of every request, and no other', () => {
  const needed = readdirSync(ADAPTERS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => actionsIn(readFileSync(join(ADAPTERS, file), 'utf8')));
  const rows = PAGE.split('\n').filter((line) => line.startsWith('| '));
  const listed = [...rows.join('\n').matchAll(/`(\w+:\w+)`/g)].map(([, action = '']) => action);
  // S3 calls KMS for whoever reads or puts an encrypted object.
  const own = listed.filter((action) => !action.startsWith('kms:'));
  expect(needed.length).toBeGreaterThan(40);
  expect([...new Set(own)].sort()).toEqual([...new Set(needed)].sort());
});
