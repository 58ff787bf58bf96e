/** What needs attention: each fact on its own, what is not known, what was not asked for, and what the badge counts. */
import { describe, expect, it } from 'vitest';
import type { ClusterVersion, LaunchTemplateVersion, Nodegroup } from '../../src/model/eks';
import {
  type AttentionCode,
  clusterAttention,
  type NodegroupFacts,
  needsAttention,
  nodegroupAttention,
} from '../../src/nodegroup/attention/attention';
import { known, unknown } from '../../src/plan/optional-read';
import { attentionBadge, attentionWords, factWords, unknownWords } from '../../src/view/messages/nodegroup';
import { cluster, customNodegroup, DAY, NEWEST, NOW, nodegroup, template, VERSIONS } from './nouns';
import { expectPlainWords } from './plain';

const current = nodegroup({ version: '1.33', releaseVersion: NEWEST });
const health = [{ code: 'AccessDenied', message: 'm', resourceIds: [] }];

function look(group: Nodegroup, parts: Partial<NodegroupFacts> = {}) {
  return nodegroupAttention({
    nodegroup: group,
    controlPlane: '1.33',
    newest: known(NEWEST),
    templates: known<readonly LaunchTemplateVersion[]>([template(1), template(2)]),
    ...parts,
  });
}

type Row = readonly [code: AttentionCode, group: Nodegroup, sentence: string, badge: string];

const ROWS: readonly Row[] = [
  ['health-issues', { ...current, health }, 'AWS reports health issues: AccessDenied.', 'health issues'],
  [
    'version-behind',
    { ...current, version: '1.32' },
    'Kubernetes 1.32 is one version behind the control plane (1.33).',
    'version behind',
  ],
  [
    'version-behind',
    { ...current, version: '1.30' },
    'Kubernetes 1.30 is 3 versions behind the control plane (1.33).',
    'version behind',
  ],
  [
    'skew-exceeded',
    { ...current, version: '1.29' },
    'Kubernetes 1.29 is 4 versions behind the control plane (1.33); only 3 are supported.',
    'too old for the control plane',
  ],
  [
    'version-ahead',
    { ...current, version: '1.34' },
    'Kubernetes 1.34 is newer than the control plane (1.33), which is not supported.',
    'newer than the control plane',
  ],
  [
    'release-behind',
    { ...current, releaseVersion: '1.33.4-20260701' },
    'Update available: AMI release 1.33.4-20260801 (now 1.33.4-20260701).',
    'update available',
  ],
  [
    'template-behind',
    { ...current, launchTemplate: { id: 'lt-0aa', version: '1' } },
    'Launch template version 1; the newest is 2.',
    'template 2 available',
  ],
  [
    'cannot-follow',
    { ...current, version: '1.32', amiType: 'AL2_x86_64' },
    'The node group cannot follow: AL2 ends with 1.32, and the control plane runs 1.33. AWS ended the AMI type AL2_x86_64 on 2025-11-26.',
    'cannot follow: AL2 ends with 1.32',
  ],
  [
    'custom-ami',
    customNodegroup(),
    'Runs an AMI of your own (ami-0a1b2c3d4e5f60718); whether it is outdated is not known.',
    'own AMI',
  ],
];

