/** Writes sections of settings so that the SDK's own reader reads them back unchanged. */

/** Sections by name, in the SDK's form (`sso-session.corp`), each with its settings by key. */
export type SdkSections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** True if the SDK's reader reads the section's name back unchanged. */
export function isReadAsItIs(name: string): boolean {
  return name !== '' && name.trim() === name && !/[\r\n]|\s[#;]/.test(name) && !(name in Object.prototype);
}

/**
 * The text of a file with these sections. Each value must be one line, without a comment after it; settings
 * without a value are left out.
 */
export function written(sections: SdkSections): string {
  return Object.entries(sections)
    .map(([name, settings]) => {
      const lines = Object.entries(settings).map(([key, value]) => (value ? `${key} = ${value}\n` : ''));
      return `[${name}]\n${lines.join('')}`;
    })
    .join('');
}
