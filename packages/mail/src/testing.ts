/** A mail as it arrived, taken apart: headers by lower-case name, and the contents by media type. */
export interface ParsedMail {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
}

function splitHead(text: string): [Record<string, string>, string] {
  const [head = '', body = ''] = text.split(/\r\n\r\n([\s\S]*)/, 2);
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = lines.map((line) => /^([^:]+):\s*(.*)$/.exec(line)).filter((match) => match !== null);
  return [Object.fromEntries(headers.map((match) => [match[1]?.toLowerCase(), match[2]])), body];
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Decodes the encoded words of a header (RFC 2047), in UTF-8 only. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : quotedPrintable(word.replaceAll('_', ' ')),
    );
}

/** Takes apart a mail of the kind that mailers here send: one level of parts, UTF-8. */
export function parseMail(raw: string): ParsedMail {
  const [headers, body] = splitHead(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  const parts = body.split(`--${boundary}`).flatMap((part) => {
    const [head, content] = splitHead(part.replace(/^\r\n/, ''));
    const type = /^text\/\w+/.exec(head['content-type'] ?? '')?.[0];
    if (!type) return [];
    const encoding = head['content-transfer-encoding'];
    const text =
      encoding === 'base64'
        ? Buffer.from(content, 'base64').toString('utf8')
        : encoding === 'quoted-printable'
          ? quotedPrintable(content)
          : content;
    return [[type, text.trim()]];
  });
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, decodeWords(value)])),
    parts: Object.fromEntries(parts),
  };
}
