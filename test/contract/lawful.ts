/** Asserts that everything a test said to the sandbox, and everything it answered, is as the official models have it. */
import { expect } from 'vitest';
import type { LoggedRequest } from '../../src/sandbox/request-log';
import { exchangesOf } from './exchange';
import { judge } from './judge';

/** Services for which there is no model to judge by: their exchanges are counted, not checked. */
export const UNCHECKED: readonly string[] = ['ec2', 'logs', 'kubernetes'];

/**
 * Requests that were accepted must be without findings; refused ones may break rules, that is what they were for.
 * Replies must be without findings in either case.
 * @returns how many exchanges were judged.
 */
export function expectLawful(requests: readonly LoggedRequest[]): number {
  const exchanges = exchangesOf(requests);
  const findings = exchanges.flatMap((exchange) => {
    const judged = judge(exchange);
    if (!judged) return UNCHECKED.includes(exchange.service) ? [] : [`${exchange.service} has no model`];
    const accepted = exchange.status < 300;
    return [...(accepted ? judged.request : []), ...judged.reply].map(
      ({ rule, where, detail }) =>
        `${exchange.service} ${exchange.method} ${exchange.path} ${exchange.status}: ${rule} ${where}: ${detail}`,
    );
  });
  expect(findings).toEqual([]);
  return exchanges.filter(({ service }) => !UNCHECKED.includes(service)).length;
}
