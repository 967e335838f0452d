import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundlePath, bundleServices } from './bundle.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

it('what is run in turn is built once, whichever set it belongs to, and anew when its source has changed', async () => {
  using folder = temporaryFolder();
  const root = folder.path;
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const [shop, door] = ['shop', 'door'].map((name) => ({ name, entry: `${name}.ts` }));
  if (!shop || !door) throw new Error('two services');
  write('package.json', '{}');
  write('packages/launcher/src/bundle-options.mjs', '');
  for (const { entry, name } of [shop, door]) write(entry, `console.log('${name}');`);

  expect(await bundleServices(root, [shop, door])).toBe(true);
  expect(await bundleServices(root, [shop])).toBe(true);
  expect([await bundleServices(root, [shop, door]), await bundleServices(root, [shop])]).toEqual([false, false]);

  write(shop.entry, "console.log('the shop as it is now');");
  expect(await bundleServices(root, [shop])).toBe(true);
  expect(readFileSync(path.join(root, bundlePath(shop)), 'utf8')).toContain('as it is now');
  expect(await bundleServices(root, [shop, door])).toBe(true);
  write('packages/launcher/src/bundle-options.mjs', '// changed');
  expect([await bundleServices(root, [shop]), await bundleServices(root, [shop, door])]).toEqual([true, true]);
});
