SET LOCAL lock_timeout = '2s';

-- What was answered to a client's own key of a mutation, so that a retry has no second effect.
CREATE TABLE "kit"."client_mutation" (
  "actor" text NOT NULL,
  "key" text NOT NULL,
  "operation" text NOT NULL,
  "fingerprint" text NOT NULL,
  "result" jsonb,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY ("actor", "key")
);

CREATE INDEX "client_mutation_created_at" ON "kit"."client_mutation" ("created_at");
