/** Commands by which an administrator gives somebody access to a cluster. */
import type { KubernetesPurpose } from './kubernetes-permissions';
import { roleName } from './kubernetes-role';
import { shellWord } from './shell-command';

/**
 * Two commands that let a role or user view most objects in a cluster, but not its nodes: the first creates
 * an access entry, the second associates AWS's view policy with the entry.
 */
export function accessEntryCommands(clusterArn: string, principalArn: string): readonly [string, string] {
  const [, partition = 'aws'] = clusterArn.split(':');
  const about = entryOptions(clusterArn, principalArn);
  const policy = `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`;
  return [
    `aws eks create-access-entry ${about}`,
    `aws eks associate-access-policy ${about} --policy-arn ${policy} --access-scope type=cluster`,
  ];
}

/**
 * The command that puts a role or user into the Kubernetes group to which Slipway's role is bound. `create`:
 * for a role or user without an access entry. `update`: for one with an access entry, whose groups are
 * replaced.
 */
export function roleEntryCommands(
  clusterArn: string,
  principalArn: string,
  purpose: KubernetesPurpose,
): { readonly create: string; readonly update: string } {
  const options = `${entryOptions(clusterArn, principalArn)} --kubernetes-groups ${roleName(purpose)}`;
  return {
    create: `aws eks create-access-entry ${options}`,
    update: `aws eks update-access-entry ${options}`,
  };
}

/** The command that prints the ARN of a role, given the role's name. */
export function roleArnCommand(role: string): string {
  return `aws iam get-role --role-name ${shellWord(role)} --query Role.Arn --output text`;
}

/**
 * The command that applies a file to the cluster. It expects that the kubectl context has the cluster's ARN
 * as its name, as `aws eks update-kubeconfig` names it.
 */
export function applyCommand(clusterArn: string, file: string): string {
  return `kubectl --context ${shellWord(clusterArn)} apply -f ${shellWord(file)}`;
}

function entryOptions(clusterArn: string, principalArn: string): string {
  const region = clusterArn.split(':')[3] ?? '';
  const cluster = clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
  return `--cluster-name ${shellWord(cluster)} --principal-arn ${shellWord(principalArn)} --region ${shellWord(region)}`;
}
