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

function hdb(code: CodeRow | undefined) {
  const cluster = testCluster((bucket, key, version) =>
    `${bucket}/${key}?${version}` === 'code/hdb.zip?v1' ? ZIP : undefined,
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
  expect(log).toContain('Loading /opt/kx/app/code/init.q []');
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
      'mismatch',
      `error: the digest is ${CODE.digest}, and ${'f'.repeat(64)} was expected`,
    ],
    [
      'a version',
      { ...CODE, version: 'v2' },
      'missing',
      'error: there is no such version of s3://code/hdb.zip',
    ],
    [
      'a key',
      { ...CODE, uri: 's3://code/other.zip' },
      'missing',
      'error: there is no such version of s3://code/other.zip',
    ],
    [
      'an address',
      { ...CODE, uri: 'https://code/hdb.zip' },
      'missing',
      'error: there is no such version of https://code/hdb.zip',
    ],
  ])('%s, in its init container', (_, code, message, line) => {
    const { cluster, fetch, main, logOf } = hdb(code);
    expect(fetch).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, message } },
    });
    expect(fetch.restartCount).toBeGreaterThan(0);
    expect(main.state.waiting?.reason).toBe('PodInitializing');
    expect(logOf('slipway-fetch')).toContain(line);
    expect(cluster.pods()[0]?.status?.phase).toBe('Pending');
  });

  it('a script that is not in the zip, in its main container', () => {
    const { fetch, main, logOf } = hdb({ ...CODE, script: 'gone.q' });
    expect(fetch.state.terminated?.message).toBe(CODE.digest);
    expect(main).toMatchObject({
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1 } },
    });
    expect(logOf('hdb').at(-1)).toBe("'/opt/kx/app/code/gone.q. OS reports: No such file or directory");
  });
});
