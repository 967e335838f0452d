CREATE INDEX CONCURRENTLY IF NOT EXISTS "comment_held" ON "comment"("author_id") WHERE (visibility = 'HELD');
