import { readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { parse, print } from 'graphql';

/** Types of the operations that tests (and later clients) send, from the graph as clients see it. */
const config: CodegenConfig = {
  schema: print(transformSupergraphToPublicSchema(parse(readFileSync('router/supergraph.graphql', 'utf8')))),
  documents: 'tests/graph/operations.graphql',
  generates: {
    'tests/graph/generated/operations.ts': {
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { ID: 'string', DateTime: 'string' },
        avoidOptionals: { field: true },
        skipTypename: false,
        documentMode: 'documentNode',
      },
    },
  },
};

export default config;
