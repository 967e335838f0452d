import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Html, html } from '@community/kit/html';

export type Language = 'ko' | 'en';

/** The first of our languages that a browser asks for. */
export function languageOf(request: IncomingMessage): Language {
  const wanted = (request.headers['accept-language'] ?? '').toLowerCase().split(',');
  return wanted.map((part) => part.trim().slice(0, 2)).find((part) => part === 'ko' || part === 'en') === 'ko'
    ? 'ko'
    : 'en';
}

/** Answers a small page. It runs no script, is framed and cached by nobody, and leads nowhere else. */
export function sendPage(
  response: ServerResponse,
  status: number,
  { language, title, body }: { language: Language; title: string; body: Html },
): void {
  const page = html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{max-width:28rem;margin:15vh auto;padding:0 1rem;font:1rem/1.6 sans-serif;color:#18181b}
label{display:block}input,button{font:inherit;padding:.5rem .75rem;margin:.5rem 0;box-sizing:border-box}
input{width:100%}button{border:0;border-radius:.375rem;background:#1d4ed8;color:#fff}[role=alert]{color:#b91c1c}</style></head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`.text;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(page),
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(page);
}
