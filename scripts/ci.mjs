// What .ci/run does once the dependencies are there: system packages, tests in Node and in Chromium, every check. All
// of it runs even if a part fails; the last line tells the tests, and the exit code all.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { ensurePackages } from './system-packages.mjs';

const report = 'reports/tests.json';
rmSync(report, { force: true });
ensurePackages();
const npm = (...words) => spawnSync('npm', words, { stdio: 'inherit' }).status === 0;
// The README's test command.
const tested = npm('test');
const checked = npm('run', '--silent', 'check');

let passed = 0;
let failed = 0;
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  passed = numPassedTests;
  // A file that could not be loaded holds no failed test, yet it failed.
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  failed = numFailedTests + unloaded.length;
}
if (!tested && failed === 0) failed = 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = tested && checked ? 0 : 1;
