/** The subnets and the launch template of a node group. */
import * as l10n from '@vscode/l10n';
import type { LaunchTemplateVersion, Subnet } from '../../../model/eks';
import { rowsBlock, text } from '../blocks';
import { beside, code, muted, sign, time } from '../cells';
import type { Cell } from '../page';
import { copyable } from '../things/buttons';
import type { ReadContent } from './read-page';

export function subnetsContent(subnets: readonly Subnet[]): ReadContent {
  const heading = l10n.t('Subnets');
  const free = subnets.map(({ freeAddresses }) => freeAddresses);
  const known = free.filter((count) => count !== undefined);
  return {
    state:
      known.length < free.length || free.length === 0
        ? { tone: 'unknown', text: l10n.t('Free addresses are not all shown') }
        : {
            tone: 'neutral',
            text: l10n.t('Free addresses: {0}', { 0: known.reduce((sum, one) => sum + one, 0) }),
          },
    sections: [
      {
        id: 'subnets',
        heading,
        blocks: [
          text(
            l10n.t(
              'An update adds nodes for a while, and nodes and their pods take addresses from these subnets.',
            ),
          ),
          rowsBlock(
            heading,
            [l10n.t('Subnet'), l10n.t('Zone'), l10n.t('Free addresses')],
            subnets.map(({ id, availabilityZone, freeAddresses }) => [
              copyable(l10n.t('subnet id'), id),
              availabilityZone ?? muted(l10n.t('not shown')),
              freeAddresses === undefined ? muted(l10n.t('not shown')) : String(freeAddresses),
            ]),
          ),
        ],
      },
    ],
  };
}

/**
 * @param inUse the version that the node group uses
 * @param now epoch milliseconds
 */
export function launchTemplateContent(
  versions: readonly LaunchTemplateVersion[],
  inUse: string | undefined,
  now: number,
): ReadContent {
  const heading = l10n.t('Versions');
  const [newest, ...older] = versions.toSorted((a, b) => b.number - a.number);
  if (newest === undefined)
    return { state: { tone: 'neutral', text: l10n.t('EKS made the launch template itself') }, sections: [] };
  return {
    about: [beside(newest.templateName, copyable(l10n.t('template id'), newest.templateId))],
    state:
      String(newest.number) === inUse
        ? { tone: 'good', text: l10n.t('The newest version is in use') }
        : {
            tone: 'info',
            text: l10n.t('Version {0} is in use, {1} is the newest', { 0: inUse ?? '', 1: newest.number }),
          },
    sections: [
      {
        id: 'versions',
        heading,
        blocks: [
          rowsBlock(
            heading,
            [
              l10n.t('Version'),
              l10n.t('AMI'),
              l10n.t('Instance type'),
              l10n.t('Description'),
              l10n.t('Made'),
              l10n.t('By'),
            ],
            [newest, ...older].map((version) => rowOf(version, inUse, now)),
          ),
        ],
      },
    ],
  };
}

function rowOf(
  { number, isDefault, imageId, instanceType, description, createdAt, createdBy }: LaunchTemplateVersion,
  inUse: string | undefined,
  now: number,
): readonly Cell[] {
  return [
    beside(
      String(number),
      String(number) === inUse ? sign('good', l10n.t('in use')) : undefined,
      isDefault ? muted(l10n.t('default')) : undefined,
    ),
    imageId === undefined ? muted(l10n.t("AWS's own")) : code(imageId),
    instanceType ?? '',
    description ?? '',
    createdAt === undefined ? '' : time(createdAt, now),
    createdBy ?? '',
  ];
}
