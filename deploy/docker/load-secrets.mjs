// Loaded before a service: gives it the secrets that were made for it alone. What the environment sets wins.
import { readFileSync } from 'node:fs';

const file = process.env.SECRETS_FILE ?? '/run/community/secrets.json';
let secrets;
try {
  secrets = JSON.parse(readFileSync(file, 'utf8'));
} catch (error) {
  console.error(
    `configuration: the secrets in ${file} cannot be read (${error.code ?? 'no JSON'}); run the service "secrets" first`,
  );
  process.exit(1);
}
for (const [name, value] of Object.entries(secrets)) process.env[name] ??= value;
