/** Where AMI releases are found, how they are compared, and that each is asked for once. */
import { describe, expect, it } from 'vitest';
import { Releases } from '../../src/nodegroup/reading/releases';
import { amiEnd, amiFamily, releaseParameter } from '../../src/nodegroup/rules/ami';
import {
  agreesWithRelease,
  compareReleases,
  releaseProblem,
  releaseStanding,
} from '../../src/nodegroup/rules/release-version';
import { modelOf, shapeOf } from '../contract/model';
import { VirtualClock } from '../virtual-clock';
import { FakeAws } from './fake-aws';
import { awsFailure, denied } from './nouns';

const EKS = '/aws/service/eks/optimized-ami/1.33';
const BOTTLEROCKET = '/aws/service/bottlerocket/aws-k8s-1.33';

/** By AMI type: the SSM parameter, or the reason for which there is none. */
const PARAMETERS: Readonly<Record<string, string>> = {
  AL2_x86_64: `${EKS}/amazon-linux-2/recommended/release_version`,
  AL2_x86_64_GPU: `${EKS}/amazon-linux-2-gpu/recommended/release_version`,
  AL2_ARM_64: `${EKS}/amazon-linux-2-arm64/recommended/release_version`,
  AL2023_x86_64_STANDARD: `${EKS}/amazon-linux-2023/x86_64/standard/recommended/release_version`,
  AL2023_ARM_64_STANDARD: `${EKS}/amazon-linux-2023/arm64/standard/recommended/release_version`,
  AL2023_x86_64_NEURON: `${EKS}/amazon-linux-2023/x86_64/neuron/recommended/release_version`,
  AL2023_x86_64_NVIDIA: `${EKS}/amazon-linux-2023/x86_64/nvidia/recommended/release_version`,
  AL2023_ARM_64_NVIDIA: `${EKS}/amazon-linux-2023/arm64/nvidia/recommended/release_version`,
  BOTTLEROCKET_x86_64: `${BOTTLEROCKET}/x86_64/latest/image_version`,
  BOTTLEROCKET_ARM_64: `${BOTTLEROCKET}/arm64/latest/image_version`,
  BOTTLEROCKET_x86_64_FIPS: `${BOTTLEROCKET}-fips/x86_64/latest/image_version`,
  BOTTLEROCKET_ARM_64_FIPS: `${BOTTLEROCKET}-fips/arm64/latest/image_version`,
  BOTTLEROCKET_x86_64_NVIDIA: `${BOTTLEROCKET}-nvidia/x86_64/latest/image_version`,
  BOTTLEROCKET_ARM_64_NVIDIA: `${BOTTLEROCKET}-nvidia/arm64/latest/image_version`,
  BOTTLEROCKET_x86_64_NVIDIA_FIPS: `${BOTTLEROCKET}-nvidia-fips/x86_64/latest/image_version`,
  BOTTLEROCKET_ARM_64_NVIDIA_FIPS: `${BOTTLEROCKET}-nvidia-fips/arm64/latest/image_version`,
  WINDOWS_CORE_2019_x86_64: 'windows-image-id-only',
  WINDOWS_FULL_2019_x86_64: 'windows-image-id-only',
  WINDOWS_CORE_2022_x86_64: 'windows-image-id-only',
  WINDOWS_FULL_2022_x86_64: 'windows-image-id-only',
  WINDOWS_CORE_2025_x86_64: 'windows-image-id-only',
  WINDOWS_FULL_2025_x86_64: 'windows-image-id-only',
  CUSTOM: 'custom-ami',
};

describe('AMI types', () => {
  it.each(Object.entries(PARAMETERS))('%s', (amiType, expected) => {
    const found = releaseParameter(amiType, '1.33');
    expect('name' in found ? found.name : found.code).toBe(expected);
  });

  it('says that it does not know a type which AWS added later', () => {
    expect(releaseParameter('AL2027_x86_64', '1.33')).toEqual({
      code: 'unlisted-ami-type',
      amiType: 'AL2027_x86_64',
    });
    expect(amiFamily('AL2027_x86_64')).toBeUndefined();
    expect(amiEnd('AL2027_x86_64')).toBeUndefined();
  });

  it('has an answer for every type of the EKS model, and for no other', () => {
    const listed = shapeOf(modelOf('eks'), 'AMITypes').enum;
    expect([...(listed ?? [])].sort()).toEqual(Object.keys(PARAMETERS).sort());
  });

  it('ends AL2 with Kubernetes 1.32, and nothing else', () => {
    const ended = Object.keys(PARAMETERS).filter((amiType) => amiEnd(amiType));
    expect(ended).toEqual(['AL2_x86_64', 'AL2_x86_64_GPU', 'AL2_ARM_64']);
    const end = amiEnd('AL2_x86_64');
    expect(end?.lastVersion).toBe('1.32');
    expect(new Date(end?.endedOn ?? 0).toISOString()).toBe('2025-11-26T00:00:00.000Z');
  });
});

