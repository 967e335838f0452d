import { z } from 'zod';
import { type HttpHandler, header, json, readJson } from './http.ts';
import { secretsMatch } from './secret.ts';

/** Where a subgraph tells the router of its audience. */
export const AUDIENCE_PATH = '/audience';
/** The header by which a subgraph says who else may be given an answer. */
export const AUDIENCE_HEADER = 'x-audience';
/** Values of that header besides a domain's name, which says: whoever that domain's audience calls plain, and anonymous clients. */
export const PERSONAL = 'personal';
/** The answer is personal, and something was written for it. */
export const WRITTEN = 'written';

const MOST_MEMBERS = 1_000;
const questionSchema = z.object({ memberIds: z.array(z.uuid()).max(MOST_MEMBERS) });

/** What a domain says of its audience at one moment. */
export interface AudienceState {
  /** Another one whenever something was hidden, or who may see whom has changed; equal ones say that nothing was. */
  readonly epoch: string;
  /** Which of the members see exactly what an anonymous client sees. */
  readonly plainIds: readonly string[];
}

/** Reads both in one statement, so that they are of one moment. */
export type Audience = (memberIds: readonly string[]) => Promise<AudienceState>;

export const audienceStateSchema = z.object({ epoch: z.string(), plainIds: z.array(z.string()) });

/** `POST /audience {memberIds}`, for the router alone: what it may share of the answers that it keeps. */
export function audienceRoute(audience: Audience, routerSecret: string): HttpHandler {
  return async (request) => {
    if (!secretsMatch(header(request, 'x-router-secret'), routerSecret))
      return json(403, { error: { code: 'FORBIDDEN', message: 'Only the router may ask this.' } });
    const question = questionSchema.safeParse(await readJson(request));
    if (!question.success)
      return json(400, {
        error: { code: 'BAD_REQUEST', message: `Send {"memberIds": […]}, at most ${MOST_MEMBERS} UUIDs.` },
      });
    return json(200, await audience(question.data.memberIds));
  };
}
