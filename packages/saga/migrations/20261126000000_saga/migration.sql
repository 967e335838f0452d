SET LOCAL lock_timeout = '2s';

-- What spans several domains and is under way, or has ended. Ids and states only: whom it is about may be erased.
CREATE TABLE "saga"."instance" (
  "id" uuid PRIMARY KEY,
  "kind" text NOT NULL,
  "subject" uuid NOT NULL,
  "state" text NOT NULL DEFAULT 'RUNNING' CHECK ("state" IN ('RUNNING', 'DONE', 'COMPENSATED', 'CANCELLED')),
  "reason" text,
  "data" jsonb NOT NULL DEFAULT '{}',
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "updated_at" timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX "instance_subject" ON "saga"."instance" ("subject", "kind", "created_at" DESC);

-- BLOCKED: waits for other steps. PENDING: was asked for, and the answer is awaited until it is asked for again.
CREATE TABLE "saga"."step" (
  "saga_id" uuid NOT NULL REFERENCES "saga"."instance" ("id") ON DELETE CASCADE,
  "name" text NOT NULL,
  "position" integer NOT NULL,
  "state" text NOT NULL CHECK ("state" IN ('BLOCKED', 'PENDING', 'DONE', 'REFUSED', 'COMPENSATED', 'DROPPED')),
  "attempts" integer NOT NULL DEFAULT 0,
  "reason" text,
  "result" jsonb,
  "due_at" timestamptz,
  "updated_at" timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY ("saga_id", "name")
);
