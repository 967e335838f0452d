import { resolve } from 'node:path';
import { defineConfig } from 'prisma/config';

// One configuration for all domains: bin/prisma.ts says which by the environment, and starts Prisma in the repository's root.
const folder = resolve('prisma', process.env.PRISMA_DOMAIN ?? '');
const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: resolve(folder, 'schema.prisma'),
  migrations: { path: resolve(folder, 'migrations') },
  ...(url ? { datasource: { url } } : {}),
});
