CREATE INDEX CONCURRENTLY IF NOT EXISTS "member_digest_due" ON "member"("next_digest_at") WHERE (next_digest_at IS NOT NULL);
