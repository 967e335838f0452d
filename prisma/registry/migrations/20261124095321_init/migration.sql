SET LOCAL lock_timeout = '2s';

-- CreateEnum
CREATE TYPE "launch_kind" AS ENUM ('PUBLISH', 'DELETE', 'ROLLBACK', 'CONTRACT', 'MONOGRAPH');

-- CreateEnum
CREATE TYPE "launch_status" AS ENUM ('SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "precision" AS ENUM ('EXACT', 'FIELDS');

-- CreateTable
CREATE TABLE "graph" (
    "id" VARCHAR(64) NOT NULL,
    "title" VARCHAR(120) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "graph_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant" (
    "id" UUID NOT NULL,
    "graph_id" VARCHAR(64) NOT NULL,
    "name" VARCHAR(63) NOT NULL,
    "current_launch_id" UUID,
    "latest_launch_id" UUID,
    "launches" INTEGER NOT NULL DEFAULT 0,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "readme" TEXT NOT NULL DEFAULT '',
    "readme_updated_at" TIMESTAMPTZ(3),
    "source_id" UUID,
    "contract" JSONB,
    "list_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "hash" CHAR(64) NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "subgraph" (
    "variant_id" UUID NOT NULL,
    "name" VARCHAR(63) NOT NULL,
    "url" VARCHAR(2048),
    "sdl_hash" CHAR(64) NOT NULL,
    "revision" VARCHAR(128) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subgraph_pkey" PRIMARY KEY ("variant_id","name")
);

-- CreateTable
CREATE TABLE "launch" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "launch_kind" NOT NULL,
    "status" "launch_status" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" VARCHAR(120) NOT NULL,
    "client" VARCHAR(120) NOT NULL DEFAULT '',
    "git" JSONB NOT NULL DEFAULT '{}',
    "summary" VARCHAR(500) NOT NULL,
    "inputs" JSONB NOT NULL,
    "supergraph_hash" CHAR(64),
    "api_schema_hash" CHAR(64),
    "errors" JSONB NOT NULL DEFAULT '[]',
    "hints" JSONB NOT NULL DEFAULT '[]',
    "changes" JSONB NOT NULL DEFAULT '[]',
    "composition_ms" INTEGER NOT NULL DEFAULT 0,
    "source_launch_id" UUID,

    CONSTRAINT "launch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" VARCHAR(120) NOT NULL,
    "git" JSONB NOT NULL DEFAULT '{}',
    "subgraph" VARCHAR(63),
    "proposed_hash" CHAR(64) NOT NULL,
    "base_launch_id" UUID,
    "passed" BOOLEAN NOT NULL,
    "tasks" JSONB NOT NULL,

    CONSTRAINT "check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "change" VARCHAR(500) NOT NULL,
    "branch" VARCHAR(255) NOT NULL DEFAULT '',
    "approved_by" VARCHAR(120) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "graph_id" VARCHAR(64) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "hint" VARCHAR(80) NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "subgraphs" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" VARCHAR(120) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persisted_query_list" (
    "id" UUID NOT NULL,
    "graph_id" VARCHAR(64) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "persisted_query_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persisted_query" (
    "list_id" UUID NOT NULL,
    "id" VARCHAR(255) NOT NULL,
    "client_name" VARCHAR(255) NOT NULL DEFAULT '',
    "name" VARCHAR(255) NOT NULL,
    "type" VARCHAR(12) NOT NULL,
    "body" TEXT NOT NULL,
    "added_in" INTEGER NOT NULL,
    "removed_in" INTEGER,
    "served_till" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "persisted_query_pkey" PRIMARY KEY ("list_id","id","client_name")
);

-- CreateTable
CREATE TABLE "persisted_query_revision" (
    "list_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" VARCHAR(120) NOT NULL,
    "added" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "expired" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "persisted_query_revision_pkey" PRIMARY KEY ("list_id","revision")
);

-- CreateTable
CREATE TABLE "operation" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "document" TEXT NOT NULL,
    "precision" "precision" NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation_coordinate" (
    "operation_id" UUID NOT NULL,
    "coordinate" VARCHAR(400) NOT NULL,
    "conservative" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "operation_coordinate_pkey" PRIMARY KEY ("operation_id","coordinate")
);

-- CreateTable
CREATE TABLE "usage_hour" (
    "operation_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "client_name" VARCHAR(120) NOT NULL,
    "client_version" VARCHAR(60) NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("operation_id","hour","client_name","client_version")
);

-- CreateTable
CREATE TABLE "usage_input_hour" (
    "operation_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "client_name" VARCHAR(120) NOT NULL,
    "client_version" VARCHAR(60) NOT NULL,
    "coordinate" VARCHAR(400) NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "usage_input_hour_pkey" PRIMARY KEY ("operation_id","hour","client_name","client_version","coordinate")
);

-- CreateIndex
CREATE INDEX "variant_source_id_idx" ON "variant"("source_id");

-- CreateIndex
CREATE INDEX "variant_list_id_idx" ON "variant"("list_id");

-- CreateIndex
CREATE UNIQUE INDEX "variant_graph_id_name_key" ON "variant"("graph_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "launch_variant_id_number_key" ON "launch"("variant_id", "number");

-- CreateIndex
CREATE INDEX "check_variant_id_created_at_idx" ON "check"("variant_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "approval_variant_id_change_branch_key" ON "approval"("variant_id", "change", "branch");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_graph_id_idx" ON "api_key"("graph_id");

-- CreateIndex
CREATE UNIQUE INDEX "persisted_query_list_graph_id_name_key" ON "persisted_query_list"("graph_id", "name");

-- CreateIndex
CREATE INDEX "operation_variant_id_last_seen_at_idx" ON "operation"("variant_id", "last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "operation_variant_id_hash_key" ON "operation"("variant_id", "hash");

-- CreateIndex
CREATE INDEX "operation_coordinate_coordinate_idx" ON "operation_coordinate"("coordinate");

-- CreateIndex
CREATE INDEX "usage_hour_hour_idx" ON "usage_hour"("hour");

-- CreateIndex
CREATE INDEX "usage_input_hour_coordinate_idx" ON "usage_input_hour"("coordinate");

-- CreateIndex
CREATE INDEX "usage_input_hour_hour_idx" ON "usage_input_hour"("hour");

-- AddForeignKey
ALTER TABLE "variant" ADD CONSTRAINT "variant_graph_id_fkey" FOREIGN KEY ("graph_id") REFERENCES "graph"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant" ADD CONSTRAINT "variant_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant" ADD CONSTRAINT "variant_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "persisted_query_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subgraph" ADD CONSTRAINT "subgraph_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch" ADD CONSTRAINT "launch_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check" ADD CONSTRAINT "check_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_graph_id_fkey" FOREIGN KEY ("graph_id") REFERENCES "graph"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persisted_query_list" ADD CONSTRAINT "persisted_query_list_graph_id_fkey" FOREIGN KEY ("graph_id") REFERENCES "graph"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persisted_query" ADD CONSTRAINT "persisted_query_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "persisted_query_list"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persisted_query_revision" ADD CONSTRAINT "persisted_query_revision_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "persisted_query_list"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation_coordinate" ADD CONSTRAINT "operation_coordinate_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_hour" ADD CONSTRAINT "usage_hour_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_input_hour" ADD CONSTRAINT "usage_input_hour_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
