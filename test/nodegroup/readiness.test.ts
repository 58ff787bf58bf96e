/** The readiness document: what it says of the next version, in which order, and what it could not know. */
import { describe, expect, it } from 'vitest';
import type { AddonVersion } from '../../src/model/eks';
import { AttentionSource, type Surveyed } from '../../src/nodegroup/attention/attention-source';
import { addonCompatibility } from '../../src/nodegroup/readiness/addons';
import { readReadiness } from '../../src/nodegroup/readiness/readiness';
import { MOST_UPDATES, readHistory } from '../../src/nodegroup/reading/history';
import { outdatedOf } from '../../src/nodegroup/several/outdated';
import { readinessMarkdown } from '../../src/view/messages/nodegroup';
import { VirtualClock } from '../virtual-clock';
import { FakeAws } from './fake-aws';
import {
  cluster,
  customNodegroup,
  denied,
  insight,
  NEWEST,
  NOW,
  nodegroup,
  template,
  update,
  VERSIONS,
} from './nouns';
import { forever } from './operations';

const clock = new VirtualClock(NOW);

function addonVersion(
  addon: string,
  version: string,
  kubernetes: readonly string[],
  isDefault = false,
): AddonVersion {
  return { addon, version, kubernetesVersions: kubernetes.map((one) => ({ version: one, isDefault })) };
}

/** A cluster at 1.33 with a bit of everything. */
function shop(): FakeAws {
  const aws = new FakeAws();
  aws.versions = VERSIONS;
  aws.insights = [
    insight('PASSING'),
    insight('ERROR', { name: 'Deprecated APIs | removed in 1.34', reason: 'in use' }),
    insight('WARNING', { name: 'Kubelet skew' }),
    insight('ERROR', { name: 'Not about upgrades', category: 'MISCONFIGURATION' }),
  ];
  aws.nodegroups = [
    nodegroup({ name: 'current', version: '1.33', releaseVersion: NEWEST }),
    nodegroup({ name: 'last-chance', version: '1.30', releaseVersion: '1.30.1-20260101' }),
    nodegroup({ name: 'al2', amiType: 'AL2_x86_64', version: '1.32', releaseVersion: '1.32.9-20251120' }),
    customNodegroup({ name: 'own', status: 'DEGRADED', phase: 'failed' }),
  ];
  aws.templates = [template(1, { imageId: 'ami-1' }), template(2, { imageId: 'ami-2' })];
  aws.parameters = Object.fromEntries(
    ['1.33', '1.30'].map((version) => [
      `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/x86_64/standard/recommended/release_version`,
      `${version}.4-20260801`,
    ]),
  );
  aws.addons = [
    { name: 'vpc-cni', version: 'v1.20.0-eksbuild.1', status: 'ACTIVE', health: [] },
    { name: 'coredns', version: 'v1.11.0-eksbuild.1', status: 'DEGRADED', health: [] },
    { name: 'kube-proxy', version: 'v1.33.0-eksbuild.2', status: 'ACTIVE', health: [] },
    { name: 'orphan', version: 'v0.1.0', status: 'ACTIVE', health: [] },
  ];
  aws.addonVersions = [
    addonVersion('vpc-cni', 'v1.20.0-eksbuild.1', ['1.33', '1.34']),
    addonVersion('coredns', 'v1.11.0-eksbuild.1', ['1.32', '1.33']),
    addonVersion('coredns', 'v1.12.0-eksbuild.9', ['1.33', '1.34']),
    addonVersion('coredns', 'v1.12.0-eksbuild.10', ['1.33', '1.34']),
    addonVersion('kube-proxy', 'v1.33.0-eksbuild.2', ['1.33'], true),
    addonVersion('kube-proxy', 'v1.34.0-eksbuild.2', ['1.34'], true),
    addonVersion('orphan', 'v0.1.0', ['1.32', '1.33']),
  ];
  return aws;
}

const read = (aws: FakeAws) => readReadiness(new AttentionSource(aws.ports, clock), 'prod', clock, forever);

