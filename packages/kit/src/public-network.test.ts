import { get } from 'node:https';
import { describe, expect, it } from 'vitest';
import { createPublicAgent, isPublicAddress } from './public-network.ts';

describe('an address', () => {
  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...[
      '255.255.255.255',
      '224.0.0.1',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
    ],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

it('connects to no name that resolves to this machine', async () => {
  const agent = createPublicAgent();
  const failure = await new Promise<Error & { code?: string }>((resolve) => {
    get('https://localhost/', { agent }).on('error', resolve);
  });
  agent.destroy();
  expect(failure.code).toBe('EACCES');
});
