/** Addresses for the browser, those of the AWS console among them. */

/** Whether an address leads to a page of the web, and holds nothing that cannot be seen in it. */
export function isWebPage(address: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(address) && !/[<>]/.test(address);
}

/** The page of a kind of thing. */
export interface ConsolePage {
  readonly service: 'finspace' | 'eks';
  /** What follows `#/`, of the names in an operation's path, each made safe for an address. */
  page(...names: readonly string[]): string;
}

/** @param path as in an operation's subject. China and GovCloud have consoles of their own. */
export function consoleUrl({ service, page }: ConsolePage, region: string, path: readonly string[]): string {
  const host = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : 'console.aws.amazon.com';
  const names = path.map((name) => encodeURIComponent(name));
  return `https://${region}.${host}/${service}/home?region=${region}#/${page(...names)}`;
}
