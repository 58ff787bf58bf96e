// The schema of slipway.json as the editor gets it: what the parser goes by, the members of each kind of target included.
import { join } from 'node:path';
import { build } from 'esbuild';
import { QUICK_TO_LOAD } from './programs.mjs';

/**
 * @param {string} root The project's root folder.
 * @returns {Promise<string>} JSON, indented.
 */
export async function targetSchema(root) {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { targetKinds } from './src/commands/target-kinds';
        import { targetsSchema } from './src/deploy/targets/schema';
        export default targetsSchema(targetKinds);`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    absWorkingDir: root,
    // Its build for node requires modules, which a program imported from a data: URL cannot do.
    alias: QUICK_TO_LOAD,
    outfile: join(root, 'dist/schema.mjs'),
  });
  const [program] = outputFiles;
  if (program === undefined) throw new Error('esbuild made no program of the schema');
  const { default: schema } = await import(
    `data:text/javascript;base64,${Buffer.from(program.contents).toString('base64')}`
  );
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
