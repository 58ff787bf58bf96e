/** A second kind of target, to see that nothing but its own folder knows it. */
import type { SentUpdate, TargetKind } from '../../../src/deploy/port/target-kind';
import {
  configurationJson,
  configurationWithCodeIn,
  memberOf,
  textIn,
} from '../../../src/deploy/reading-json';
import type { Json } from '../../../src/model/json';

const anything = (): undefined => undefined;

export const toyKind: TargetKind = {
  id: 'toy',
  operationKind: 'code-toy',
  service: 'shelves',
  strategies: [
    { id: 'PUT', keepsRest: false, restarts: false, mayRunOnSave: true },
    { id: 'EMPTY', keepsRest: false, restarts: true, mayRunOnSave: false },
  ],
  rules: {
    bucket: anything,
    key: anything,
    versionId: anything,
    prefix: anything,
    initializationScript: anything,
    argumentKey: anything,
    argumentValue: anything,
    manyArguments: anything,
  },
  members: {
    description: 'a shelf',
    properties: { room: { type: 'string' }, shelf: { type: 'string' } },
    breachOf: (_name, value) => (value === '' ? { code: 'too-short', facts: { value, min: 1 } } : undefined),
  },
  records: {
    folders: (path) => ['toy', ...path],
    membersOf: ([room = '', shelf = '']) => ({ room, shelf }),
    pathIn: (record) => {
      const [room, shelf] = [textIn(record, 'room'), textIn(record, 'shelf')];
      return room === undefined || shelf === undefined ? undefined : [room, shelf];
    },
  },
  codeFolders: ['/shelf/'],
  parseRequest,
  command: ({ input }) => `put ${JSON.stringify(input)}`,
  arnOf: anything,
  logGroup: (path) => `/shelves/${path.join('/')}`,
};

/** What a put looks like in the ledger. */
export function putInput(configuration: SentUpdate['configuration'], strategy: string, token: string): Json {
  return { configuration: configurationJson(configuration), strategy, token };
}

function parseRequest(input: Json): SentUpdate | undefined {
  const configuration = configurationWithCodeIn(memberOf(input, 'configuration'));
  const strategy = textIn(input, 'strategy');
  return configuration && strategy !== undefined ? { configuration, strategy } : undefined;
}
