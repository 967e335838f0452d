SET LOCAL lock_timeout = '2s';

-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "avatar_alt" VARCHAR(200) NOT NULL DEFAULT '',
ADD COLUMN     "avatar_id" UUID,
ADD COLUMN     "links" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "time_zone" VARCHAR(64) NOT NULL DEFAULT 'UTC';
