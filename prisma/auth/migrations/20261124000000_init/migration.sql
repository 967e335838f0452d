SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "role" AS ENUM ('MEMBER', 'MODERATOR', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "session_end" AS ENUM ('SIGNED_OUT', 'REVOKED', 'TOKEN_REUSED');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "roles" "role"[],
    "event_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "account_id" UUID NOT NULL,
    "password_hash" VARCHAR(255) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "sign_up_attempt" (
    "key" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_up_attempt_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "client_name" VARCHAR(80) NOT NULL,
    "client_address" VARCHAR(45) NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "idle_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" "session_end",

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "hash" BYTEA NOT NULL,
    "session_id" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "id" UUID NOT NULL,
    "public_key" JSONB NOT NULL,
    "encrypted_private_key" BYTEA NOT NULL,
    "signs_from" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" VARCHAR(80) NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_try_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE INDEX "account_roles" ON "account" USING GIN ("roles");

-- CreateIndex
CREATE INDEX "sign_up_attempt_created_at" ON "sign_up_attempt"("created_at");

-- CreateIndex
CREATE INDEX "session_account" ON "session"("account_id", "id" DESC);

-- CreateIndex
CREATE INDEX "session_idle_at" ON "session"("idle_at");

-- CreateIndex
CREATE INDEX "refresh_token_session" ON "refresh_token"("session_id");

-- CreateIndex
CREATE INDEX "refresh_token_expires_at" ON "refresh_token"("expires_at");

-- CreateIndex
CREATE INDEX "throttle_last_try_at" ON "throttle"("last_try_at");

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
