SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "kind" AS ENUM ('COMMENT', 'REPLY', 'MENTION', 'LIKE', 'FOLLOW', 'MESSAGE', 'MODERATION', 'SYSTEM');

-- CreateEnum
CREATE TYPE "target_type" AS ENUM ('POST', 'COMMENT', 'USER', 'ROOM');

-- CreateEnum
CREATE TYPE "reason" AS ENUM ('WELCOME', 'ROLES_CHANGED', 'POST_HIDDEN', 'COMMENT_HIDDEN', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "operation" AS ENUM ('ADD', 'REMOVE', 'RETRACT', 'REVIEW');

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "language" VARCHAR(8) NOT NULL DEFAULT 'en',
    "last_number" INTEGER NOT NULL DEFAULT 0,
    "merged_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pending_act" (
    "id" BIGSERIAL NOT NULL,
    "operation" "operation" NOT NULL,
    "recipient_id" UUID NOT NULL,
    "kind" "kind",
    "reason" "reason",
    "target_type" "target_type",
    "target_id" UUID,
    "actor_id" UUID,
    "source_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pending_act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "recipient_id" UUID NOT NULL,
    "kind" "kind" NOT NULL,
    "reason" "reason",
    "target_type" "target_type" NOT NULL,
    "target_id" UUID NOT NULL,
    "actor_count" INTEGER NOT NULL DEFAULT 0,
    "recent_actor_ids" UUID[],
    "shown" BOOLEAN NOT NULL DEFAULT false,
    "in_app" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "act" (
    "notification_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "recipient_id" UUID NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "hidden" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "act_pkey" PRIMARY KEY ("notification_id","source_id")
);

-- CreateTable
CREATE TABLE "change" (
    "recipient_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "notification_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_pkey" PRIMARY KEY ("recipient_id","number")
);

-- CreateTable
CREATE TABLE "member_block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,

    CONSTRAINT "member_block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateIndex
CREATE INDEX "pending_act_recipient" ON "pending_act"("recipient_id", "id");

-- CreateIndex
CREATE INDEX "pending_act_source" ON "pending_act"("source_id");

-- CreateIndex
CREATE INDEX "notification_inbox" ON "notification"("recipient_id", "updated_at" DESC, "id" DESC) WHERE (shown);

-- CreateIndex
CREATE INDEX "notification_unread" ON "notification"("recipient_id") WHERE (shown AND read_at IS NULL);

-- CreateIndex
CREATE INDEX "notification_target" ON "notification"("recipient_id", "target_id");

-- CreateIndex
CREATE INDEX "notification_swept" ON "notification"("read_at") WHERE (read_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "notification_open" ON "notification"("recipient_id", "kind", "target_id") WHERE (read_at IS NULL);

-- CreateIndex
CREATE INDEX "act_source" ON "act"("source_id");

-- CreateIndex
CREATE INDEX "act_actor" ON "act"("recipient_id", "actor_id");

-- CreateIndex
CREATE INDEX "change_swept" ON "change"("created_at");

-- CreateIndex
CREATE INDEX "member_block_blocked" ON "member_block"("blocked_id", "blocker_id");

-- AddForeignKey
ALTER TABLE "act" ADD CONSTRAINT "act_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;