describe('node groups', () => {
  it.each(ROWS)('%s', (code, group, sentence, badge) => {
    const item = look(group).items.find((one) => one.code === code);
    if (!item) throw new Error(JSON.stringify(look(group)));
    expect(attentionWords(item)).toBe(sentence);
    expect(attentionBadge(item)).toBe(badge);
    expectPlainWords(sentence);
  });

  it('says that an AMI type has ended where the control plane has not gone past it', () => {
    const old = { ...current, version: '1.31', amiType: 'AL2_x86_64' };
    for (const controlPlane of ['1.31', '1.32']) {
      const item = look(old, { controlPlane }).items.find(({ code }) => code === 'ami-type-ended');
      expect(item && attentionBadge(item)).toBe('AMI type ended');
      expect(item && attentionWords(item)).toBe(
        'AWS ended the AMI type AL2_x86_64 on 2025-11-26; Kubernetes 1.32 is the last version with it.',
      );
    }
  });

  it('has nothing to say of one that is up to date', () => {
    expect(look(current)).toEqual({ items: [], unknown: [], pending: [] });
    expect(needsAttention(look(current))).toBe(false);
  });

  it('names what was not asked for yet', () => {
    const launchTemplate = { id: 'lt-0aa', version: '1' };
    expect(nodegroupAttention({ nodegroup: { ...current, launchTemplate } })).toEqual({
      items: [],
      unknown: [],
      pending: ['newest-release', 'template-versions'],
    });
  });

  it('names what could not be known, and does not count it', () => {
    const denied = unknown({ code: 'not-permitted', actions: ['ssm:GetParameter'] } as const);
    const blind = look(current, { newest: denied });
    expect(blind.items).toEqual([]);
    expect(blind.unknown).toEqual([{ fact: 'newest-release', why: denied.why }]);
    const [first] = blind.unknown;
    expect(first && `${factWords(first.fact)}: ${unknownWords(first.why)}`).toBe(
      'Newest AMI release: Not known: you lack the permission ssm:GetParameter.',
    );
    const bottlerocket = { ...current, amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.30.0-abcdef01' };
    expect(look(bottlerocket, { newest: known('1.30.0-abcdef02') }).unknown).toMatchObject([
      { why: { code: 'not-comparable' } },
    ]);
  });

  it('takes a custom AMI for worth knowing, not for something to act on', () => {
    const quiet = look(customNodegroup({ launchTemplate: { id: 'lt-0aa', version: '2' } }));
    expect(quiet.items.map(({ code }) => code)).toEqual(['custom-ami']);
    expect(needsAttention(quiet)).toBe(false);
    const behind = look(customNodegroup());
    expect(behind.items.map(({ code }) => code)).toEqual(['template-behind', 'custom-ami']);
    expect([behind, look(current)].map(needsAttention)).toEqual([true, false]);
  });
});

describe('clusters', () => {
  const rows: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['1.34', undefined, undefined],
    ['1.32', 'Standard support of Kubernetes 1.32 ends on 2026-09-14.', 'support ends 2026-09-14'],
    [
      '1.31',
      'Kubernetes 1.31 is in extended support, which costs extra, until 2026-11-23.',
      'extended support',
    ],
    ['1.30', 'Support of Kubernetes 1.30 ended on 2026-07-26.', 'support ended'],
    ['1.29', undefined, undefined],
  ];
  it.each(rows)('%s', (version, sentence, badge) => {
    const { items } = clusterAttention(cluster({ version }), known(VERSIONS), NOW);
    const [item, ...more] = items;
    expect(more).toEqual([]);
    expect(item && attentionWords(item)).toBe(sentence);
    expect(item && attentionBadge(item)).toBe(badge);
  });

  it('says so where AWS gives no dates', () => {
    const bare = (status: string): readonly ClusterVersion[] => [
      { version: '1.33', status, isDefault: false },
    ];
    const words = (status: string) =>
      clusterAttention(cluster(), known(bare(status)), NOW).items.map((item) => attentionWords(item));
    expect(words('STANDARD_SUPPORT')).toEqual([]);
    expect(words('EXTENDED_SUPPORT')).toEqual(['Kubernetes 1.33 is in extended support, which costs extra.']);
    expect(words('UNSUPPORTED')).toEqual(['Support of Kubernetes 1.33 has ended.']);
    expect(words('SOMETHING_LATER')).toEqual([]);
  });

  it('tells health issues, and what is not known', () => {
    const denied = unknown({ code: 'not-permitted', actions: ['eks:DescribeClusterVersions'] } as const);
    const found = clusterAttention(cluster({ health }), denied, NOW);
    expect(found.items.map(({ code }) => code)).toEqual(['health-issues']);
    expect(found.unknown).toEqual([{ fact: 'support', why: denied.why }]);
    expect(clusterAttention(cluster(), undefined, NOW - DAY).pending).toEqual(['support']);
  });
});
