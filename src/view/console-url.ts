/** Addresses of the AWS console. */

/** The page of a thing; `path` as in an operation's subject. China and GovCloud have consoles of their own. */
export function consoleUrl(service: 'finspace' | 'eks', region: string, path: readonly string[]): string {
  const host = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : 'console.aws.amazon.com';
  const [outer = '', inner] = path.map(encodeURIComponent);
  const page =
    service === 'finspace'
      ? inner === undefined
        ? `finspace/home?region=${region}#/kxEnvironments/${outer}`
        : `finspace/home?region=${region}#/kxEnvironments/${outer}/kxClusters/${inner}`
      : inner === undefined
        ? `eks/home?region=${region}#/clusters/${outer}`
        : `eks/home?region=${region}#/clusters/${outer}/nodegroups/${inner}`;
  return `https://${region}.${host}/${page}`;
}
