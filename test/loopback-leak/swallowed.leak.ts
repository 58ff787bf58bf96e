/** Tests that reach for another host and swallow the refusal: the guard has to fail each of them. */
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { fromInstanceMetadata } from '@aws-sdk/credential-providers';
import { expect, test } from 'vitest';

test('a socket of the test', async () => {
  await new Promise((closed) => connect(80, '192.0.2.1').on('error', closed));
});

test('the instance metadata service, asked by the SDK', async () => {
  await fromInstanceMetadata({ maxRetries: 0 })().catch(() => undefined);
});

test('a program that the test starts', () => {
  const reach = "fetch('http://192.0.2.1/').catch(() => {})";
  expect(spawnSync(process.execPath, ['--eval', reach]).status).toBe(0);
});

test('nothing but loopback', () => {
  expect(true).toBe(true);
});
