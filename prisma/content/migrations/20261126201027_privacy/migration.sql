SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "member_follow" (
    "follower_id" UUID NOT NULL,
    "followee_id" UUID NOT NULL,

    CONSTRAINT "member_follow_pkey" PRIMARY KEY ("follower_id","followee_id")
);

-- CreateTable
CREATE TABLE "private_member" (
    "member_id" UUID NOT NULL,

    CONSTRAINT "private_member_pkey" PRIMARY KEY ("member_id")
);

-- CreateIndex
CREATE INDEX "member_follow_followee" ON "member_follow"("followee_id");
