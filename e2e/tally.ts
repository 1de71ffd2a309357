import { existsSync, readFileSync } from 'node:fs';
import { countOf, type Count, type PlaywrightResults } from './playwright-results.ts';

/** The closing lines of `.ci/run`: one honest count over all suites, from the files that their runners wrote. */

interface UnitResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

const read = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

function unit(results: UnitResults): Count {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests,
    skipped: results.numPendingTests + results.numTodoTests,
    flaky: [],
  };
}

const folder = '.cache/results';
const suites: [string, Count | null][] = [
  ['unit', counted(read(`${folder}/unit.json`) as UnitResults | null, unit)],
  ['end to end', counted(read(`${folder}/e2e.json`) as PlaywrightResults | null, countOf)],
  ['contract', counted(read(`${folder}/synapse-contract.json`) as Omit<Count, 'flaky'> | null, withoutFlaky)],
  ['real Synapse', counted(read(`${folder}/synapse-e2e.json`) as PlaywrightResults | null, countOf)],
  ['web servers', counted(read(`${folder}/deploy.json`) as PlaywrightResults | null, countOf)],
];

function withoutFlaky(count: Omit<Count, 'flaky'>): Count {
  return { ...count, flaky: [] };
}

function counted<Results>(results: Results | null, count: (results: Results) => Count): Count | null {
  return results === null ? null : count(results);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const flaky: string[] = [];
for (const [name, count] of suites) {
  if (!count) {
    // A suite that left no result did not run to its end: that is a failure, not silence.
    console.log(`${name}: no result`);
    total.failed += 1;
    continue;
  }
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  flaky.push(...count.flaky.map((title) => `${name}: ${title}`));
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
if (flaky.length > 0)
  console.log(
    `flaky (failed at first, passed on a retry):\n${flaky.map((title) => `  ${title}\n`).join('')}`.trimEnd(),
  );
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
