SET LOCAL lock_timeout = '2s';

-- Events that were committed and are not in the log yet. The relay deletes what it has appended.
CREATE TABLE "events"."outbox" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "topic" text NOT NULL,
  "key" text NOT NULL,
  "value" jsonb NOT NULL,
  "created_at" timestamptz NOT NULL DEFAULT now()
);

-- What a consumer group has handled, written in the transaction that handled it.
CREATE TABLE "events"."inbox" (
  "consumer_group" text NOT NULL,
  "event_id" uuid NOT NULL,
  "handled_at" timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY ("consumer_group", "event_id")
);

CREATE INDEX "inbox_handled_at" ON "events"."inbox" ("handled_at");

-- The newest version of an aggregate that a consumer group knows the state of.
CREATE TABLE "events"."aggregate_version" (
  "consumer_group" text NOT NULL,
  "topic" text NOT NULL,
  "aggregate_id" text NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("consumer_group", "topic", "aggregate_id")
);

-- Events that a consumer group could not handle, until somebody has them handled again or discards them.
CREATE TABLE "events"."dead_letter" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "consumer_group" text NOT NULL,
  "topic" text NOT NULL,
  "key" text NOT NULL,
  "event_id" uuid NOT NULL,
  "event" jsonb NOT NULL,
  "reason" text NOT NULL,
  "attempts" integer NOT NULL,
  "partition" integer NOT NULL,
  "log_offset" bigint NOT NULL,
  "state" text NOT NULL DEFAULT 'waiting' CHECK ("state" IN ('waiting', 'replay')),
  "created_at" timestamptz NOT NULL DEFAULT now(),
  UNIQUE ("consumer_group", "event_id")
);

CREATE INDEX "dead_letter_key" ON "events"."dead_letter" ("consumer_group", "topic", "key");

-- An owner's aggregates sent again, batch by batch; the cursor moves in the transaction of its batch.
CREATE TABLE "events"."snapshot_run" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "source" text NOT NULL,
  "cursor" text,
  "sent" bigint NOT NULL DEFAULT 0,
  "requested_at" timestamptz NOT NULL DEFAULT now(),
  "finished_at" timestamptz
);

CREATE INDEX "snapshot_run_open" ON "events"."snapshot_run" ("source") WHERE "finished_at" IS NULL;
