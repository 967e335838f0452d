// Loaded into every service first: a service whose launcher is gone stops as if asked to, and does not linger.
const LAST_RESORT_MS = 5_000;

process.on('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST_RESORT_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// Listening must not keep a service alive that has nothing else to do.
process.channel?.unref();
