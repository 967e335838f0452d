import { html } from '@community/kit/html';
import { type DefinitionNode, type DocumentNode, Kind, parse } from 'graphql';
import { type Page, time, type VariantView } from '../view.ts';
import { schemaOf } from './field-use.ts';

const SHOWN = 60;

/** Who owns a subgraph, by `@contact` on its schema. */
export function ownerOf(document: DocumentNode): { name: string; url?: string; description?: string } | null {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    const contact = definition.directives?.find(({ name }) => name.value === 'contact');
    if (!contact) continue;
    const given = Object.fromEntries(
      (contact.arguments ?? []).flatMap(({ name, value }) =>
        value.kind === Kind.STRING ? [[name.value, value.value]] : [],
      ),
    ) as Record<string, string>;
    if (given.name) return { name: given.name, url: given.url, description: given.description };
  }
  return null;
}

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** Only a name for an entity of another subgraph: `@key(fields: "id", resolvable: false)`, each. */
function isStub(definition: DefinitionNode): boolean {
  const keys = 'directives' in definition ? definition.directives?.filter(({ name }) => name.value === 'key') : [];
  return (
    keys !== undefined &&
    keys.length > 0 &&
    keys.every((key) =>
      key.arguments?.some(
        ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
      ),
    )
  );
}

/** What a subgraph defines itself. */
const definedIn = (document: DocumentNode): string[] =>
  document.definitions.flatMap((definition) =>
    /TypeDefinition$/.test(definition.kind) &&
    'name' in definition &&
    definition.name &&
    !ROOTS.has(definition.name.value) &&
    !isStub(definition)
      ? [definition.name.value]
      : [],
  );

/** The subgraphs: where they run, who owns them, what they define. */
export async function subgraphs(view: VariantView): Promise<Page> {
  const { services, variant, base, t } = view;
  // Those that are hidden from clients have no page.
  const schema = await schemaOf(view);
  const all = await services.variants.subgraphs(variant.sourceId ?? variant.id);
  const bodies = await services.documents.load(all.map(({ sdlHash }) => sdlHash));
  const parts = all.map(({ name, url, revision, updatedAt }, index) => {
    const sdl = bodies[index] ?? '';
    const document = parse(sdl, { noLocation: true });
    const owner = ownerOf(document);
    const types = definedIn(document);
    const safeUrl = owner?.url && /^https?:\/\//.test(owner.url) ? owner.url : null;
    return html`<section><h2>${name}</h2><p>${t.owner}: ${owner ? html`<strong>${safeUrl ? html`<a href="${safeUrl}" rel="noreferrer">${owner.name}</a>` : owner.name}</strong> ${owner.description}` : html`<span class="warn">${t.noOwner}</span>`}</p>
      <p><code>${url ?? ''}</code> · ${t.revision} ${revision || '–'} · ${t.updated} ${time(updatedAt)}</p>
      <p>${t.owns}: ${types.slice(0, SHOWN).map((type) => (schema?.getType(type) ? html`<a href="${base}/schema/${type}">${type}</a> ` : `${type} `))}${types.length > SHOWN ? `+${types.length - SHOWN}` : ''}</p>
      <details><summary>SDL</summary><pre>${sdl}</pre></details></section>`;
  });
  return { title: t.subgraphs, body: parts.length > 0 ? html`${parts}` : html`<p>${t.none}</p>` };
}
