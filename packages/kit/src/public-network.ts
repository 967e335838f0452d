import { type LookupAddress, lookup } from 'node:dns';
import { Agent } from 'node:https';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** Addresses that are not of the public internet (IANA's special-purpose registries). */
const SPECIAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const special = new BlockList();
for (const [network, prefix] of SPECIAL) special.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4');

/** Whether an IP address is one of the public internet; an IPv4 address within IPv6 counts as what it is. */
export function isPublicAddress(address: string): boolean {
  return !special.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Resolves names for sockets, and fails unless all addresses of a name are allowed: one that changes in between does not
 * slip through. Sockets do not look up what is an address already.
 */
export function lookupAllowed(allows: (address: string) => boolean, resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (!error && !addresses.every(({ address }) => allows(address)))
        return callback(Object.assign(new Error(`${hostname} is not of the public internet`), { code: 'EACCES' }), []);
      const [first] = addresses ?? [];
      if (options.all || !first) return callback(error, addresses ?? []);
      return callback(error, first.address, first.family);
    });
  };
}

/** Connects by https to the public internet only, whatever a name resolves to at that moment. */
export function createPublicAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 20, lookup: lookupAllowed(isPublicAddress) });
}
