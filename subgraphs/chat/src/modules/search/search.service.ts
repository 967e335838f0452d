import type { PageRequest } from '@community/kit/connection';
import { gramsSought, wordsOf } from '@community/kit/words';
import { GraphQLError } from 'graphql';
import type { SearchStore } from './search.store.ts';

export type SearchService = ReturnType<typeof createSearchService>;

const MAX_QUERY = 100;

export function createSearchService({ found }: { found: SearchStore }) {
  return {
    /**
     * Messages of the member's rooms that have all words of a query, the newest first. A word of one character is found
     * where a word begins with it, a longer one anywhere in a word.
     * @throws GraphQLError BAD_USER_INPUT for a query without a word
     */
    messages(memberId: string, query: string, page: PageRequest, roomId: string | null) {
      const words = query.length <= MAX_QUERY ? [...new Set(wordsOf(query))] : [];
      if (words.length === 0)
        throw new GraphQLError(`A query has at least one letter or digit, and at most ${MAX_QUERY} characters.`, {
          extensions: { code: 'BAD_USER_INPUT' },
        });
      return found.messages({ memberId, roomId, words, grams: gramsSought(words), page });
    },
  };
}
