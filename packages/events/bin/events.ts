import path from 'node:path';
import {
  domainsOf,
  platformDatabases,
  platformVariables,
  unknownDatabase,
} from '@community/database/platform-databases';
import { readArguments, runCommand, UsageError } from '@community/kit/command';
import pg from 'pg';
import { z } from 'zod';
import type { EventBus, Position } from '../src/bus.ts';
import { createBus, type LogPlace } from '../src/create-bus.ts';
import { kafkaSettings, kafkaVariables } from '../src/kafka/settings.ts';
import { chooseSources, snapshot, snapshotSources } from './snapshot.ts';

const SOURCES = snapshotSources(path.resolve(import.meta.dirname, '../../../subgraphs'));

const HELP = `Looks after the events that travel between domains.

  npm run events -- dead-letters list [--group user]         what consumers could not handle, and why
  npm run events -- dead-letters show <id> --group user      one of them, whole
  npm run events -- dead-letters replay [<id>] --group user  have one, or all, handled again in order
  npm run events -- dead-letters discard <id> --group user   give one up
  npm run events -- snapshot <domain> [--source <aggregate>] have a domain tell its aggregates again, all or those of one kind:
                                                             ${[...SOURCES].map(([domain, sources]) => `${domain} ${sources.join(', ')}`).join('; ')}
  npm run events -- lag                                      how far each consumer group is behind
  npm run events -- seek --group user --topic auth --to earliest|latest|<RFC 3339 time>
                                                             where a group, while it is stopped, reads on

Databases are those of the platform that runs with --data-dir (default .data), or DATABASE_URL_<DOMAIN>; so is the log:
Kafka where KAFKA_BROKERS is set, else DATABASE_URL_EVENTS. --json prints JSON.`;

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    group: { type: 'string' },
    topic: { type: 'string' },
    to: { type: 'string' },
    source: { type: 'string' },
    'data-dir': { type: 'string', default: '.data' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const databases = (): Record<string, string> => platformDatabases(values['data-dir']);

function urlOf(name: string): string {
  const url = databases()[name];
  if (!url) throw new UsageError(unknownDatabase(name));
  return url;
}

async function withPool<T>(name: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: urlOf(name), max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function show(rows: readonly object[], empty: string): void {
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) console.log(empty);
  else console.table(rows);
}

function need(value: string | undefined, what: string): string {
  if (!value) throw new UsageError(`${what} is missing`);
  return value;
}

async function deadLetters(action: string | undefined, id: string | undefined): Promise<void> {
  if (action === 'list') {
    const groups = values.group ? [values.group] : domainsOf(databases());
    const found = await Promise.all(
      groups.map((group) =>
        withPool(
          group,
          async (pool) =>
            (
              await pool.query(
                'SELECT consumer_group AS group, id, event->>$1 AS type, key, reason, attempts, state, created_at FROM events.dead_letter ORDER BY id LIMIT 200',
                ['type'],
              )
            ).rows,
        ),
      ),
    );
    show(found.flat(), 'no dead letters');
    return;
  }
  const group = need(values.group, '--group');
  const affected = await withPool(group, async (pool) => {
    if (action === 'show') {
      const { rows } = await pool.query('SELECT * FROM events.dead_letter WHERE id = $1', [need(id, 'the id')]);
      console.log(JSON.stringify(rows[0] ?? null, null, 2));
      return rows.length;
    }
    if (action === 'replay')
      return (
        await pool.query("UPDATE events.dead_letter SET state = 'replay' WHERE $1::bigint IS NULL OR id = $1::bigint", [
          id ?? null,
        ])
      ).rowCount;
    if (action === 'discard')
      return (await pool.query('DELETE FROM events.dead_letter WHERE id = $1', [need(id, 'the id')])).rowCount;
    throw new UsageError(`dead-letters takes list, show, replay or discard, not ${action ?? 'nothing'}`);
  });
  if (action !== 'show') console.log(`${affected ?? 0} ${action === 'replay' ? 'will be handled again' : 'discarded'}`);
}

function logPlace(): LogPlace {
  const parsed = z.object(kafkaVariables).safeParse(platformVariables(values['data-dir']));
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  const kafka = kafkaSettings(parsed.data);
  return kafka ? { kafka } : { url: urlOf('events') };
}

async function withBus(work: (bus: EventBus) => Promise<void>): Promise<void> {
  const bus = createBus({ ...logPlace(), log: { info() {}, warn() {}, error: console.error } });
  try {
    await work(bus);
  } finally {
    await bus.close();
  }
}

function position(text: string): Position {
  if (text === 'earliest' || text === 'latest') return text;
  const since = new Date(text);
  if (Number.isNaN(since.getTime()))
    throw new UsageError(`--to is earliest, latest or a time such as 2026-01-31T09:00:00Z, not ${text}`);
  return { since };
}

async function run(): Promise<void> {
  const [command, argument, id] = positionals;
  if (values.help || !command) return console.log(HELP);
  if (command === 'dead-letters') return deadLetters(argument, id);
  if (command === 'snapshot') {
    const domain = need(argument, 'the domain');
    const sources = chooseSources(SOURCES, domain, values.source);
    // Progress is no result: what reads the result as JSON gets that alone.
    return show(await withPool(domain, (pool) => snapshot(pool, domain, sources, console.error)), '');
  }
  if (command === 'lag') {
    const groups = domainsOf(databases());
    return withBus(async (bus) =>
      show(
        (
          await Promise.all(
            groups.map(async (group) =>
              Object.entries(await bus.lag(group)).map(([topic, lag]) => ({ group, topic, lag })),
            ),
          )
        ).flat(),
        'no group reads anything yet',
      ),
    );
  }
  if (command === 'seek')
    return withBus((bus) =>
      bus.seek(need(values.group, '--group'), need(values.topic, '--topic'), position(need(values.to, '--to'))),
    );
  throw new UsageError(`there is no command ${command}`);
}

await runCommand('events', run);
