import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';

const PROGRAM =
  "process.on('SIGTERM', () => { console.log('asked'); process.exit(); }); setInterval(() => {}, 1e6); console.log(process.pid);";
const OWNER = (body: string) =>
  `import { runProgram } from '${new URL('./program.ts', import.meta.url)}';\n${body}\nsetInterval(() => {}, 1e6);`;

/** A process that runs a program in our way. @returns it, and what it prints */
function startOwner(body: string) {
  const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', OWNER(body)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [owner.stdout, owner.stderr])
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  return { owner, exited: once(owner, 'exit') as Promise<[number | null]>, output: () => output };
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const run = (program: string, more = '') =>
  `const program = runProgram('the program', [process.execPath, '-e', ${JSON.stringify(program)}], { PATH: process.env.PATH }${more});`;

describe('a program of the platform', () => {
  it('does not outlive the process that runs it, even when that is killed', async () => {
    const { owner, exited, output } = startOwner(run(PROGRAM));
    const pid = Number(await until(() => /^\d+$/m.exec(output())?.[0], 'the program being there'));
    expect(runs(pid)).toBe(true);
    owner.kill('SIGKILL');
    await exited;
    await until(() => !runs(pid), 'the end of the program');
  });

  it('is asked to stop, and waited for', async () => {
    const { owner, exited, output } = startOwner(
      `${run(PROGRAM)} process.once('SIGTERM', () => program.stop().then(() => { console.log('stopped'); process.exit(7); }));`,
    );
    await until(() => /^\d+$/m.test(output()), 'the program being there');
    owner.kill('SIGTERM');
    expect((await exited)[0]).toBe(7);
    expect(output()).toMatch(/asked\nstopped\n$/);
  });

  it('ends the process that runs it when it ends by itself, with a word', async () => {
    const { exited, output } = startOwner(run('process.exit(3)'));
    expect((await exited)[0]).toBe(3);
    expect(output()).toContain('the program has ended by itself with exit code 3');
  });

  it('ends the process that runs it when it is not there', async () => {
    const { exited, output } = startOwner(`runProgram('the program', ['/no/such/program'], {});`);
    expect((await exited)[0]).toBe(127);
    expect(output()).toContain('/no/such/program');
  });

  it('tells its lines whole to who asks for them', async () => {
    const { owner, exited, output } = startOwner(
      run(
        "process.stdout.write('on'); setTimeout(() => console.log('e\\ntwo'), 50); setInterval(() => {}, 1e6)",
        ", (line) => console.log('[' + line + ']')",
      ),
    );
    await until(() => output().includes('[one]\n[two]\n'), 'both lines');
    owner.kill('SIGKILL');
    await exited;
  });
});
