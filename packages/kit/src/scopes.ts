import type { Member } from './member.ts';

/** What is asked of a domain. */
export type OperationType = 'query' | 'mutation' | 'subscription';

/** The scopes of a space-separated claim (RFC 8693, section 4.2). A token without the claim has none, and is not limited. */
export function scopesOf(claim: string | undefined): readonly string[] | undefined {
  return claim?.split(' ').filter(Boolean);
}

/**
 * Whether a member's token may be used for an operation of a domain: all may be that have no scopes, as those of sessions;
 * others need `<domain>:write` for mutations and `<domain>:read` for the rest.
 */
export function isInScope(member: Pick<Member, 'scopes'>, domain: string, operation: OperationType): boolean {
  return member.scopes?.includes(`${domain}:${operation === 'mutation' ? 'write' : 'read'}`) ?? true;
}

/** What a script is told whose token does not go so far. */
export function outOfScope(domain: string, operation: OperationType): string {
  const needed = `${domain}:${operation === 'mutation' ? 'write' : 'read'}`;
  return `This API token lacks the scope ${needed}. Make one that has it.`;
}
