import { describe, expect, it } from 'vitest';
import { countOf, type PlaywrightResults } from './playwright-results.ts';

const results = (part: Partial<PlaywrightResults>): PlaywrightResults => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
  suites: [],
  ...part,
});

const spec = (title: string, status: string) => ({ title, tests: [{ status }] });

describe('what Playwright’s results count as', () => {
  it('a test that passed on a retry counts as passed, and is named', () => {
    const { passed, failed, flaky } = countOf(
      results({
        stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 },
        suites: [
          {
            title: 'jobs.e2e.ts',
            file: 'jobs.e2e.ts',
            specs: [spec('a job resumes', 'flaky'), spec('a job stops', 'expected')],
          },
        ],
      }),
    );
    expect({ passed, failed, flaky }).toEqual({ passed: 2, failed: 0, flaky: ['jobs.e2e.ts › a job resumes'] });
  });

  it('names one inside a describe by its whole path', () => {
    const inner = { title: 'two tabs', file: 'kept.e2e.ts', specs: [spec('one runs', 'flaky')] };
    const suites = [{ title: 'kept.e2e.ts', file: 'kept.e2e.ts', specs: [], suites: [inner] }];
    expect(countOf(results({ suites })).flaky).toEqual(['kept.e2e.ts › two tabs › one runs']);
  });

  it('what failed each time is a failure, and so is an error outside of any test', () => {
    expect(countOf(results({ stats: { expected: 3, unexpected: 2, flaky: 0, skipped: 1 } }))).toMatchObject({
      passed: 3,
      failed: 2,
      skipped: 1,
    });
    expect(countOf(results({ errors: [{ message: 'a file could not be loaded' }] })).failed).toBe(1);
  });
});
