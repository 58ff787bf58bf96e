/** What is still opening when everything is closed is closed, too, and nothing opens after that. */
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, test, vi } from 'vitest';
import { clientsOf } from '../../src/aws/clients';
import type { SharedKeys } from '../../src/aws/credentials/shared-keys';
import { connectionOf } from '../../src/model/connection';
import { openAws } from './open-aws';

const DEV = connectionOf({ kind: 'profile', profile: 'dev' }, 'us-east-1');
const aborted = { name: 'AbortError' };

afterEach(() => {
  vi.restoreAllMocks();
});

test('a client that is loading is closed once it has loaded, and none opens after that', async () => {
  const destroyed = vi.spyOn(STSClient.prototype, 'destroy');
  const clients = clientsOf(DEV, { keys: {} as SharedKeys, endpoint: () => undefined });
  const loading = clients.identities();
  clients.close();
  await expect(loading).rejects.toMatchObject(aborted);
  expect(destroyed).toHaveBeenCalledTimes(1);
  await expect(clients.logs()).rejects.toMatchObject(aborted);
});

test('no session opens once all are closed', async () => {
  const opened = await openAws();
  try {
    await opened.profiles({ config: '[profile dev]\nregion = us-east-1\n' });
    expect((await opened.aws.session(DEV)).connection).toEqual(DEV);
    opened.aws.dispose();
    await expect(opened.aws.session(DEV)).rejects.toMatchObject(aborted);
  } finally {
    await opened.close();
  }
});
