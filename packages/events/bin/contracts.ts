import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readArguments } from '@community/kit/command';
import type { EventContract, EventDefinitions } from '../src/contract.ts';
import { type ContractFile, describeEvents, findBreaches } from '../src/contract-file.ts';

const HELP = `Writes what each domain's events hold to subgraphs/<domain>/events.json, the contract that is reviewed.

  npm run event-contracts              write; refuses what breaks consumers within a version
  npm run event-contracts -- --check   exit 1 when a committed file differs from the code`;

/** All contracts that a domain's *.events.ts files export. */
async function contractsOf(folder: string): Promise<EventContract<EventDefinitions>[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.events.ts'),
  );
  const modules = await Promise.all(
    files.sort().map((file) => import(pathToFileURL(path.join(folder, file)).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) =>
    Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'definitions' in value),
  ) as EventContract<EventDefinitions>[];
}

const { values } = readArguments({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) console.log(HELP);
else {
  const root = path.resolve(import.meta.dirname, '../../../subgraphs');
  for (const domain of readdirSync(root).sort()) {
    const source = path.join(root, domain, 'src');
    if (!existsSync(source)) continue;
    const described = describeEvents(await contractsOf(source));
    if (Object.keys(described).length === 0) continue;
    const file = path.join(root, domain, 'events.json');
    const text = `${JSON.stringify(described, null, 2)}\n`;
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
    if (committed === text) continue;
    const breaches = findBreaches(JSON.parse(committed) as ContractFile, described);
    for (const breach of breaches) console.error(`subgraphs/${domain}: ${breach}`);
    if (breaches.length > 0) process.exitCode = 1;
    else if (values.check) {
      console.error(
        `subgraphs/${domain}/events.json differs from the code: run npm run event-contracts and commit the file`,
      );
      process.exitCode = 1;
    } else {
      writeFileSync(file, text);
      console.log(`wrote subgraphs/${domain}/events.json`);
    }
  }
}
