-- What each member wrote under a post: what a block hides of its count, and what goes when she is erased.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "comment_author" ON "comment"("author_id", "post_id", "parent_id");
