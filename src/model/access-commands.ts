/** Commands by which an administrator gives somebody access to a cluster. */
import type { KubernetesPurpose } from './kubernetes-permissions';
import { roleName } from './kubernetes-role';
import { shellWord } from './shell-command';

/**
 * Two commands that let a role or user view everything in a cluster except its nodes: the first creates an
 * access entry, the second associates AWS's view policy with the entry.
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
 * Commands that bind a role or user to Slipway's role: one for a caller without an access entry, and one for a caller
 * with an entry.
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

/** Prints the ARN of a role by its name. */
export function roleArnCommand(role: string): string {
  return `aws iam get-role --role-name ${shellWord(role)} --query Role.Arn --output text`;
}

/** Applies a file to the cluster. Its context is named by the cluster's ARN, as `aws eks update-kubeconfig` does. */
export function applyCommand(clusterArn: string, file: string): string {
  return `kubectl --context ${shellWord(clusterArn)} apply -f ${shellWord(file)}`;
}

function entryOptions(clusterArn: string, principalArn: string): string {
  const region = clusterArn.split(':')[3] ?? '';
  const cluster = clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
  return `--cluster-name ${shellWord(cluster)} --principal-arn ${shellWord(principalArn)} --region ${shellWord(region)}`;
}
