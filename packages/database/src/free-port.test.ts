import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { freePorts } from './free-port.ts';

it('gives nobody a port that somebody else was just given, in this process or another', async () => {
  const script =
    "import { freePorts } from './packages/database/src/free-port.ts'; console.log((await freePorts(200)).join())";
  const ask = () => promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]);
  const [own, ...others] = await Promise.all([freePorts(200), ask(), ask()]);
  const ports = [...own, ...others.flatMap(({ stdout }) => stdout.trim().split(',').map(Number))];
  expect(ports).toHaveLength(600);
  expect(new Set(ports).size).toBe(600);
});
