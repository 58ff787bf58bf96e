/**
 * The number, choice and text settings, as package.json declares them. VS Code underlines values that are not
 * allowed, but still returns them.
 */

export type NumberSetting = keyof typeof NUMBERS;

const NUMBERS = {
  'follow.requestsPerSecond': { type: 'number', default: 2, minimum: 0.1, maximum: 20 },
  /** 0: the view is not refreshed automatically. */
  'resources.refreshSeconds': { type: 'integer', default: 60, minimum: 0, maximum: 3600 },
  /** At least 2, since windows that use the sandbox send it a heartbeat once a minute. */
  'sandbox.idleMinutes': { type: 'integer', default: 15, minimum: 2, maximum: 1440 },
} as const;

/** Names of all number settings, for tests. */
export const numberSettings = Object.keys(NUMBERS) as readonly NumberSetting[];

/** The allowed value that is nearest to `given`; the setting's default if `given` is not a number. */
export function allowedNumber(name: NumberSetting, given: unknown): number {
  const { type, default: usual, minimum, maximum } = NUMBERS[name];
  if (typeof given !== 'number' || Number.isNaN(given)) return usual;
  const within = Math.min(maximum, Math.max(minimum, given));
  return type === 'integer' ? Math.round(within) : within;
}

/** The first value of each setting is its default. */
const CHOICES = {
  /**
   * `again`: after a click on the button of a plan that needs no other confirmation, the user is asked once
   * more.
   */
  confirmations: ['plan', 'again'],
  'resources.density': ['full', 'compact'],
  'pages.open': ['beside', 'active'],
} as const;

export type ChoiceSetting = keyof typeof CHOICES;
export type ChoiceOf<K extends ChoiceSetting> = (typeof CHOICES)[K][number];

/** Names of all choice settings, for tests. */
export const choiceSettings = Object.keys(CHOICES) as readonly ChoiceSetting[];

/** The value that is set, if it is allowed; else the default. */
export function allowedChoice<K extends ChoiceSetting>(name: K, given: unknown): ChoiceOf<K> {
  const choices: readonly ChoiceOf<K>[] = CHOICES[name];
  return choices.find((choice) => choice === given) ?? (CHOICES[name][0] as ChoiceOf<K>);
}

/** Text settings, with the form that each must have; a text of any other form counts as the default. */
const TEXTS = {
  /** Empty: no default bucket. */
  'deploy.bucket': { default: '', form: /^(|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/ },
  'deploy.prefix': { default: 'slipway', form: /^([\w-]+(\/[\w-]+)*)?$/ },
  /**
   * Empty: no default connection; otherwise `sandbox` or a profile's name, with or without `/REGION` after
   * it.
   */
  'connections.default': { default: '', form: /^\P{Cc}*$/u },
} as const;

export type TextSetting = keyof typeof TEXTS;

/** Names of all text settings, for tests. */
export const textSettings = Object.keys(TEXTS) as readonly TextSetting[];

export function allowedText(name: TextSetting, given: unknown): string {
  const { default: usual, form } = TEXTS[name];
  return typeof given === 'string' && form.test(given) ? given : usual;
}
