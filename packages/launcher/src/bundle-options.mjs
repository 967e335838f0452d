import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The file of an npm package that lies in the `node_modules` of one of our packages, as another version lies in the
 * root's, or may. A bundle lies elsewhere and would not find it by its name.
 * @param {string} root
 * @param {string} importer the folder of the importing file
 * @param {string} name
 */
function nestedFile(root, importer, name) {
  if (isBuiltin(name)) return undefined;
  const folder = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  for (let at = importer; at.startsWith(root) && at !== root; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', folder))) return createRequire(join(at, 'package.json')).resolve(name);
  }
  return undefined;
}

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
          build.onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) =>
            kind === 'entry-point' ? undefined : { path: nestedFile(root, resolveDir, path) ?? path, external: true },
          );
        },
      },
    ],
  };
}
