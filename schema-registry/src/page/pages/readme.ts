import { html } from '@community/kit/html';
import { type Page, time, type VariantView } from '../view.ts';

/** What the variant's people wrote of it. */
export async function readme({ variant, t }: VariantView): Promise<Page> {
  return {
    title: t.readme,
    body: html`${variant.readmeUpdatedAt && html`<p class="soft">${t.updated} ${time(variant.readmeUpdatedAt)}</p>`}<pre class="text">${variant.readme}</pre>`,
  };
}
