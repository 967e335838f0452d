import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { PasskeyCredential } from './passkey.ts';

export type Ceremonies = ReturnType<typeof createCeremonies>;

const MAX_JSON = 16_384;
const base64url = z.string().regex(/^[\w-]+$/);
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

const common = { id: base64url, rawId: base64url, type: z.literal('public-key') };
/** `PublicKeyCredential.toJSON()` (Web Authentication Level 3, section 5.1), as far as it is read here. */
const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string()).default([]),
  }),
});
const authentication = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});
const clientData = z.object({ challenge: base64url });

function parseJson(text: string): unknown {
  if (text.length > MAX_JSON) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

/** The challenge that a device says it answers; whether it was ours, its ticket tells. */
function challengeOf(clientDataJson: string): string | null {
  const parsed = clientData.safeParse(parseJson(Buffer.from(clientDataJson, 'base64url').toString('utf8')));
  return parsed.data?.challenge ?? null;
}

/**
 * The two ceremonies of WebAuthn, for a relying party. A device verifies its user (by finger, face or number), and keeps the
 * account's id with the key, so that nobody has to type who she is.
 * @param publicUrl whose host passkeys are bound to, and whose origin they are used from
 */
export function createCeremonies(publicUrl: string) {
  const { hostname: rpID, origin } = new URL(publicUrl);
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };

  return {
    /** @param challenge in base64url. @returns what `navigator.credentials.create` is given, as JSON text */
    async registrationOptions(
      challenge: string,
      member: { id: string; email: string; known: { id: string; transports: string[] }[] },
    ): Promise<string> {
      const options = await generateRegistrationOptions({
        rpName: 'Community',
        rpID,
        userName: member.email,
        userID: new Uint8Array(Buffer.from(member.id)),
        challenge: bytesOf(challenge),
        attestationType: 'none',
        excludeCredentials: member.known,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return JSON.stringify(options);
    },

    /** Reads what a device answered to a registration. @returns null when it is none */
    readRegistration(json: string) {
      const { data } = registration.safeParse(parseJson(json));
      const challenge = data && challengeOf(data.response.clientDataJSON);
      return data && challenge ? { challenge, response: data } : null;
    },

    /** @returns the new key; null when the answer is not what was asked for */
    async verifyRegistration(read: {
      challenge: string;
      response: z.infer<typeof registration>;
    }): Promise<(Omit<PasskeyCredential, 'accountId'> & { backedUp: boolean }) | null> {
      const transports = TRANSPORTS.filter((known) => read.response.response.transports.includes(known));
      const response = {
        ...read.response,
        response: { ...read.response.response, transports },
        clientExtensionResults: {},
      };
      const result = await verifyRegistrationResponse({
        ...expected,
        response,
        expectedChallenge: read.challenge,
      }).catch(() => null);
      if (!result?.verified) return null;
      const { credential, credentialBackedUp: backedUp } = result.registrationInfo;
      const { id: credentialId, publicKey, counter } = credential;
      return { credentialId, publicKey: new Uint8Array(publicKey), counter, transports, backedUp };
    },

    /** @param challenge in base64url. @returns what `navigator.credentials.get` is given, as JSON text */
    async authenticationOptions(challenge: string): Promise<string> {
      const options = { rpID, challenge: bytesOf(challenge), userVerification: 'required' } as const;
      return JSON.stringify(await generateAuthenticationOptions(options));
    },

    /** Reads what a device answered to a sign-in. @returns null when it is none */
    readAuthentication(json: string) {
      const { data } = authentication.safeParse(parseJson(json));
      const challenge = data && challengeOf(data.response.clientDataJSON);
      return data && challenge ? { challenge, response: data } : null;
    },

    /** @returns how often the device says that it signed; null when the answer is not that of the key */
    async verifyAuthentication(
      read: { challenge: string; response: z.infer<typeof authentication> },
      credential: PasskeyCredential,
    ): Promise<number | null> {
      const { userHandle } = read.response.response;
      if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== credential.accountId) return null;
      const { credentialId: id, publicKey, counter } = credential;
      const answer = { ...read.response.response, userHandle: userHandle ?? undefined };
      const result = await verifyAuthenticationResponse({
        ...expected,
        response: { ...read.response, response: answer, clientExtensionResults: {} },
        expectedChallenge: read.challenge,
        credential: { id, publicKey, counter },
      }).catch(() => null);
      return result?.verified ? result.authenticationInfo.newCounter : null;
    },
  };
}
