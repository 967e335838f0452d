import { setTimeout as pause } from 'node:timers/promises';
import { AUDIENCE_PATH, type AudienceState, audienceStateSchema } from '@community/kit/audience';
import type { Logger } from '@community/kit/log';
import { Agent } from 'undici';

/** One question serves all who came meanwhile: no more than forty a second, however many requests there are. */
const SPACING_MS = 25;
const TIMEOUT_MS = 1_000;
const MOST_MEMBERS = 1_000;
const REMEMBERED_MEMBERS = 50_000;
/** Whatever is hidden meanwhile makes what was known of a member worthless, and she is asked for again. */
const MOST_QUESTIONS = 3;

/** By domain, what was hidden last: of two that are equal nothing was hidden in between. */
export type Epochs = ReadonlyMap<string, string>;

export type Audiences = ReturnType<typeof createAudiences>;

/** What is known of one domain. */
interface Known {
  epoch: string;
  /** Who sees what everybody sees, at this epoch. */
  plain: Map<string, boolean>;
}

/** A question that was not sent yet, and who waits for its answer. */
interface Question {
  readonly memberIds: Set<string>;
  readonly answer: Promise<Known>;
}

function createDomain(ask: (memberIds: readonly string[]) => Promise<AudienceState>) {
  let known: Known = { epoch: '', plain: new Map() };
  let question: Question | null = null;
  let sentAt = Number.NEGATIVE_INFINITY;

  async function send(memberIds: Set<string>): Promise<Known> {
    const wait = sentAt + SPACING_MS - performance.now();
    await (wait > 0 ? pause(wait) : null);
    question = null;
    sentAt = performance.now();
    const ids = [...memberIds];
    const { epoch, plainIds } = await ask(ids);
    if (known.epoch !== epoch || known.plain.size > REMEMBERED_MEMBERS) known = { epoch, plain: new Map() };
    const plain = new Set(plainIds);
    for (const id of ids) known.plain.set(id, plain.has(id));
    return known;
  }

  return {
    /** The epoch of a moment after this call, and whether the member sees what everybody sees; null if that cannot be told. */
    async now(memberId: string | null): Promise<{ epoch: string; isPlain: boolean } | null> {
      for (let attempt = 0; attempt < MOST_QUESTIONS; attempt += 1) {
        if (!question || question.memberIds.size >= MOST_MEMBERS) {
          const memberIds = new Set<string>();
          question = { memberIds, answer: send(memberIds) };
        }
        if (memberId !== null && !known.plain.has(memberId)) question.memberIds.add(memberId);
        const { epoch, plain } = await question.answer;
        const isPlain = memberId === null || plain.get(memberId);
        if (isPlain !== undefined) return { epoch, isPlain };
      }
      return null;
    },
  };
}

/**
 * Asks domains whether something was hidden since, and who sees what everybody sees. Questions are asked together: what
 * comes while none may be sent waits for the next.
 */
export function createAudiences(options: {
  subgraphUrls: Readonly<Record<string, string>>;
  routerSecret: string;
  log: Pick<Logger, 'warn'>;
}) {
  const agent = new Agent({ connections: 4, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  const domains = new Map<string, ReturnType<typeof createDomain>>();

  async function ask(name: string, memberIds: readonly string[]): Promise<AudienceState> {
    const url = options.subgraphUrls[name];
    if (url === undefined) throw new Error(`there is no subgraph ${name}`);
    const { statusCode, body } = await agent.request({
      origin: new URL(url).origin,
      path: AUDIENCE_PATH,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-router-secret': options.routerSecret },
      body: JSON.stringify({ memberIds }),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${name} answers ${statusCode}`);
    return audienceStateSchema.parse(JSON.parse(text));
  }

  function domainOf(name: string) {
    let domain = domains.get(name);
    if (!domain) {
      domain = createDomain((memberIds) => ask(name, memberIds));
      domains.set(name, domain);
    }
    return domain;
  }

  return {
    /**
     * The epochs of these domains at a moment after this call.
     * @returns null when the member sees more or less than everybody, or a domain cannot be asked
     */
    async now(names: readonly string[], memberId: string | null): Promise<Epochs | null> {
      try {
        const states = await Promise.all(names.map((name) => domainOf(name).now(memberId)));
        if (!states.every((state) => state?.isPlain)) return null;
        return new Map(names.map((name, i) => [name, states[i]?.epoch ?? '']));
      } catch (error) {
        options.log.warn({ err: error }, 'a domain does not say what was hidden: nothing is shared meanwhile');
        return null;
      }
    },
    close: (): Promise<void> => agent.close(),
  };
}
