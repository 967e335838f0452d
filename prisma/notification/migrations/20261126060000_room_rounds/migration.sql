SET LOCAL lock_timeout = '2s';

-- AlterTable
ALTER TABLE "room_sender" ADD COLUMN     "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "room_round" (
    "room_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "room_round_pkey" PRIMARY KEY ("room_id")
);

-- CreateIndex
CREATE INDEX "room_round_due" ON "room_round"("due_at") WHERE (due_at IS NOT NULL);

-- What was told of messages by their senders becomes one act of the room: who is behind it is asked of "room_sender".
INSERT INTO "act" ("notification_id", "source_id", "recipient_id", "occurred_at")
SELECT n."id", n."recipient_id", n."recipient_id", max(a."occurred_at")
FROM "act" a JOIN "notification" n ON n."id" = a."notification_id"
WHERE n."kind" = 'MESSAGE' AND a."source_id" = a."actor_id"
GROUP BY n."id", n."recipient_id"
ON CONFLICT DO NOTHING;

DELETE FROM "act" a USING "notification" n
WHERE n."id" = a."notification_id" AND n."kind" = 'MESSAGE' AND a."source_id" = a."actor_id";

INSERT INTO "room_round" ("room_id", "due_at")
SELECT DISTINCT "target_id", now() FROM "pending_act" WHERE "operation" = 'ADD' AND "kind" = 'MESSAGE' AND "source_id" = "actor_id";

DELETE FROM "pending_act" WHERE "operation" = 'ADD' AND "kind" = 'MESSAGE' AND "source_id" = "actor_id";
