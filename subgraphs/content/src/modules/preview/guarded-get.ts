import { lookup } from 'node:dns';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, lookupAllowed } from '@community/kit/public-network';

/** What may be connected to. */
export interface Network {
  /** Finds the addresses of a name. */
  readonly lookup: typeof lookup;
  allows(address: string, port: number): boolean;
}

/** The public internet, on the ports of the web. */
export const PUBLIC_WEB: Network = {
  lookup,
  allows: (address, port) => isPublicAddress(address) && (port === 80 || port === 443),
};

const HEADERS = { accept: 'text/html', 'accept-encoding': 'identity', 'user-agent': 'CommunityLinkPreview/1.0' };

/** The port of an address of the web. */
const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/**
 * Asks a server of the network for a page. The address that was checked is the one that is connected to, so that a name
 * which resolves otherwise in between leads nowhere else; redirects are not followed.
 * @param signal ends it @returns the answer, its body not read @throws when it may not be asked or does not answer
 */
export function guardedGet(url: URL, network: Network, signal: AbortSignal): Promise<IncomingMessage> {
  const port = portOf(url);
  const allows = (address: string) => network.allows(address, port);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // A socket does not look up what is an address already.
  if (isIP(host) !== 0 && !allows(host)) throw new Error('the address is not of the network');
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  const lookupGuarded: LookupFunction = lookupAllowed(allows, network.lookup);
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers: HEADERS, lookup: lookupGuarded, signal }, resolve).on('error', reject);
  });
}
