/** What is wrong with a Redis URL, in words that do not repeat it (it may hold a password); undefined when it is well. */
export function redisUrlFault(text: string): string | undefined {
  const advice = 'a URL such as redis://user:password@host:6379/0, or rediss:// for TLS';
  if (!URL.canParse(text)) return `is not ${advice}`;
  const url = new URL(text);
  if (!['redis:', 'rediss:'].includes(url.protocol))
    return `begins with neither redis:// nor rediss://: give ${advice}`;
  if (!url.hostname) return `names no host: give ${advice}`;
  if (!/^\/?\d{0,4}$/.test(url.pathname)) return `must end with the number of a database or nothing: give ${advice}`;
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    return 'has a user or a password with a % that is not an escape: write %25 for it';
  }
  return undefined;
}

/** Where a Redis is, without user and password. */
export function redisAddress(text: string): string {
  const { hostname, port } = new URL(text);
  return `${hostname}:${port || 6379}`;
}
