/** The lines that make a shell's AWS tools talk to the sandbox and to nothing else. */
import type { SandboxAddress } from './address-file';

/**
 * To be evaluated by any POSIX shell. First every AWS variable goes, whoever set it: a profile, a session token or an
 * endpoint for one service would win over what follows. AWS CLI 1 and boto3 read AWS_DEFAULT_REGION, all others
 * AWS_REGION. The three switches win over the user's config file, a proxy would not find this machine's loopback.
 */
export function shellLines({
  url,
  accessKeyId,
  secretAccessKey,
  region,
  kubeconfig,
}: Pick<SandboxAddress, 'url' | 'accessKeyId' | 'secretAccessKey' | 'region' | 'kubeconfig'>): string {
  return [
    // At least one name, since zsh's unset wants one; semicolons for shells that join the lines.
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
    // Tools read one spelling or the other, and the small one first.
    `export NO_PROXY=127.0.0.1,localhost,.localhost,"\${no_proxy:-\${NO_PROXY:-}}";`,
    'export no_proxy="$NO_PROXY"',
    '',
  ].join('\n');
}

/** Quotes a path for the shell: it may have any character. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
