import { existsSync, readFileSync } from 'node:fs';

/** The closing line of `.ci/run`: one honest count over all suites, from the files that their runners wrote. */

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface UnitResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}
interface PlaywrightResults {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const read = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

function unit(results: UnitResults): Count {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

function playwright({ stats }: PlaywrightResults): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

const folder = '.cache/results';
const suites: [string, Count | null][] = [
  ['unit', counted(read(`${folder}/unit.json`) as UnitResults | null, unit)],
  ['end to end', counted(read(`${folder}/e2e.json`) as PlaywrightResults | null, playwright)],
  ['contract', read(`${folder}/synapse-contract.json`) as Count | null],
  ['real Synapse', counted(read(`${folder}/synapse-e2e.json`) as PlaywrightResults | null, playwright)],
];

function counted<Results>(results: Results | null, count: (results: Results) => Count): Count | null {
  return results === null ? null : count(results);
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
for (const [name, count] of suites) {
  if (!count) {
    // A suite that left no result did not run to its end: that is a failure, not silence.
    console.log(`${name}: no result`);
    total.failed += 1;
    continue;
  }
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
