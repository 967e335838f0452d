SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "known_member" (
    "id" UUID NOT NULL,

    CONSTRAINT "known_member_pkey" PRIMARY KEY ("id")
);

-- Who is in a room is a member; all others come with user's snapshots.
INSERT INTO "known_member" ("id") SELECT DISTINCT "member_id" FROM "room_member";
