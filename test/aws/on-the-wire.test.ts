/** What is demanded of an answer's head and form, of AWS's own endpoints and of others. */
import { describe, expect, it } from 'vitest';
import { strangenessOf } from '../../src/aws/validation/on-the-wire';
import { ruledOperations, ruleOf } from '../../src/aws/validation/rules';

const ID = { 'x-amzn-requestid': 'rid' };
const S3_ID = { 'x-amz-request-id': 'rid' };
const answer = (body: string, headers: Readonly<Record<string, string>> = {}, status = 200) => ({
  status,
  headers,
  body: Buffer.from(body),
});
const UPDATE = ruleOf('UpdateKxClusterCodeConfiguration');
const LOCATION = ruleOf('GetBucketLocation');

describe('AWS itself', () => {
  it.each(ruledOperations)('is not heard in %s without a request id', (operation) => {
    expect(strangenessOf(answer('{}'), ruleOf(operation), true)).toBe('without a request id of AWS');
  });

  it('is heard with one', () => {
    expect(strangenessOf(answer('{}', ID), UPDATE, true)).toBeUndefined();
    expect(strangenessOf(answer('<LocationConstraint/>', S3_ID), LOCATION, true)).toBeUndefined();
    expect(strangenessOf(answer('', S3_ID, 204), ruleOf('AbortMultipartUpload'), true)).toBeUndefined();
    expect(strangenessOf(answer('', S3_ID), ruleOf('PutObject'), true)).toBeUndefined();
  });

  it.each([
    [UPDATE, '{}', 'text/plain'],
    [LOCATION, '<LocationConstraint/>', 'application/json'],
  ])('speaks its own type of content', (rule, body, type) => {
    const headers = { ...ID, 'content-type': type };
    expect(strangenessOf(answer(body, headers), rule, true)).toContain(type);
  });
});

describe('an endpoint that speaks like AWS', () => {
  it.each(['{}', ' {}\n', '{ }'])('accepts an update with %j and nothing more', (body) => {
    expect(strangenessOf(answer(body), UPDATE, false)).toBeUndefined();
    expect(strangenessOf(answer(body, { 'content-type': 'text/plain' }), UPDATE, false)).toBeUndefined();
  });

  it.each(['', ' ', 'OK', '[]', 'null', '{', '{"status":"log in"}', '<html></html>'])(
    'does not with %j',
    (body) => {
      expect(strangenessOf(answer(body), UPDATE, false)).toBeDefined();
    },
  );

  it.each([
    '<LocationConstraint/>',
    '<?xml version="1.0"?>\n<LocationConstraint xmlns="x"></LocationConstraint>',
    '<!-- c --><s3:LocationConstraint>eu-west-1</s3:LocationConstraint>\n',
    '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>',
  ])('may write %s', (body) => {
    expect(strangenessOf(answer(body), LOCATION, false)).toBeUndefined();
  });

  it.each([
    '',
    'eu-west-1',
    '<LocationConstraint>',
    '<LocationConstraint>eu',
    '<Location/>',
    '<html><br/></html>',
  ])('may not write %j', (body) => {
    expect(strangenessOf(answer(body), LOCATION, false)).toBeDefined();
  });

  it('ends an upload by 204, or by an id of the service', () => {
    const rule = ruleOf('AbortMultipartUpload');
    expect(strangenessOf(answer('', {}, 204), rule, false)).toBeUndefined();
    expect(strangenessOf(answer('', S3_ID), rule, false)).toBeUndefined();
    expect(strangenessOf(answer(''), rule, false)).toBeDefined();
  });
});

it('has no rule for what Slipway does not send', () => {
  expect(() => ruleOf('DeleteCluster')).toThrow('DeleteCluster');
  expect(() => ruleOf(undefined)).toThrow('unnamed');
});
