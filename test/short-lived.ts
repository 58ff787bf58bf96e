/**
 * V8's flags for processes that live for seconds to minutes: by default it optimizes functions that then run for a moment
 * only. What they save is in docs/testing.md. For the V8 of Node 20 alone, where it was measured: Node 24 refuses to start
 * with the first.
 */
const IS_OF_NODE_20 = process.versions.v8.startsWith('11.');
export const SHORT_LIVED = IS_OF_NODE_20 ? ['--interrupt-budget=2000000', '--always-sparkplug'] : [];
