/** One plan for several node groups: what is planned, what is left out and why, and how a row begins. */
import { describe, expect, it } from 'vitest';
import { failed } from '../../src/model/failure';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import type { Goal } from '../../src/nodegroup/choice/options';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { planSeveral, type SeveralRow } from '../../src/nodegroup/several/plan';
import { rowStarter, runnableOf } from '../../src/nodegroup/several/rows';
import { runOperation } from '../../src/operations/run-operation';
import { checkNotice, notPlannedWords } from '../../src/view/messages/nodegroup';
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
  subnet,
  template,
  update,
  VERSIONS,
} from './nouns';
import { forever, openOperations, PLACE } from './operations';
import { expectPlainWords } from './plain';

function fleet(): FakeAws {
  const aws = new FakeAws();
  aws.versions = VERSIONS;
  aws.clusters = [cluster(), cluster({ name: 'risk', version: '1.34' })];
  aws.subnets = [subnet('subnet-a', 100), subnet('subnet-b', 100)];
  aws.parameters = Object.fromEntries(
    ['1.34', '1.33', '1.32'].map((version) => [
      `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/x86_64/standard/recommended/release_version`,
      `${version}.4-20260801`,
    ]),
  );
  aws.nodegroups = [
    nodegroup(),
    nodegroup({ name: 'busy', status: 'UPDATING', phase: 'busy' }),
    nodegroup({ name: 'current', version: '1.33', releaseVersion: NEWEST }),
    customNodegroup({ name: 'own' }),
    nodegroup({ clusterName: 'risk', name: 'al2', amiType: 'AL2_x86_64', version: '1.30' }),
  ];
  aws.templates = [template(1, { imageId: 'ami-1' }), template(2, { imageId: 'ami-2' })];
  return aws;
}

const NAMES = [
  { cluster: 'prod', nodegroup: 'workers' },
  { cluster: 'prod', nodegroup: 'busy' },
  { cluster: 'prod', nodegroup: 'current' },
  { cluster: 'prod', nodegroup: 'own' },
  { cluster: 'prod', nodegroup: 'gone' },
  { cluster: 'risk', nodegroup: 'al2' },
];

function plan(aws: FakeAws): Promise<readonly SeveralRow[]> {
  const looks = new AttentionSource(aws.ports, new VirtualClock(NOW));
  return planSeveral(looks, NAMES, { goal: 'control-plane-version', force: false }, NOW, forever);
}

