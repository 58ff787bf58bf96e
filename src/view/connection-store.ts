/**
 * The connections that the user has added, kept on this machine. Only names of profiles and regions are
 * stored, never a credential.
 */
import * as vscode from 'vscode';
import { type Connection, connectionOf } from '../model/connection';
import { textSetting } from './settings';

const KEY = 'slipway.connections';

interface Kept {
  /** Absent for a connection to the sandbox. */
  readonly profile?: string;
  readonly region: string;
}

export class ConnectionStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  all(): readonly Connection[] {
    return this.memento
      .get<readonly Kept[]>(KEY, [])
      .map(({ profile, region }) =>
        connectionOf(profile === undefined ? { kind: 'sandbox' } : { kind: 'profile', profile }, region),
      );
  }

  byId(id: string): Connection | undefined {
    return this.all().find((connection) => connection.id === id);
  }

  async add(connection: Connection): Promise<void> {
    if (this.byId(connection.id)) return;
    await this.keep([...this.all(), connection]);
  }

  /**
   * Replaces the connection with the id `id` by `connection`. If `connection` is already in the list, only
   * removes the connection `id`. If both are the same connection, changes nothing.
   */
  async replace(id: string, connection: Connection): Promise<void> {
    const isThere = this.byId(connection.id) !== undefined;
    if (isThere) return id === connection.id ? undefined : await this.remove(id);
    await this.keep(this.all().map((one) => (one.id === id ? connection : one)));
  }

  async remove(id: string): Promise<void> {
    await this.keep(this.all().filter((connection) => connection.id !== id));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async keep(connections: readonly Connection[]): Promise<void> {
    const kept: readonly Kept[] = connections.map(({ source, region }) =>
      source.kind === 'sandbox' ? { region } : { profile: source.profile, region },
    );
    await this.memento.update(KEY, kept);
    this.changed.fire();
  }
}

/** The given connections: first those that the setting `connections.default` names, then the others. */
export function defaultFirst(connections: readonly Connection[]): readonly Connection[] {
  const name = textSetting('connections.default');
  const isDefault = (connection: Connection): boolean => namesOf(connection).includes(name);
  return [...connections.filter(isDefault), ...connections.filter((one) => !isDefault(one))];
}

/** The names by which a setting may refer to a connection. */
function namesOf({ source, region }: Connection): readonly string[] {
  const name = source.kind === 'sandbox' ? 'sandbox' : source.profile;
  return [name, `${name}/${region}`];
}
