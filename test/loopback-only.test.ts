import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

describe('the guard against other hosts', () => {
  test('fails every test that reaches for one, and no other', () => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        'run',
        ...['--config', 'test/loopback-leak/vitest.config.mts', '--reporter', 'json'],
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const { testResults } = JSON.parse(stdout) as {
      testResults: { name: string; assertionResults: Outcome[] }[];
    };
    const outcomes = testResults
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ title, status, failureMessages }) => ({
        title,
        status,
        attempt: /"attempt":"([^"]*)"/.exec(failureMessages.join())?.[1],
      }));
    const ofAnEarlierFile = {
      title: 'a program that may be of an earlier file',
      status: 'failed',
      attempt: 'connect 192.0.2.1:80',
    };
    expect(outcomes).toEqual([
      ofAnEarlierFile,
      ofAnEarlierFile,
      { title: 'a socket of the test', status: 'failed', attempt: 'connect 192.0.2.1:80' },
      {
        title: 'the instance metadata service, asked by the SDK',
        status: 'failed',
        attempt: 'connect 169.254.169.254:80',
      },
      { title: 'a program that the test starts', status: 'failed', attempt: 'connect 192.0.2.1:80' },
      { title: 'nothing but loopback', status: 'passed', attempt: undefined },
    ]);
  });

  test('lets loopback through, by address and by name', async () => {
    const server = createServer((_, response) => response.end('here'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('here');
    }
    server.close();
  });
});

interface Outcome {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}
