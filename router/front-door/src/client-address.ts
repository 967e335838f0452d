import { BlockList, isIP, isIPv6 } from 'node:net';

function withoutMapping(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

/** Whether an address is one of the proxies that are trusted. */
export type Proxies = (address: string) => boolean;

/** Reads CIDRs (`10.0.0.0/8`, `::1`). @throws Error naming the one that is none */
export function readProxies(cidrs: readonly string[]): Proxies {
  if (cidrs.length === 0) return () => false;
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix);
    if (!isIP(address) || !Number.isInteger(bits))
      throw new Error(`TRUSTED_PROXIES: ${cidr} is not an address or a CIDR such as 10.0.0.0/8`);
    list.addSubnet(address, bits, family);
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * The client's address: the connection's, unless that is a trusted proxy; then the last address of `X-Forwarded-For`
 * that is not one. What stands to the left of it was written by whoever we do not know.
 */
export function clientAddress(connection: string, forwardedFor: string | undefined, proxies: Proxies): string {
  let address = withoutMapping(connection);
  const hops = (forwardedFor ?? '').split(',').map((hop) => withoutMapping(hop.trim()));
  while (proxies(address)) {
    const hop = hops.pop();
    if (!hop || !isIP(hop)) break;
    address = hop;
  }
  return address;
}

/** What limits count by: an IPv4 address, or the /64 of an IPv6 one, of which a client has as many as it likes. */
export function addressGroup(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
