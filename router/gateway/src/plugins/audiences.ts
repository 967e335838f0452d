import { AUDIENCE_HEADER, PERSONAL } from '@community/kit/audience';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';

const requestOf = (context: unknown): object | undefined =>
  typeof context === 'object' && context !== null && 'request' in context
    ? (context.request as object | undefined)
    : undefined;

/**
 * Puts together what the subgraphs of an operation say of who may share its answer, for the front door. An answer with
 * errors is personal, and so is one to which a subgraph has said nothing.
 */
export function createAnswerAudiences() {
  const heard = new WeakMap<object, Set<string>>();

  /** @param context of the operation @param audience what a subgraph says; undefined when it says nothing */
  function note(context: unknown, audience = PERSONAL): void {
    const request = requestOf(context);
    if (!request) return;
    const said = heard.get(request) ?? new Set();
    heard.set(request, said.add(audience));
  }

  function headersOf(request: object): Readonly<Record<string, string>> {
    const said = heard.get(request);
    return said ? { [AUDIENCE_HEADER]: [...said].join(', ') } : {};
  }

  const plugin: GatewayPlugin = {
    onExecute: ({ args }) => ({
      onExecuteDone({ result }) {
        if (Symbol.asyncIterator in result || result.errors?.length) note(args.contextValue);
      },
    }),
    onResponse({ request, response }) {
      for (const [name, value] of Object.entries(headersOf(request))) response.headers.set(name, value);
    },
  };
  return { note, headersOf, plugin };
}
