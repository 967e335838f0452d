import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_KEY = 0x40;

/** A text in CBOR (RFC 8949, section 3.1), of up to 23 bytes. */
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);

interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string };
}

/** What a test may have the device do wrong. */
export interface Fault {
  readonly origin?: string;
  readonly challenge?: string;
  readonly unverified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly id?: string;
}

/** A device that keeps one passkey, in software (Web Authentication Level 3, sections 6.1 and 6.5). */
export function createAuthenticator(origin: string) {
  const rpIdHash = sha256(new URL(origin).hostname);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  let userHandle = '';

  function authenticatorData(fault: Fault, flags: number, rest: Uint8Array): Buffer {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(fault.counter ?? counter);
    const verified = fault.unverified ? 0 : USER_VERIFIED;
    return Buffer.concat([rpIdHash, Buffer.from([USER_PRESENT | verified | flags]), count, rest]);
  }

  const clientData = (type: string, { challenge }: Options, fault: Fault) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: fault.challenge ?? challenge,
        origin: fault.origin ?? origin,
        crossOrigin: false,
      }),
    );

  function credential(response: Record<string, unknown>, fault: Fault): string {
    const name = fault.id ?? id.toString('base64url');
    return JSON.stringify({ id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response });
  }

  return {
    /** `navigator.credentials.create`. @param optionsJson as the server gave it. @returns the credential's JSON */
    create(optionsJson: string, fault: Fault = {}): string {
      const options = JSON.parse(optionsJson) as Options;
      userHandle = options.user?.id ?? '';
      const jwk = publicKey.export({ format: 'jwk' });
      // { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y }
      const coseKey = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
        Buffer.from(jwk.x ?? '', 'base64url'),
        Buffer.from([0x22, 0x58, 0x20]),
        Buffer.from(jwk.y ?? '', 'base64url'),
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey]);
      const data = authenticatorData(fault, HAS_KEY, attested);
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        ...[cborText('fmt'), cborText('none'), cborText('attStmt'), Buffer.from([0xa0]), cborText('authData')],
        ...[Buffer.from([0x58, data.length]), data],
      ]);
      const response = {
        clientDataJSON: clientData('webauthn.create', options, fault).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      };
      return credential(response, fault);
    },

    /** `navigator.credentials.get`. @param optionsJson as the server gave it. @returns the credential's JSON */
    get(optionsJson: string, fault: Fault = {}): string {
      const client = clientData('webauthn.get', JSON.parse(optionsJson) as Options, fault);
      const data = authenticatorData(fault, 0, Buffer.alloc(0));
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      const response = {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: fault.userHandle ?? userHandle,
      };
      return credential(response, fault);
    },
  };
}
