SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "board_id" UUID,
    "title" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL,
    "language" VARCHAR(8) NOT NULL,
    "tags" VARCHAR(60)[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "draft_list" ON "draft"("author_id", "saved_at" DESC, "id" DESC);
