import { html } from '@community/kit/html';
import { type Page, time, type View } from '../view.ts';

/** The variants of a graph. */
export async function home({ services, graphId, t }: View): Promise<Page> {
  const variants = await services.visibleVariants(graphId);
  const rows = await Promise.all(
    variants.map(async (variant) => {
      const launch = variant.currentLaunchId ? await services.launches.byId(variant.currentLaunchId) : null;
      const source = variants.find(({ id }) => id === variant.sourceId);
      return html`<li><a href="/graph/${graphId}/variant/${variant.name}/launches"><strong>${variant.name}</strong></a>
        ${source && html`<span class="soft">${t.contractOf} ${source.name}</span>`}
        ${launch && html`<br><span class="good">#${launch.number} ${t.inService}</span> · ${launch.inputs.length} ${t.subgraphs} · ${time(launch.createdAt)}`}</li>`;
    }),
  );
  return {
    title: graphId,
    body: html`<h1>${graphId}</h1><h2>${t.variants}</h2>${rows.length > 0 ? html`<ul class="plain">${rows}</ul>` : html`<p>${t.none}</p>`}`,
  };
}
