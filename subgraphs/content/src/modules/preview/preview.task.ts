import { createHash } from 'node:crypto';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { firstLink } from '../../markdown.ts';
import { describePage } from './describe-page.ts';
import type { Network } from './guarded-get.ts';
import { readPageUrl } from './page-url.ts';
import type { PreviewStore } from './preview.store.ts';
import { readPage } from './read-page.ts';

export const LINK_PREVIEW = 'link_preview';
export const LINK_PREVIEW_SWEEP = 'link_preview.sweep';
/** At night. */
export const LINK_PREVIEW_SWEEP_CRON = '41 3 * * *';
const payload = z.object({ url: z.url() });
const NOTHING = { title: null, description: null, siteName: null };

export type PreviewLinks = ReturnType<typeof createPreviewLinks>;

/** The page that a text links to first. */
function pageOf(body: string): string | null {
  const link = firstLink(body);
  return link === null ? null : (readPageUrl(link)?.href ?? null);
}

/** Notes what a post links to first, and has it read unless that was done a short time ago. */
export function createPreviewLinks({
  transactions,
  previews,
}: {
  transactions: Transactions<Tx>;
  previews: PreviewStore;
}) {
  /** @param before the post as it was; null when it is new */
  return async function previewLinks(
    tx: Tx,
    post: { readonly id: string; readonly body: string },
    before: { readonly body: string } | null,
  ): Promise<void> {
    const url = pageOf(post.body);
    if (url === (before && pageOf(before.body))) return;
    await previews.setLink(tx, post.id, url);
    if (url === null || (await previews.isFresh(tx, url))) return;
    const key = `${LINK_PREVIEW} ${createHash('sha256').update(url).digest('base64url')}`;
    await addJob(transactions.sql(tx), LINK_PREVIEW, { url }, { key, maxAttempts: 3 });
  };
}

/** Forgets what no post links to any more. */
export function previewSweepTask({
  transactions,
  previews,
}: {
  transactions: Transactions<Tx>;
  previews: PreviewStore;
}): Task {
  return () => transactions.run((tx) => previews.sweep(tx));
}

/** Reads a page and keeps what it says of itself; that it says nothing, too. */
export function previewTask({
  transactions,
  previews,
  network,
}: {
  transactions: Transactions<Tx>;
  previews: PreviewStore;
  network: Network;
}): Task {
  return async (job) => {
    const { url } = payload.parse(job);
    const html = await readPage(new URL(url), network);
    await transactions.run((tx) => previews.save(tx, url, html === null ? NOTHING : describePage(html)));
  };
}
