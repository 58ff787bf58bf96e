/** Why a deployment asks for the target's name to be typed. */
export type Protection =
  /** A target says so. */
  | { readonly kind: 'target'; readonly name: string }
  /** A mistake in `slipway.json` hides what is said of it. */
  | { readonly kind: 'unknown' };
