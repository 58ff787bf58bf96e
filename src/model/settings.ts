/** The settings that are numbers, as package.json declares them. VS Code underlines other values, and hands them out. */

export type NumberSetting = keyof typeof NUMBERS;

const NUMBERS = {
  'follow.requestsPerSecond': { type: 'number', default: 2, minimum: 0.1, maximum: 20 },
  /** 0: never. */
  'resources.refreshSeconds': { type: 'integer', default: 60, minimum: 0, maximum: 3600 },
  /** Windows that use the sandbox say so once a minute, which must not be too late. */
  'sandbox.idleMinutes': { type: 'integer', default: 15, minimum: 2, maximum: 1440 },
} as const;

/** Names of all, for tests. */
export const numberSettings = Object.keys(NUMBERS) as readonly NumberSetting[];

/** The nearest value that the setting may have; its default for what is no number. */
export function allowedNumber(name: NumberSetting, given: unknown): number {
  const { type, default: usual, minimum, maximum } = NUMBERS[name];
  if (typeof given !== 'number' || Number.isNaN(given)) return usual;
  const within = Math.min(maximum, Math.max(minimum, given));
  return type === 'integer' ? Math.round(within) : within;
}
