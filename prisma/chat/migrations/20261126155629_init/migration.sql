SET LOCAL lock_timeout = '2s';

-- Epochs of cohorts: one sequence for all, so that the epoch of a room that was left and entered again is never an old one.
CREATE SEQUENCE "stream_epoch" AS integer CYCLE;

-- CreateEnum
CREATE TYPE "room_kind" AS ENUM ('DIRECT', 'GROUP');

-- CreateEnum
CREATE TYPE "room_role" AS ENUM ('OWNER', 'MODERATOR', 'MEMBER');

-- CreateEnum
CREATE TYPE "room_notification_level" AS ENUM ('ALL', 'MENTIONS', 'NONE');

-- CreateEnum
CREATE TYPE "message_visibility" AS ENUM ('VISIBLE', 'DELETED', 'REMOVED');

-- CreateEnum
CREATE TYPE "message_change_kind" AS ENUM ('EDITED', 'DELETED', 'REACTION_ADDED', 'REACTION_REMOVED');

-- CreateEnum
CREATE TYPE "room_change_kind" AS ENUM ('CREATED', 'RENAMED', 'MEMBER_INVITED', 'MEMBER_JOINED', 'MEMBER_LEFT', 'MEMBER_REMOVED', 'ROLE_CHANGED', 'MEMBER_MUTED', 'MEMBER_UNMUTED');

-- CreateTable
CREATE TABLE "room" (
    "id" UUID NOT NULL,
    "kind" "room_kind" NOT NULL,
    "title" VARCHAR(100),
    "direct_key" VARCHAR(73),
    "created_by" UUID NOT NULL,
    "member_count" INTEGER NOT NULL DEFAULT 0,
    "message_number" INTEGER NOT NULL DEFAULT 0,
    "message_change_number" INTEGER NOT NULL DEFAULT 0,
    "room_change_number" INTEGER NOT NULL DEFAULT 0,
    "event_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_member" (
    "room_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "role" "room_role" NOT NULL DEFAULT 'MEMBER',
    "level" "room_notification_level" NOT NULL DEFAULT 'ALL',
    "muted_until" TIMESTAMPTZ(3),
    "read_number" INTEGER NOT NULL DEFAULT 0,
    "cohort" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT nextval('stream_epoch'),
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_member_pkey" PRIMARY KEY ("room_id","member_id")
);

-- CreateTable
CREATE TABLE "untold_read_mark" (
    "room_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "untold_read_mark_pkey" PRIMARY KEY ("room_id","member_id")
);

-- CreateTable
CREATE TABLE "room_cohort" (
    "room_id" UUID NOT NULL,
    "cohort" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT nextval('stream_epoch'),

    CONSTRAINT "room_cohort_pkey" PRIMARY KEY ("room_id","cohort")
);

-- CreateTable
CREATE TABLE "room_invitation" (
    "room_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "invited_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_invitation_pkey" PRIMARY KEY ("room_id","member_id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "sender_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "reply_to_number" INTEGER,
    "mentioned_ids" UUID[],
    "file_ids" UUID[],
    "visibility" "message_visibility" NOT NULL DEFAULT 'VISIBLE',
    "version" INTEGER NOT NULL DEFAULT 1,
    "grams" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_reaction" (
    "message_id" UUID NOT NULL,
    "emoji" VARCHAR(32) NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_reaction_pkey" PRIMARY KEY ("message_id","emoji","member_id")
);

-- CreateTable
CREATE TABLE "message_change" (
    "room_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "message_change_kind" NOT NULL,
    "message_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_change_pkey" PRIMARY KEY ("room_id","number")
);

-- CreateTable
CREATE TABLE "room_change" (
    "room_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "room_change_kind" NOT NULL,
    "actor_id" UUID,
    "member_id" UUID,
    "role" "room_role",
    "title" VARCHAR(100),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_change_pkey" PRIMARY KEY ("room_id","number")
);

-- CreateTable
CREATE TABLE "member_block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,

    CONSTRAINT "member_block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "room_direct_key_key" ON "room"("direct_key");

-- CreateIndex
CREATE INDEX "room_member_member" ON "room_member"("member_id", "room_id");

-- CreateIndex
CREATE INDEX "room_member_list" ON "room_member"("room_id", "joined_at", "member_id");

-- CreateIndex
CREATE INDEX "room_invitation_member" ON "room_invitation"("member_id", "created_at" DESC, "room_id" DESC);

-- CreateIndex
CREATE INDEX "message_date" ON "message"("room_id", "created_at");

-- CreateIndex
CREATE INDEX "message_sender" ON "message"("sender_id", "id");

-- CreateIndex
CREATE INDEX "message_grams" ON "message" USING GIN ("grams");

-- CreateIndex
CREATE UNIQUE INDEX "message_number" ON "message"("room_id", "number");

-- CreateIndex
CREATE INDEX "message_reaction_member" ON "message_reaction"("member_id", "message_id");

-- CreateIndex
CREATE INDEX "member_block_blocked" ON "member_block"("blocked_id", "blocker_id");

-- AddForeignKey
ALTER TABLE "room_member" ADD CONSTRAINT "room_member_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_cohort" ADD CONSTRAINT "room_cohort_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_invitation" ADD CONSTRAINT "room_invitation_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_reaction" ADD CONSTRAINT "message_reaction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_change" ADD CONSTRAINT "message_change_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_change" ADD CONSTRAINT "room_change_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
