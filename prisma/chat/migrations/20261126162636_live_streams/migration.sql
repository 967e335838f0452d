SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "stream_key" (
    "id" INTEGER NOT NULL,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "stream_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_session" (
    "session_id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stream_session_pkey" PRIMARY KEY ("session_id","room_id","shared")
);

-- CreateTable
CREATE TABLE "ended_session" (
    "session_id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ended_session_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE INDEX "stream_session_member" ON "stream_session"("member_id");

-- CreateIndex
CREATE INDEX "stream_session_expiry" ON "stream_session"("expires_at");

-- CreateIndex
CREATE INDEX "ended_session_time" ON "ended_session"("ended_at");
