import type { Key } from './modules/key/key.policy.ts';
import type { Attribution, GitContext } from './modules/launch/launch.ts';
import type { Services } from './services.ts';

/** What resolvers are given. */
export interface Context {
  /** Of the caller; null when she sent none that is valid. */
  readonly key: Key | null;
  /** The calling program, by its own word. */
  readonly client: string;
  /** Where people see this registry, without a trailing slash. */
  readonly publicUrl: string;
  readonly services: Services;
}

/** Says who does something: the key by its name, the program, and the change in version control. */
export function attribution(context: Context, git: GitContext | null | undefined): Attribution {
  return { actor: context.key?.name ?? 'nobody', client: context.client, git: git ?? {} };
}
