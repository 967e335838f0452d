import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { InstallError, releaseUrl } from './release.ts';

const REQUEST_MS = 30_000;
const DIGEST = /^(?:sha256:)?([0-9a-f]{64})$/i;

const release = z.object({
  assets: z.array(z.looseObject({ name: z.string(), digest: z.string().nullish() })),
});

const BY_HAND = 'Pass the digest that you trust: npm run router -- install --digest sha256:…';

/** Why something could not be fetched, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? `${error.message}: ${cause.message}` : error.message;
}

/**
 * A digest in the one form that is compared: 64 hexadecimal digits.
 * @throws InstallError when it is no SHA-256
 */
export function readDigest(digest: string): string {
  const [, digits] = DIGEST.exec(digest.trim()) ?? [];
  if (!digits) throw new InstallError('The digest is not a SHA-256: "sha256:" and 64 hexadecimal digits.');
  return digits.toLowerCase();
}

/**
 * The digest of a file of the release. Its makers publish no list of checksums; but GitHub computes one of each file when
 * it is uploaded and does not let it be changed, and shows it on the page of the release and in its API.
 * @throws InstallError when it cannot be asked, or says none
 */
export async function publishedDigest(asset: string, env: NodeJS.ProcessEnv): Promise<string> {
  const url = releaseUrl(env);
  let body: unknown;
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'community-platform' },
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    if (!response.ok) throw new Error(`it was answered by ${response.status}`);
    body = await response.json();
  } catch (error) {
    throw new InstallError(`The digest of ${asset} cannot be read from ${url}: ${reasonOf(error)}. ${BY_HAND}`);
  }
  const found = release.safeParse(body).data?.assets.find(({ name }) => name === asset);
  if (!found?.digest) throw new InstallError(`${url} tells no digest of ${asset}, so it cannot be checked. ${BY_HAND}`);
  return readDigest(found.digest);
}

/** The SHA-256 of a file, in hexadecimal digits. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
