import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (line: string, env: NodeJS.ProcessEnv = {}) =>
  readOptions('/repository', line.split(' ').filter(Boolean), env);

describe('readOptions', () => {
  it('starts everything with sample data on port 4000 unless told', () => {
    expect(read('')).toEqual({
      command: 'start',
      only: undefined,
      port: 4000,
      dataDir: '/repository/.data',
      sampleData: true,
      production: false,
      router: 'gateway',
      join: false,
    });
    expect(read('--router apollo')).toMatchObject({ router: 'apollo' });
  });

  it('reads every option, with or without the command', () => {
    const expected = {
      command: 'start',
      only: ['user', 'content'],
      port: 4100,
      dataDir: '/here/elsewhere',
      sampleData: false,
    };
    const options = '--only user,content --port=4100 --data-dir elsewhere --no-sample-data';
    expect(read(options, { INIT_CWD: '/here' })).toMatchObject(expected);
    expect(read(`start ${options}`, { INIT_CWD: '/here' })).toMatchObject(expected);
  });

  it('has no sample data in production, and takes the port of the environment there as anywhere', () => {
    expect(read('start --production', { PORT: '8080' })).toMatchObject({
      production: true,
      sampleData: false,
      port: 8080,
    });
  });

  it.each([
    ['strat', 'There is no command "strat": use start, dev or reset, or --help.'],
    ['--prot 1', 'Unknown option --prot. See `npm start -- --help`.'],
    ['start --production-mode', 'Unknown option --production-mode. See `npm start -- --help`.'],
    ['dev --production', 'Unknown option --production. See `npm run dev -- --help`.'],
    ['start user', '"user" is not understood here. See `npm start -- --help`.'],
    ['--port', '--port needs a value, such as --port 4000. See `npm start -- --help`.'],
    ['--port 70000', '70000 is not a port: give a number from 1 to 65535, such as --port 4000.'],
    ['--production=yes', '--production takes no value. See `npm start -- --help`.'],
    ['dev --join', '--join takes over one subgraph: name it, for instance --only content --join.'],
  ])('refuses "%s" in one line that says what to do', (line, message) => {
    expect(() => read(line)).toThrow(message);
  });

  it('explains each command', () => {
    for (const command of ['start', 'dev', 'reset'])
      expect(read(`${command} --help`)).toMatchObject({ command: 'help', text: expect.stringContaining('--data-dir') });
    expect(read('--help')).toMatchObject({ text: expect.stringContaining('npm run reset') });
  });
});
