import type { IncomingMessage, ServerResponse } from 'node:http';
import { EXAMPLES } from './examples.ts';

/** Whether somebody opens the graph's address in a browser. */
export const isPage = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html');

/** Shows developers GraphiQL, which asks no other host for anything. */
export async function sendDeveloperPage(response: ServerResponse): Promise<void> {
  // Several megabytes that nobody needs in production.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({ title: 'Community graph', defaultQuery: EXAMPLES });
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
}
