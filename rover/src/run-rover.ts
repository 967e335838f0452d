import { execFile } from 'node:child_process';
import { z } from 'zod';
import { roverBinary } from './rover-binary.ts';

const OUTPUT_LIMIT = 64 * 1024 * 1024;

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

/** Rover could not be run, or said something that is no JSON. */
export class RoverError extends Error {
  override name = 'RoverError';
}

/**
 * Runs Rover and reads its JSON. The exit code is not asked: `subgraph publish` ends with 0 although the composition
 * failed, and `error` in its JSON says so.
 * @param env beyond this process' environment
 * @throws RoverError
 */
export async function runRover(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RoverOutput> {
  const binary = await roverBinary();
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile(
      binary,
      [...args, '--format', 'json'],
      {
        env: { APOLLO_TELEMETRY_DISABLED: '1', APOLLO_ROVER_SKIP_UPDATE: '1', ...process.env, ...env },
        maxBuffer: OUTPUT_LIMIT,
      },
      (_error, out, err) => resolve({ stdout: out, stderr: err }),
    );
  });
  try {
    return output.parse(JSON.parse(stdout));
  } catch {
    const said = stderr.trim() || stdout.trim() || 'nothing';
    throw new RoverError(`rover ${args.slice(0, 2).join(' ')} did not answer in JSON; it said: ${said}`);
  }
}
