/** The connection that the user's settings name: it comes first wherever one is asked for. */
import type { Connection } from '../model/connection';
import { textSetting } from './settings';

/** The same connections, that of the settings first. */
export function defaultFirst(connections: readonly Connection[]): readonly Connection[] {
  const name = textSetting('connections.default');
  const isDefault = (connection: Connection): boolean => namesOf(connection).includes(name);
  return [...connections.filter(isDefault), ...connections.filter((one) => !isDefault(one))];
}

/** How a setting may name it. */
function namesOf({ source, region }: Connection): readonly string[] {
  const name = source.kind === 'sandbox' ? 'sandbox' : source.profile;
  return [name, `${name}/${region}`];
}
