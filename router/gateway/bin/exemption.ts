import { readArguments } from '@community/kit/command';
import { EXEMPTION_HEADER, signExemption } from '../src/exemption.ts';

const HELP = `Signs a credential that lets its bearer send documents that are not in the safelist.

  ROUTER_SECRET=… npm run exemption -- --for NAME [--days 1]

Clients send it in the header ${EXEMPTION_HEADER}; logs show the name.`;

const { values } = readArguments({
  options: {
    for: { type: 'string' },
    days: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const days = Number(values.days);
const secret = process.env.ROUTER_SECRET;
if (values.help) console.log(HELP);
else if (!values.for || !secret || !Number.isInteger(days) || days < 1 || days > 365) {
  console.error(!secret ? 'ROUTER_SECRET is not set.' : `--for is a name, and --days 1 to 365.\n\n${HELP}`);
  process.exitCode = 1;
} else console.log(signExemption(secret, values.for, days));
