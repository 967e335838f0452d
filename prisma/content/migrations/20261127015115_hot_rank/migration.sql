SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "hot_rank" (
    "generation" INTEGER NOT NULL,
    "rank" SMALLINT NOT NULL,
    "post_id" UUID NOT NULL,

    CONSTRAINT "hot_rank_pkey" PRIMARY KEY ("generation","rank")
);
