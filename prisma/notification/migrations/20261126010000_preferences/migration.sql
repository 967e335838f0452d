SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "digest" AS ENUM ('OFF', 'DAILY', 'WEEKLY');

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "channels" JSONB,
ADD COLUMN     "digest" "digest" NOT NULL DEFAULT 'OFF',
ADD COLUMN     "digest_hour" INTEGER NOT NULL DEFAULT 9,
ADD COLUMN     "handle" VARCHAR(30),
ADD COLUMN     "next_digest_at" TIMESTAMPTZ(3),
ADD COLUMN     "preference_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "time_zone" VARCHAR(64) NOT NULL DEFAULT 'UTC';
