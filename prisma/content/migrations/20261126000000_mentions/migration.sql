SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "member_handle" (
    "member_id" UUID NOT NULL,
    "handle" VARCHAR(30) NOT NULL,

    CONSTRAINT "member_handle_pkey" PRIMARY KEY ("member_id")
);

-- CreateIndex
CREATE INDEX "member_handle_handle" ON "member_handle"("handle");
