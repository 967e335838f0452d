import { z } from 'zod';

/** What names something in the community that is imported; opaque. */
export const sourceId = z.string().min(1).max(200);

/** Text as it is stored: NFC, trimmed; PostgreSQL holds no character 0. */
export const text = z
  .string()
  .refine((value) => !value.includes('\0'), { error: 'holds the character 0' })
  .transform((value) => value.normalize('NFC').trim());

/** When something was, with its zone; nothing of the future. */
export const time = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((value) => value.getTime() <= Date.now(), { error: 'is in the future' });
