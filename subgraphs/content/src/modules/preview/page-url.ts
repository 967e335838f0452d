const MAX_URL = 2_048;

/** An address of the web as it is asked for: without fragment; null for what is none, or holds a password. */
export function readPageUrl(text: string, base?: URL): URL | null {
  if (text.length > MAX_URL || !URL.canParse(text, base?.href)) return null;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username || url.password || url.href.length > MAX_URL) return null;
  url.hash = '';
  return url;
}
