/** Pods that take their code from S3 really fetch it, prove it, and crash where it is wrong. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isReady } from '../../../src/sandbox/kubernetes/kinds';
import { type CodeRow, withCode } from '../../../src/sandbox/seed/kubernetes/code-workload';
import { statefulSet } from '../../../src/sandbox/seed/kubernetes/manifests';
import { zipOf } from '../../../src/sandbox/seed/zip';
import { NAMESPACE, node, testCluster } from './cluster';

const ZIP = zipOf({ 'init.q': 'x:1\n', 'lib/log.q': '' });
const CODE: CodeRow = {
  uri: 's3://code/hdb.zip',
  version: 'v1',
  digest: createHash('sha256').update(ZIP).digest('hex'),
  script: 'init.q',
};

function hdb(code: CodeRow | undefined, zip: Buffer = ZIP) {
  const cluster = testCluster((bucket, key, version) =>
    `${bucket}/${key}?${version}` === 'code/hdb.zip?v1' ? zip : undefined,
  );
  cluster.apply(node('a'), statefulSet(withCode({ namespace: NAMESPACE, name: 'hdb', image: 'q:1' }, code)));
  cluster.pass(60);
  const pod = cluster.pods()[0]!;
  const [fetch] = pod.status!.initContainerStatuses!;
  const logOf = (container: string) =>
    cluster.podLogs.lines(pod.metadata.uid, container, true)?.map(({ text }) => text) ?? [];
  return { cluster, pod, fetch: fetch!, main: pod.status!.containerStatuses![0]!, logOf };
}

it('proves the right code by its digest, and runs', () => {
  const { cluster, fetch, pod } = hdb(CODE);
  expect(fetch.state.terminated).toMatchObject({ exitCode: 0, message: CODE.digest });
  expect(cluster.names(isReady)).toEqual(['hdb-0']);
  const log = cluster.podLogs.lines(pod.metadata.uid, 'hdb', false)?.map(({ text }) => text);
  expect(log).toContain('Starting q with /opt/kx/app/code/init.q and 0 arguments');
});

it('says none where no code is set, and runs plain', () => {
  const { cluster, fetch } = hdb(undefined);
  expect(fetch.state.terminated).toMatchObject({ exitCode: 0, message: 'none' });
  expect(cluster.names(isReady)).toEqual(['hdb-0']);
});

describe('what is wrong crashes the pod', () => {
  it.each([
    [
      'a digest',
      { ...CODE, digest: 'f'.repeat(64) },
      14,
      `the digest of s3://code/hdb.zip version v1 is ${CODE.digest}, and slipway.dev/code-digest says ${'f'.repeat(64)}`,
    ],
    [
      'a version',
      { ...CODE, version: 'v2' },
      13,
      'there is no such version: s3://code/hdb.zip version v2 (An error occurred (NoSuchVersion)',
    ],
    [
      'a key',
      { ...CODE, uri: 's3://code/other.zip' },
      13,
      'there is no such version: s3://code/other.zip version v1 (An error occurred',
    ],
    [
      'an address',
      { ...CODE, uri: 'https://code/hdb.zip' },
      11,
      'slipway.dev/code-uri is not below s3://: https://code/hdb.zip',
    ],
    [
      'what is no digest',
      { ...CODE, digest: 'abc' },
      11,
      'slipway.dev/code-digest is no SHA-256 in hex: abc',
    ],
  ])('%s, in its init container', (_, code, exitCode, words) => {
    const { cluster, fetch, main, logOf } = hdb(code);
    const message = expect.stringContaining(`error: ${words}`);
    expect(fetch).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode, message } },
    });
    expect(fetch.restartCount).toBeGreaterThan(0);
    expect(main.state.waiting?.reason).toBe('PodInitializing');
    expect(logOf('slipway-fetch')).toContainEqual(message);
    expect(cluster.pods()[0]?.status?.phase).toBe('Pending');
  });

  it.each([
    ['what is no zip', Buffer.from('<html>'), 20, 'error: the object is no zip'],
    [
      'a name that leads out',
      zipOf({ '../init.q': '' }),
      21,
      'error: the zip is refused: a name that leads out of the folder: ../init.q',
    ],
  ])('%s, in the init container that unpacks', (_, zip, exitCode, message) => {
    const { pod } = hdb({ ...CODE, digest: createHash('sha256').update(zip).digest('hex') }, zip);
    const [fetch, unzip] = pod.status!.initContainerStatuses!;
    expect(fetch?.state.terminated?.exitCode).toBe(0);
    expect(unzip?.lastState.terminated).toMatchObject({ exitCode, message });
  });

  it('a script that is not in the zip, in its main container', () => {
    const { fetch, main, logOf } = hdb({ ...CODE, script: 'gone.q' });
    expect(fetch.state.terminated?.message).toBe(CODE.digest);
    expect(main).toMatchObject({
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: {
        terminated: {
          exitCode: 30,
          message: 'error: the initialization script is not in the code: /opt/kx/app/code/gone.q',
        },
      },
    });
    expect(logOf('hdb').at(-1)).toBe(
      'error: the initialization script is not in the code: /opt/kx/app/code/gone.q',
    );
  });
});
