import { type Html, html } from '@community/kit/html';
import type { SchemaChange } from '../../schema-diff/change.ts';
import type { Texts } from '../dictionary.ts';
import { cut, table } from '../view.ts';

const SHOWN = 200;
const ORDER = { ifUsed: 0, dangerous: 1, safe: 2 };

/** Changes of what clients see, those that may break somebody first. */
export function changeList(changes: readonly SchemaChange[], t: Texts): Html {
  if (changes.length === 0) return html`<p>${t.noChanges}</p>`;
  const words = {
    ifUsed: html`<span class="bad">${t.breaking}</span>`,
    dangerous: html`<span class="warn">${t.dangerous}</span>`,
    safe: html`<span class="good">${t.safe}</span>`,
  };
  const { shown, rest } = cut(
    [...changes].sort((a, b) => ORDER[a.impact] - ORDER[b.impact]),
    SHOWN,
    t,
  );
  return html`${table(
    ['', '', t.changes],
    shown.map(({ impact, code, description }) => [words[impact], html`<code>${code}</code>`, description]),
  )}${rest}`;
}
