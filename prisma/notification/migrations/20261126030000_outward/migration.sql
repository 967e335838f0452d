SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "level" AS ENUM ('ALL', 'MENTIONS', 'NONE');

-- AlterEnum
ALTER TYPE "operation" ADD VALUE 'READ';

-- AlterEnum
ALTER TYPE "reason" ADD VALUE 'INVITED';

-- AlterTable
ALTER TABLE "act" ADD COLUMN     "position" INTEGER;

-- AlterTable
ALTER TABLE "pending_act" ADD COLUMN     "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "position" INTEGER;

-- CreateTable
CREATE TABLE "room_member" (
    "room_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "level" "level" NOT NULL,
    "read_number" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "room_member_pkey" PRIMARY KEY ("room_id","member_id")
);

-- CreateTable
CREATE TABLE "room_sender" (
    "room_id" UUID NOT NULL,
    "sender_id" UUID NOT NULL,
    "last_number" INTEGER NOT NULL,

    CONSTRAINT "room_sender_pkey" PRIMARY KEY ("room_id","sender_id")
);

-- CreateTable
CREATE TABLE "push_subscription" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "endpoint" VARCHAR(2048) NOT NULL,
    "p256dh" VARCHAR(100) NOT NULL,
    "auth" VARCHAR(40) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "push_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answered_saga" (
    "saga_id" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "answered_saga_pkey" PRIMARY KEY ("saga_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "push_subscription_endpoint_key" ON "push_subscription"("endpoint");

-- CreateIndex
CREATE INDEX "push_subscription_member" ON "push_subscription"("member_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "push_subscription_session" ON "push_subscription"("session_id");
