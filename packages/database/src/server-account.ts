import { readFileSync, statSync } from 'node:fs';

/** The account a PostgreSQL server runs as: `{}` is the account of this process. */
export interface ServerAccount {
  uid?: number;
  gid?: number;
}

const NOBODY = { uid: 65534, gid: 65534 };

function nobody(): ServerAccount {
  try {
    const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
    return entry ? { uid: Number(entry[1]), gid: Number(entry[2]) } : NOBODY;
  } catch {
    return NOBODY;
  }
}

/**
 * PostgreSQL refuses to run as root. A root process runs it as the account that owns the cluster's folder already, so
 * that an ordinary account's data stay hers, and a new one as `nobody`.
 */
export function serverAccount(clusterFolder: string): ServerAccount {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(clusterFolder, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}
