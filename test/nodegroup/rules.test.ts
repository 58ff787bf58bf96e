/** Every rule for what UpdateNodegroupVersion may hold, valid and invalid, with the sentence that the user reads. */
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { bringsOwnAmi, choiceProblems, type UpdateChoice } from '../../src/nodegroup/choice/choice';
import {
  choiceFor,
  releaseOptions,
  templateOptions,
  versionOptions,
  versionsWithoutAmi,
} from '../../src/nodegroup/choice/options';
import { versionRequest } from '../../src/nodegroup/plan/request';
import type { Situation } from '../../src/nodegroup/reading/situation';
import { known, unknown } from '../../src/plan/optional-read';
import { choiceWords } from '../../src/view/messages/nodegroup';
import { cluster, customNodegroup, NEWEST, nodegroup, situation, template } from './nouns';
import { expectPlainWords } from './plain';

const plain = situation();
const templated = situation({
  nodegroup: nodegroup({ launchTemplate: { id: 'lt-0aa', name: 'own', version: '1' } }),
  templates: known([template(1), template(2), template(3, { imageId: 'ami-0f' })]),
});
const custom = situation({
  nodegroup: customNodegroup(),
  templates: known([template(1, { imageId: 'ami-01' }), template(2, { imageId: 'ami-02' }), template(3)]),
});
const unlisted = situation({
  nodegroup: nodegroup({ launchTemplate: { id: 'lt-0aa', version: '1' } }),
  templates: unknown({ code: 'not-permitted', actions: ['ec2:DescribeLaunchTemplateVersions'] } as const),
});
const AL2 = situation({
  cluster: cluster({ version: '1.34' }),
  nodegroup: nodegroup({ amiType: 'AL2_x86_64' }),
});

type Row = readonly [
  rule: string,
  situation: Situation,
  choice: Partial<UpdateChoice>,
  sentence: string | undefined,
];

const ROWS: readonly Row[] = [
  ['a version is always sent', plain, { version: '1.33' }, undefined],
  [
    'and never left out',
    plain,
    {},
    "Choose a Kubernetes version: without one, AWS's documents disagree about what happens.",
  ],
  [
    'no newer than the control plane',
    plain,
    { version: '1.34' },
    'Kubernetes 1.34 is not valid here. Valid are: 1.33, 1.32, 1.31, 1.30.',
  ],
  ['three minors older', plain, { version: '1.30' }, undefined],
  [
    'no more',
    plain,
    { version: '1.29' },
    'Kubernetes 1.29 is not valid here. Valid are: 1.33, 1.32, 1.31, 1.30.',
  ],
  ['AL2 up to 1.32', AL2, { version: '1.32' }, undefined],
  ['and no further', AL2, { version: '1.34' }, 'Kubernetes 1.34 is not valid here. Valid are: 1.32, 1.31.'],
  ['a typed release', plain, { version: '1.33', release: '1.33.1-20260401' }, undefined],
  ['not an empty one', plain, { version: '1.33', release: '' }, 'Type a release version.'],
  [
    'of the right shape',
    plain,
    { version: '1.33', release: 'newest' },
    '"newest" is not a release version. One looks like 1.33.4-20260801.',
  ],
  [
    'and of the version',
    plain,
    { version: '1.33', release: '1.32.9-20260801' },
    '"1.32.9-20260801" belongs to Kubernetes 1.32, and you chose 1.33.',
  ],
  [
    'no template for a group made without',
    plain,
    { version: '1.33', templateVersion: 2 },
    'The node group was made without a launch template of yours, so EKS takes none. Make a new node group to use one.',
  ],
  ['its own template', templated, { version: '1.33', templateVersion: 2 }, undefined],
  [
    'in a version that exists',
    templated,
    { version: '1.33', templateVersion: 9 },
    'The launch template has no version 9; its newest is 3.',
  ],
  [
    'a number is taken where the list is not readable',
    unlisted,
    { version: '1.33', templateVersion: 9 },
    undefined,
  ],
  [
    'no version where the chosen template version brings the AMI',
    templated,
    { version: '1.33', templateVersion: 3 },
    'The launch template brings its own AMI, so the Kubernetes version (1.33) must be left out.',
  ],
  ['but the template alone', templated, { templateVersion: 3 }, undefined],
  ['a custom AMI by its template', custom, { templateVersion: 2 }, undefined],
  [
    'without a version',
    custom,
    { version: '1.33', templateVersion: 2 },
    'The launch template brings its own AMI, so the Kubernetes version (1.33) must be left out.',
  ],
  [
    'without a release',
    custom,
    { release: NEWEST, templateVersion: 2 },
    'The launch template brings its own AMI, so the AMI release (1.33.4-20260801) must be left out.',
  ],
  [
    'and not without a template version',
    custom,
    {},
    'The node group runs an AMI of your own. Choose the version of its launch template that names the AMI you want: that is the only way to renew it.',
  ],
  [
    'a template version without AMI needs a version',
    custom,
    { version: '1.33', templateVersion: 3 },
    undefined,
  ],
  [
    'as any other',
    custom,
    { templateVersion: 3 },
    "Choose a Kubernetes version: without one, AWS's documents disagree about what happens.",
  ],
];