describe('readiness', () => {
  it('orders what is to be done before and after the control plane', async () => {
    const { next, steps } = await read(shop());
    expect(next).toEqual({ kind: 'offered', version: '1.34' });
    expect(steps.map(({ code, blocks }) => (blocks ? `${code} !` : code))).toEqual([
      'mend-insight !',
      'update-nodegroup-first !',
      'mend-nodegroup',
      'update-addon-first !',
      'addon-without-version !',
      'upgrade-control-plane',
      'update-addon-after',
      'update-nodegroup-after',
      'update-nodegroup-after',
      'replace-nodegroup',
      'renew-own-ami',
    ]);
    expect(steps.find(({ code }) => code === 'update-addon-first')?.facts).toEqual({
      addon: 'coredns',
      from: 'v1.11.0-eksbuild.1',
      to: 'v1.12.0-eksbuild.10',
    });
    expect(steps.find(({ code }) => code === 'update-nodegroup-first')?.facts).toEqual({
      nodegroup: 'last-chance',
      from: '1.30',
      to: '1.33',
    });
  });

  it('reads as a document', async () => {
    const text = readinessMarkdown(await read(shop()));
    expect(text).toMatchSnapshot();
    expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
  });

  it('has nothing to get ready for on the newest version', async () => {
    const aws = shop();
    aws.clusters = [cluster({ version: '1.34' })];
    const document = await read(aws);
    expect(document.next).toEqual({ kind: 'none' });
    expect(document.steps).toEqual([]);
    expect(aws.count('DescribeAddonVersions')).toBe(0);
    expect(readinessMarkdown(document)).toContain('There is no later version to get ready for.');
  });

  it.each([
    ['eks:ListInsights', 'ListInsights'],
    ['eks:DescribeClusterVersions', 'DescribeClusterVersions'],
    ['eks:ListAddons', 'ListAddons'],
    ['eks:DescribeAddon', 'DescribeAddon'],
    ['eks:DescribeAddonVersions', 'DescribeAddonVersions'],
    ['eks:DescribeNodegroup', 'DescribeNodegroup'],
    ['ssm:GetParameter', 'GetParameter'],
    ['ec2:DescribeLaunchTemplateVersions', 'DescribeLaunchTemplateVersions'],
  ])('is written without %s, and names it', async (action, operation) => {
    const aws = shop();
    aws.failures = { [operation]: denied('eks', operation) };
    const text = readinessMarkdown(await read(aws));
    expect(text).toMatch(new RegExp(`you (lack|need) the permission ${action}`, 'i'));
  });
});

describe('add-ons', () => {
  const versions = [
    addonVersion('a', 'v1.9.0-eksbuild.1', ['1.33', '1.34']),
    addonVersion('a', 'v1.10.0-eksbuild.1', ['1.33', '1.34']),
    addonVersion('a', 'v2.0.0-eksbuild.1', ['1.34', '1.35']),
  ];
  it('prefer what works with both versions, the highest unless AWS names a default', () => {
    expect(addonCompatibility('v1.8.0', versions, '1.33', '1.34')).toEqual({
      kind: 'update-first',
      bridge: 'v1.10.0-eksbuild.1',
    });
    const byDefault = [addonVersion('a', 'v1.5.0', ['1.33', '1.34'], true), ...versions];
    expect(addonCompatibility('v1.8.0', byDefault, '1.33', '1.34')).toMatchObject({ bridge: 'v1.5.0' });
    expect(addonCompatibility('v1.9.0-eksbuild.1', versions, '1.33', '1.34')).toEqual({ kind: 'compatible' });
    expect(addonCompatibility('v1.8.0', versions, '1.34', '1.35')).toMatchObject({ kind: 'update-first' });
    expect(addonCompatibility('v1.8.0', versions, '1.33', '1.35')).toEqual({
      kind: 'update-after',
      version: 'v2.0.0-eksbuild.1',
    });
    expect(addonCompatibility(undefined, versions, '1.33', '1.40')).toEqual({ kind: 'no-version' });
  });
});

