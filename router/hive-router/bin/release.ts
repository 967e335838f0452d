import { TESTED_VERSION } from '../src/config.ts';

/** The same program as a container, for machines that no release is built for. */
export const IMAGE = `ghcr.io/graphql-hive/router:${TESTED_VERSION}`;

const DOWNLOADS = 'https://github.com/graphql-hive/router/releases/download';
const API = 'https://api.github.com/repos/graphql-hive/router/releases/tags';
const TAG = encodeURIComponent(`hive-router/v${TESTED_VERSION}`);

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'macos' };
const PROCESSORS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The router cannot be had; the message says why and what to do. */
export class InstallError extends Error {
  override name = 'InstallError';
}

export interface Machine {
  /** As Node tells them: `process.platform` and `process.arch`. */
  readonly platform: string;
  readonly arch: string;
  /** Whether its C library is glibc, which the releases for Linux are linked against. */
  readonly glibc: boolean;
}

/** This machine. */
export function thisMachine(): Machine {
  const { report, platform, arch } = process;
  // Names of the network's machines are asked for otherwise; the types do not know it yet.
  Object.assign(report, { excludeNetwork: true });
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { platform, arch, glibc: header.glibcVersionRuntime !== undefined };
}

/**
 * The name of the file that the release has for a machine.
 * @throws InstallError when it has none
 */
export function assetFor({ platform, arch, glibc }: Machine): string {
  const [system, processor] = [SYSTEMS[platform], PROCESSORS[arch]];
  const elsewhere = `Run the container image ${IMAGE}, or build the crate hive-router ${TESTED_VERSION} and set HIVE_ROUTER_BIN.`;
  if (!system || !processor)
    throw new InstallError(
      `Hive Router is released for Linux and macOS on x64 and arm64, not for ${platform} on ${arch}. ${elsewhere}`,
    );
  if (platform === 'linux' && !glibc)
    throw new InstallError(`Hive Router's release for Linux needs glibc, which this system has not. ${elsewhere}`);
  return `hive_router_${system}_${processor}`;
}

/** Where a file of the release is. `HIVE_ROUTER_RELEASES` names a mirror of the folder of all releases. */
export const downloadUrl = (asset: string, env: NodeJS.ProcessEnv): string =>
  `${(env.HIVE_ROUTER_RELEASES || DOWNLOADS).replace(/\/+$/, '')}/${TAG}/${asset}`;

/** Where the release is described. `HIVE_ROUTER_RELEASES_API` names another place. */
export const releaseUrl = (env: NodeJS.ProcessEnv): string =>
  `${(env.HIVE_ROUTER_RELEASES_API || API).replace(/\/+$/, '')}/${TAG}`;
