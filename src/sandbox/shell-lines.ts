/** Shell lines that make the AWS tools of a shell send their requests only to the sandbox. */
import type { SandboxAddress } from './address-file';

/**
 * The lines are for any POSIX shell to evaluate. First all AWS variables are removed, since a profile, a
 * session token or a service's endpoint would take precedence over the variables that follow. AWS CLI 1
 * and boto3 read AWS_DEFAULT_REGION, all others AWS_REGION. The three variables that are `false` override
 * the user's config file. NO_PROXY is set because a proxy could not reach this machine's loopback.
 */
export function shellLines({
  url,
  accessKeyId,
  secretAccessKey,
  region,
  kubeconfig,
}: Pick<SandboxAddress, 'url' | 'accessKeyId' | 'secretAccessKey' | 'region' | 'kubeconfig'>): string {
  return [
    // In zsh, `unset` without a name fails, so AWS_PROFILE is always named. The semicolons separate
    // commands where an `eval` without quotes joins the lines.
    `unset AWS_PROFILE $(env | sed -n 's/^\\(AWS_[A-Za-z0-9_]*\\)=.*/\\1/p');`,
    `export AWS_ENDPOINT_URL=${url}`,
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `export AWS_REGION=${region}`,
    `export AWS_DEFAULT_REGION=${region}`,
    ...(kubeconfig === undefined ? [] : [`export KUBECONFIG=${quoted(kubeconfig)}`]),
    'export AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=false',
    'export AWS_USE_FIPS_ENDPOINT=false',
    'export AWS_USE_DUALSTACK_ENDPOINT=false',
    // Some tools read only one of the two spellings; tools that read both prefer lower case.
    `export NO_PROXY=127.0.0.1,localhost,.localhost,"\${no_proxy:-\${NO_PROXY:-}}";`,
    'export no_proxy="$NO_PROXY"',
    '',
  ].join('\n');
}

/** Quotes a path for the shell, since it may contain any character. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
