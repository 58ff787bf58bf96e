/** Ids of connections, which the ledger and the pages keep, and what only looks like one. */
import { expect, test } from 'vitest';
import { connectionFromId, connectionOf } from '../../src/model/connection';

test.each([
  connectionOf({ kind: 'sandbox' }, 'us-east-1'),
  connectionOf({ kind: 'profile', profile: 'dev' }, 'eu-west-1'),
  connectionOf({ kind: 'profile', profile: 'a:b c\nd' }, 'us-gov-west-1'),
  connectionOf({ kind: 'profile', profile: ':' }, 'us-east-1'),
])('a connection is found again by its id: $id', (connection) => {
  expect(connectionFromId(connection.id)).toEqual(connection);
});

test.each([
  '',
  'sandbox',
  'sandbox:',
  'sandbox:x:us-east-1',
  'profile:us-east-1',
  'profile::us-east-1',
  'profile:dev:',
  'profile:dev:US-EAST-1',
  'other:dev:us-east-1',
])('a text that is no id is none: %j', (text) => {
  expect(connectionFromId(text)).toBeUndefined();
});
