/**
 * V8's flags for processes that live for seconds: by default it optimizes functions that then run for a moment only. A
 * ninth less of the processor's time for all tests under node.
 */
export const SHORT_LIVED = ['--interrupt-budget=2000000', '--always-sparkplug'];
