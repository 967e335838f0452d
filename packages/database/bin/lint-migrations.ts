import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lintMigrations } from '../src/lint-migrations.ts';
import { readMigrations } from '../src/migration-files.ts';

// Folders of migrations to judge; without any, all of the repository.
const directories = process.argv.length > 2 ? process.argv.slice(2) : allDirectories();
let findings = 0;
let migrations = 0;
for (const directory of directories) {
  migrations += readMigrations(directory).length;
  for (const { migration, line, message } of await lintMigrations(directory)) {
    findings += 1;
    console.error(`${join(directory, migration, 'migration.sql')}:${line}: ${message}`);
  }
}
console.log(`${migrations} migrations, ${findings} findings`);
if (findings > 0) {
  console.error(
    'A migration that must break the version before says so in a line: -- contract: <why no running version needs it any more>',
  );
  process.exitCode = 1;
}

function allDirectories(): string[] {
  return ['prisma', 'packages'].flatMap((root) =>
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) => readdirSync(join(root, entry.name)).map((name) => join(root, entry.name, name)))
      .filter((path) => /\/migrations[^/]*$/.test(path) && existsSync(path)),
  );
}
