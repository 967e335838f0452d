CREATE INDEX CONCURRENTLY IF NOT EXISTS "act_actor_recipient" ON "act"("actor_id", "recipient_id");
