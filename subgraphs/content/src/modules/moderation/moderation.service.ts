import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import { hasRole, type Member } from '@community/kit/member';
import {
  type Forbidden,
  forbidden,
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { hasWords, isShown } from '../../rules.ts';
import type { AudienceStore } from '../audience/audience.store.ts';
import type { CommentPublisher } from '../comment/publish.ts';
import type { PostPublisher } from '../post/publish.ts';
import type { CaseStore } from './case.store.ts';
import { moderationEvents } from './moderation.events.ts';
import type { ModerationCase, ReportReason, Thing } from './moderation.ts';
import type { TakeAway } from './take-away.ts';
import type { Things } from './things.ts';

export type ModerationService = ReturnType<typeof createModerationService>;

const MAX_NOTE = 500;
const NO_SUCH_CASE = () => notFound('case', ['input', 'caseId']);

export function createModerationService({
  transactions,
  cases,
  things,
  takeAway,
  publishers,
  audience,
}: {
  transactions: Transactions<Tx>;
  cases: CaseStore;
  things: Things;
  takeAway: TakeAway;
  publishers: { readonly post: PostPublisher; readonly comment: CommentPublisher };
  audience: AudienceStore;
}) {
  return {
    /**
     * Tells moderators of a post or a comment that the member may see. Who has reported it already has done well again.
     * @param path of the id in the input @returns the id
     */
    async report(
      viewer: Member | null,
      named: Thing,
      { reason, note: written }: { reason: ReportReason; note: string },
      path: readonly string[],
    ): Promise<{ readonly id: string } | NotSignedIn | NotFound | Invalid | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const noSuchThing = notFound(named.kind.toLowerCase(), path);
      const note = written.normalize('NFC').trim();
      if (note.length > MAX_NOTE) return invalid(`A note has at most ${MAX_NOTE} characters.`, ['input', 'note']);
      if (!isId(named.id)) return noSuchThing;
      return transactions.run(async (tx) => {
        const found = await things.lock(tx, named);
        if (!found || !isShown(found.thing) || !(await audience.seesAll(tx, member.id, [found.thing.authorId])))
          return noSuchThing;
        const { id, authorId } = found.thing;
        if (authorId === member.id) return forbidden('This is your own: delete it, or edit it.', 'OWN');
        if (await cases.hasReported(tx, member.id, id)) return { id };
        const open =
          (await cases.openOf(tx, id)) ??
          (await cases.open(tx, { kind: found.kind, id, authorId, origin: 'REPORTED' }));
        const eventVersion = await cases.report(tx, open, { reporterId: member.id, reason, note });
        if (eventVersion === null) return { id };
        await emit(transactions.sql(tx), moderationEvents, {
          type: 'content.reported',
          aggregateId: open.id,
          aggregateVersion: eventVersion,
          actorId: member.id,
          payload: { caseId: open.id, kind: found.kind, thingId: id, authorId, reporterId: member.id, reason },
        });
        return { id };
      });
    },

    /**
     * Decides an open case, for moderators: takes away what it is about, or lets it stand, which shows what was held. Of a case that was decided
     * already, what was decided is the answer.
     */
    async decide(
      viewer: Member | null,
      caseId: string,
      decision: 'RESOLVED' | 'DISMISSED',
    ): Promise<ModerationCase | NotSignedIn | NotFound | Forbidden> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!hasRole(member, 'MODERATOR')) return forbidden('Only moderators decide cases.');
      if (!isId(caseId)) return NO_SUCH_CASE();
      return transactions.run(async (tx) => {
        const known = await cases.byId(tx, caseId);
        if (!known) return NO_SUCH_CASE();
        const found = await things.lock(tx, { kind: known.kind, id: known.thingId });
        // Read again: the thing's lock is what decisions wait for.
        const current = await cases.byId(tx, caseId);
        if (!current) return NO_SUCH_CASE();
        if (current.status !== 'OPEN') return current;
        if (decision === 'DISMISSED' && found?.thing.visibility === 'HELD') {
          if (found.kind === 'POST') await publishers.post.release(tx, found.thing);
          else await publishers.comment.release(tx, found.thing);
        }
        if (decision === 'DISMISSED' || !found || !hasWords(found.thing))
          return takeAway.decide(tx, current, decision, member);
        if (found.kind === 'POST') await takeAway.post(tx, member, found.thing, 'moderator');
        else await takeAway.comment(tx, member, found.thing, 'moderator');
        return (await cases.byId(tx, caseId)) ?? current;
      });
    },
  };
}
