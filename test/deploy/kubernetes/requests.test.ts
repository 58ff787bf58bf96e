/** The annotations of a configuration and back, and the requests that carry them: as data, and as commands of kubectl. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotationsOf, configurationIn, unreadable } from '../../../src/deploy/kubernetes/annotations';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { nextAnnotations, ownersInTheWay } from '../../../src/deploy/kubernetes/next-annotations';
import { deletion, plannedRequest, sentRequest } from '../../../src/deploy/kubernetes/requests';
import { masked } from '../../../src/model/masked';
import type { Writer } from '../../../src/model/workload';

const DIGEST = 'a'.repeat(64);
const CONTEXT = 'arn:aws:eks:us-east-1:111122223333:cluster/trading';
const NEXT = {
  code: { bucket: 'b', key: 'code/x.zip', versionId: 'v1' },
  initializationScript: "hdb/it's.q",
  commandLineArguments: [
    { key: 's', value: '4' },
    { key: 'password', value: "of nobody's business" },
  ],
};
const REQUEST = {
  context: CONTEXT,
  workload: { kind: 'StatefulSet', namespace: 'tick', name: 'hdb' },
  patch: { uid: 'u', resourceVersion: '7', annotations: annotationsOf(NEXT, DIGEST) },
  strategy: 'ROLLING',
} as const;

describe('annotations', () => {
  test('hold all of a configuration', () => {
    const argument = fc.record({ key: fc.stringMatching(/^[a-zA-Z0-9_.-]{1,9}$/), value: fc.string() });
    const configuration = fc.record({
      code: fc.record({
        bucket: fc.stringMatching(/^[a-z0-9.-]{3,9}$/),
        key: fc.stringMatching(/^[!-~]{1,20}$/),
        versionId: fc.stringMatching(/^[!-~]{1,20}$/),
      }),
      initializationScript: fc.stringMatching(/^[a-z/.]{1,9}$/),
      commandLineArguments: fc.array(argument),
    });
    fc.assert(
      fc.property(configuration, (one) => {
        expect(configurationIn(annotationsOf(one, DIGEST))).toEqual(one);
      }),
    );
  });

  test.each([
    ['slipway.dev/code-uri', 'https://b/k'],
    ['slipway.dev/arguments', '{"s":4}'],
    ['slipway.dev/arguments', '["-s"]'],
    ['slipway.dev/arguments', '["s","4"]'],
    ['slipway.dev/arguments', '[1,2]'],
  ])('%s of another form (%s) is named, and counts as missing', (name, value) => {
    expect(unreadable({ [name]: value })).toEqual([name]);
    expect(configurationIn({ [name]: value })).toEqual({ commandLineArguments: [] });
  });

  const writer = (manager: string, ...annotations: string[]): Writer => ({
    manager,
    operation: 'Update',
    annotations,
    template: false,
  });

  test('that others own are emptied, and stand in the way; those of Slipway are left out', () => {
    const set = { ...annotationsOf(NEXT, DIGEST), 'slipway.dev/restarted-at': 'then' };
    const next = { code: NEXT.code, commandLineArguments: [] };
    const owned = {
      annotations: set,
      writers: [writer('kubectl', 'slipway.dev/arguments'), writer('slipway', 'slipway.dev/init-script')],
    };
    const sent = nextAnnotations(owned, next, DIGEST, 0);
    expect(sent).toEqual({ ...annotationsOf(next, DIGEST), 'slipway.dev/arguments': '' });
    expect(ownersInTheWay(owned, sent)).toEqual(['kubectl']);
    expect(ownersInTheWay({ ...owned, writers: [] }, sent)).toEqual([]);
  });

  test('that stay the same get a time, so that pods start anew', () => {
    const annotations = annotationsOf(NEXT, DIGEST);
    expect(nextAnnotations({ annotations, writers: [] }, NEXT, DIGEST, 0)).toEqual({
      ...annotations,
      'slipway.dev/restarted-at': '1970-01-01T00:00:00.000Z',
    });
  });
});

describe('an apply', () => {
  test('is planned without what is not known yet, and read back as it was sent', () => {
    const planned = plannedRequest(REQUEST, true);
    expect(JSON.stringify(planned.input)).not.toContain(DIGEST);
    expect(planned.later).toEqual([
      'body.metadata.resourceVersion',
      'body.spec.template.metadata.annotations.slipway.dev/code-digest',
      'body.spec.template.metadata.annotations.slipway.dev/code-version',
    ]);
    expect(kubernetesKind.parseRequest(sentRequest(REQUEST).input)).toEqual({
      configuration: NEXT,
      strategy: 'ROLLING',
    });
    expect(kubernetesKind.parseRequest({ strategy: 'ROLLING' })).toBeUndefined();
  });

  test('tells no argument to logs, pages and exports', () => {
    const told = JSON.stringify(masked(sentRequest(REQUEST).input));
    expect(told).not.toMatch(/nobody/);
    expect(told).toContain('hdb/it');
    const message = { message: `said: of nobody's business`, ...sentRequest(REQUEST) };
    expect(JSON.stringify(masked({ ...message }))).not.toMatch(/nobody/);
  });

  test('is a command whose words a shell takes apart as they were meant', () => {
    const command = kubernetesKind.command(sentRequest(REQUEST), { region: 'us-east-1' });
    const [, apply = ''] = command.split(' | ');
    expect(apply).toBe(
      `kubectl --context ${CONTEXT} apply --server-side --field-manager=slipway --validate=strict -f -`,
    );
    const body = execFileSync('sh', ['-c', command.replace(apply, 'cat')], { encoding: 'utf8' });
    expect(JSON.parse(body)).toEqual((sentRequest(REQUEST).input as { readonly body: unknown }).body);
    const forced = { ...REQUEST, patch: { ...REQUEST.patch, force: true } };
    expect(kubernetesKind.command(sentRequest(forced), { region: 'us-east-1' })).toContain(
      '--force-conflicts',
    );
  });
});

test('the deletion of a pod is one command for its name', () => {
  const request = deletion(CONTEXT, { namespace: 'tick', name: 'hdb-0', uid: 'u' });
  expect(kubernetesKind.command(request, { region: 'us-east-1' })).toBe(
    `kubectl --context ${CONTEXT} delete pod hdb-0 --namespace tick`,
  );
});
