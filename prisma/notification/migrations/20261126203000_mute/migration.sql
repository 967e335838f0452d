SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "member_mute" (
    "muter_id" UUID NOT NULL,
    "muted_id" UUID NOT NULL,

    CONSTRAINT "member_mute_pkey" PRIMARY KEY ("muter_id","muted_id")
);

-- CreateIndex
CREATE INDEX "member_mute_muted" ON "member_mute"("muted_id");
