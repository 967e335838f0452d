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

CREATE CONSTRAINT TRIGGER post_audience AFTER UPDATE OF visibility, title, body, author_id ON "post"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.visibility IS DISTINCT FROM NEW.visibility OR OLD.title IS DISTINCT FROM NEW.title OR OLD.body IS DISTINCT FROM NEW.body
    OR OLD.author_id IS DISTINCT FROM NEW.author_id) EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER post_audience_gone AFTER DELETE ON "post"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

-- She sees what of hers is held; nobody else does.
CREATE CONSTRAINT TRIGGER post_audience_held AFTER INSERT ON "post"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.visibility = 'HELD') EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER comment_audience AFTER UPDATE OF visibility, body, author_id ON "comment"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.visibility IS DISTINCT FROM NEW.visibility OR OLD.body IS DISTINCT FROM NEW.body
    OR OLD.author_id IS DISTINCT FROM NEW.author_id) EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER comment_audience_gone AFTER DELETE ON "comment"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

-- She sees what of hers is held; nobody else does.
CREATE CONSTRAINT TRIGGER comment_audience_held AFTER INSERT ON "comment"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.visibility = 'HELD') EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER member_block_audience AFTER INSERT OR DELETE ON "member_block"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER member_mute_audience AFTER INSERT OR DELETE ON "member_mute"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER private_member_audience AFTER INSERT OR DELETE ON "private_member"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

CREATE CONSTRAINT TRIGGER suspended_member_audience AFTER INSERT OR DELETE ON "suspended_member"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_changed();

-- Whoever follows a private member sees what others do not.
CREATE FUNCTION audience_follow_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM private_member WHERE member_id = coalesce(NEW.followee_id, OLD.followee_id)) THEN
    UPDATE audience_epoch SET epoch = txid_current() WHERE epoch <> txid_current();
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER member_follow_audience AFTER INSERT OR DELETE ON "member_follow"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audience_follow_changed();
