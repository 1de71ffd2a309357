import { plural, t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import type { KeptScan } from '~/job-store/user-scans';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { isolatedWords } from '~/lib/shown-text';
import { sentences, type Text as KeptText } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { DeleteScan } from './DeleteScan';
import classes from './scan-users.module.css';
import { UnreadNote } from './UnreadNote';

interface ScanHeadlineProps {
  scan: KeptScan;
  /** Why it is in this tab only; null: it is on disk. */
  problem: KeptText | null;
  /** Another tab is reading on with it. */
  elsewhere: boolean;
  onRefresh(): void;
  onResume(): void;
  onAgain(): void;
  onDelete(): Promise<void>;
}

/** Of whom a scan is, how old it is, how whole, where it is kept, and how it is deleted. */
export function ScanHeadline({ scan, problem, elsewhere, onRefresh, onResume, onAgain, onDelete }: ScanHeadlineProps) {
  const { head, users, unread } = scan;
  const [deleting, { open, close }] = useDisclosure();
  const read = users.length;
  const missing = unread.filter(({ gone }) => !gone);
  const gone = unread.length - missing.length;
  const left = head.total - read - unread.length;
  const size = formatBytes(head.size);
  return (
    <>
      <div className={classes.card}>
        <div className={classes.head}>
          <div>
            <Text size="sm">
              <Trans>
                <b>
                  <Plural value={read} one="# user" other="# users" />
                </b>{' '}
                scanned <Moment ms={head.readAt} />.
              </Trans>{' '}
              {about(scan)}
            </Text>
            <Text size="xs" c="dimmed">
              {problem === null
                ? t`Kept in this browser until you delete it, ${size}. Before an action changes anything, Glia reads each user again.`
                : t`In this tab only, until you close it. Before an action changes anything, Glia reads each user again.`}
            </Text>
          </div>
          <div className={classes.buttons}>
            <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onAgain}>
              <Trans>Scan again…</Trans>
            </Button>
            <Button size="xs" variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={open}>
              <Trans>Delete…</Trans>
            </Button>
          </div>
        </div>
      </div>
      {problem !== null && (
        <Notice tone="warning" title={t`This browser can’t keep the scan`}>
          {wordsOf(problem)}
        </Notice>
      )}
      {head.endedAt === null && (elsewhere || left > 0) && (
        <Notice
          tone="warning"
          role="status"
          title={t`Partial: ${formatCount(read)} of ${plural(head.total, { one: '# user', other: '# users' })} read`}
        >
          <span>
            {elsewhere
              ? t`Another tab is reading the others. Nothing is known here about users that it has not read yet.`
              : t`The scan was stopped, or its page was closed. Nothing is known of the others, so no filter finds them.`}
          </span>
          <Group mt={6}>
            {elsewhere ? (
              <Button size="xs" variant="default" onClick={onRefresh}>
                <Trans>Refresh</Trans>
              </Button>
            ) : (
              <Button size="xs" variant="default" onClick={onResume}>
                {plural(left, { one: 'Read the other # user', other: 'Read the other # users' })}
              </Button>
            )}
          </Group>
        </Notice>
      )}
      {head.notes.length > 0 && <Notice tone="warning">{wordsOf(head.notes.reduce(sentences))}</Notice>}
      <UnreadNote unread={missing} onResume={onResume} />
      {gone > 0 && (
        <Text size="sm" c="dimmed">
          {plural(gone, {
            one: '# user was in the list but no longer exists, and is not shown.',
            other: '# users were in the list but no longer exist, and are not shown.',
          })}
        </Text>
      )}
      <DeleteScan opened={deleting} onClose={close} onDelete={onDelete} />
    </>
  );
}

/** Which name was searched for, and who was left out. */
function about({ head: { choice } }: KeptScan): string {
  const name = isolatedWords(choice.name);
  const left = [
    choice.name !== '' && t`Only users whose name contains “${name}”.`,
    !choice.deactivated && t`Without deactivated users.`,
    !choice.locked && t`Without locked users.`,
  ];
  return left.filter((one) => one !== false).join(' ');
}
