/** The session of a connection, while others of the same connection are opened. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionOf } from '../../src/model/connection';
import { type OpenedAws, openAws, staticProfile } from './open-aws';

const CONNECTION = connectionOf({ kind: 'profile', profile: 'desk' }, 'us-east-1');

let opened: OpenedAws;
beforeEach(async () => {
  opened = await openAws();
});
afterEach(() => opened.close());

/** The section stands there twice: opening a session is refused. */
const UNREADABLE = '[profile desk]\nregion = us-east-1\n'.repeat(2);

test('one that fails to open leaves the next one of its connection alone', async () => {
  await opened.profiles({ config: UNREADABLE });
  const failing = opened.aws.session(CONNECTION);
  opened.aws.forget(CONNECTION.id);
  writeFileSync(join(opened.folder, 'later'), staticProfile('desk', 'http://127.0.0.1:1'));
  process.env['AWS_CONFIG_FILE'] = join(opened.folder, 'later');
  const next = opened.aws.session(CONNECTION);
  await expect(failing).rejects.toThrow();
  const session = await next;
  expect(await opened.aws.session(CONNECTION)).toBe(session);
});

test('one that fails to open is not ready, and keeps nobody who asks from looking at others', async () => {
  await opened.profiles({ config: UNREADABLE });
  const failing = opened.aws.session(CONNECTION);
  const ready = opened.aws.isReady(CONNECTION);
  await expect(failing).rejects.toThrow();
  expect(await ready).toBe(false);
});
