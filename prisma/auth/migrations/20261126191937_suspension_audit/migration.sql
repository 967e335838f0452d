SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "audit_act" AS ENUM ('ROLE_GRANTED', 'ROLE_REVOKED', 'SUSPENDED', 'REINSTATED');

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "suspended_at" TIMESTAMPTZ(3),
ADD COLUMN     "suspended_for" VARCHAR(500),
ADD COLUMN     "suspended_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "act" "audit_act" NOT NULL,
    "actor_id" UUID,
    "account_id" UUID NOT NULL,
    "role" "role",
    "until" TIMESTAMPTZ(3),
    "reason" VARCHAR(500),

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_account" ON "audit_entry"("account_id", "id" DESC);