const AL2023 = 'AL2023_x86_64_STANDARD';

describe('comparing releases', () => {
  it.each([
    [AL2023, '1.33.4-20260601', '1.33.4-20260801', 'outdated'],
    [AL2023, '1.33.9-20260601', '1.33.4-20260801', 'outdated'],
    [AL2023, '1.33.3-20260801', '1.33.10-20260801', 'outdated'],
    [AL2023, '1.33.4-20260801', '1.33.4-20260801', 'newest'],
    [AL2023, '1.33.4-20260901', '1.33.4-20260801', 'newest'],
    [AL2023, '1.32.9-20260901', '1.33.4-20260801', 'outdated'],
    [AL2023, '1.33.1-20260101', '1.32.9-20260901', 'newest'],
    [AL2023, 'ami-0123', '1.33.4-20260801', 'unknown'],
    ['BOTTLEROCKET_x86_64', '1.9.0-aaaaaa11', '1.10.0-bbbbbb22', 'outdated'],
    ['BOTTLEROCKET_x86_64', '1.30.0-aaaaaa11', '1.30.0-bbbbbb22', 'unknown'],
    ['BOTTLEROCKET_x86_64', '1.30.1-aaaaaa11', '1.30.0-bbbbbb22', 'newest'],
    ['WINDOWS_CORE_2022_x86_64', '1.32-2026.07.08', '1.32-2026.08.12', 'outdated'],
    ['WINDOWS_CORE_2022_x86_64', '1.32-2026.08.12', '1.32-2026.07.08', 'newest'],
    ['SOMETHING_LATER', 'x', 'y', 'unknown'],
    ['SOMETHING_LATER', 'x', 'x', 'newest'],
  ])('%s: %s against %s is %s', (amiType, current, newest, standing) => {
    expect(releaseStanding(amiType, current, newest)).toBe(standing);
    const [there, back] = [
      compareReleases(amiType, current, newest),
      compareReleases(amiType, newest, current),
    ];
    expect(there === undefined ? undefined : Math.sign(there)).toBe(
      back === undefined ? undefined : 0 - Math.sign(back),
    );
  });
});

describe('what a node says of itself', () => {
  const BOTTLEROCKET_IMAGE = 'Bottlerocket OS 1.57.0 (aws-k8s-1.33)';
  it.each([
    [AL2023, '1.33.4-20260801', 'v1.33.4-eks-1a2b3c4', 'Amazon Linux 2023.9.20251027', true],
    [AL2023, '1.33.4-20260801', 'v1.33.40-eks-1a2b3c4', 'Amazon Linux 2023.9.20251027', false],
    [AL2023, '1.33.4-20260801', undefined, 'Amazon Linux 2023.9.20251027', false],
    [AL2023, 'ami-0123', 'v1.33.4-eks-1a2b3c4', 'Amazon Linux 2023.9.20251027', false],
    ['WINDOWS_CORE_2022_x86_64', '1.33-2026.08.12', 'v1.33.4-eks-1a2b3c4', 'Windows Server 2022', true],
    ['WINDOWS_CORE_2022_x86_64', '1.33-2026.08.12', 'v1.32.4-eks-1a2b3c4', 'Windows Server 2022', false],
    ['BOTTLEROCKET_ARM_64', '1.57.0-1a2b3c4d', 'v1.33.4-eks-1a2b3c4', BOTTLEROCKET_IMAGE, true],
    ['BOTTLEROCKET_ARM_64', '1.5.0-1a2b3c4d', 'v1.33.4-eks-1a2b3c4', BOTTLEROCKET_IMAGE, false],
  ])('of %s %s: %s, %s agrees: %s', (amiType, release, kubeletVersion, osImage, agrees) => {
    const system = { osImage, ...(kubeletVersion !== undefined && { kubeletVersion }) };
    expect(agreesWithRelease(amiType, release, system)).toBe(agrees);
  });
});

describe('typed releases', () => {
  it.each([
    [AL2023, '1.33.4-20260801', undefined],
    [AL2023, '', 'release-empty'],
    [AL2023, '  ', 'release-empty'],
    [AL2023, '1.33.4', 'release-shape'],
    [AL2023, '1.33.4-20260801 ', 'release-shape'],
    [AL2023, '1.32.9-20260801', 'release-other-version'],
    ['BOTTLEROCKET_ARM_64', '1.57.0-1a2b3c4d', undefined],
    ['BOTTLEROCKET_ARM_64', '1.57.0', 'release-shape'],
    ['WINDOWS_FULL_2022_x86_64', '1.33-2026.08.12', undefined],
    ['WINDOWS_FULL_2022_x86_64', '1.32-2026.08.12', 'release-other-version'],
    ['WINDOWS_FULL_2022_x86_64', '1.33.4-20260801', 'release-shape'],
    ['SOMETHING_LATER', 'whatever', undefined],
  ])('%s: "%s" for 1.33', (amiType, typed, code) => {
    expect(releaseProblem(amiType, '1.33', typed)?.code).toBe(code);
  });
});

