/** The client request tokens that EKS received: a request that is sent twice must take effect only once. */
import { type About, invalidParameter } from './refusals';
import type { EksUpdate } from './update';

/** EKS does not say for how long it remembers a token; the sandbox never forgets one. */
export class UpdateTokens {
  private readonly byKey = new Map<string, { readonly body: string; readonly update: EksUpdate }>();

  /**
   * Carries a request out with `start`, and remembers the update that `start` returns. If an earlier request
   * used the same token, returns the update of that request instead. Without a token, remembers nothing.
   * @param arn of the resource, or id of the update, that the request changes. The same token counts as new for any
   * other resource or update.
   * @throws a refusal if the token was used with another body before, and the refusals of `start`
   */
  once({ arn, token, body, about }: TokenUse, start: () => EksUpdate): EksUpdate {
    if (token === undefined) return start();
    const key = `${arn} ${token}`;
    const known = this.byKey.get(key);
    const sent = JSON.stringify(body);
    if (known && known.body !== sent)
      throw invalidParameter('The clientRequestToken was used with other parameters.', about);
    if (known) return known.update;
    const update = start();
    this.byKey.set(key, { body: sent, update });
    return update;
  }
}

interface TokenUse {
  readonly arn: string;
  readonly token: string | undefined;
  readonly body: unknown;
  readonly about: About;
}
