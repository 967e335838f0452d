import { randomUUID } from 'node:crypto';
import type { Log } from '@community/events/log';

/** A name that no other test uses. */
export const unique = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;

/** A log that remembers what was written to it. */
export function rememberingLog(): Log & { readonly lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
