import type { TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';

export const PROFILE =
  'query($id: ID, $handle: String) { user(id: $id, handle: $handle) { id handle displayName followerCount followingCount version } }';
export const EDIT =
  'mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename ... on UpdateProfileSuccess { user { displayName version } } ... on Error { code path } } }';
export const FOLLOW =
  'mutation($id: ID!) { follow(input: { userId: $id }) { __typename ... on FollowSuccess { user { followerCount } } ... on Error { code path } } }';
export const BLOCK = 'mutation($id: ID!) { block(input: { userId: $id }) { __typename ... on Error { code } } }';

export const handleOf = (id: string) => `m_${id.replaceAll('-', '').slice(-20)}`;

/** A member with a profile, made as sign-up makes it: reserved, then confirmed by auth's event. */
export async function signUp(domain: TestDomain, handle?: string): Promise<TestMember & { handle: string }> {
  const member = domain.keys.member();
  const wanted = handle ?? handleOf(member.id);
  const { status } = await domain.internal('handles/reserve', {
    memberId: member.id,
    handle: wanted,
    displayName: wanted,
    language: 'en',
  });
  if (status !== 200) throw new Error(`the handle ${wanted} was not reserved: ${status}`);
  await domain.database.query("UPDATE profile SET status = 'ACTIVE', reserved_until = NULL WHERE id = $1", [member.id]);
  return { ...member, handle: wanted };
}

/** What was told of a member so far, in order. */
export async function eventsOf(domain: TestDomain, memberId: string): Promise<{ type: string; version: number }[]> {
  return until(async () => {
    const { rows } = await domain.database.query('SELECT count(*)::int AS waiting FROM events.outbox');
    if (rows[0].waiting > 0) return null;
    const log = await domain.log.query(
      "SELECT value FROM log.record WHERE topic = 'user' AND key = $1 ORDER BY record_offset",
      [memberId],
    );
    return log.rows.map(({ value }) => ({ type: value.type, version: Number(value.aggregateversion) }));
  }, 'an empty outbox');
}
