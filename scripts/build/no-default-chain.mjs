// Stands in for @aws-sdk/credential-provider-node in the bundle: Slipway always passes credentials of its own
// composing, so the SDK's default chain would be dead weight.

/**
 * Every client's run-time configuration names this function, and a client without credentials calls it already
 * while being constructed. So it may be called; only asking it for credentials is a fault, and says so.
 */
export function defaultProvider() {
  return async () => {
    throw new Error('Slipway: an AWS client was made without credentials (the default chain is not bundled)');
  };
}
