import { expect, it } from 'vitest';
import { type EphemeralHarness, ephemeralContract } from '../ephemeral-contract.ts';
import { rememberingLog, unique } from '../testing.ts';
import { createInProcessEphemeral } from './in-process-ephemeral.ts';

/** All that share by a process are in that process. */
async function start(): Promise<EphemeralHarness> {
  const shared = createInProcessEphemeral({ log: rememberingLog() });
  return { open: async () => ({ ...shared, close: async () => {} }), close: () => shared.close() };
}

ephemeralContract('this process', start);

it('bounds its memory: what is oldest makes room', async () => {
  const ephemeral = createInProcessEphemeral({ log: rememberingLog() });
  const namespace = unique('cache');
  const loads: string[] = [];
  const read = (keys: string[]) =>
    ephemeral.cached(namespace, keys, {
      seconds: 60,
      async load(missing) {
        loads.push(...missing);
        return missing.map((key) => ({ key }));
      },
    });
  const keys = Array.from({ length: 11_000 }, (_, i) => `key-${i}`);
  for (let i = 0; i < keys.length; i += 1_000) await read(keys.slice(i, i + 1_000));
  loads.splice(0);
  await read(['key-10999', 'key-1000', 'key-0']);
  expect(loads).toEqual(['key-0']);
});
