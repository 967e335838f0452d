import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  commonVariables,
  databaseUrlVariable,
  readConfig,
  secretVariable,
  serviceUrlVariable,
} from './config.ts';

describe('configuration', () => {
  it('takes numbers, defaults and URLs without their last slash', () => {
    const config = readConfig(
      { ...commonVariables, SUBGRAPH_URL_USER: serviceUrlVariable },
      { PORT: '4101', SUBGRAPH_URL_USER: 'http://127.0.0.1:4102/' },
    );
    expect(config).toMatchObject({
      PORT: 4101,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      SUBGRAPH_URL_USER: 'http://127.0.0.1:4102',
    });
  });

  it('says in one line all that is wrong, and repeats no secret', () => {
    const read = () =>
      readConfig(
        { ...commonVariables, ROUTER_SECRET: secretVariable, DATABASE_URL_USER: databaseUrlVariable },
        { PORT: 'x', ROUTER_SECRET: 'hunter2', LOG_LEVEL: '' },
      );
    expect(read).toThrow(ConfigError);
    try {
      read();
    } catch (error) {
      const { message } = error as Error;
      expect(message).toContain('PORT is not usable: must be a port number');
      expect(message).toContain('ROUTER_SECRET is not usable: must have at least 32 characters');
      expect(message).toContain('DATABASE_URL_USER is not set');
      expect(message).not.toContain('hunter2');
      expect(message).not.toContain('\n');
    }
  });
});
