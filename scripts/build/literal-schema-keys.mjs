// An esbuild plugin: leaves out what the clients of the SDK describe and nobody uses: 500 KB in EC2 alone.
import { readFile } from 'node:fs/promises';

const CONSTANT = /^const (_\w+) = ("[^"\n]*");$/gm;
const COMPUTED_KEY = /\[(_\w+)\]:/g;

/**
 * The schemas name their properties by constants, `{ [_xN]: … }`. What such a key does when it is evaluated esbuild
 * cannot know, so it keeps every schema. With the text of the constant in its place, what is not used goes.
 */
export const literalSchemaKeys = {
  name: 'literal-schema-keys',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const constants = new Map([...text.matchAll(CONSTANT)].map(([, name, value]) => [name, value]));
      return {
        loader: 'js',
        contents: text.replaceAll(COMPUTED_KEY, (key, name) => {
          const value = constants.get(name);
          return value === undefined ? key : `${value}:`;
        }),
      };
    });
  },
};
