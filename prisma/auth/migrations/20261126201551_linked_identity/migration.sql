SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "linked_identity" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "provider" VARCHAR(20) NOT NULL,
    "subject" VARCHAR(255) NOT NULL,
    "email" VARCHAR(320),
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "linked_identity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "linked_identity_account" ON "linked_identity"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "linked_identity_subject" ON "linked_identity"("provider", "subject");

-- AddForeignKey
ALTER TABLE "linked_identity" ADD CONSTRAINT "linked_identity_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
