SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "visibility" AS ENUM ('PUBLIC', 'HIDDEN', 'DELETED');

-- CreateTable
CREATE TABLE "board" (
    "id" UUID NOT NULL,
    "slug" VARCHAR(40) NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "description" VARCHAR(500) NOT NULL DEFAULT '',
    "created_by" UUID NOT NULL,
    "event_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "id" UUID NOT NULL,
    "board_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL,
    "body_html" TEXT NOT NULL,
    "language" VARCHAR(8) NOT NULL DEFAULT 'en',
    "visibility" "visibility" NOT NULL DEFAULT 'PUBLIC',
    "version" INTEGER NOT NULL DEFAULT 1,
    "event_version" INTEGER NOT NULL DEFAULT 1,
    "like_count" INTEGER NOT NULL DEFAULT 0,
    "comment_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "parent_id" UUID,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "author_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "body_html" TEXT NOT NULL,
    "visibility" "visibility" NOT NULL DEFAULT 'PUBLIC',
    "event_version" INTEGER NOT NULL DEFAULT 1,
    "like_count" INTEGER NOT NULL DEFAULT 0,
    "reply_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_like" (
    "post_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "post_like_pkey" PRIMARY KEY ("member_id","post_id")
);

-- CreateTable
CREATE TABLE "comment_like" (
    "comment_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comment_like_pkey" PRIMARY KEY ("member_id","comment_id")
);

-- CreateTable
CREATE TABLE "member_block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,

    CONSTRAINT "member_block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "board_slug_key" ON "board"("slug");

-- CreateIndex
CREATE INDEX "post_feed" ON "post"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "post_board" ON "post"("board_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "post_author" ON "post"("author_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "comment_thread" ON "comment"("post_id", "parent_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comment_replies" ON "comment"("parent_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "member_block_blocked" ON "member_block"("blocked_id", "blocker_id");

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "board"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "comment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
