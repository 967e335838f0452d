// Runs the fixture service, tells its pid when it is ready, and waits to be killed.
import { ServiceProcess } from '../service-process.ts';
import { fixtureProgram } from './fixture.ts';

const service = new ServiceProcess(await fixtureProgram(), undefined, (event) => {
  if (event.kind === 'ready') process.send?.(service.pid);
});
service.start();
