/** Commands with which an administrator lets somebody into a cluster. */
import type { KubernetesPurpose } from './kubernetes-permissions';
import { roleName } from './kubernetes-role';
import { shellWord } from './shell-word';

/** The two that let a role or user look at what is in a cluster, its nodes apart: an access entry, and AWS's policy for it. */
export function accessEntryCommands(clusterArn: string, principalArn: string): readonly [string, string] {
  const [, partition = 'aws'] = clusterArn.split(':');
  const about = entryOptions(clusterArn, principalArn);
  const policy = `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`;
  return [
    `aws eks create-access-entry ${about}`,
    `aws eks associate-access-policy ${about} --policy-arn ${policy} --access-scope type=cluster`,
  ];
}

/** Those that tie a role or user to a role of Slipway's: where there is no access entry yet, and where there is one. */
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

/** Prints the ARN of a role of which the name alone is known. */
export function roleArnCommand(role: string): string {
  return `aws iam get-role --role-name ${shellWord(role)} --query Role.Arn --output text`;
}

/** Applies a file to the cluster, which kubectl is told by its ARN as `aws eks update-kubeconfig` names it. */
export function applyCommand(clusterArn: string, file: string): string {
  return `kubectl --context ${shellWord(clusterArn)} apply -f ${shellWord(file)}`;
}

function entryOptions(clusterArn: string, principalArn: string): string {
  const region = clusterArn.split(':')[3] ?? '';
  const cluster = clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
  return `--cluster-name ${shellWord(cluster)} --principal-arn ${shellWord(principalArn)} --region ${shellWord(region)}`;
}
