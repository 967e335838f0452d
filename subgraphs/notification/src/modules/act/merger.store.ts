import { newId } from '@community/kit/ids';
import type { Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { readChannels } from '../preference/preference.store.ts';
import type { Channels } from '../preference/preference.ts';
import type { Act, Kind } from './act.ts';
import type { Merged } from './merge.ts';

export type MergerStore = ReturnType<typeof createMergerStore>;

/** A notification that a merge touched. */
export interface Touched {
  readonly id: string;
  readonly recipientId: string;
  /** Whether it is in the inbox now, or was before. */
  readonly visible: boolean;
}

/** A notification that acts were added to. */
export interface Opened {
  readonly id: string;
  readonly recipientId: string;
  readonly kind: Kind;
  readonly isNew: boolean;
}

/** Of a room's messages so many senders are counted: beyond, more is simply many. */
const MOST_SENDERS = 100;

/** Rows of a parameter: one JSON array, however many there are. */
const rows = (values: readonly object[]) => JSON.stringify(values);

/**
 * The unread notifications of a recipient about a target, looked up for each pair: a plan for more pairs than there are
 * would read the table.
 */
const openOf = (recipient: Prisma.Sql, target: Prisma.Sql) => Prisma.sql`(
  SELECT * FROM notification WHERE recipient_id = ${recipient} AND target_id = ${target} AND read_at IS NULL OFFSET 0)`;

/** Whether what an actor did is nothing to a recipient: a block between the two, or her mute. */
const isHidden = (recipient: Prisma.Sql, actor: Prisma.Sql) => Prisma.sql`(
  EXISTS (SELECT FROM member_block WHERE (blocker_id, blocked_id) IN ((${recipient}, ${actor}), (${actor}, ${recipient})))
  OR EXISTS (SELECT FROM member_mute WHERE muter_id = ${recipient} AND muted_id = ${actor}))`;

/** How acts become notifications: each step is one statement for all members whose inboxes a merge changes. */
export function createMergerStore() {
  return {
    /**
     * Locks members for whom operations wait and whose last merge is at least a second old; a block is not kept waiting.
     * Members whom another instance is at are passed over.
     * @returns their ids, with the channels that they have chosen
     */
    async lockDue(tx: Tx, limit: number): Promise<Map<string, Channels>> {
      // In one order, as everywhere: two instances that do this at once must not wait for each other.
      await tx.$executeRaw`
        INSERT INTO member (id) SELECT DISTINCT recipient_id FROM pending_act ORDER BY 1 ON CONFLICT DO NOTHING`;
      const due = await tx.$queryRaw<{ id: string; channels: unknown }[]>`
        SELECT id, channels FROM (
          SELECT recipient_id, bool_or(operation = 'REVIEW') AS urgent FROM pending_act WHERE due_at <= now() GROUP BY 1
        ) AS due JOIN member ON id = recipient_id
        WHERE urgent OR merged_at IS NULL OR merged_at <= now() - interval '1 second'
        ORDER BY id LIMIT ${limit} FOR UPDATE OF member SKIP LOCKED`;
      return new Map(due.map((row) => [row.id, readChannels(row.channels)]));
    },

    /** Takes acts away. @returns the ids of the notifications that they were in */
    async drop(tx: Tx, { retract, remove }: Pick<Merged, 'retract' | 'remove'>): Promise<string[]> {
      const gone = await tx.$queryRaw<{ id: string }[]>`
        DELETE FROM act USING notification n, jsonb_to_recordset(${rows([...retract, ...remove])}::jsonb)
          AS gone ("recipientId" uuid, kind kind, "targetId" uuid, "sourceId" uuid)
        WHERE act.notification_id = n.id AND n.recipient_id = gone."recipientId" AND n.target_id = gone."targetId"
          AND ((gone."sourceId" IS NULL AND n.kind <> 'MODERATION') OR (n.kind = gone.kind AND act.source_id = gone."sourceId"))
        RETURNING n.id`;
      return gone.map((row) => row.id);
    },

    /**
     * Puts acts into the unread notification of their kind and target, and opens one where there is none.
     * @returns the notifications, and whether each was opened now
     */
    async add(tx: Tx, acts: readonly (Act & { inApp: boolean })[]): Promise<Opened[]> {
      const groups = new Map(acts.map((act) => [`${act.recipientId} ${act.kind} ${act.targetId}`, act]));
      const opened = await tx.$queryRaw<Opened[]>`
        WITH wanted AS MATERIALIZED (
          SELECT g.*, n.id AS open
          FROM jsonb_to_recordset(${rows([...groups.values()].map((act) => ({ id: newId(), ...act })))}::jsonb) AS g (
            id uuid, "recipientId" uuid, kind kind, reason reason, "targetType" target_type, "targetId" uuid, "inApp" boolean, "occurredAt" timestamptz)
          -- Most are open, and need not be written for that; nobody else opens one, as their recipients are locked.
          LEFT JOIN LATERAL ${openOf(Prisma.sql`g."recipientId"`, Prisma.sql`g."targetId"`)} AS n
            ON n.kind = g.kind AND n.reason IS NOT DISTINCT FROM g.reason
        ), opened AS (
          INSERT INTO notification (id, recipient_id, kind, reason, target_type, target_id, in_app, created_at, updated_at)
          SELECT id, "recipientId", kind, reason, "targetType", "targetId", "inApp", "occurredAt", "occurredAt" FROM wanted WHERE open IS NULL
          ON CONFLICT (recipient_id, kind, target_id) WHERE read_at IS NULL DO UPDATE SET reason = excluded.reason
          RETURNING id, recipient_id, kind, xmax = 0 AS is_new
        )
        SELECT id, recipient_id AS "recipientId", kind, is_new AS "isNew" FROM opened
        UNION ALL SELECT open, "recipientId", kind, false FROM wanted WHERE open IS NOT NULL`;
      await tx.$executeRaw`
        INSERT INTO act (notification_id, source_id, recipient_id, actor_id, position, occurred_at, hidden)
        SELECT n.id, a."sourceId", n.recipient_id, a."actorId", a.position, a."occurredAt",
          ${isHidden(Prisma.sql`n.recipient_id`, Prisma.sql`a."actorId"`)}
        FROM jsonb_to_recordset(${rows(acts)}::jsonb)
          AS a ("recipientId" uuid, kind kind, "targetId" uuid, "actorId" uuid, "sourceId" uuid, position int, "occurredAt" timestamptz)
        JOIN LATERAL ${openOf(Prisma.sql`a."recipientId"`, Prisma.sql`a."targetId"`)} AS n ON n.kind = a.kind
        -- That of a room says only that there is something to count.
        ON CONFLICT (notification_id, source_id) DO UPDATE SET occurred_at = excluded.occurred_at WHERE act.source_id <> act.recipient_id`;
      return opened;
    },

    /** Takes away what was told of messages that a member has read. @returns the ids of the notifications of those rooms */
    async forgetRead(tx: Tx, read: Merged['read']): Promise<string[]> {
      const touched = await tx.$queryRaw<{ id: string }[]>`
        WITH open AS (
          SELECT n.id, n.kind, n.target_id, n.recipient_id, r.position
          FROM jsonb_to_recordset(${rows(read)}::jsonb) AS r ("recipientId" uuid, "targetId" uuid, position int)
          CROSS JOIN LATERAL ${openOf(Prisma.sql`r."recipientId"`, Prisma.sql`r."targetId"`)} AS n
        ), gone AS (
          DELETE FROM act USING open
          WHERE act.notification_id = open.id AND CASE open.kind WHEN 'MENTION' THEN act.position <= open.position
            ELSE act.source_id = open.recipient_id AND NOT EXISTS (
              SELECT FROM room_sender s
              WHERE s.room_id = open.target_id AND s.sender_id <> open.recipient_id AND s.last_number > open.position) END
        )
        SELECT id FROM open`;
      return touched.map((row) => row.id);
    },

    /** Hides or shows acts by what blocks and mutes there are now. @returns the ids of the notifications that they are in */
    async review(tx: Tx, pairs: Merged['review']): Promise<string[]> {
      const changed = await tx.$queryRaw<{ id: string }[]>`
        WITH pair AS (
          SELECT p."recipientId" AS recipient, p."actorId" AS actor,
            ${isHidden(Prisma.sql`p."recipientId"`, Prisma.sql`p."actorId"`)} AS blocked
          FROM jsonb_to_recordset(${rows(pairs)}::jsonb) AS p ("recipientId" uuid, "actorId" uuid)
        ), changed AS (
          UPDATE act SET hidden = NOT hidden FROM pair
          WHERE act.recipient_id = recipient AND act.actor_id = actor AND act.hidden <> blocked
          RETURNING act.notification_id AS id
        )
        SELECT id FROM changed
        UNION SELECT n.id FROM pair JOIN notification n ON n.recipient_id = recipient AND n.kind = 'MESSAGE' AND n.read_at IS NULL
          JOIN room_sender s ON s.room_id = n.target_id AND s.sender_id = actor`;
      return changed.map((row) => row.id);
    },

    /**
     * Counts the actors of notifications anew, so that no history of likes and their undoing makes a count drift. Those of
     * a room's messages are the latest senders of what the member has not read, without those whom a block or mute hides and
     * those whose last message she is told of as a mention.
     */
    async recount(tx: Tx, ids: readonly string[]): Promise<Touched[]> {
      return tx.$queryRaw<Touched[]>`
        UPDATE notification n SET actor_count = counted.actors, recent_actor_ids = coalesce(counted.recent, '{}'),
          shown = n.in_app AND counted.acts > 0, updated_at = coalesce(counted.latest, n.updated_at)
        FROM (
          SELECT old.id, old.shown AS was_shown, told.*
          FROM notification old CROSS JOIN LATERAL (
            SELECT coalesce(sum(acts), 0) AS acts, count(actor_id)::int AS actors, max(latest) AS latest,
              (array_agg(actor_id ORDER BY latest DESC, actor_id) FILTER (WHERE actor_id IS NOT NULL))[1:3] AS recent
            FROM (
              SELECT actor_id, count(*) AS acts, max(occurred_at) AS latest FROM (
                SELECT actor_id, occurred_at FROM act
                WHERE notification_id = old.id AND NOT hidden AND NOT (old.kind = 'MESSAGE' AND source_id = old.recipient_id)
                UNION ALL
                SELECT s.sender_id, s.sent_at FROM act
                  JOIN room_member m ON m.room_id = old.target_id AND m.member_id = old.recipient_id
                  CROSS JOIN LATERAL (SELECT
                    ARRAY(SELECT blocked_id FROM member_block WHERE blocker_id = m.member_id
                      UNION ALL SELECT blocker_id FROM member_block WHERE blocked_id = m.member_id
                      UNION ALL SELECT muted_id FROM member_mute WHERE muter_id = m.member_id) AS blocked,
                    ARRAY(SELECT addressed.position FROM notification mention JOIN act AS addressed ON addressed.notification_id = mention.id
                      WHERE mention.recipient_id = m.member_id AND mention.kind = 'MENTION' AND mention.target_id = m.room_id
                        AND mention.read_at IS NULL) AS mentions
                    -- Once for the member, not once for each sender.
                    OFFSET 0) AS known
                  CROSS JOIN LATERAL (
                    SELECT * FROM room_sender WHERE room_id = m.room_id AND last_number > m.read_number
                    ORDER BY last_number DESC LIMIT ${MOST_SENDERS}) AS s
                WHERE act.notification_id = old.id AND old.kind = 'MESSAGE' AND act.source_id = old.recipient_id
                  AND s.sender_id <> m.member_id AND s.sender_id <> ALL(known.blocked) AND s.last_number <> ALL(known.mentions)
              ) AS one
              GROUP BY actor_id
            ) AS by_actor
          ) AS told
          WHERE old.id = ANY(${ids}::uuid[])
        ) AS counted
        WHERE n.id = counted.id
        RETURNING n.id, n.recipient_id AS "recipientId", counted.was_shown OR n.shown AS visible`;
    },

    /** Notes that members' inboxes were merged now. */
    async markMerged(tx: Tx, memberIds: readonly string[]): Promise<void> {
      // By the database's clock, by which `lockDue` asks for it.
      await tx.$executeRaw`UPDATE member SET merged_at = now() WHERE id = ANY(${[...memberIds]}::uuid[])`;
    },
  };
}
