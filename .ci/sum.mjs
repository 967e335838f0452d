// Adds what all suites counted, names what was skipped and what failed, and prints the closing line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(process.argv[2]).sort()) {
  if (file.endsWith('.failed')) continue;
  const before = total.failed;
  const report = JSON.parse(readFileSync(path.join(process.argv[2], file), 'utf8'));
  if (file.endsWith('.step')) {
    for (const key of Object.keys(total)) total[key] += report[key];
    if (report.failed) console.log(`failed: ${file.replace('.step', '')}`);
    continue;
  }
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  for (const suite of report.testResults) {
    // A file that could not even be loaded has no tests to count.
    if (suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed')) {
      total.failed += 1;
      console.log(`failed: ${file} ${suite.name} ${suite.message}`);
    }
    for (const test of suite.assertionResults) {
      if (test.status === 'failed') console.log(`failed: ${test.fullName}`);
      if (test.status === 'pending' || test.status === 'skipped') console.log(`skipped: ${test.fullName}`);
    }
  }
  // An error that no test waited for: vitest ends with it, and counts it nowhere.
  if (existsSync(path.join(process.argv[2], `${file}.failed`)) && total.failed === before) {
    total.failed += 1;
    console.log(`failed: ${file} ended with an error outside its tests`);
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
