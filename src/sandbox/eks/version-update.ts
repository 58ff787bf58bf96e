/**
 * UpdateNodegroupVersion: checks the version, release and launch template that the request sets, and decides
 * how the update ends.
 */
import { type LaunchTemplates, versionOf } from '../ec2/launch-templates';
import type { Subnets } from '../ec2/subnets';
import type { SandboxSettings, UpdateError } from '../settings';
import type { EksCluster } from './cluster';
import type { Nodegroup, NodegroupState } from './nodegroup';
import type { PreparedUpdate, UpdateRequest } from './nodegroup-updates';
import { type About, invalidParameter, invalidRequest } from './refusals';
import type { UpdateNodegroupVersion } from './shapes';
import type { UpdateParam } from './update';
import { isCustom, minorOf, releasesOf, versionNamed } from './versions';

export interface VersionUpdateParts {
  readonly settings: SandboxSettings;
  readonly templates: LaunchTemplates;
  readonly subnets: Subnets;
}

type Request = UpdateRequest<UpdateNodegroupVersion>;

/**
 * Number of minor versions that a kubelet may be behind the control plane.
 * https://kubernetes.io/releases/version-skew-policy/#kubelet
 */
export const MOST_SKEW = 3;

/**
 * Returns the update that a request asks for.
 * @throws a refusal if the request breaks a rule of
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 */
export function prepareVersionUpdate(request: Request, parts: VersionUpdateParts): PreparedUpdate {
  const { cluster, nodegroup, input } = request;
  const template = templateChange(request, parts.templates);
  const target = isCustom(nodegroup.facts.amiType)
    ? customTarget(request, template?.imageId)
    : amiTarget(request);
  const usual = usualMinutes(nodegroup.state);
  const minutes = parts.settings.current.eks.updateMinutes || usual;
  return {
    type: 'VersionUpdate',
    params: [...target.params, ...(template?.params ?? [])],
    minutes,
    errors:
      parts.settings.takeFailure(`${cluster.facts.name}/${nodegroup.facts.name}`) ??
      ownErrors(cluster, nodegroup, parts.subnets),
    replacing: { force: input.force ?? false, atOnce: nodesAtOnce(nodegroup.state), pace: minutes / usual },
    change: { ...target.change, ...template?.change },
  };
}

interface Target {
  readonly params: readonly UpdateParam[];
  readonly change: Partial<NodegroupState>;
}

function about({ cluster, nodegroup }: Request): About {
  return { clusterName: cluster.facts.name, nodegroupName: nodegroup.facts.name };
}

function customTarget(request: Request, imageId: string | undefined): Target {
  const { version, releaseVersion } = request.input;
  if (version !== undefined || releaseVersion !== undefined)
    throw invalidParameter(
      'You cannot specify the field version or releaseVersion for a node group with a custom AMI.',
      about(request),
    );
  return { params: [], change: imageId === undefined ? {} : { releaseVersion: imageId } };
}

function amiTarget(request: Request): Target {
  const { cluster, nodegroup, input } = request;
  const version = input.version ?? cluster.facts.version;
  const behind = minorOf(cluster.facts.version) - minorOf(version);
  if (!versionNamed(version))
    throw invalidParameter(`unsupported Kubernetes version ${version}`, about(request));
  if (behind < 0)
    throw invalidParameter(
      `Nodegroup Kubernetes version ${version} cannot be newer than the cluster's version ${cluster.facts.version}`,
      about(request),
    );
  if (behind > MOST_SKEW)
    throw invalidParameter(
      `Nodegroup Kubernetes version ${version} is more than ${MOST_SKEW} minor versions behind the cluster's version ${cluster.facts.version}`,
      about(request),
    );
  const releases = releasesOf(nodegroup.facts.amiType, version);
  const releaseVersion = input.releaseVersion ?? releases[0];
  if (releaseVersion === undefined)
    throw invalidParameter(
      `AMI type ${nodegroup.facts.amiType} is not available for Kubernetes version ${version}`,
      about(request),
    );
  if (!releases.includes(releaseVersion))
    throw invalidParameter(
      `Requested Nodegroup release version ${releaseVersion} is invalid. Allowed release version is ${releases.join(', ')}`,
      about(request),
    );
  return {
    params: [
      { type: 'Version', value: version },
      { type: 'ReleaseVersion', value: releaseVersion },
    ],
    change: { version, releaseVersion },
  };
}

interface TemplateChange extends Target {
  readonly imageId: string | undefined;
}

function templateChange(request: Request, templates: LaunchTemplates): TemplateChange | undefined {
  const { cluster, nodegroup, input } = request;
  const asked = input.launchTemplate;
  if (!asked) return undefined;
  const current = nodegroup.state.launchTemplate;
  if ((asked.id === undefined) === (asked.name === undefined))
    throw invalidParameter(
      'Either provide launch template ID or launch template name in the request.',
      about(request),
    );
  if (!current)
    throw invalidRequest('The node group was not created with a launch template.', about(request));
  if (asked.id === undefined ? asked.name !== current.name : asked.id !== current.id)
    throw invalidRequest(
      `The launch template must be the one that the node group was created with: ${current.id} (${current.name}).`,
      about(request),
    );
  const template = templates.byId(cluster.facts.region, current.id);
  const version = template && versionOf(template, asked.version);
  if (!version)
    throw invalidParameter(
      `Launch template ${current.id} has no version ${asked.version ?? '$Default'}.`,
      about(request),
    );
  return {
    params: [
      { type: 'LaunchTemplateName', value: current.name },
      { type: 'LaunchTemplateVersion', value: String(version.number) },
    ],
    change: { launchTemplate: { id: current.id, name: current.name, version: String(version.number) } },
    imageId: version.imageId,
  };
}

/** Usual duration of an update: three nodes, replaced one at a time, take about a quarter of an hour. */
function usualMinutes(state: NodegroupState): number {
  return 4 + 4 * Math.ceil(state.scaling.desiredSize / nodesAtOnce(state));
}

function nodesAtOnce({ scaling, updateConfig }: NodegroupState): number {
  const share = Math.floor((scaling.desiredSize * (updateConfig.maxUnavailablePercentage ?? 0)) / 100);
  return Math.max(1, updateConfig.maxUnavailable ?? share);
}

function ownErrors(
  { facts: { region } }: EksCluster,
  { facts, state }: Nodegroup,
  subnets: Subnets,
): readonly UpdateError[] {
  const own = subnets.find(region, facts.subnetIds);
  const zones = new Set(own.map(({ availabilityZone }) => availabilityZone)).size;
  const extra = Math.max(2 * zones, state.updateConfig.maxUnavailable ?? 1);
  const free = own.reduce((sum, { freeAddresses }) => sum + freeAddresses, 0);
  if (own.length === 0 || free >= extra || state.updateConfig.updateStrategy === 'MINIMAL') return [];
  return [
    {
      errorCode: 'InsufficientFreeAddresses',
      errorMessage:
        'One or more of the subnets associated with the node group do not have enough free addresses',
      resourceIds: facts.subnetIds,
    },
  ];
}
