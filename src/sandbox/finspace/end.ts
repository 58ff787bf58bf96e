/**
 * FinSpace's answers after AWS has switched FinSpace off. AWS has not published these answers, so a setting
 * chooses one of several kinds.
 */
import { errorReply } from '../protocols/rest-json';
import type { SandboxReply } from '../sandbox-service';
import type { FinspaceSettings } from '../settings';

const PAGE =
  '<!DOCTYPE html><html><head><title>Amazon FinSpace</title></head>' +
  '<body><h1>Amazon FinSpace is no longer available</h1></body></html>';

/** @returns the reply to every request, or undefined if FinSpace has not ended. */
export function afterTheEnd(ended: FinspaceSettings['ended']): SandboxReply | undefined {
  switch (ended) {
    case 'no':
      return undefined;
    case 'access-denied':
      return errorReply(
        403,
        'AccessDeniedException',
        'Amazon FinSpace is no longer available in this account.',
      );
    case 'gone':
      return errorReply(410, 'GoneException', 'Amazon FinSpace has reached the end of support.');
    case 'html':
      return { status: 503, headers: { 'content-type': 'text/html' }, body: PAGE };
    case 'html-200':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE };
  }
}
