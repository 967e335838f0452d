import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AUDIENCE_HEADER, PERSONAL, WRITTEN } from '@community/kit/audience';
import type { Member } from '@community/kit/member';
import { z } from 'zod';
import type { Audiences, Epochs } from './audiences.ts';
import { type Answer, captureAnswer, sendAnswer, takeHeader } from './capture.ts';
import { publicReads } from './metrics.ts';
import { isJsonPost, jsonOf, type Prepared, readOperationBody } from './operation-body.ts';

/** Counters may be so old; what is hidden, and from whom, is always of now. */
const KEPT_MS = 2_000;
const MOST_BYTES = 64 * 1_024 * 1_024;
const MOST_ANSWER_BYTES = 1_024 * 1_024;
const MOST_OPERATIONS = 5_000;
const MOST_WRITERS = 50_000;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** On which depends, besides the operation, what a client is sent. */
const KEY_HEADERS = ['accept', 'accept-encoding', 'apollographql-client-name', 'apollographql-client-version'];

const operationSchema = z.object({
  query: z.string().nullish(),
  operationName: z.string().nullish(),
  documentId: z.string().nullish(),
  extensions: z.looseObject({ persistedQuery: z.looseObject({ sha256Hash: z.string() }).optional() }).nullish(),
});

/** Answers a prepared request. */
export type Next = (request: IncomingMessage, response: ServerResponse) => void;

/** An answer that is on its way or was given, with what was hidden when it was begun. */
interface Entry {
  readonly epochs: Epochs;
  readonly startedAt: number;
  readonly answer: Promise<Answer | null>;
  bytes: number;
}

const hash = (...parts: readonly (string | Buffer)[]): string => {
  const digest = createHash('sha1');
  for (const part of parts) digest.update(part).update('\0');
  return digest.digest('base64');
};

/** The ids that a body names, in one spelling. */
const idsIn = (body: string): string[] => (body.match(UUID) ?? []).map((id) => id.toLowerCase());

/** The same for all that ask the same operation, whatever their variables; undefined of what is none. */
function operationOf(json: unknown): string | undefined {
  const { data } = operationSchema.safeParse(json);
  const document = data?.query ?? data?.extensions?.persistedQuery?.sha256Hash ?? data?.documentId;
  return document ? hash(document, data?.operationName ?? '') : undefined;
}

const isOrdinary = (request: IncomingMessage): boolean =>
  isJsonPost(request) && !/event-stream|multipart/i.test(request.headers.accept ?? '');

/**
 * Gives the answers to public reads again to whoever would be sent the same: anonymous clients, and members of whom every
 * domain that took part says that they see what everybody sees. Domains say of each answer whether it may be shared
 * (`x-audience`); before one is given again they are asked whether anything was hidden since it was begun.
 * @param bodyBytes the most that a body may have
 * @param unsharedHeaders requests with one of these are neither given such an answer nor make one
 */