describe('surveys', () => {
  async function survey(aws: FakeAws, names?: readonly string[]): Promise<readonly Surveyed[]> {
    const found: Surveyed[] = [];
    for await (const one of new AttentionSource(aws.ports, clock).survey(names, forever)) found.push(one);
    return found;
  }

  it('find everything outdated in an account, and ask for each release and for the versions once', async () => {
    const aws = shop();
    aws.clusters = [cluster(), cluster({ name: 'other' })];
    aws.nodegroups = [
      ...aws.nodegroups,
      nodegroup({ clusterName: 'other', name: 'current', version: '1.33', releaseVersion: NEWEST }),
    ];
    const found = await survey(aws);
    expect(outdatedOf(found).map(({ cluster: owner, nodegroup: name }) => `${owner}/${name}`)).toEqual([
      'prod/last-chance',
      'prod/al2',
      'prod/own',
    ]);
    expect(aws.count('DescribeClusterVersions')).toBe(Math.ceil(VERSIONS.length / aws.pageSize));
    expect(new Set(aws.asked.filter((one) => one.startsWith('GetParameter'))).size).toBe(
      aws.count('GetParameter'),
    );
  });

  it('go on past what cannot be read', async () => {
    const aws = shop();
    aws.failures = { DescribeNodegroup: denied('eks', 'DescribeNodegroup') };
    const found = await survey(aws, ['gone', 'prod']);
    expect(found.map((one) => (one.kind === 'failed' ? one.path.join('/') : one.kind))).toEqual([
      'gone',
      'cluster',
      'prod/current',
      'prod/last-chance',
      'prod/al2',
      'prod/own',
    ]);
  });

  it('stop when they are told to', async () => {
    const aws = shop();
    const stop = new AbortController();
    const seen: string[] = [];
    await expect(async () => {
      for await (const one of new AttentionSource(aws.ports, clock).survey(undefined, stop.signal)) {
        seen.push(one.kind);
        stop.abort();
      }
    }).rejects.toThrow();
    expect(seen).toEqual(['cluster']);
  });
});

describe('rows of a tree', () => {
  it('learn how long a cluster is supported, and what needs attention where only the group is known', async () => {
    const aws = shop();
    const looks = new AttentionSource(aws.ports, clock);
    expect(await looks.atCluster(cluster({ version: '1.31' }), forever)).toMatchObject({
      support: { known: true, value: { kind: 'extended' } },
      attention: { items: [{ code: 'support-extended' }] },
    });
    await looks.atCluster(cluster(), forever);
    expect(aws.count('DescribeClusterVersions')).toBe(Math.ceil(VERSIONS.length / aws.pageSize));
    const { items } = await looks.atNodegroup(
      nodegroup({ version: '1.30', releaseVersion: '1.30.1-20260101' }),
      undefined,
      forever,
    );
    expect(items.map(({ code }) => code)).toEqual(['release-behind']);
    aws.failures = { DescribeClusterVersions: denied('eks', 'DescribeClusterVersions') };
    looks.forget();
    const why = { actions: ['eks:DescribeClusterVersions'] };
    expect(await looks.atCluster(cluster(), forever)).toMatchObject({
      support: { known: false, why },
      attention: { unknown: [{ fact: 'support', why }] },
    });
  });

  it('share what is read of a launch template, for a minute', async () => {
    const aws = shop();
    const time = new VirtualClock(NOW);
    const looks = new AttentionSource(aws.ports, time);
    const requests = async (): Promise<number> => {
      const before = aws.count('DescribeLaunchTemplateVersions');
      await Promise.all(
        ['a', 'b', 'c'].map((name) => looks.atNodegroup(customNodegroup({ name }), '1.33', forever)),
      );
      return aws.count('DescribeLaunchTemplateVersions') - before;
    };
    expect(await requests()).toBe(Math.ceil(aws.templates.length / aws.pageSize));
    expect(await requests()).toBe(0);
    await time.advance(60_000);
    expect(await requests()).toBeGreaterThan(0);
    looks.forget();
    expect(await requests()).toBeGreaterThan(0);
  });
});

describe('history', () => {
  it('is read newest first, and no further than its bound', async () => {
    const aws = new FakeAws();
    aws.pageSize = 50;
    aws.updates = Array.from({ length: MOST_UPDATES + 7 }, (_, at) =>
      update({ id: `update-${at}`, createdAt: NOW + ((at * 37) % 101) }),
    );
    const { updates, notRead } = await readHistory(aws.ports.eks, 'prod', 'workers', forever);
    expect(notRead).toBe(7);
    expect(updates.length).toBe(MOST_UPDATES);
    const times = updates.map(({ createdAt = 0 }) => createdAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(await readHistory(new FakeAws().ports.eks, 'prod', undefined, forever)).toEqual({
      updates: [],
      notRead: 0,
    });
  });
});
