import { expect, it } from 'vitest';
import { selectEngine } from './engines.ts';

it('the engine is the gateway’s own unless another is wanted, whose program must be here', () => {
  expect(selectEngine('gateway', {})).toMatchObject({ engine: undefined, gateway: { name: 'gateway' } });
  expect(selectEngine('apollo', { APOLLO_ROUTER_BIN: process.execPath })).toMatchObject({
    engine: { name: 'apollo-router' },
    gateway: { name: 'gateway' },
  });
  expect(selectEngine('hive-router', { HIVE_ROUTER_BIN: process.execPath })).toMatchObject({
    engine: { name: 'hive-router' },
    gateway: { name: 'front-door' },
  });
  expect(() => selectEngine('nginx', {})).toThrow(
    'There is no router "nginx": choose from gateway, apollo, hive-router.',
  );
  expect(() => selectEngine('apollo', {})).toThrow('set APOLLO_ROUTER_BIN to its program');
  expect(() => selectEngine('apollo', { APOLLO_ROUTER_BIN: '/nowhere/router' })).toThrow('/nowhere/router');
});
