SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "retired_handle" (
    "hash" BYTEA NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retired_handle_pkey" PRIMARY KEY ("hash")
);
