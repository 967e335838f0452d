import { bundlePath } from './bundle.ts';
import type { Service } from './service.ts';
import type { ServiceProgram } from './service-process.ts';

/** How a service is run from its bundle. */
export function programOf(root: string, service: Service, readyUrl: string, env: NodeJS.ProcessEnv): ServiceProgram {
  return {
    name: service.name,
    args: [
      '--enable-source-maps',
      ...(service.nodeFlags ?? []),
      '--import',
      './packages/launcher/src/child-guard.mjs',
      '--import',
      './packages/kit/src/telemetry-preload.mjs',
      bundlePath(service),
    ],
    cwd: root,
    env,
    readyUrl,
  };
}
