SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "findability" AS ENUM ('EVERYONE', 'FOLLOWERS', 'NOBODY');

-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "findable_by" "findability" NOT NULL DEFAULT 'EVERYONE',
ADD COLUMN     "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "is_suspended" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "dismissed_suggestion" (
    "member_id" UUID NOT NULL,
    "dismissed_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dismissed_suggestion_pkey" PRIMARY KEY ("member_id","dismissed_id")
);

-- CreateIndex
CREATE INDEX "dismissed_suggestion_dismissed" ON "dismissed_suggestion"("dismissed_id");

-- Members who are there already are found too: by pairs of characters of their words, and each word's first.
UPDATE "profile" SET "grams" = ARRAY(
  SELECT DISTINCT gram
  FROM regexp_matches(lower(normalize("handle" || ' ' || "display_name", NFKC)), '[[:alnum:]]+', 'g') AS word (letters)
  CROSS JOIN LATERAL (
    SELECT left(letters[1], 1)
    UNION SELECT substr(letters[1], place, 2) FROM generate_series(1, length(letters[1]) - 1) AS place
  ) AS found (gram)
) WHERE "grams" = '{}';
