CREATE INDEX CONCURRENTLY IF NOT EXISTS "profile_grams" ON "profile" USING GIN ("grams");
