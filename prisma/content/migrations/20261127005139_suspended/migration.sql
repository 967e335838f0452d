SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "suspended_member" (
    "member_id" UUID NOT NULL,

    CONSTRAINT "suspended_member_pkey" PRIMARY KEY ("member_id")
);
