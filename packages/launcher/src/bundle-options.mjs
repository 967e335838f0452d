import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * How everything here is bundled: our own packages inlined, those from npm left where they are. JavaScript, because
 * the launcher's own start needs it before anything is translated.
 * @param {string} root the repository's folder
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions(root) {
  const { resolve } = createRequire(join(root, 'package.json'));
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'linked',
    logLevel: 'silent',
    plugins: [
      {
        name: 'own-packages-inside',
        setup(build) {
          build.onResolve({ filter: /^@community\// }, ({ path }) => {
            try {
              return { path: resolve(path) };
            } catch {
              return { errors: [{ text: `There is no ${path}` }] };
            }
          });
          build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' ? undefined : { path, external: true },
          );
        },
      },
    ],
  };
}
