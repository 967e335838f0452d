SET LOCAL lock_timeout = '2s';

-- Requests to export or to erase what this domain holds of a member, as far as it has answered them.
CREATE TABLE "kit"."member_data" (
  "request_id" uuid PRIMARY KEY,
  "kind" text NOT NULL CHECK ("kind" IN ('EXPORT', 'ERASURE')),
  "member_id" uuid NOT NULL,
  "items" jsonb NOT NULL,
  "done_at" timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX "member_data_member" ON "kit"."member_data" ("member_id");

-- What was exported, page by page, until it expires.
CREATE TABLE "kit"."member_export" (
  "request_id" uuid NOT NULL,
  "page" integer NOT NULL,
  "member_id" uuid NOT NULL,
  "section" text NOT NULL,
  "items" jsonb NOT NULL,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY ("request_id", "page")
);

CREATE INDEX "member_export_member" ON "kit"."member_export" ("member_id");
CREATE INDEX "member_export_created_at" ON "kit"."member_export" ("created_at");
