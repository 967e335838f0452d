// A service as small as can be: serves PORT, and does what the test asks of it by its environment.
import { createServer } from 'node:http';

if (process.env.DIE_AT_START) {
  console.error('configuration: FLAVOUR is not set (see "Configuration" in README.md)');
  process.exit(1);
}
const server = createServer((request, response) => {
  if (request.url === '/crash') throw new TypeError('a crash that was asked for');
  if (request.url === '/warn')
    console.log(JSON.stringify({ level: 'warn', service: 'fixture', msg: 'the milk is sour' }));
  response.end(JSON.stringify({ pid: process.pid, parent: process.ppid }));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  if (process.env.STUBBORN) return;
  console.log(JSON.stringify({ level: 'info', service: 'fixture', msg: 'stopped in order' }));
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
