import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it.each([
  'packages/jobs/bin/jobs.ts',
  'packages/events/bin/events.ts',
  'packages/import/bin/import.ts',
  'packages/import/bin/generate.ts',
  'packages/engines/bin/engines.ts',
  'subgraphs/auth/bin/accounts.ts',
  'router/gateway/bin/exemption.ts',
])('%s says in one line that it has no such option', (command) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', command, '--nonsense'], {
    encoding: 'utf8',
  });
  expect(stdout + stderr).toBe("Unknown option '--nonsense' (see --help)\n");
  expect(status).toBe(1);
});
