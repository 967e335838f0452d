CREATE INDEX CONCURRENTLY IF NOT EXISTS "room_sender_latest" ON "room_sender"("room_id", "last_number" DESC);
