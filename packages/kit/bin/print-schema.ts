import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printSubgraphSchema } from '@apollo/subgraph';
import { readArguments } from '@community/kit/command';
import { type GraphQLSchema, printSchema } from 'graphql';

const HELP = `Writes each subgraph's SDL to subgraphs/<name>/schema.graphql, the contract that is reviewed, and the registry's API
to schema-registry/schema.graphql.

  npm run schema              write
  npm run schema -- --check   exit 1 when a committed file differs from the code`;

const { values } = readArguments({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) console.log(HELP);
else {
  const root = path.resolve(import.meta.dirname, '../../..');
  const subgraphs = readdirSync(path.join(root, 'subgraphs')).map((name) => `subgraphs/${name}`);
  for (const folder of [...subgraphs.sort(), 'schema-registry']) {
    const source = path.join(root, folder, 'src/schema.ts');
    if (!existsSync(source)) continue;
    const { schema } = (await import(pathToFileURL(source).href)) as { schema: GraphQLSchema };
    const sdl = `${folder === 'schema-registry' ? printSchema(schema) : printSubgraphSchema(schema)}\n`;
    const file = path.join(root, folder, 'schema.graphql');
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (committed === sdl) continue;
    if (values.check) {
      console.error(`${folder}/schema.graphql differs from the code: run npm run schema and commit the file`);
      process.exitCode = 1;
    } else {
      writeFileSync(file, sdl);
      console.log(`wrote ${folder}/schema.graphql`);
    }
  }
}
