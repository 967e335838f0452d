import { describe, expect, it } from 'vitest';
import { addressGroup, clientAddress, readProxies } from './client-address.ts';

const proxies = readProxies(['10.0.0.0/8', '2001:db8::/32', '127.0.0.1']);

describe("a client's address", () => {
  it.each([
    ['the connection’s when nobody is trusted in between', '203.0.113.9', undefined, '203.0.113.9'],
    ['not what a client writes of itself', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['what a trusted proxy says', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['the last that is not a proxy', '10.1.2.3', '203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['not what was forged to the left of it', '10.1.2.3', '1.1.1.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['the proxy’s when the header is nonsense', '10.1.2.3', 'unknown', '10.1.2.3'],
    ['the proxy’s when it says nothing', '10.1.2.3', undefined, '10.1.2.3'],
    ['without the IPv4 mapping', '::ffff:127.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['IPv6 too', '2001:db8::1', '2a00:1450::5', '2a00:1450::5'],
  ])('is %s', (_, connection, forwardedFor, expected) => {
    expect(clientAddress(connection, forwardedFor, proxies)).toBe(expected);
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2a00:1450:4001:81b::200e', '2a00:1450:4001:81b::/64'],
    ['2a00:1450:4001:81b:1:2:3:4', '2a00:1450:4001:81b::/64'],
    ['2a00::1', '2a00:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is limited as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  it('cannot be found with a list that is wrong, and the list says where', () => {
    for (const wrong of ['proxy.internal', '10.0.0.0/x', ''])
      expect(() => readProxies([wrong])).toThrow(/TRUSTED_PROXIES/);
  });
});
