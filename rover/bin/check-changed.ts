import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type ConfiguredSubgraph, changedSubgraphs } from '../src/changed-subgraphs.ts';
import { checkReport, passed, type SubgraphCheck } from '../src/check-report.ts';
import { CommentError, commentOnce } from '../src/comment.ts';
import { missingSettings, runRover } from '../src/run-rover.ts';
import { changeContext } from '../src/version-control.ts';

const HELP = `Checks the subgraphs whose schema differs from the base by Rover, and makes one report of it.

  npm run schema:check -- [--base origin/main | --all] [--graph-ref community@current] [--config rover/supergraph.yaml]
                          [--output FILE] [--comment github|gitlab] [--pull-request N]
  npm run schema:check -- --report FILE --comment github     comments a report that --output wrote; checks nothing

APOLLO_KEY holds a key with the scope check, APOLLO_REGISTRY_URL the registry. To comment: GITHUB_TOKEN or GITLAB_TOKEN.
Ends with 1 when a check fails, with 2 when it could not be made.`;

const AT_ONCE = 2;

async function checkAll(
  subgraphs: readonly ConfiguredSubgraph[],
  graphRef: string,
  env: NodeJS.ProcessEnv,
): Promise<SubgraphCheck[]> {
  const waiting = [...subgraphs];
  const done: SubgraphCheck[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, file } = next;
      done.push({
        name,
        output: await runRover(['subgraph', 'check', graphRef, '--name', name, '--schema', file], env),
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns whether the comment was made */
async function tell(service: 'github' | 'gitlab', report: string, pullRequest: string | undefined): Promise<boolean> {
  try {
    await commentOnce(service, report, pullRequest);
    return true;
  } catch (error) {
    if (!(error instanceof CommentError)) throw error;
    console.error(`No comment was made: ${error.message}`);
    return false;
  }
}

/** @returns the exit code */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: 'origin/main' },
      all: { type: 'boolean', default: false },
      'graph-ref': { type: 'string', default: process.env.APOLLO_GRAPH_REF || 'community@current' },
      config: { type: 'string', default: path.resolve(import.meta.dirname, '../supergraph.yaml') },
      output: { type: 'string' },
      comment: { type: 'string' },
      'pull-request': { type: 'string' },
      report: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { comment, config, output } = values;
  if (comment !== undefined && comment !== 'github' && comment !== 'gitlab')
    throw new Error('--comment is github or gitlab.');
  if (values.report !== undefined) {
    if (!comment) throw new Error('--report is for --comment.');
    return (await tell(comment, readFileSync(values.report, 'utf8'), values['pull-request'])) ? 0 : 1;
  }
  const graphRef = values['graph-ref'];
  const { changed, ...rest } = await changedSubgraphs(config, values.all ? null : values.base);
  const missing = missingSettings();
  if (missing && changed.length > 0) throw new Error(missing);
  const checks = await checkAll(changed, graphRef, await changeContext(path.dirname(path.resolve(config))));
  const report = checkReport(graphRef, checks, rest);
  if (output) writeFileSync(output, report);
  else console.log(report);
  if (comment) await tell(comment, report, values['pull-request']);
  return checks.every(passed) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
