import { SCOPES } from '../modules/key/key.policy.ts';
import { type Api, CliError, found, table } from './api.ts';

interface KeyRow {
  id: string;
  keyName: string;
  token: string;
  scopes: string[];
  lastUsedAt: string | null;
  expiresAt: string | null;
}

const FIELDS = 'id keyName token scopes lastUsedAt expiresAt';

/** `keys list <graph>` */
export async function listKeys(api: Api, graphId: string): Promise<string> {
  const { organization } = await api.ask<{ organization: { apiKeys: { edges: { node: KeyRow }[] } } | null }>(
    `query Keys($id: ID!) { organization(id: $id) { apiKeys { edges { node { ${FIELDS} } } } } }`,
    { id: graphId },
  );
  return table(
    ['id', 'name', 'key', 'scopes', 'last used', 'expires'],
    found(organization, `graph ${graphId}`).apiKeys.edges.map(({ node }) => [
      node.id,
      node.keyName,
      node.token,
      node.scopes.join(','),
      node.lastUsedAt ?? 'never',
      node.expiresAt ?? '',
    ]),
  );
}

const shown = ({ keyName, token, scopes }: KeyRow) =>
  `${token}\n"${keyName}" may ${scopes.join(', ')}. The key is shown this once.`;

/** `keys create <graph> --name N --scopes a,b [--expires TIME]` */
export async function createKey(
  api: Api,
  graphId: string,
  name: string,
  scopes: readonly string[],
  expiresAt: string | null,
): Promise<string> {
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined) throw new CliError(`There is no scope "${unknown}": choose from ${SCOPES.join(', ')}.`);
  const { organization } = await api.ask<{ organization: { createScopedKey: KeyRow } }>(
    `mutation CreateKey($id: ID!, $name: String!, $scopes: [KeyScope!]!, $expiresAt: Timestamp) {
      organization(id: $id) { createScopedKey(name: $name, scopes: $scopes, expiresAt: $expiresAt) { ${FIELDS} } }
    }`,
    { id: graphId, name, scopes, expiresAt },
  );
  return shown(organization.createScopedKey);
}

/** `keys rotate <graph> <id>` */
export async function rotateKey(api: Api, graphId: string, keyId: string): Promise<string> {
  const { organization } = await api.ask<{ organization: { rotateKey: KeyRow } }>(
    `mutation RotateKey($id: ID!, $keyId: ID!) { organization(id: $id) { rotateKey(keyId: $keyId) { ${FIELDS} } } }`,
    { id: graphId, keyId },
  );
  return `${shown(organization.rotateKey)}\nThe old key works until you revoke it: keys revoke ${graphId} ${keyId}`;
}

/** `keys revoke <graph> <id>` */
export async function revokeKey(api: Api, graphId: string, keyId: string): Promise<string> {
  await api.ask(`mutation DeleteKey($id: ID!, $keyId: ID!) { organization(id: $id) { deleteKey(keyId: $keyId) } }`, {
    id: graphId,
    keyId,
  });
  return `The key ${keyId} opens nothing any more.`;
}
