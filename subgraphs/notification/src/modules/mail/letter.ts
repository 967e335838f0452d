import { html } from '@community/kit/html';
import type { Language } from './sentence.ts';

/** What a mail says, before it is laid out. */
export interface Letter {
  readonly language: Language;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Lines of a list, below the paragraphs. */
  readonly lines?: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** Why it was sent. */
  readonly footer: string;
  /** Where mails like it are stopped; none for those that answer an act of the member. */
  readonly unsubscribe?: { readonly label: string; readonly url: string };
}

/** The subject, text and HTML of a mail. Whatever the letter holds stays text: it cannot become markup or a header. */
export function layOut(letter: Letter): { subject: string; text: string; html: string } {
  const { language, paragraphs, lines = [], action, footer, unsubscribe } = letter;
  const subject = letter.subject.replaceAll(/\s+/g, ' ').trim();
  const text = [
    ...paragraphs,
    ...(lines.length > 0 ? [lines.map((line) => `- ${line}`).join('\n')] : []),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    `-- \n${footer}${unsubscribe ? `\n${unsubscribe.label}: ${unsubscribe.url}` : ''}`,
  ].join('\n\n');
  const body = html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;background:#f4f4f5;color:#18181b;font:16px/1.6 sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff">
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}
${lines.length > 0 && html`<ul>${lines.map((line) => html`<li>${line}</li>\n`)}</ul>`}
${action && html`<p><a href="${action.url}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#1d4ed8;color:#ffffff">${action.label}</a></p>`}
<p style="margin-top:32px;color:#52525b;font-size:13px">${footer}${unsubscribe && html` <a href="${unsubscribe.url}" style="color:#52525b">${unsubscribe.label}</a>`}</p>
</div>
</body>
</html>`;
  return { subject, text: `${text}\n`, html: body.text };
}
