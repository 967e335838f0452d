import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** A base that git does not know. */
export class UnknownBaseError extends Error {
  override name = 'UnknownBaseError';
}

/**
 * Where this branch left the base.
 * @param folder within the repository
 * @throws UnknownBaseError
 */
export async function forkPoint(folder: string, base: string): Promise<string> {
  return git(folder, 'merge-base', base, 'HEAD').catch(() => {
    throw new UnknownBaseError(
      `git knows no common ancestor with "${base}": fetch it (CI: full history, or fetch-depth: 0), or name another by --base.`,
    );
  });
}

/**
 * The files that differ from a revision, those not added yet too.
 * @returns absolute paths without symbolic links; those of deleted files too
 */
export async function changedFiles(folder: string, revision: string): Promise<Set<string>> {
  const root = await git(folder, 'rev-parse', '--show-toplevel');
  // -z: else git quotes names that are not ASCII, and they would count as unchanged.
  const lists = await Promise.all([
    // Against the working tree, so that it also answers before a commit.
    git(root, 'diff', '--name-only', '--no-renames', '-z', revision),
    git(root, 'ls-files', '--others', '--exclude-standard', '-z'),
  ]);
  const names = lists.flatMap((list) => list.split('\0')).filter(Boolean);
  return new Set(names.map((name) => path.join(root, name)));
}

/** A file as it was at a revision; undefined when it was not there. */
export async function fileAt(revision: string, file: string): Promise<string | undefined> {
  return git(path.dirname(file), 'show', `${revision}:./${path.basename(file)}`).catch(() => undefined);
}

/** What Rover tells the registry of a change, from the variables of GitHub's and GitLab's CI, else from git. */
export async function changeContext(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<NodeJS.ProcessEnv> {
  const ask = (...args: string[]) => git(folder, ...args).catch(() => '');
  const [branch, commit, author, remote] = await Promise.all([
    ask('rev-parse', '--abbrev-ref', 'HEAD'),
    ask('rev-parse', 'HEAD'),
    ask('log', '-1', '--format=%an <%ae>'),
    ask('config', '--get', 'remote.origin.url'),
  ]);
  const context = {
    APOLLO_VCS_BRANCH:
      env.APOLLO_VCS_BRANCH ||
      env.GITHUB_HEAD_REF ||
      env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME ||
      env.GITHUB_REF_NAME ||
      env.CI_COMMIT_REF_NAME ||
      branch,
    APOLLO_VCS_COMMIT: env.APOLLO_VCS_COMMIT || env.CI_COMMIT_SHA || commit,
    APOLLO_VCS_AUTHOR: env.APOLLO_VCS_AUTHOR || env.CI_COMMIT_AUTHOR || author,
    // Credentials that a CI writes into the address are nobody else's business.
    APOLLO_VCS_REMOTE_URL: (env.APOLLO_VCS_REMOTE_URL || remote).replace(/\/\/[^@/]*@/, '//'),
  };
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value));
}
