/** Finds out why there are no credentials, from the error messages of the SDK's providers and of STS. */
import { type CredentialsProblem, type Failure, failed, failureOf } from '../../model/failure';
import { withoutSecrets } from '../../model/without-secrets';

/**
 * The error to throw if there are no credentials, made from the failure in `thrown`. Failures of the network
 * and temporary failures of STS stay what they are, as do cancellations and refusals. `thrown` is kept as the
 * cause unless it contains the command line of a `credential_process`: the log shows causes with their
 * stacks.
 */
export function keysFailure(thrown: unknown, profile: string): Error {
  const failure = failureFor(failureOf(thrown), profile);
  return tellsCommand(thrown) ? failed(failure) : failed(failure, thrown);
}

/** True if an error or one of its causes contains the command line of a `credential_process`. */
function tellsCommand(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return `${thrown.message}\n${thrown.stack}`.includes(COMMAND_FAILED) || tellsCommand(thrown.cause);
}

function failureFor(failure: Failure, profile: string): Failure {
  switch (failure.kind) {
    case 'cancelled':
    case 'refused':
    case 'kubernetes':
      return failure;
    case 'credentials':
      return { ...failure, profile };
    case 'aws':
      if (failure.passing || failure.reason === 'network') return failure;
      return { kind: 'credentials', problem: refusalOf(failure.message), profile, message: failure.message };
    case 'unexpected': {
      const message = wordsOf(failure.message, profile);
      return { kind: 'credentials', problem: problemOf(failure.message), profile, message };
    }
  }
}

/**
 * Why STS refused the role. A wrong MFA code has the same error name as other refusals, `AccessDenied`, so
 * the message has to be examined.
 */
function refusalOf(message: string): CredentialsProblem {
  return /MultiFactorAuthentication|MFA/.test(message) ? 'mfa' : 'rejected';
}

function problemOf(message: string): CredentialsProblem {
  return PROBLEMS.find(([words]) => words.test(message))?.[1] ?? 'other';
}

/** Patterns of the messages of the SDK's own providers, each with its problem. The first match counts. */
const PROBLEMS: readonly (readonly [RegExp, CredentialsProblem])[] = [
  [/SSO session token associated with profile=.* was not found or is invalid/, 'sso-login'],
  [/Value not present for '\w+' in SSO Token/, 'sso-login'],
  [/SSO session associated with this profile (is invalid|has expired)/, 'sso-login'],
  [/Token is expired\. To refresh this SSO session/, 'sso-login'],
  [/UnauthorizedException|Session token not found or invalid/, 'sso-login'],
  [/SSO returns an invalid temporary credential/, 'sso-login'],
  [/ForbiddenException/, 'rejected'],
  [/Failed to load (a )?token|Token validation failed, missing fields/, 'console-login'],
  [/Your session has expired|because of a change in your password/, 'console-login'],
  [/insufficient permissions.*CreateOAuth2Token/s, 'rejected'],
  [/Failed to refresh token|Token refresh response missing|Failed to generate Dpop proof/, 'console-login'],
  [/multi-?factor authentication|MFA/i, 'mfa'],
  [
    /Could not resolve credentials using profile|Profile .* (was not found|could not be found)/,
    'no-such-profile',
  ],
  [/returned expired credentials|ExpiredToken/, 'expired'],
];

/** The beginning of Node's message about a command that failed; the rest of the line is the command. */
const COMMAND_FAILED = 'Command failed:';

/**
 * The message in a form that may be shown to the user. The command line of a failed `credential_process`, and
 * its output, may contain secrets of any form: only the program's name is shown.
 */
function wordsOf(message: string, profile: string): string {
  if (!message.startsWith(COMMAND_FAILED)) return withoutSecrets(message);
  const program = programOf(message.slice(COMMAND_FAILED.length));
  const which = program === undefined ? '' : ` (${program})`;
  return `The credential_process of profile ${profile}${which} failed. Run it in a terminal to read what it says.`;
}

/** The name of the program in a command line; undefined if the line does not plainly begin with a program. */
function programOf(command: string): string | undefined {
  const [, quoted, bare] = /^\s*(?:"([^"\n]*)"|([^\s"'=]+)(?=\s|$))/.exec(command) ?? [];
  const name = (quoted ?? bare ?? '').split(/[\\/]/).at(-1) ?? '';
  return /^[\w.+-]{1,60}$/.test(name) ? name : undefined;
}