describe('a plan for several', () => {
  it('keeps the order, plans what can be planned and says why the rest is not', async () => {
    const rows = await plan(fleet());
    expect(rows.map(({ key }) => key)).toEqual(NAMES.map((name) => `${name.cluster}/${name.nodegroup}`));
    expect(rows.map((row) => (row.kind === 'planned' ? row.plan.request : row.why.code))).toMatchObject([
      { version: '1.33', releaseVersion: NEWEST },
      { version: '1.33' },
      'up-to-date',
      { launchTemplate: { version: '2' } },
      'not-readable',
      // AL2 ends with 1.32, so that is as far as it goes.
      { version: '1.32' },
    ]);
    for (const row of rows) if (row.kind === 'not-planned') expectPlainWords(notPlannedWords(row.why));
  });

  it('reads each cluster once', async () => {
    const aws = fleet();
    await plan(aws);
    expect(aws.asked.filter((one) => one.startsWith('DescribeCluster '))).toEqual([
      'DescribeCluster prod',
      'DescribeCluster risk',
    ]);
    expect(aws.count('ListInsights')).toBe(2);
    // A state that says that nothing runs is not asked about again: only the busy group's updates are listed.
    expect(aws.count('ListUpdates')).toBe(1);
  });

  it('names the update that runs, and none that has ended', async () => {
    const aws = fleet();
    aws.updates = [update({ id: 'ended', status: 'Successful' }), update({ id: 'running' })];
    const busy = (await plan(aws)).find(({ key }) => key === 'prod/busy');
    const found =
      busy?.kind === 'planned' ? busy.plan.checks.find(({ id }) => id === 'running-updates') : undefined;
    expect(found?.facts).toEqual({ updates: [{ id: 'running', type: 'VersionUpdate' }] });
  });

  it('goes on when a whole cluster cannot be read', async () => {
    const aws = fleet();
    aws.clusters = [cluster()];
    const rows = await plan(aws);
    expect(rows.at(-1)).toMatchObject({ kind: 'not-planned', why: { failure: { reason: 'not-found' } } });
    expect(rows[0]?.kind).toBe('planned');
  });

  it('leaves out a node group whose version is not offered when only the newest release is wanted', async () => {
    const looks = new AttentionSource(fleet().ports, new VirtualClock(NOW));
    const goal = 'newest-release';
    const rows = await planSeveral(looks, NAMES, { goal, force: false }, NOW, forever);
    expect(rows.map((row) => (row.kind === 'planned' ? row.plan.request : row.why.code))).toMatchObject([
      { version: '1.32' },
      { version: '1.32' },
      'up-to-date',
      { launchTemplate: { version: '2' } },
      'not-readable',
      // 1.30 is further behind 1.34 than the skew allows.
      'nothing-to-choose',
    ]);
  });

  it('does not call up to date what cannot follow its control plane, or only has its own newest release', async () => {
    const aws = fleet();
    const al2 = { clusterName: 'risk', amiType: 'AL2_x86_64' };
    aws.parameters = {
      ...aws.parameters,
      '/aws/service/eks/optimized-ami/1.32/amazon-linux-2/recommended/release_version': '1.32.9-20251120',
    };
    aws.nodegroups = [
      nodegroup({ ...al2, name: 'last', version: '1.32', releaseVersion: '1.32.9-20251120' }),
      nodegroup({ ...al2, name: 'older', version: '1.31', releaseVersion: '1.31.9-20251120' }),
      nodegroup({ clusterName: 'risk', name: 'behind', version: '1.33', releaseVersion: NEWEST }),
      customNodegroup({ name: 'own', launchTemplate: { id: 'lt-0aa', version: '2' } }),
    ];
    const why = async (goal: Goal): Promise<readonly (readonly [string, string])[]> => {
      const names = aws.nodegroups.map(({ clusterName, name }) => ({
        cluster: clusterName,
        nodegroup: name,
      }));
      const looks = new AttentionSource(aws.ports, new VirtualClock(NOW));
      const rows = await planSeveral(looks, names, { goal, force: false }, NOW, forever);
      return rows.map((row) => {
        if (row.kind === 'not-planned') return [row.key, notPlannedWords(row.why)];
        const found = row.plan.checks.find(({ id }) => id === 'ami-type');
        return [row.key, `${row.plan.after.version}, ${found && checkNotice(found)}`];
      });
    };
    const behind = 'Behind, and cannot follow: AL2 ends with 1.32. The control plane runs 1.34.';
    const own =
      'Its launch template is at the newest version that names an AMI. Whether that AMI is outdated is not known.';
    expect(await why('control-plane-version')).toEqual([
      ['risk/last', behind],
      // As far as it goes, and that this is not the control plane's version.
      ['risk/older', '1.32, cannot follow: AL2 ends with 1.32'],
      ['risk/behind', '1.34, AMI type'],
      ['prod/own', own],
    ]);
    expect(await why('newest-release')).toEqual([
      ['risk/last', behind],
      ['risk/older', '1.31, cannot follow: AL2 ends with 1.32'],
      [
        'risk/behind',
        'It has the newest AMI release for Kubernetes 1.33 already. The control plane runs 1.34.',
      ],
      ['prod/own', own],
    ]);
  });

  it('says that nothing fits where the AMI type ends below all versions that are left', async () => {
    const aws = fleet();
    aws.clusters = [cluster({ name: 'risk', version: '1.36' })];
    const [row] = (await plan(aws)).slice(-1);
    expect(row).toMatchObject({ kind: 'not-planned', why: { code: 'cannot-follow' } });
  });

  it('leaves a custom AMI alone whose template cannot be read', async () => {
    const aws = fleet();
    aws.failures = { DescribeLaunchTemplateVersions: denied('ec2', 'DescribeLaunchTemplateVersions') };
    const own = (await plan(aws)).find(({ key }) => key === 'prod/own');
    expect(own).toMatchObject({ kind: 'not-planned', why: { code: 'nothing-to-choose' } });
  });
});

