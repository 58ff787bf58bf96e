/** AWS STS, limited to Slipway's requests: the identity of the caller. */
import { operation } from '../protocols/operation';
import { QueryService } from '../protocols/query';
import type { SandboxService } from '../sandbox-service';
import { structure } from '../shapes';

/** The ARN of the sandbox's caller: an assumed role, as in a session of single sign-on. */
export function callerArn(accountId: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/KdbOperator/you@sandbox`;
}

export function stsService(accountId: string): SandboxService {
  const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
  return new QueryService(
    {
      signingName: 'sts',
      invalidCode: 'ValidationError',
      answer: (name, members, requestId) =>
        `<${name}Response xmlns="${namespace}"><${name}Result>${members}</${name}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
      error: (codeAndMessage, requestId) =>
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type>${codeAndMessage}</Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    },
    [
      operation('GetCallerIdentity', structure({}), () => ({
        UserId: 'AROASANDBOXSANDBOXXX:you@sandbox',
        Account: accountId,
        Arn: callerArn(accountId),
      })),
    ],
  );
}