/** A release of each family, as AWS writes them; those of the two Amazon Linux look alike. */
const RELEASES = {
  AL2_x86_64: '1.32.9-20251120',
  [AL2023]: '1.33.4-20260801',
  BOTTLEROCKET_x86_64: '1.33.0-4c8d2e19',
  WINDOWS_CORE_2022_x86_64: '1.33-2026.08.12',
};
const ALIKE = ['AL2_x86_64', AL2023];

describe('a release of one family for another one', () => {
  const pairs = Object.keys(RELEASES).flatMap((group) =>
    Object.entries(RELEASES).map(([from, release]) => [group, from, release] as const),
  );
  it.each(pairs)('for %s, of %s: %s', (group, from, release) => {
    const fits = group === from || (ALIKE.includes(group) && ALIKE.includes(from));
    expect(releaseProblem(group, release.slice(0, 4), release)?.code).toBe(
      fits ? undefined : 'release-shape',
    );
  });

  it('a build of Bottlerocket that holds digits alone is one all the same', () => {
    for (const build of ['29451234', '20261301', '20260832', '12345678'])
      expect(releaseProblem('BOTTLEROCKET_x86_64', '1.33', `1.33.0-${build}`)).toBeUndefined();
  });
});

describe('asking for the newest release', () => {
  const forever = new AbortController().signal;
  const parameter = PARAMETERS[AL2023] ?? '';

  function given(): { readonly aws: FakeAws; readonly releases: Releases; readonly clock: VirtualClock } {
    const aws = new FakeAws();
    aws.parameters = { [parameter]: '1.33.4-20260801' };
    const clock = new VirtualClock();
    return { aws, clock, releases: new Releases(aws.ports.images, clock) };
  }

  it('asks once for a type and version, also when many ask at the same time', async () => {
    const { aws, releases } = given();
    const all = await Promise.all(Array.from({ length: 40 }, () => releases.newest(AL2023, '1.33', forever)));
    all.push(await releases.newest(AL2023, '1.33', forever));
    expect(new Set(all.map((found) => found.known && found.value))).toEqual(new Set(['1.33.4-20260801']));
    expect(aws.count('GetParameter')).toBe(1);
  });

  it('asks again after an hour, and when told to forget', async () => {
    const { aws, releases, clock } = given();
    await releases.newest(AL2023, '1.33', forever);
    clock.jump(3_599_999);
    await releases.newest(AL2023, '1.33', forever);
    expect(aws.count('GetParameter')).toBe(1);
    clock.jump(1);
    await releases.newest(AL2023, '1.33', forever);
    expect(aws.count('GetParameter')).toBe(2);
    releases.forget();
    await releases.newest(AL2023, '1.33', forever);
    expect(aws.count('GetParameter')).toBe(3);
  });

  it('keeps a denial, which would be the same for every row, and not a failure that passes', async () => {
    const { aws, releases } = given();
    aws.failures = { GetParameter: denied('ssm', 'GetParameter') };
    const once = await releases.newest(AL2023, '1.33', forever);
    expect(once).toEqual({ known: false, why: { code: 'not-permitted', actions: ['ssm:GetParameter'] } });
    await releases.newest(AL2023, '1.33', forever);
    expect(aws.count('GetParameter')).toBe(1);
    releases.forget();
    aws.failures = { GetParameter: awsFailure('throttled', 'ssm', 'GetParameter') };
    expect(await releases.newest(AL2023, '1.33', forever)).toMatchObject({
      known: false,
      why: { code: 'unanswered' },
    });
    aws.failures = {};
    expect(await releases.newest(AL2023, '1.33', forever)).toMatchObject({ known: true });
  });

  it('serves the second when the first, whose request it shares, goes away', async () => {
    const { aws, releases } = given();
    const leaving = new AbortController();
    const first = releases.newest(AL2023, '1.33', leaving.signal);
    const second = releases.newest(AL2023, '1.33', forever);
    leaving.abort();
    await expect(first).rejects.toThrow();
    expect(await second).toMatchObject({ known: true });
    expect(aws.count('GetParameter')).toBe(2);
  });

  it('asks nothing where AWS publishes nothing, and says why', async () => {
    const { aws, releases } = given();
    const why = async (amiType: string, version?: string): Promise<string | undefined> => {
      const found = await releases.newest(amiType, version, forever);
      return found.known ? undefined : found.why.code;
    };
    expect(await why('WINDOWS_CORE_2022_x86_64', '1.33')).toBe('windows-image-id-only');
    expect(await why('CUSTOM')).toBe('custom-ami');
    expect(await why('CUSTOM', '1.33')).toBe('custom-ami');
    expect(await why(AL2023)).toBe('no-version');
    expect(await why('LATER', '1.33')).toBe('unlisted-ami-type');
    expect(aws.asked).toEqual([]);
    expect(await why(AL2023, '1.99')).toBe('not-published');
  });
});
