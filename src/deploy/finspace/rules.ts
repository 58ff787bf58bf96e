/** FinSpace's rules for a configuration. */
import type { ConfigurationRules } from '../rules/configuration-rules';
import { argumentKeyBreach, argumentValueBreach, manyArguments } from './argument-rules';
import {
  bucketBreach,
  initializationScriptBreach,
  keyBreach,
  prefixBreach,
  versionIdBreach,
} from './name-rules';

export const finspaceRules: ConfigurationRules = {
  bucket: bucketBreach,
  key: keyBreach,
  versionId: versionIdBreach,
  prefix: prefixBreach,
  initializationScript: initializationScriptBreach,
  argumentKey: argumentKeyBreach,
  argumentValue: argumentValueBreach,
  manyArguments,
};
