/** Commands of the AWS CLI with which an administrator lets somebody into a cluster. */
import { shellWord } from './shell-word';

/** The two that let a role or user look at what is in a cluster, its nodes apart: an access entry, and AWS's policy for it. */
export function accessEntryCommands(clusterArn: string, principalArn: string): readonly [string, string] {
  const [, partition = 'aws', , region = ''] = clusterArn.split(':');
  const cluster = clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
  const about = `--cluster-name ${shellWord(cluster)} --principal-arn ${shellWord(principalArn)} --region ${region}`;
  const policy = `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`;
  return [
    `aws eks create-access-entry ${about}`,
    `aws eks associate-access-policy ${about} --policy-arn ${policy} --access-scope type=cluster`,
  ];
}

/** Prints the ARN of a role of which the name alone is known. */
export function roleArnCommand(role: string): string {
  return `aws iam get-role --role-name ${shellWord(role)} --query Role.Arn --output text`;
}
