/** A key on a member's device by which she signs in (WebAuthn), as she sees it in her list. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** Whether it is kept with others of hers, for instance by the maker of her telephone. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What is needed to verify what the device signs. */
export interface PasskeyCredential {
  readonly accountId: string;
  /** In base64url, as the device names it. */
  readonly credentialId: string;
  /** A COSE key (RFC 9052, section 7). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** How often the device says that it signed; 0 for one that does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
}
