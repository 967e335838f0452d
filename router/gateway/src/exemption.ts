import { createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** The header that carries an exemption. */
export const EXEMPTION_HEADER = 'x-safelist-exemption';
const AUDIENCE = 'safelist-exemption';
const ALGORITHM = 'HS256';

/** A key of its own, so that an exemption is good for nothing else that the router's secret opens. */
const keyOf = (routerSecret: string) => createHmac('sha256', routerSecret).update(AUDIENCE).digest();

/**
 * A credential that lets its bearer send documents that are not in the safelist. A client's name would not do: it is
 * only a header.
 * @param subject whom it is for; logs show it
 */
export function signExemption(routerSecret: string, subject: string, days: number): string {
  return jwt.sign({}, keyOf(routerSecret), {
    algorithm: ALGORITHM,
    audience: AUDIENCE,
    subject,
    expiresIn: days * 86_400,
  });
}

/** @returns whom the credential is for; null when it is none, was not signed here or has expired */
export function verifyExemption(routerSecret: string, token: string | null): string | null {
  if (!token) return null;
  try {
    const claims = jwt.verify(token, keyOf(routerSecret), { algorithms: [ALGORITHM], audience: AUDIENCE });
    return typeof claims === 'object' && claims.sub ? claims.sub : null;
  } catch {
    return null;
  }
}
