SET LOCAL lock_timeout = '2s';

-- Where the next record of a partition goes. Its row is locked by whoever appends, so offsets commit in order.
CREATE TABLE "log"."partition" (
  "topic" text NOT NULL,
  "partition" integer NOT NULL,
  "next_offset" bigint NOT NULL DEFAULT 0,
  PRIMARY KEY ("topic", "partition")
);

CREATE TABLE "log"."record" (
  "topic" text NOT NULL,
  "partition" integer NOT NULL,
  "record_offset" bigint NOT NULL,
  "key" text NOT NULL,
  "value" jsonb NOT NULL,
  "appended_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY ("topic", "partition", "record_offset")
);

CREATE INDEX "record_appended_at" ON "log"."record" ("topic", "partition", "appended_at");

-- How far a consumer group has read.
CREATE TABLE "log"."group_offset" (
  "consumer_group" text NOT NULL,
  "topic" text NOT NULL,
  "partition" integer NOT NULL,
  "next_offset" bigint NOT NULL,
  PRIMARY KEY ("consumer_group", "topic", "partition")
);

-- Who reads for a consumer group now.
CREATE TABLE "log"."group_member" (
  "consumer_group" text NOT NULL,
  "member_id" text NOT NULL,
  "seen_at" timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY ("consumer_group", "member_id")
);
