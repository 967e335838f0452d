SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "post_link" (
    "post_id" UUID NOT NULL,
    "url" VARCHAR(2048) NOT NULL,

    CONSTRAINT "post_link_pkey" PRIMARY KEY ("post_id")
);

-- CreateTable
CREATE TABLE "link_preview" (
    "url" VARCHAR(2048) NOT NULL,
    "title" VARCHAR(200),
    "description" VARCHAR(500),
    "site_name" VARCHAR(100),
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "link_preview_pkey" PRIMARY KEY ("url")
);

-- CreateIndex
CREATE INDEX "post_link_url" ON "post_link"("url");

-- AddForeignKey
ALTER TABLE "post_link" ADD CONSTRAINT "post_link_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;
