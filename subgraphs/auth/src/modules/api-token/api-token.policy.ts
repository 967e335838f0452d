import { type Conflict, type Invalid, invalid, problem } from '@community/kit/problem';

/**
 * What a script may be allowed: `<domain>:read` is queries and subscriptions as the member, `<domain>:write` mutations. There
 * is none for auth: no script signs in, changes a password or makes tokens.
 */
export const API_SCOPES = [
  'user:read',
  'user:write',
  'content:read',
  'content:write',
  'chat:read',
  'chat:write',
  'notification:read',
  'notification:write',
] as const;

export const MOST_DAYS = 366;
const MOST_TOKENS = 50;
const NAME_LENGTH = 80;

/** What a token is asked for. */
export interface ApiTokenRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

/** The first rule that a request breaks, or null. */
export function checkApiToken({ name, scopes, days }: ApiTokenRequest): Invalid | null {
  const length = [...name.trim()].length;
  if (length === 0 || length > NAME_LENGTH)
    return invalid(`A name has 1 to ${NAME_LENGTH} characters.`, ['input', 'name'], 'NAME_LENGTH');
  const unknown = scopes.find((scope) => !(API_SCOPES as readonly string[]).includes(scope));
  if (scopes.length === 0 || unknown !== undefined)
    return invalid(`A scope is one of ${API_SCOPES.join(', ')}.`, ['input', 'scopes'], 'UNKNOWN_SCOPE');
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    return invalid(`A token is good for 1 to ${MOST_DAYS} days.`, ['input', 'expiresInDays'], 'DAYS');
  return null;
}

/** Why nobody with so many tokens gets another one, or null. */
export function refuseAnother(count: number): Conflict | null {
  if (count < MOST_TOKENS) return null;
  return problem('ConflictError', 'TOO_MANY_TOKENS', `You have ${count} tokens. Revoke those that you do not need.`);
}
