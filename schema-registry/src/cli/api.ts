/** A failure that the user is told in one line. */
export class CliError extends Error {
  override name = 'CliError';
}

export interface Api {
  readonly url: string;
  ask<Data>(query: string, variables?: object): Promise<Data>;
}

/** Asks a running registry. @param url of the registry, without a path */
export function connect(url: string, key: string | undefined): Api {
  return {
    url,
    async ask<Data>(query: string, variables: object = {}) {
      if (!key) throw new CliError('APOLLO_KEY is not set: give a key of the graph by this environment variable.');
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-api-key': key,
          'apollographql-client-name': 'registry command',
        },
        body: JSON.stringify({ query, variables }),
      }).catch((error: Error) => {
        throw new CliError(
          `The registry at ${url} does not answer (${error.cause instanceof Error ? error.cause.message : error.message}): start it, or give its address by --url.`,
        );
      });
      const answer = (await response.json()) as { data: Data; errors?: { message: string }[] };
      const [error] = answer.errors ?? [];
      if (error) throw new CliError(error.message);
      return answer.data;
    },
  };
}

/** What was asked for. @throws CliError when there is nothing */
export function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new CliError(`There is no ${what}.`);
  return value;
}

/** Rows as a table with aligned columns. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
