import { describe, expect, it } from 'vitest';
import { coarseNetwork, customerNetwork } from './network.ts';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.77', '203.0.113.77/32', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.77/32', '203.0.113.0/24'],
    ['2001:db8:12:34:56:78:9a:bc', '2001:db8:12:34::/64', '2001:db8:12::/48'],
    ['2001:0db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0::/48'],
    ['', '', ''],
    ['not an address', '', ''],
  ])('%s belongs to %s, and to %s', (address, customer, coarse) => {
    expect(customerNetwork(address)).toBe(customer);
    expect(coarseNetwork(address)).toBe(coarse);
  });
});
