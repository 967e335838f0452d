CREATE INDEX CONCURRENTLY IF NOT EXISTS "post_held" ON "post"("author_id") WHERE (visibility = 'HELD');
