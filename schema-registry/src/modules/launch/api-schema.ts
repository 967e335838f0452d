import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { DocumentStore } from '../document/document.store.ts';

const REMEMBERED = 8;

/** Builds the schema that clients see. What composed is valid, so it is not validated again. */
export const buildApiSchema = (document: DocumentNode): GraphQLSchema =>
  buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });

/** API schemas by their hash; the last few are kept, since checks ask for the same again and again. */
export function createApiSchemas(documents: DocumentStore) {
  const remembered = new Map<string, Promise<GraphQLSchema>>();
  return (hash: string): Promise<GraphQLSchema> => {
    const known = remembered.get(hash);
    if (known) return known;
    const built = documents.load([hash]).then(([sdl = '']) => buildApiSchema(parse(sdl, { noLocation: true })));
    remembered.set(hash, built);
    built.catch(() => remembered.delete(hash));
    for (const oldest of [...remembered.keys()].slice(0, -REMEMBERED)) remembered.delete(oldest);
    return built;
  };
}

export type ApiSchemas = ReturnType<typeof createApiSchemas>;
