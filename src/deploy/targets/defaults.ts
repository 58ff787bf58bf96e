/** The values of members that a target does not set: the defaults of `schema.json`. */
import data from './schema.json';
import type { OnSave, Target } from './target';

const { definitions } = data;
const { prefix, root, include, ignore, useGitignore, protected: guarded } = definitions.target.properties;
const { enabled, autoSave, externalChanges, debounceMs, burst } = definitions.onSave.properties;

/** The defaults of the members outside of `onSave`. */
export const TARGET_DEFAULTS: Pick<
  Target,
  'prefix' | 'root' | 'include' | 'ignore' | 'useGitignore' | 'protected'
> = {
  prefix: prefix.default,
  root: root.default,
  include: include.default,
  ignore: ignore.default,
  useGitignore: useGitignore.default,
  protected: guarded.default,
};

/** The defaults of the members of `onSave`. */
export const ON_SAVE_DEFAULTS: OnSave = {
  enabled: enabled.default,
  autoSave: autoSave.default,
  externalChanges: externalChanges.default,
  debounceMs: debounceMs.default,
  burst: burst.default,
};