describe('choices', () => {
  it.each(ROWS)('%s', (_rule, given, parts, sentence) => {
    const choice = { force: false, ...parts };
    const [problem, ...more] = choiceProblems(given, choice);
    expect(more).toEqual([]);
    expect(problem && choiceWords(problem)).toBe(sentence);
    if (sentence === undefined) {
      expect(() => versionRequest(given, choice)).not.toThrow();
      return;
    }
    expectPlainWords(sentence);
    expect(() => versionRequest(given, choice)).toThrow('choice-not-valid');
  });

  it('name all that is wrong at once, as data', () => {
    const choice = { version: '1.33', release: NEWEST, force: false };
    try {
      versionRequest(custom, choice);
      expect.unreachable();
    } catch (thrown) {
      expect(failureOf(thrown)).toMatchObject({
        code: 'choice-not-valid',
        facts: {
          problems: ['version-with-custom-ami', 'release-with-custom-ami', 'template-version-required'],
        },
      });
    }
  });
});

describe('requests', () => {
  const base = { clusterName: 'prod', nodegroupName: 'workers' };
  const named = situation({
    nodegroup: nodegroup({ launchTemplate: { name: 'own', version: '1' } }),
    templates: known([template(1), template(2)]),
  });
  const rows: readonly (readonly [string, Situation, UpdateChoice, object])[] = [
    ['plain update', plain, { version: '1.32', force: false }, { version: '1.32' }],
    ['new version', plain, { version: '1.33', force: false }, { version: '1.33' }],
    [
      'release',
      plain,
      { version: '1.33', release: NEWEST, force: false },
      { version: '1.33', releaseVersion: NEWEST },
    ],
    [
      'template by id',
      templated,
      { version: '1.33', templateVersion: 2, force: false },
      { version: '1.33', launchTemplate: { id: 'lt-0aa', version: '2' } },
    ],
    [
      'template by name',
      named,
      { version: '1.33', templateVersion: 2, force: false },
      { version: '1.33', launchTemplate: { name: 'own', version: '2' } },
    ],
    [
      'custom AMI',
      custom,
      { templateVersion: 2, force: false },
      { launchTemplate: { id: 'lt-0aa', version: '2' } },
    ],
    ['force', plain, { version: '1.33', force: true }, { version: '1.33', force: true }],
  ];
  it.each(rows)('%s', (_name, given, choice, body) => {
    expect(versionRequest(given, choice)).toEqual({ ...base, ...body });
  });
});

