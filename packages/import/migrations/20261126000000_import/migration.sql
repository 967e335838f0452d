SET LOCAL lock_timeout = '2s';

-- How far a step of an import has come in a file, written with the rows that it made.
CREATE TABLE "import"."progress" (
  "step" text PRIMARY KEY,
  "fingerprint" text NOT NULL,
  "line" bigint NOT NULL,
  "byte_offset" bigint NOT NULL,
  "finished" boolean NOT NULL DEFAULT false
);

-- What a step did not take, until the file is another one.
CREATE TABLE "import"."rejected" (
  "step" text NOT NULL REFERENCES "import"."progress" ("step") ON DELETE CASCADE,
  "line" bigint NOT NULL,
  "source_id" text,
  "reason" text NOT NULL,
  PRIMARY KEY ("step", "line")
);
