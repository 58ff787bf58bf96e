/** Profiles of a test's own, and servers that stand for whatever they lead to. */
import { afterEach, beforeEach } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { type OpenedAws, openAws } from './open-aws';
import { type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;

/** Keys as they stand in a file, of six words in two lines. */
export const keysOf = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = SECRET-${id}\n`;

/** For each test of a file a server that lists EKS clusters, and after it nothing is left. */
export class OpenedProfiles {
  opened!: OpenedAws;
  server!: ScriptedServer;

  constructor() {
    beforeEach(async () => {
      this.server = await startScriptedServer();
      this.server.answer({ status: 200, body: '{"clusters":[]}' });
    });
    afterEach(async () => {
      await this.opened.close();
      await this.server.close();
    });
  }

  async open(
    files: Parameters<OpenedAws['profiles']>[0],
    parts: Parameters<typeof openAws>[0] = {},
  ): Promise<void> {
    this.opened = await openAws(parts);
    await this.opened.profiles(files);
  }

  async ask(profile: string): Promise<unknown> {
    return await (await this.opened.profile(profile)).interactive.eks.listClusters(undefined, signal);
  }

  async failureOfAsking(profile: string) {
    return await this.ask(profile).then(() => undefined, failureOf);
  }

  async names(): Promise<readonly string[]> {
    return (await this.opened.aws.profiles(true)).map(({ name }) => name);
  }

  /** The id of the keys that the last request was signed with. */
  get usedKey(): string | undefined {
    return /Credential=([^/]+)/.exec(String(this.server.received.at(-1)?.headers['authorization']))?.[1];
  }
}
