/** A device that takes push messages for a member (PushSubscription of the Push API). */
export interface PushSubscription {
  readonly id: string;
  readonly memberId: string;
  /** Where the device's push service takes messages: a secret URL, never logged. */
  readonly endpoint: string;
  /** The device's public key (P-256, uncompressed) and its authentication secret, in base64url (RFC 8291). */
  readonly p256dh: string;
  readonly auth: string;
}
