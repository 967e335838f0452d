SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "poll" (
    "post_id" UUID NOT NULL,
    "multiple" BOOLEAN NOT NULL,
    "closes_at" TIMESTAMPTZ(3),
    "voter_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "poll_pkey" PRIMARY KEY ("post_id")
);

-- CreateTable
CREATE TABLE "poll_option" (
    "id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "place" SMALLINT NOT NULL,
    "text" VARCHAR(100) NOT NULL,
    "vote_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "poll_option_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "poll_vote" (
    "member_id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "option_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "poll_vote_pkey" PRIMARY KEY ("member_id","post_id","option_id")
);

-- CreateIndex
CREATE INDEX "poll_option_poll" ON "poll_option"("post_id", "place");

-- CreateIndex
CREATE INDEX "poll_vote_option" ON "poll_vote"("option_id");

-- AddForeignKey
ALTER TABLE "poll" ADD CONSTRAINT "poll_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_option" ADD CONSTRAINT "poll_option_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "poll"("post_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_vote" ADD CONSTRAINT "poll_vote_option_id_fkey" FOREIGN KEY ("option_id") REFERENCES "poll_option"("id") ON DELETE CASCADE ON UPDATE CASCADE;
