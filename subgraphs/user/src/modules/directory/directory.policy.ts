import { gramsSought, wordsOf } from '@community/kit/words';
import { GraphQLError } from 'graphql';
import type { Search } from './directory.store.ts';

const MAX_QUERY = 60;

/**
 * Reads what a member looks for. A word of one character is found where a word begins with it, a longer one anywhere.
 * @throws GraphQLError BAD_USER_INPUT for a query without a word
 */
export function readSearch(query: string): Search {
  const words = query.length <= MAX_QUERY ? [...new Set(wordsOf(query))] : [];
  if (words.length === 0)
    throw new GraphQLError(`A query has at least one letter or digit, and at most ${MAX_QUERY} characters.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  const text = query.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
  return { text, words, grams: gramsSought(words) };
}
