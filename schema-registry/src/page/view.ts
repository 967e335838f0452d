import { type Html, html } from '@community/kit/html';
import { covers, type Key } from '../modules/key/key.policy.ts';
import type { Variant } from '../modules/variant/variant.ts';
import type { Services } from '../services.ts';
import type { Texts } from './dictionary.ts';

/** What a page is made from. */
export interface View {
  readonly services: Services;
  readonly key: Key;
  readonly t: Texts;
  readonly graphId: string;
  readonly query: URLSearchParams;
  /** Of a POST. */
  readonly form: URLSearchParams;
}

export interface VariantView extends View {
  readonly variant: Variant;
  /** The path of the variant's pages, without a trailing slash. */
  readonly base: string;
}

/** Sends the browser elsewhere. */
export class Redirect {
  readonly location: string;
  constructor(location: string) {
    this.location = location;
  }
}

/** Something that is not there; the message names it. */
export class NotFound extends Error {
  override name = 'NotFound';
}

export interface Page {
  readonly title: string;
  readonly body: Html;
}

/** Whether the visitor may publish, roll back and approve. */
export const mayPublish = ({ key }: View): boolean => covers(key.scopes, 'publish') && key.subgraphs.length === 0;

/** A number that an address gives, of a launch. */
export const numberIn = (text: string | null): number | undefined =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;

/** A time for people and programs. */
export const time = (at: Date): Html =>
  html`<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`;

/** A table that becomes a list on a narrow screen. */
export function table(names: readonly string[], rows: readonly (readonly (Html | string | number)[])[]): Html {
  return html`<table class="stack"><thead><tr>${names.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, index) => html`<td data-name="${names[index] ?? ''}">${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}

/** The first of a list, and how many are left out. */
export function cut<T>(all: readonly T[], most: number, t: Texts): { shown: readonly T[]; rest: Html } {
  const left = all.length - most;
  return { shown: all.slice(0, most), rest: left > 0 ? html`<p class="soft">${left} ${t.more}</p>` : html`` };
}

/** Items as a list, the first of them, and how many are left out. */
export function list(items: readonly (Html | string)[], most: number, t: Texts): Html {
  const { shown, rest } = cut(items, most, t);
  return html`<ul>${shown.map((item) => html`<li>${item}</li>`)}</ul>${rest}`;
}

/** The traffic that pages tell of. */
export const lately = (variantIds: readonly string[], days = 14) => ({
  variantIds,
  from: new Date(Date.now() - days * 86_400_000),
  to: new Date(),
  excludedClients: [],
  excludedOperations: [],
});
