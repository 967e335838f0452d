import { isId } from '@community/kit/ids';
import { type Invalid, invalid } from '@community/kit/problem';
import { mayInRoom } from '../room/room.policy.ts';
import type { RoomOfMember, RoomRole } from '../room/room.ts';

export const MAX_TEXT = 8_000;
const MAX_MENTIONS = 50;
const MAX_FILES = 10;

/** What a member wants to say. */
export interface Draft {
  readonly body: string;
  readonly mentionedIds: readonly string[];
  readonly fileIds: readonly string[];
}

/** The first rule that a (tidied) draft breaks, or null. Whether those who are mentioned are there is asked elsewhere. */
export function checkDraft({ body, mentionedIds, fileIds }: Draft): Invalid | null {
  if (body.length > MAX_TEXT)
    return invalid(`A message has at most ${MAX_TEXT} characters; this has ${body.length}.`, ['input', 'body']);
  if (body.includes('\0')) return invalid('A message is text without control characters.', ['input', 'body']);
  if (body.length === 0 && fileIds.length === 0) return invalid('A message has a text or a file.', ['input', 'body']);
  if (mentionedIds.length > MAX_MENTIONS)
    return invalid(`A message mentions at most ${MAX_MENTIONS} members.`, ['input', 'mentionedIds']);
  if (fileIds.length > MAX_FILES) return invalid(`A message has at most ${MAX_FILES} files.`, ['input', 'fileIds']);
  const noFile = fileIds.findIndex((id) => !isId(id));
  if (noFile >= 0) return invalid('This is not the id of a file.', ['input', 'fileIds', String(noFile)]);
  return null;
}

/** Who takes a message away: its sender, or somebody who keeps order in the room; null for everybody else. */
export function removerOf(
  room: Pick<RoomOfMember, 'memberId' | 'role' | 'kind'>,
  senderId: string,
  senderRole: RoomRole | undefined,
): 'sender' | 'moderator' | null {
  if (senderId === room.memberId) return 'sender';
  return room.kind === 'GROUP' && mayInRoom(room.role, 'removeMessage', senderRole) ? 'moderator' : null;
}
