import type { EventBus } from '@community/events/bus';
import { eventSchema } from '@community/events/event';
import { z } from 'zod';
import type { Logger } from './log.ts';
import { ACCESS_TOKEN_SECONDS, type MemberTokenVerifier } from './member-token.ts';

const ended = z.object({ sessionId: z.uuid() });
const suspended = z.object({ accountId: z.uuid() });

/**
 * Makes this process refuse the tokens of sessions that end, within moments, whoever ended them. Every instance reads
 * all of auth's events for itself, from as far back as a token can live.
 */
export async function followEndedSessions(
  bus: EventBus,
  tokens: MemberTokenVerifier,
  log: Logger,
): Promise<{ stop(): Promise<void> }> {
  return bus.tail({
    topic: 'auth',
    since: new Date(Date.now() - ACCESS_TOKEN_SECONDS * 1000),
    async handler(record) {
      const { data: event } = eventSchema.safeParse(record.value);
      if (!event) return;
      if (event.type === 'session.revoked') {
        const parsed = ended.safeParse(event.data);
        if (parsed.success) tokens.endSession(parsed.data.sessionId);
        else log.error({ eventId: event.id }, 'a session.revoked event without a session id');
      } else if (event.type === 'account.suspended') {
        const parsed = suspended.safeParse(event.data);
        if (parsed.success) tokens.endAllSessionsOf(parsed.data.accountId);
        else log.error({ eventId: event.id }, 'an account.suspended event without an account id');
      }
    },
  });
}
