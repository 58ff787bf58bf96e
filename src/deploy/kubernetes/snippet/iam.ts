/**
 * The rights of pods that fetch code: an IAM policy, a role that their service account may assume, and the
 * commands that set these up.
 */
import { shellWord } from '../../../model/shell-command';
import type { SnippetParameters } from './parameters';

interface Statement {
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource?: string;
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> };
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

function policyOf(statement: Statement): PolicyDocument {
  return { Version: '2012-10-17', Statement: [statement] };
}

/** Allows pods only to read the code. The second action is needed to read a certain version of an object. */
export function readPolicy({ clusterArn, bucket, prefix }: SnippetParameters): PolicyDocument {
  const below = prefix === '' ? '' : `${literal(prefix)}/`;
  return policyOf({
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `arn:${arnOf(clusterArn).partition}:s3:::${bucket}/${below}*`,
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function literal(text: string): string {
  return text.replaceAll(/[*?$]/g, (character) => `\${${character}}`);
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export function podIdentityTrust({
  clusterArn,
  namespace,
  serviceAccount,
}: SnippetParameters): PolicyDocument {
  return policyOf({
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      StringEquals: {
        'aws:RequestTag/eks-cluster-arn': clusterArn,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
    },
  });
}

/**
 * @param issuer the issuer of the cluster's tokens, without `https://`
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function irsaTrust(
  { clusterArn, namespace, serviceAccount }: SnippetParameters,
  issuer: string,
): PolicyDocument {
  const { partition, accountId } = arnOf(clusterArn);
  return policyOf({
    Effect: 'Allow',
    Principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}` },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: 'sts.amazonaws.com',
        [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      },
    },
  });
}

/** At most 64 characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function roleName({ namespace, serviceAccount }: SnippetParameters): string {
  return `slipway-${namespace}-${serviceAccount}`.slice(0, 64);
}

export function roleArn(parameters: SnippetParameters): string {
  const { partition, accountId } = arnOf(parameters.clusterArn);
  return `arn:${partition}:iam::${accountId}:role/${roleName(parameters)}`;
}

/**
 * Shell commands with the AWS CLI that an administrator runs once: each on one line, in this order, in the
 * same shell.
 */
export function rightsCommands(parameters: SnippetParameters): readonly string[] {
  const { clusterArn, namespace, serviceAccount, rights } = parameters;
  const { region, cluster } = arnOf(clusterArn);
  const role = shellWord(roleName(parameters));
  const policy = shellWord(JSON.stringify(readPolicy(parameters)));
  const readsCode = `aws iam put-role-policy --role-name ${role} --policy-name read-code --policy-document ${policy}`;
  const at = `${shellWord(cluster)} --region ${shellWord(region)}`;
  const createRole = `aws iam create-role --role-name ${role} --assume-role-policy-document`;
  if (rights === 'pod-identity') {
    const account = `--namespace ${shellWord(namespace)} --service-account ${shellWord(serviceAccount)}`;
    return [
      `${createRole} ${shellWord(JSON.stringify(podIdentityTrust(parameters)))}`,
      readsCode,
      `aws eks create-addon --addon-name eks-pod-identity-agent --cluster-name ${at}`,
      `aws eks create-pod-identity-association ${account} --role-arn ${shellWord(roleArn(parameters))} --cluster-name ${at}`,
    ];
  }
  // The shell inserts the issuer. The JSON can stand in single quotes, since Kubernetes names and ARNs contain no
  // single quote.
  const trust = JSON.stringify(irsaTrust(parameters, ISSUER)).replaceAll(ISSUER, `'"$issuer"'`);
  return [
    `issuer=$(aws eks describe-cluster --query cluster.identity.oidc.issuer --output text --name ${at} | cut -c 9-)`,
    'aws iam create-open-id-connect-provider --url "https://$issuer" --client-id-list sts.amazonaws.com',
    `${createRole} '${trust}'`,
    readsCode,
  ];
}

const ISSUER = '<issuer>';

interface ClusterArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly cluster: string;
}

function arnOf(clusterArn: string): ClusterArn {
  const [, partition = 'aws', , region = '', accountId = '', resource = ''] = clusterArn.split(':');
  return { partition, region, accountId, cluster: resource.slice(resource.indexOf('/') + 1) };
}
