/** Addresses for the browser, including those of the AWS console. */

/** True for an `http` or `https` address of visible ASCII characters only, without `<` and `>`. */
export function isWebPage(address: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(address) && !/[<>]/.test(address);
}

/** The console page of one kind of AWS resource. */
export interface ConsolePage {
  readonly service: 'finspace' | 'eks';
  /**
   * Returns the part of the address after `#/`. `names` are the names that identify the resource, already
   * escaped for an address.
   */
  page(...names: readonly string[]): string;
}

/**
 * The address of a resource's page in the AWS console. China and GovCloud have consoles of their own.
 * @param path the names that identify the resource, as in an operation's subject
 */
export function consoleUrl({ service, page }: ConsolePage, region: string, path: readonly string[]): string {
  const host = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : 'console.aws.amazon.com';
  const names = path.map((name) => encodeURIComponent(name));
  return `https://${region}.${host}/${service}/home?region=${region}#/${page(...names)}`;
}
