import { paths } from '../../src/lib/paths.ts';
import { addUser } from '../../src/mocks/build.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test } from '../fixtures.ts';
import { seeOver } from '../jobs/job-page.ts';

/** A notice is written, shown as clients show it, tested, and sent by the one bulk action. */

const HOSTILE = `<h1>Tonight</h1><p>We <b>update</b>.</p>
<script>window.pwned = 1</script><img src="https://tracker.example/pixel.gif" onerror="window.pwned = 2" alt="A bird">
<svg onload="window.pwned = 3"><a href="javascript:window.pwned=4">bad</a></svg>
<a href="javascript:window.pwned = 5">odd link</a> <a href="https://example.org/status" onclick="window.pwned = 6">status</a>
<iframe src="https://tracker.example/"></iframe><style>body { display: none }</style><form action="https://tracker.example/"><input></form>
<div style="position:fixed;inset:0;background:url(https://tracker.example/bg)">plain</div><math><mtext></form><form><mglyph><style></math><img src onerror="window.pwned = 7">`;

test('HTML is shown by the list of the specification alone: no script runs, no picture loads, no odd link leads away', async ({
  page,
  model,
  homeserverUrl,
  manners,
}) => {
  // The page’s own policy also stops what the parser finds, and says so.
  manners.expected.push(/inline event handler violates/);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn(page, homeserverUrl, model.adminToken, paths.notices());
  await page.getByRole('textbox', { name: 'The same as HTML' }).fill(HOSTILE);
  const preview = page.locator('[data-notice-preview]');
  await expect(preview.getByText('update')).toBeVisible();
  await expect(preview).toContainText('Picture: A bird');
  await expect(preview.getByRole('link')).toHaveText(['status']);
  await expect(preview.getByRole('link')).toHaveAttribute('href', 'https://example.org/status');
  await expect(preview.locator('script, img, svg, iframe, style, form, input, [style], [onclick]')).toHaveCount(0);
  await expect(page.getByText('Clients don’t show all of this HTML')).toBeVisible();
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(asked.filter((url) => url.includes('tracker.example'))).toEqual([]);
  await page.getByRole('button', { name: 'Make the plain text from the HTML' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of the notice' })).toHaveValue(/^Tonight\n\nWe update\./);
});

test('a test says what the configuration lacks, then goes to oneself, and the review has the same text and recipients', async ({
  page,
  model,
  homeserverUrl,
}) => {
  model.state.config.server_notices = false;
  const [anna, ben] = [addUser(model, 'anna'), addUser(model, 'ben')];
  await signIn(page, homeserverUrl, model.adminToken, paths.notices());
  await page.getByRole('textbox', { name: 'Text of the notice' }).fill('We update tonight.');
  await page.getByRole('textbox', { name: 'The same as HTML' }).fill('We <b>update</b> tonight.');
  const tryIt = page.getByRole('button', { name: 'Send a test to yourself' });
  await tryIt.click();
  await expect(page.getByText('Server notices are not set up on this homeserver')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Lines for homeserver.yaml' })).toContainText('system_mxid_localpart');
  await expect(page.getByRole('button', { name: 'Copy these lines' })).toBeVisible();
  await seeNoAxeViolation(page, 'not set up');
  await page.setViewportSize({ width: 390, height: 844 });
  await seeNoSidewaysScrolling(page, 'not set up, 390 px');
  await seeNoAxeViolation(page, 'not set up, 390 px');
  await page.setViewportSize({ width: 1280, height: 800 });

  model.state.config.server_notices = true;
  await tryIt.click();
  await expect(page.getByText('Sent. Check your Matrix client')).toBeVisible();
  expect(model.state.notices.map(({ user_id }) => user_id)).toEqual([model.adminId]);

  // What was written is still there after a reload of the tab.
  await page.getByRole('textbox', { name: 'Users' }).fill(`${anna.name}\n${ben.name}`);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Text of the notice' })).toHaveValue('We update tonight.');
  await page.getByRole('button', { name: 'Continue to review' }).click();
  // All of it was entered: the plan is made at once. What it is for can still be looked at.
  await page.getByRole('link', { name: 'Back to choosing' }).click();
  await expect(page.getByText('Only the 2 users who get the notice')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Text of the notice' })).toHaveValue('We update tonight.');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByLabel('Type 2 to confirm').fill('2');
  await page.getByRole('button', { name: 'Send a server notice to 2 users' }).click();
  await seeOver(page);
  expect(model.state.notices.slice(1)).toEqual(
    [anna, ben].map(({ name }) => ({
      user_id: name,
      content: {
        msgtype: 'm.text',
        body: 'We update tonight.',
        format: 'org.matrix.custom.html',
        formatted_body: 'We <b>update</b> tonight.',
      },
      type: 'm.room.message',
      state_key: null,
    })),
  );
});
