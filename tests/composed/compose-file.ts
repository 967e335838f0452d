import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** A variable without a value is one that the environment passes on when it sets it: not set, for these tests. */
const environment = z
  .record(z.string(), z.union([z.string(), z.number(), z.null()]))
  .transform((variables) =>
    Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
  );
const service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: environment.default({}),
  healthcheck: z.unknown().optional(),
  profiles: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});
const composeFile = z.looseObject({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.unknown()),
});

export type ComposeService = z.infer<typeof service>;

/** `docker-compose.yml`, as far as tests read it. */
export function readComposeFile(): z.infer<typeof composeFile> {
  return composeFile.parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
}

/** A value with `${NAME:-default}` replaced as Compose does it (Compose specification, interpolation). */
export function interpolate(value: string, env: NodeJS.ProcessEnv): string {
  return value.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, name: string, byDefault = '') => env[name] || byDefault);
}

/** The services that are processes of this repository and stay, unless another profile is asked for. */
export function platformServices(): Map<string, ComposeService> {
  const { services } = readComposeFile();
  return new Map(
    Object.entries(services).filter(
      ([, { image, healthcheck, profiles }]) =>
        image.startsWith('community-platform') && healthcheck && profiles.length === 0,
    ),
  );
}
