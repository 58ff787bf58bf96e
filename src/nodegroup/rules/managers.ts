/**
 * Recognizes the tools that manage a node group, by tags and names. When Slipway changes the group, the records
 * of these tools become outdated.
 */
import type { EksCluster, Nodegroup } from '../../model/eks';

export type ManagerName = 'cloudformation' | 'eksctl' | 'karpenter' | 'terraform';

/** The evidence that a tool manages the group: a tag, or a name in the form that the tool gives. */
export type Evidence =
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'name'; readonly of: 'nodegroup' | 'launch-template'; readonly value: string };

export interface Manager {
  readonly name: ManagerName;
  readonly evidence: Evidence;
}

interface Signs {
  readonly name: ManagerName;
  readonly tag: (key: string, value: string) => boolean;
  readonly resourceName?: RegExp;
}

const SIGNS: readonly Signs[] = [
  { name: 'cloudformation', tag: (key) => key.startsWith('aws:cloudformation:') },
  {
    name: 'terraform',
    tag: (key, value) => /terraform/i.test(key) || /^(terraform|opentofu)$/i.test(value),
    // The suffix that `name_prefix` adds: a time of 18 digits and a counter of 8 hexadecimal digits.
    resourceName: /\d{18}[0-9a-f]{8}$/,
  },
  {
    name: 'eksctl',
    tag: (key) => key.startsWith('alpha.eksctl.io/') || key.startsWith('eksctl.cluster.k8s.io/'),
    resourceName: /^eksctl-.+-nodegroup-/,
  },
  {
    name: 'karpenter',
    tag: (key) => /^karpenter\.(sh|k8s\.aws)\//.test(key) && key !== 'karpenter.sh/discovery',
    resourceName: /^karpenter[-.]/i,
  },
];

/**
 * The tools that seem to manage the node group, each with one piece of evidence. Tags of the cluster count
 * only for Karpenter: those of the other tools tell who created the cluster, not who created the group.
 */
export function managersOf(nodegroup: Nodegroup, cluster: EksCluster): readonly Manager[] {
  return SIGNS.flatMap((signs) => {
    const tags = signs.name === 'karpenter' ? { ...cluster.tags, ...nodegroup.tags } : nodegroup.tags;
    const evidence = tagEvidence(signs, tags) ?? nameEvidence(signs, nodegroup);
    return evidence ? [{ name: signs.name, evidence }] : [];
  });
}

function tagEvidence(signs: Signs, tags: Readonly<Record<string, string>>): Evidence | undefined {
  const found = Object.entries(tags).find(([key, value]) => signs.tag(key, value));
  return found && { kind: 'tag', key: found[0], value: found[1] };
}

function nameEvidence({ resourceName }: Signs, nodegroup: Nodegroup): Evidence | undefined {
  const template = nodegroup.launchTemplate?.name;
  if (template !== undefined && resourceName?.test(template)) {
    return { kind: 'name', of: 'launch-template', value: template };
  }
  return resourceName?.test(nodegroup.name)
    ? { kind: 'name', of: 'nodegroup', value: nodegroup.name }
    : undefined;
}
