/** The two ways in which a zip is refused. */

import type { Facts } from '../../model/json';
import { refuse } from '../refusal';

/** `zip-damaged`: the bytes contradict each other. `what` names the part of the zip. */
export function damaged(what: 'end' | 'directory' | 'entry' | 'content', facts: Facts = {}): Error {
  return refuse('zip-damaged', { what, ...facts });
}

/** `zip-unsupported`: a zip, but of a kind that Slipway does not read. */
export function unsupported(
  what: 'several-disks' | 'huge-directory' | 'encrypted' | 'method' | 'large-entry',
  facts: Facts = {},
): Error {
  return refuse('zip-unsupported', { what, ...facts });
}
