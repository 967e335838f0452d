import { StartError } from '@community/database/start-error';
import { bundlePath, watchServices } from './bundle.ts';
import { askControl } from './control.ts';
import { dataFolder } from './data-folder.ts';
import { Fleet } from './fleet.ts';
import { Narrator } from './narrator.ts';
import type { StartOptions } from './options.ts';
import { programOf } from './program.ts';
import { terminalReport } from './report.ts';
import { readRuntime } from './runtime-file.ts';
import { selectServices } from './services.ts';
import { stopInTime, whenAskedToStop } from './signals.ts';
import { watchSchemas } from './supergraph.ts';

const GRACE_MS = 1_500;
const READY_WITHIN_MS = 60_000;

/**
 * Runs one subgraph from its sources in place of the same one of a graph that runs with this data folder, until it is
 * asked to stop; the running launcher then takes it back.
 * @throws StartError
 */
export async function joinGraph(root: string, options: StartOptions): Promise<void> {
  const asked = whenAskedToStop();
  const { subgraphs } = selectServices(root, options.only);
  const [service] = subgraphs;
  const folder = dataFolder(options.dataDir);
  const runtime = readRuntime(folder.runtime);
  const place = service && runtime?.services[service.name];
  if (!service) throw new StartError('--join takes over one subgraph: name it, for instance --only content --join.');
  if (!runtime)
    throw new StartError(
      `Nothing runs with the data folder ${folder.path}: run \`npm start\` first, or name its folder with --data-dir.`,
    );
  if (!place) throw new StartError(`The running graph has no subgraph "${service.name}".`);

  const report = terminalReport();
  const narrator = new Narrator(report);
  const fleet = new Fleet({ narrator, logFolder: undefined, onChange: () => {} });
  const watcher = await watchServices(
    root,
    subgraphs,
    () => void fleet.get(service.name)?.restart(GRACE_MS),
    (fault) => report.error(`${fault} (what ran before goes on)`),
  );
  const recompose = async () => {
    const answer = await askControl(runtime.control, '/recompose');
    if ('refusal' in answer) report.error(answer.refusal);
    else report.info('The supergraph is composed anew.');
  };
  const schemas = watchSchemas(root, subgraphs, () => void recompose());
  const held = await askControl(runtime.control, `/join/${service.name}`);
  try {
    if ('refusal' in held) throw new StartError(held.refusal);
    const program = programOf(root, service, place.readyUrl, { ...process.env, ...place.env });
    void fleet.add(program, place.url, READY_WITHIN_MS);
    report.info(
      `${bundlePath(service)} takes the place of ${service.name} at ${runtime.url}/graphql. Ctrl-C gives it back.`,
    );
    const how = await Promise.race([asked.then(() => 'asked'), held.ended.then(() => 'left')]);
    if (how === 'left') report.warn('The running graph has stopped.');
  } finally {
    await stopInTime(async () => {
      narrator.close();
      await Promise.all([watcher.stop(), schemas.stop()]);
      await fleet.stop([service.name], GRACE_MS);
      if (!('refusal' in held)) held.release();
    });
  }
}
