/**
 * The sample shop's launch templates. Each except `eksctl` has versions that are newer than the version in
 * use.
 */
import type { LaunchTemplate, LaunchTemplates } from '../ec2/launch-templates';
import { MINUTE } from '../timeline';

const DAY = 24 * 60 * MINUTE;

export interface SeededTemplates {
  /** A template with a custom AMI in every version. */
  readonly lowLatency: LaunchTemplate;
  /** A template without an AMI: EKS chooses the AMI. */
  readonly hardened: LaunchTemplate;
  readonly eksctl: LaunchTemplate;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly instanceType: string;
  readonly images?: readonly string[];
  readonly descriptions: readonly string[];
  readonly defaultVersion: number;
  readonly tags: Readonly<Record<string, string>>;
}

export function seedTemplates(templates: LaunchTemplates, region: string, now: number): SeededTemplates {
  const add = ({ images, descriptions, instanceType, ...row }: Row): LaunchTemplate => {
    const template = {
      ...row,
      region,
      versions: descriptions.map((description, index) => ({
        number: index + 1,
        description,
        createdAt: now - (descriptions.length - index) * 40 * DAY,
        instanceType,
        ...(images && { imageId: images[index] ?? '' }),
      })),
    };
    templates.add(template);
    return template;
  };
  return {
    lowLatency: add({
      id: 'lt-0d7c1e94ab2f60358',
      name: 'oms-low-latency',
      instanceType: 'c7i.8xlarge',
      images: [
        'ami-0a4c81d7e93b62f50',
        'ami-0b5d92e8fa4c73061',
        'ami-0c6ea3f90b5d84172',
        'ami-0d7fb40a1c6e95283',
        'ami-0e80c51b2d7fa6394',
      ],
      descriptions: ['Kernel 6.1', 'Kernel 6.1, tuned', 'Kernel 6.1.119', 'Kernel 6.12', 'Kernel 6.12.40'],
      defaultVersion: 4,
      tags: { ManagedBy: 'terraform', Team: 'oms' },
    }),
    hardened: add({
      id: 'lt-08f2b36d95ce74a10',
      name: 'market-data-hardened',
      instanceType: 'm7i.2xlarge',
      descriptions: ['CIS level 1', 'CIS level 1, IMDSv2', 'CIS level 2'],
      defaultVersion: 2,
      tags: { 'aws:cloudformation:stack-name': 'market-data-nodes' },
    }),
    eksctl: add({
      id: 'lt-03ae97f5c1d84b602',
      name: 'eksctl-risk-batch-nodegroup-spot-batch',
      instanceType: 'c6i.4xlarge',
      descriptions: ['made by eksctl'],
      defaultVersion: 1,
      tags: { 'alpha.eksctl.io/nodegroup-name': 'spot-batch' },
    }),
  };
}