describe('what is offered', () => {
  it('hides versions and releases where the template brings the AMI', () => {
    expect(versionOptions(custom)).toBeUndefined();
    expect(versionOptions(custom, 2)).toBeUndefined();
    expect(versionOptions(custom, 3)?.length).toBe(4);
    expect(versionOptions(templated, 3)).toBeUndefined();
    expect(bringsOwnAmi(unlisted, 9)).toBe(false);
  });

  it('names the versions that the AMI type does not have, beside those that it has', () => {
    const at = (amiType: string, controlPlane: string, version: string): readonly string[] =>
      versionsWithoutAmi(
        situation({
          cluster: cluster({ version: controlPlane }),
          nodegroup: nodegroup({ amiType, version }),
        }),
      ).map((one) => one.version);
    expect(at('AL2_x86_64', '1.34', '1.32')).toEqual(['1.34', '1.33']);
    expect(at('AL2_x86_64', '1.32', '1.31')).toEqual([]);
    expect(at('AL2023_x86_64_STANDARD', '1.34', '1.32')).toEqual([]);
    expect(at('AL2027_x86_64', '1.34', '1.32')).toEqual([]);
  });

  it('resolves $Default and $Latest to numbers that can be shown', () => {
    const at = (version: string | undefined) =>
      templateOptions(
        situation({
          nodegroup: nodegroup({
            launchTemplate: { id: 'lt-0aa', ...(version !== undefined && { version }) },
          }),
          templates: known([template(1), template(4), template(2, { isDefault: false })]),
        }),
      );
    expect(at('$Latest')).toMatchObject({ current: 4, default: 1, latest: 4 });
    expect(at('$Default')).toMatchObject({ current: 1 });
    expect(at(undefined)).toMatchObject({ current: 1 });
    expect(at('2')).toMatchObject({ current: 2 });
    expect(at('later')).not.toHaveProperty('current');
    expect(at('2')?.versions).toMatchObject({ value: [{ number: 4 }, { number: 2 }, { number: 1 }] });
    expect(templateOptions(unlisted)).toMatchObject({ name: { id: 'lt-0aa' }, current: 1 });
    expect(templateOptions(plain)).toBeUndefined();
  });

  it('offers the current release for the current version alone, and checks a typed one', () => {
    const [up, same] = plain.offered;
    const options = up && same && [releaseOptions(plain, up), releaseOptions(plain, same)];
    expect(options?.[0]).not.toHaveProperty('current');
    expect(options?.[1]?.current).toBe('1.32.9-20260601');
    expect(options?.[1]?.check('1.32.9-20260401')).toBeUndefined();
    expect(options?.[1]?.check('x')?.code).toBe('release-shape');
  });
});

describe('choices for a goal', () => {
  it('takes the newest release by name where it is known, and leaves it to AWS where not', () => {
    expect(choiceFor(plain, 'control-plane-version', false)).toEqual({
      version: '1.33',
      release: NEWEST,
      force: false,
    });
    expect(choiceFor(plain, 'newest-release', true)).toEqual({
      version: '1.32',
      release: '1.32.4-20260801',
      force: true,
    });
    const blind = situation({
      offered: plain.offered.map((option) => ({
        ...option,
        newest: unknown({ code: 'not-permitted', actions: ['ssm:GetParameter'] } as const),
      })),
    });
    expect(choiceFor(blind, 'control-plane-version', false)).toEqual({ version: '1.33', force: false });
  });

  it('goes as far as the AMI type goes', () => {
    expect(choiceFor(AL2, 'control-plane-version', false)).toMatchObject({ version: '1.32' });
    const stuck = situation({
      cluster: cluster({ version: '1.36' }),
      nodegroup: nodegroup({ amiType: 'AL2_x86_64' }),
    });
    expect(choiceFor(stuck, 'control-plane-version', false)).toBeUndefined();
  });

  it('never goes back by itself', () => {
    const ahead = situation({ nodegroup: nodegroup({ version: '1.34' }) });
    expect(choiceFor(ahead, 'newest-release', false)).toBeUndefined();
  });

  it('leaves Kubernetes as it is when only the release is wanted, or chooses nothing', () => {
    // 1.28 is more minors behind 1.33 than the skew allows, and so is not offered.
    const left = situation({ nodegroup: nodegroup({ version: '1.28' }) });
    expect(left.offered.map(({ direction }) => direction)).toEqual(['up', 'up', 'up', 'up']);
    expect(choiceFor(left, 'newest-release', false)).toBeUndefined();
    expect(choiceFor(left, 'control-plane-version', false)).toMatchObject({ version: '1.33' });
    const { version: _version, ...silent } = nodegroup();
    expect(choiceFor(situation({ nodegroup: silent }), 'newest-release', false)).toBeUndefined();
  });

  it('renews a custom AMI through its template, or not at all', () => {
    expect(choiceFor(custom, 'control-plane-version', false)).toEqual({ templateVersion: 2, force: false });
    const { templates: _templates, ...rest } = custom;
    const blind = { ...rest, templates: unlisted.templates ?? known([]) };
    expect(choiceFor(blind, 'newest-release', false)).toBeUndefined();
  });
});
