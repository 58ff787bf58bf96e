/** One sandbox for a test file, seeded anew for each test, with every exchange held against the official models. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SandboxState } from '../../src/sandbox/state';
import { expectLawful } from '../contract/lawful';
import { startTestSandbox, type TestSandbox } from './start';

export interface JudgedSandbox {
  readonly sandbox: TestSandbox;
  state(): Promise<SandboxState>;
  /** Lets simulated minutes pass. */
  minutes(count: number): Promise<void>;
}

/** To be called once at the top of a test file; what it returns may be used inside tests only. */
export function judgedSandbox(): () => JudgedSandbox {
  let running: TestSandbox | undefined;
  beforeAll(async () => {
    running = await startTestSandbox({ recordBodies: true });
  }, 30_000);
  afterEach(async () => {
    if (!running) return;
    const requests = await running.control.requests();
    await running.control.reset();
    expectLawful(requests);
  });
  afterAll(() => running?.stop());
  return () => {
    if (!running) throw new Error('The sandbox is not up');
    const sandbox = running;
    return {
      sandbox,
      state: async () => (await sandbox.control.state()) as SandboxState,
      minutes: (count) => sandbox.control.advance(count * 60_000),
    };
  };
}

/** The members of an SDK error that tests look at. */
interface SdkFailure {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly reason?: string;
  readonly nodegroupName?: string;
}

/** @throws when the call succeeds. */
async function failureOf(call: Promise<unknown>): Promise<SdkFailure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('The call was expected to fail');
  const { name, message, $metadata, reason, nodegroupName } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly reason?: string;
    readonly nodegroupName?: string;
  };
  return {
    name,
    message,
    status: $metadata?.httpStatusCode,
    ...(reason !== undefined && { reason }),
    ...(nodegroupName !== undefined && { nodegroupName }),
  };
}

export async function expectFailure(
  call: Promise<unknown>,
  status: number,
  name: string,
): Promise<SdkFailure> {
  const failure = await failureOf(call);
  expect([failure.name, failure.status, failure.message]).toEqual([name, status, expect.stringMatching(/./)]);
  return failure;
}

/** All pages of a list, by following its tokens. @throws when a token comes back a second time. */
export async function allPages<T>(
  page: (
    nextToken: string | undefined,
  ) => Promise<{ readonly items: readonly T[] | undefined; readonly nextToken: string | undefined }>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { items = [], nextToken } = await page(token);
    pages.push(items);
    if (nextToken !== undefined && seen.has(nextToken)) throw new Error('The same token came twice');
    if (nextToken !== undefined) seen.add(nextToken);
    token = nextToken;
  } while (token !== undefined);
  return pages;
}
