/** Gives the SDK's providers the settings that they would otherwise read from the user's files. */
import { randomUUID } from 'node:crypto';
import { externalDataInterceptor } from '@smithy/core/config';
import { isReadAsItIs, type SdkSections, written } from './sdk-sections';

/** The options that the providers have to be called with. */
export interface SdkFiles {
  readonly profile: string;
  readonly filepath: string;
  readonly configFilepath: string;
}

/**
 * Lets the SDK read one profile, and the sections that belong to it, from memory while `use` runs. Nothing is
 * written to disk, and the user's own files are not read.
 * @param profile the profile's name for the SDK's messages, which show the word `profile` instead if the SDK's
 * reader would not read this name back unchanged
 */
export async function withSdkFiles<T>(
  profile: string,
  settings: SdkSections[string],
  sections: SdkSections,
  use: (files: SdkFiles) => Promise<T>,
): Promise<T> {
  const [configFilepath, filepath] = [randomUUID(), randomUUID()];
  const files = externalDataInterceptor.getFileRecord();
  const name = isReadAsItIs(profile) ? profile : 'profile';
  externalDataInterceptor.interceptFile(
    configFilepath,
    written({ [`profile.${name}`]: settings, ...sections }),
  );
  externalDataInterceptor.interceptFile(filepath, '');
  try {
    return await use({ profile: name, filepath, configFilepath });
  } finally {
    delete files[configFilepath];
    delete files[filepath];
  }
}