export function createPublicReads({
  audiences,
  bodyBytes,
  unsharedHeaders,
}: {
  audiences: Pick<Audiences, 'now'>;
  bodyBytes: number;
  unsharedHeaders: readonly string[];
}) {
  const now = () => performance.now();
  /** Of operations that were answered, the domains whose audience shares the answer; none of personal ones. */
  const operations = new Map<string, readonly string[]>();
  const entries = new Map<string, Entry>();
  /** What members wrote to of late, all of it while one write follows another; no ids stand for anything. */
  const writers = new Map<string, { readonly ids: ReadonlySet<string>; readonly until: number }>();
  let bytes = 0;

  function forget(key: string, entry: Entry): void {
    if (entries.get(key) === entry) entries.delete(key);
    bytes -= entry.bytes;
    entry.bytes = 0;
  }

  /** All live equally long, so the oldest come first. */
  function sweep(): void {
    for (const [key, entry] of entries) {
      if (entry.startedAt + KEPT_MS > now() && bytes <= MOST_BYTES) break;
      forget(key, entry);
    }
  }

  function learn(operation: string, domains: readonly string[]): void {
    operations.delete(operation);
    operations.set(operation, domains);
    const [oldest] = operations.keys();
    if (operations.size > MOST_OPERATIONS && oldest !== undefined) operations.delete(oldest);
  }

  function noteWrite(member: Member, body: string): void {
    const before = writers.get(member.id);
    const isLate = before && before.until > now();
    const named = idsIn(body);
    const isAnything = named.length === 0 || (isLate && before.ids.size === 0);
    const ids = new Set(isAnything ? [] : [...(isLate ? before.ids : []), ...named]);
    writers.delete(member.id);
    writers.set(member.id, { ids, until: now() + KEPT_MS });
    for (const [id, { until }] of writers) {
      if (until > now() && writers.size <= MOST_WRITERS) break;
      writers.delete(id);
    }
  }

  /** Whether a member asks for what she wrote to a moment ago; if that named nothing, it may be anything. */
  function wroteLately(member: Member, body: string): boolean {
    const wrote = writers.get(member.id);
    if (!wrote || wrote.until <= now()) return false;
    return wrote.ids.size === 0 || idsIn(body).some((id) => wrote.ids.has(id));
  }

  /** Hears from the answer by whom it may be shared. @returns the domains; none of a personal answer */
  function hearAudience(
    response: ServerResponse,
    operation: string,
    member: Member | null,
    body: string,
  ): Promise<readonly string[]> {
    return new Promise((resolve) => {
      takeHeader(response, AUDIENCE_HEADER, (value) => {
        const named = value?.split(',').map((name) => name.trim()) ?? [PERSONAL];
        const domains = named.includes(PERSONAL) || named.includes(WRITTEN) ? [] : [...new Set(named)].sort();
        if (member && named.includes(WRITTEN)) noteWrite(member, body);
        learn(operation, domains);
        resolve(domains);
      });
      response.once('close', () => resolve([]));
    });
  }

  function begin(key: string, epochs: Epochs, answer: Promise<Answer | null>): void {
    const entry: Entry = { epochs, startedAt: now(), answer, bytes: 0 };
    const former = entries.get(key);
    if (former) forget(key, former);
    entries.set(key, entry);
    answer.then((given) => {
      if (!given) forget(key, entry);
      else if (entries.get(key) === entry) {
        entry.bytes = given.body.length + 1_024;
        bytes += entry.bytes;
      }
      sweep();
    });
  }

  const mayShare = (request: IncomingMessage, member: Member | null): boolean =>
    (member
      ? !member.scopes && member.roles.every((role) => role === 'MEMBER')
      : request.headers.authorization === undefined) && !unsharedHeaders.some((name) => name in request.headers);

  return {
    /** Answers a request to `/graphql`, from what is kept or by `next`. @throws Refusal of a body that is too large */
    async handle(request: Prepared, response: ServerResponse, member: Member | null, next: Next): Promise<void> {
      if (!isOrdinary(request) || Number(request.headers['content-length'] ?? 0) > bodyBytes)
        return next(request, response);
      const body = await readOperationBody(request, bodyBytes);
      // The engine says itself what is wrong with bytes that are no text.
      const operation = operationOf(jsonOf(request));
      if (operation === undefined || typeof body !== 'string') return next(request, response);
      const domains = operations.get(operation) ?? [];
      const isShared = domains.length > 0 && mayShare(request, member) && !(member && wroteLately(member, body));
      const epochs = isShared ? await audiences.now(domains, member?.id ?? null) : null;
      if (!epochs) {
        publicReads.inc({ outcome: 'personal' });
        hearAudience(response, operation, member, body);
        return next(request, response);
      }
      const key = hash(body, ...KEY_HEADERS.map((name) => String(request.headers[name] ?? '')));
      const entry = entries.get(key);
      const isOfNow =
        entry !== undefined &&
        entry.startedAt + KEPT_MS > now() &&
        domains.every((domain) => entry.epochs.get(domain) === epochs.get(domain));
      const kept = isOfNow ? await entry.answer : null;
      if (kept) {
        publicReads.inc({ outcome: 'shared' });
        return sendAnswer(response, kept);
      }
      publicReads.inc({ outcome: 'made' });
      const heard = hearAudience(response, operation, member, body);
      const captured = captureAnswer(response, MOST_ANSWER_BYTES);
      const answer = Promise.all([heard, captured]).then(([named, given]) =>
        given?.status === 200 && named.length > 0 && named.every((domain) => epochs.has(domain)) ? given : null,
      );
      begin(key, epochs, answer);
      next(request, response);
    },
  };
}
