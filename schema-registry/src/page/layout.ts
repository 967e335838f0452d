import { type Html, html } from '@community/kit/html';
import type { HttpAnswer } from '@community/kit/http';
import type { Language, Texts } from './dictionary.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export interface Frame {
  readonly language: Language;
  readonly t: Texts;
  readonly title: string;
  readonly path: string;
  /** Null: nobody is signed in. */
  readonly signedIn: string | null;
  readonly breadcrumbs?: Html;
}

/** Sends the browser elsewhere. @param location a path of this page, encoded */
export const redirect = (location: string, headers: Record<string, string> = {}): HttpAnswer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', ...headers },
  body: '',
});

/** A whole page. */
export function page(status: number, frame: Frame, body: Html, headers: Record<string, string> = {}): HttpAnswer {
  const { t, language, path } = frame;
  const other = language === 'ko' ? { code: 'en', name: 'English' } : { code: 'ko', name: '한국어' };
  const document = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title} · ${t.title}</title><link rel="stylesheet" href="/assets/registry.css"></head>
<body><header><a href="/"><strong>${t.title}</strong></a>${frame.breadcrumbs ?? ''}</header>
<main>${body}</main>
<footer><form method="post" action="/language"><input type="hidden" name="to" value="${other.code}"><input type="hidden" name="from" value="${path}"><button lang="${other.code}">${other.name}</button></form>
${frame.signedIn === null ? '' : html`<span class="soft">${frame.signedIn}</span><form method="post" action="/sign-out"><button>${t.signOut}</button></form>`}</footer></body></html>`;
  return { status, headers: { ...HEADERS, ...headers }, body: document.text };
}
