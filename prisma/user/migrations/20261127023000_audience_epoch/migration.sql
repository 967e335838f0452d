SET LOCAL lock_timeout = '2s';

-- CreateTable
CREATE TABLE "audience_epoch" (
    "is_one" BOOLEAN NOT NULL DEFAULT true,
    "epoch" BIGINT NOT NULL,

    CONSTRAINT "audience_epoch_pkey" PRIMARY KEY ("is_one")
);

ALTER TABLE "audience_epoch" ADD CHECK ("is_one");
INSERT INTO "audience_epoch" ("epoch") VALUES (0);

-- The number of the transaction that hides: no two have the same. The triggers wait for the end of their transaction, so
-- that the row is locked for the moment of its commit alone, and no two that hide wait for each other.
CREATE FUNCTION audience_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audience_epoch SET epoch = txid_current() WHERE epoch <> txid_current();
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER profile_audience AFTER UPDATE OF is_private, is_suspended, findable_by ON "profile"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.is_private IS DISTINCT FROM NEW.is_private OR OLD.is_suspended IS DISTINCT FROM NEW.is_suspended
    OR OLD.findable_by IS DISTINCT FROM NEW.findable_by) EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER profile_audience_gone AFTER DELETE ON "profile"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status = 'ACTIVE') EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER block_audience AFTER INSERT OR DELETE ON "block"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER mute_audience AFTER INSERT OR DELETE ON "mute"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

-- Whoever follows a member who is private, or found by followers alone, sees what others do not.
CREATE FUNCTION audience_follow_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM profile WHERE id = coalesce(NEW.followee_id, OLD.followee_id) AND (is_private OR findable_by <> 'EVERYONE')) THEN
    UPDATE audience_epoch SET epoch = txid_current() WHERE epoch <> txid_current();
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER follow_audience AFTER INSERT OR DELETE ON "follow"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_follow_changed();