describe('rows of a batch', () => {
  it('are those that no check blocks; the others are left out with what blocks them', async () => {
    const aws = fleet();
    aws.insights = [insight('ERROR')];
    const rows = await plan(aws);
    expect(runnableOf(rows, [], PLACE).rows).toEqual([]);
    const { rows: runnable, leftOut } = runnableOf(rows, ['insights'], PLACE);
    expect(runnable.map(({ key, group }) => [key, group])).toEqual([
      ['prod/workers', 'prod'],
      ['prod/own', 'prod'],
      ['risk/al2', 'risk'],
    ]);
    expect(leftOut.map(({ row, decision }) => [row.key, ...(decision?.checks ?? [])])).toEqual([
      ['prod/busy', 'nodegroup-state'],
      ['prod/current'],
      ['prod/gone'],
    ]);
  });

  it('hold all that beginning them takes, through JSON and back', async () => {
    const aws = fleet();
    aws.onUpdate = () => ({ update: update() });
    const [row] = runnableOf(await plan(aws), [], PLACE).rows;
    if (!row) throw new Error('no row');
    const { ledger, look, clock } = await openOperations();
    const stored = JSON.parse(JSON.stringify(row)) as typeof row;
    const journal = await ledger.begin({ ...stored.planned, parent: 'batch', row: stored.key });
    const start = rowStarter(() => aws.ports.eks);
    expect(await runOperation(ledger, journal, () => start(stored, journal, forever))).toBeUndefined();
    aws.updates = [update({ status: 'Successful' })];
    aws.nodegroups = [nodegroup({ version: '1.33', releaseVersion: NEWEST })];
    const follower = versionFollower({ eks: () => aws.ports.eks, clock });
    expect((await look(follower, journal.id)).state).toBe('succeeded');
  });

  it('do not begin in another account than they were planned for, though the names are there too', async () => {
    const aws = fleet();
    const [row] = runnableOf(await plan(aws), [], PLACE).rows;
    if (!row) throw new Error('no row');
    const { ledger } = await openOperations();
    const stored = JSON.parse(JSON.stringify(row)) as typeof row;
    const journal = await ledger.begin({ ...stored.planned, parent: 'batch', row: stored.key });
    aws.nodegroups = [nodegroup({ arn: 'arn:aws:eks:us-east-1:444455556666:nodegroup/prod/workers/1a' })];
    const start = rowStarter(() => aws.ports.eks);
    expect(await runOperation(ledger, journal, () => start(stored, journal, forever))).toMatchObject({
      code: 'account-changed',
      facts: { planned: '111122223333', found: '444455556666' },
    });
    expect(ledger.operation(journal.id)?.state).toBe('failed');
    expect(aws.count('UpdateNodegroupVersion')).toBe(0);
  });

  it('do not begin with a plan that another version wrote', async () => {
    const start = rowStarter(() => Promise.reject(failed({ kind: 'cancelled' })));
    const { ledger } = await openOperations();
    const [row] = runnableOf(await plan(fleet()), [], PLACE).rows;
    if (!row) throw new Error('no row');
    const strange = { ...row, planned: { ...row.planned, plan: { steps: 1 } } };
    const journal = await ledger.begin(strange.planned);
    await expect(start(strange, journal, forever)).rejects.toThrow('record-not-readable');
  });
});
