/** What Playwright's JSON reporter writes, as far as it is read here. */
export interface PlaywrightResults {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: readonly Suite[];
  /** Errors outside of any test: a file that could not be loaded, a global set-up. */
  errors?: readonly unknown[];
}

interface Suite {
  title: string;
  file: string;
  suites?: readonly Suite[];
  specs: readonly { title: string; tests: readonly { status: string }[] }[];
}

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** Those among the passed that failed at first: each is named, and is the next fault to look for. */
  flaky: readonly string[];
}

/** A test that passed on a retry counts as passed. An error outside of any test is a failure though no test failed. */
export function countOf({ stats, suites, errors = [] }: PlaywrightResults): Count {
  return {
    passed: stats.expected + stats.flaky,
    failed: Math.max(stats.unexpected, errors.length > 0 ? 1 : 0),
    skipped: stats.skipped,
    flaky: suites.flatMap((suite) => flakyIn(suite, [suite.file])),
  };
}

function flakyIn({ specs, suites = [] }: Suite, place: readonly string[]): string[] {
  const here = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ title }) => [...place, title].join(' › '));
  return [...here, ...suites.flatMap((suite) => flakyIn(suite, [...place, suite.title]))];
}
