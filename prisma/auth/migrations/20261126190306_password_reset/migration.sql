SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "password_reset" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "hash" BYTEA NOT NULL,
    "purpose" VARCHAR(40) NOT NULL,
    "account_id" UUID,
    "data" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "password_reset_account" ON "password_reset"("account_id");

-- CreateIndex
CREATE INDEX "password_reset_requested_at" ON "password_reset"("requested_at");

-- CreateIndex
CREATE INDEX "ticket_account" ON "ticket"("account_id", "purpose");

-- CreateIndex
CREATE INDEX "ticket_expires_at" ON "ticket"("expires_at");

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
