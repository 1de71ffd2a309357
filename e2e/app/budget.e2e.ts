import { appUrl, expect, test } from '../fixtures.ts';

test('the sign-in page asks for at most eight files, all of them its own', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(appUrl(), { waitUntil: 'networkidle' });
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(8);
  expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([new URL(appUrl()).origin]));
});

test('the page allows no inline script and no eval', async ({ page, manners }) => {
  manners.expected.push(/Content Security Policy/, /EvalError|unsafe-eval/);
  await page.goto(appUrl());
  // In a task of the page's own: while the debugger evaluates, it suspends the policy.
  const outcome = await page.evaluate(
    () =>
      new Promise<{ inline: boolean; evaluated: boolean }>((resolve) => {
        setTimeout(() => {
          const script = document.createElement('script');
          script.textContent = 'window.inlineRan = true';
          document.body.append(script);
          let evaluated = false;
          try {
            // Through a variable: what is tried is the browser's refusal, not the linter's.
            const build = Function;
            evaluated = build('return true')() as boolean;
          } catch {
            evaluated = false;
          }
          resolve({ inline: 'inlineRan' in window, evaluated });
        }, 0);
      }),
  );
  expect(outcome).toEqual({ inline: false, evaluated: false });
});
