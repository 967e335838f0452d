SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "thing_kind" AS ENUM ('POST', 'COMMENT');

-- CreateEnum
CREATE TYPE "report_reason" AS ENUM ('SPAM', 'HARASSMENT', 'HATE', 'VIOLENCE', 'SEXUAL', 'PRIVACY', 'OTHER');

-- CreateEnum
CREATE TYPE "case_origin" AS ENUM ('REPORTED', 'HELD');

-- CreateEnum
CREATE TYPE "case_status" AS ENUM ('OPEN', 'RESOLVED', 'DISMISSED');

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "locked_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "pinned_post" (
    "post_id" UUID NOT NULL,
    "board_id" UUID NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pinned_post_pkey" PRIMARY KEY ("post_id")
);

-- CreateTable
CREATE TABLE "moderation_case" (
    "id" UUID NOT NULL,
    "kind" "thing_kind" NOT NULL,
    "thing_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "origin" "case_origin" NOT NULL,
    "held_for" VARCHAR(40),
    "status" "case_status" NOT NULL DEFAULT 'OPEN',
    "report_count" INTEGER NOT NULL DEFAULT 0,
    "event_version" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,

    CONSTRAINT "moderation_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "reporter_id" UUID NOT NULL,
    "thing_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "reason" "report_reason" NOT NULL,
    "note" VARCHAR(500) NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_pkey" PRIMARY KEY ("reporter_id","thing_id")
);

-- CreateIndex
CREATE INDEX "pinned_post_board" ON "pinned_post"("board_id", "pinned_at" DESC);

-- CreateIndex
CREATE INDEX "moderation_case_queue" ON "moderation_case"("status", "opened_at", "id");

-- CreateIndex
CREATE INDEX "moderation_case_thing" ON "moderation_case"("thing_id");

-- CreateIndex
CREATE INDEX "moderation_case_author" ON "moderation_case"("author_id");

-- CreateIndex
CREATE INDEX "report_case" ON "report"("case_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "moderation_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
