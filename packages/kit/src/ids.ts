/** A new UUIDv7, for rows that this platform makes. */
export { newId } from '@community/events/uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether `text` has the form of a UUID. Ids are opaque to clients, so anything else is simply an id of nothing. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
