/** "Copy as CLI" of a plan: every request that somebody can send, in order, and nothing that only Slipway can name. */
import { expect, test } from 'vitest';
import { commandsOf } from '../../src/commands/copy-requests';

const PLACE = { region: 'eu-west-1', profile: 'desk' };
const UPDATE = {
  service: 'finspace',
  operation: 'UpdateKxClusterCodeConfiguration',
  input: { clusterName: 'rdb' },
};

test('a deployment of a folder is a put of a zip, then the update', () => {
  const put = {
    service: 's3',
    operation: 'PutObject',
    input: { Bucket: 'b', Key: 'k.zip' },
    later: ['Body'],
  };
  const record = { ...put, input: { Bucket: 'b', Key: 'deployments/*.json' }, later: ['Key', 'Body'] };
  const lines = commandsOf([put, record, UPDATE], PLACE).split('\n');
  expect(lines).toEqual([
    '# code.zip stands for a zip of the folder.',
    `aws s3api put-object --cli-input-json '{"Bucket":"b","Key":"k.zip"}' --body code.zip --region eu-west-1 --profile desk`,
    `aws finspace update-kx-cluster-code-configuration --cli-input-json '{"clusterName":"rdb"}' --region eu-west-1 --profile desk`,
  ]);
});

test('a zip that is in S3 already is not put again', () => {
  expect(commandsOf([{ ...UPDATE, later: ['clientToken'] }], PLACE)).toMatch(/^aws finspace \S+/);
});
