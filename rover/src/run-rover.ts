import { execFile } from 'node:child_process';
import { z } from 'zod';
import { roverBinary } from './rover-binary.ts';

const OUTPUT_LIMIT = 64 * 1024 * 1024;
const AT_MOST_MS = 300_000;
const QUOTED = 1_000;

const buildError = z.looseObject({ message: z.string(), code: z.string().nullish() });
const output = z.object({
  data: z.looseObject({ success: z.boolean() }),
  error: z
    .looseObject({
      message: z.string(),
      code: z.string().nullish(),
      details: z.looseObject({ build_errors: z.array(buildError).optional() }).nullish(),
    })
    .nullable(),
});

/** What Rover prints with `--format json`. */
export type RoverOutput = z.infer<typeof output>;

/**
 * Runs Rover and reads its JSON. The exit code is not asked: `subgraph publish` ends with 0 although the composition
 * failed, and `error` in its JSON says so.
 * @param env beyond this process' environment
 * @returns what it said; when that is no JSON, a failure that quotes it, so that one crash hides no other subgraph
 */
export async function runRover(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RoverOutput> {
  const binary = await roverBinary();
  const { stdout, said } = await new Promise<{ stdout: string; said: string }>((resolve) => {
    execFile(
      binary,
      [...args, '--format', 'json'],
      {
        env: { APOLLO_TELEMETRY_DISABLED: '1', APOLLO_ROVER_SKIP_UPDATE: '1', ...process.env, ...env },
        maxBuffer: OUTPUT_LIMIT,
        timeout: AT_MOST_MS,
      },
      (error, out, err) => resolve({ stdout: out, said: err.trim() || out.trim() || error?.message || 'nothing' }),
    );
  });
  try {
    return output.parse(JSON.parse(stdout));
  } catch {
    const message = `rover ${args.slice(0, 2).join(' ')} did not answer in JSON; it said: ${said.slice(0, QUOTED)}`;
    return { data: { success: false }, error: { message } };
  }
}

/** Rover's codes for a registry that cannot be reached and for one that does not answer in time. */
const NO_ANSWER = ['E028', 'E031'];

/** Whether the registry, or what stands before it, gave no answer: trying again may help. */
export const unanswered = ({ error }: RoverOutput): boolean =>
  error !== null &&
  (NO_ANSWER.includes(error.code ?? '') || error.message.startsWith('HTTP status server error')) &&
  !error.details?.build_errors?.length;

/** Without these Rover asks for a profile, or sends the schema to Apollo. */
const NEEDED = ['APOLLO_KEY', 'APOLLO_REGISTRY_URL'];

/** What the environment lacks for a registry of one's own, in one line. */
export function missingSettings(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const missing = NEEDED.filter((name) => !env[name]);
  return missing.length > 0
    ? `${missing.join(' and ')} must be set: the registry's address, such as https://registry.example.org/graphql, and a key for it.`
    : undefined;
}
