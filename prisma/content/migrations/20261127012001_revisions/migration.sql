SET LOCAL lock_timeout = '2s';

-- AlterTable
ALTER TABLE "comment" ADD COLUMN     "edited_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "revision" (
    "thing_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "title" VARCHAR(200),
    "changes" JSONB NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("thing_id","version")
);

-- CreateIndex
CREATE INDEX "revision_author" ON "revision"("author_id");
