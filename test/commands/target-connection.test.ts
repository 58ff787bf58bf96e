/** Which connection a target's account and region lead to, and when none does. */
import { describe, expect, test } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { connectionFor } from '../../src/commands/code/targets/connection-of';
import { type Connection, connectionOf } from '../../src/model/connection';
import { type Failure, failed, failureOf } from '../../src/model/failure';

const { signal } = new AbortController();
const profile = (name: string, region = 'us-east-1'): Connection =>
  connectionOf({ kind: 'profile', profile: name }, region);
const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const PROD = { kind: 'account', accountId: '111122223333', region: 'us-east-1' } as const;

/** Connections with the account that each one's credentials belong to, or why that cannot be read. */
function given(connections: readonly (readonly [Connection, string | Failure])[]) {
  const accounts = new Map(connections.map(([{ id }, account]) => [id, account]));
  const asked: string[] = [];
  return {
    asked,
    deps: {
      store: { all: () => connections.map(([connection]) => connection) } as never,
      ports: async ({ id }: Connection) =>
        ({
          identities: {
            whoAmI: async () => {
              asked.push(id);
              const account = accounts.get(id);
              if (typeof account !== 'string') throw failed(account ?? { kind: 'cancelled' });
              return { accountId: account, arn: `arn:aws:iam::${account}:user/ann` };
            },
          },
        }) as unknown as AwsPorts,
    },
  };
}

const EXPIRED: Failure = { kind: 'credentials', problem: 'expired', profile: 'old', message: 'expired' };

describe('the connection of a target', () => {
  test('is the one whose credentials belong to the account, in its region', async () => {
    const { deps, asked } = given([
      [SANDBOX, '111122223333'],
      [profile('elsewhere', 'eu-west-1'), '111122223333'],
      [profile('other'), '444455556666'],
      [profile('prod'), '111122223333'],
    ]);
    expect(await connectionFor(PROD, deps, signal)).toEqual(profile('prod'));
    expect(asked).toEqual([profile('other').id, profile('prod').id]);
  });

  test('is never one of another account', async () => {
    const { deps } = given([[profile('other'), '444455556666']]);
    await expect(connectionFor(PROD, deps, signal).catch(failureOf)).resolves.toEqual({
      kind: 'refused',
      code: 'no-connection',
      facts: { account: '111122223333', region: 'us-east-1' },
    });
  });

  test('is found past credentials that have expired, which are told where nothing else fits', async () => {
    const old = [profile('old'), EXPIRED] as const;
    const found = given([old, [profile('prod'), '111122223333']]);
    expect(await connectionFor(PROD, found.deps, signal)).toEqual(profile('prod'));
    const alone = given([old, [profile('other'), '444455556666']]);
    expect(await connectionFor(PROD, alone.deps, signal).catch(failureOf)).toEqual(EXPIRED);
  });

  test('is that of the named profile, whose account the plan then compares', async () => {
    const { deps, asked } = given([]);
    const named = { ...PROD, profile: 'team' };
    expect(await connectionFor(named, deps, signal)).toEqual(profile('team'));
    expect(asked).toEqual([]);
  });

  test('is the sandbox where that is there, and no profile instead', async () => {
    const { deps } = given([[SANDBOX, '1']]);
    expect(await connectionFor({ kind: 'sandbox' }, deps, signal)).toEqual(SANDBOX);
    const without = given([[profile('prod'), '111122223333']]);
    expect(await connectionFor({ kind: 'sandbox' }, without.deps, signal).catch(failureOf)).toMatchObject({
      code: 'no-connection',
    });
  });

  test('is not looked for any further once the user has left', async () => {
    const { deps, asked } = given([
      [profile('slow'), { kind: 'cancelled' }],
      [profile('prod'), '111122223333'],
    ]);
    expect(await connectionFor(PROD, deps, signal).catch(failureOf)).toEqual({ kind: 'cancelled' });
    expect(asked).toEqual([profile('slow').id]);
  });
});
