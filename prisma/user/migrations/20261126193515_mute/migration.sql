SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "mute" (
    "muter_id" UUID NOT NULL,
    "muted_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mute_pkey" PRIMARY KEY ("muter_id","muted_id")
);

-- CreateIndex
CREATE INDEX "mute_muted" ON "mute"("muted_id");

-- CreateIndex
CREATE INDEX "mute_muter" ON "mute"("muter_id", "created_at" DESC, "muted_id");
