SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "bookmark" (
    "member_id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bookmark_pkey" PRIMARY KEY ("member_id","post_id")
);

-- CreateTable
CREATE TABLE "post_tag" (
    "name" VARCHAR(60) NOT NULL,
    "post_id" UUID NOT NULL,
    "place" SMALLINT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "post_tag_pkey" PRIMARY KEY ("post_id","name")
);

-- CreateIndex
CREATE INDEX "bookmark_list" ON "bookmark"("member_id", "created_at" DESC, "post_id" DESC);

-- CreateIndex
CREATE INDEX "post_tag_feed" ON "post_tag"("name", "posted_at" DESC, "post_id" DESC);

-- AddForeignKey
ALTER TABLE "post_tag" ADD CONSTRAINT "post_tag_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
