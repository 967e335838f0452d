import { type Invalid, invalid } from '@community/kit/problem';

const HANDLE = /^[a-z0-9](?:[a-z0-9_]{1,28})[a-z0-9]$/;
const KEPT = new Set([
  'admin',
  'administrator',
  'moderator',
  'system',
  'support',
  'root',
  'me',
  'auth',
  'graphql',
  'health',
  'ready',
  'files',
  'api',
]);

/** A handle as it is stored: lower case, without a leading `@`. */
export function normaliseHandle(text: string): string {
  return text.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
}

/** What is wrong with a (normalised) handle, or null. */
export function checkHandle(handle: string): Invalid | null {
  if (!HANDLE.test(handle)) {
    return invalid(
      'A handle has 3 to 30 letters a-z, digits or underscores, and neither begins nor ends with an underscore.',
      ['input', 'handle'],
    );
  }
  if (KEPT.has(handle))
    return invalid('This handle is kept for the platform. Choose another one.', ['input', 'handle'], 'HANDLE_KEPT');
  return null;
}
