import { memberDataReceipts } from '@community/kit/member-data';

/** What this domain answers to requests about a member's data. */
export const receiptEvents = memberDataReceipts('notification');
