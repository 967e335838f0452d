import { isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const IPV6_GROUPS = 8;

function groupsOf(text: string): string[] {
  return text ? text.split(':') : [];
}

/** The eight groups of an IPv6 address without its zone, in hexadecimal without leading zeros. */
function expand(address: string): string[] {
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const left = groupsOf(before);
  const right = groupsOf(after ?? '');
  const zeros = after === undefined ? [] : new Array<string>(IPV6_GROUPS - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
}

/**
 * The network that an IP address belongs to.
 * @param bits how many bytes of an IPv4 address and how many 16-bit groups of an IPv6 address are kept
 * @returns in CIDR notation; empty for what is no address
 */
function networkOf(address: string, kept: { bytes: number; groups: number }): string {
  const plain = MAPPED.exec(address)?.[1] ?? address;
  if (isIP(plain) === 4) {
    const bytes = plain.split('.').map((byte, i) => (i < kept.bytes ? byte : '0'));
    return `${bytes.join('.')}/${kept.bytes * 8}`;
  }
  if (isIP(plain) !== 6 || plain.includes('.')) return '';
  const groups = expand(plain).slice(0, kept.groups);
  return `${groups.join(':')}::/${kept.groups * 16}`;
}

/** Whom to hold tries against: one IPv4 address, or the IPv6 network that one customer is given (RFC 6177). */
export function customerNetwork(address: string): string {
  return networkOf(address, { bytes: 4, groups: 4 });
}

/** What is kept of an address for a member to recognise a session by: roughly the provider, not the person. */
export function coarseNetwork(address: string): string {
  return networkOf(address, { bytes: 3, groups: 3 });
}
