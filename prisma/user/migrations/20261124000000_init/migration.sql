SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "profile_status" AS ENUM ('RESERVED', 'ACTIVE');

-- CreateTable
CREATE TABLE "profile" (
    "id" UUID NOT NULL,
    "handle" VARCHAR(30) NOT NULL,
    "display_name" VARCHAR(60) NOT NULL,
    "bio" VARCHAR(500) NOT NULL DEFAULT '',
    "language" VARCHAR(8) NOT NULL DEFAULT 'en',
    "status" "profile_status" NOT NULL DEFAULT 'RESERVED',
    "reserved_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "event_version" INTEGER NOT NULL DEFAULT 0,
    "follower_count" INTEGER NOT NULL DEFAULT 0,
    "following_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow" (
    "follower_id" UUID NOT NULL,
    "followee_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "follow_pkey" PRIMARY KEY ("follower_id","followee_id")
);

-- CreateTable
CREATE TABLE "block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "profile_handle_key" ON "profile"("handle");

-- CreateIndex
CREATE INDEX "follow_followers" ON "follow"("followee_id", "created_at" DESC, "follower_id");

-- CreateIndex
CREATE INDEX "follow_following" ON "follow"("follower_id", "created_at" DESC, "followee_id");

-- CreateIndex
CREATE INDEX "block_blocked" ON "block"("blocked_id", "blocker_id");

-- CreateIndex
CREATE INDEX "block_blocker" ON "block"("blocker_id", "created_at" DESC, "blocked_id");
