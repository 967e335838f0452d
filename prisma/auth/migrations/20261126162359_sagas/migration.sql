SET LOCAL lock_timeout = '2s';

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "closed_for" VARCHAR(80),
ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3),
ADD COLUMN     "language" VARCHAR(8) NOT NULL DEFAULT 'en';

-- CreateTable
CREATE TABLE "email_verification" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "email_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_verification_token" (
    "hash" BYTEA NOT NULL,
    "verification_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "email_verification_token_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "email_verification_account" ON "email_verification"("account_id", "requested_at");

-- CreateIndex
CREATE INDEX "email_verification_token_verification" ON "email_verification_token"("verification_id");

-- CreateIndex
CREATE INDEX "email_verification_token_expires_at" ON "email_verification_token"("expires_at");

-- AddForeignKey
ALTER TABLE "email_verification" ADD CONSTRAINT "email_verification_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_verification_token" ADD CONSTRAINT "email_verification_token_verification_id_fkey" FOREIGN KEY ("verification_id") REFERENCES "email_verification"("id") ON DELETE CASCADE ON UPDATE CASCADE;
