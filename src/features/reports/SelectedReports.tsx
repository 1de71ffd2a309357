import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconFlagOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { dismissReport } from '~/actions/report/dismiss';
import { dismissUserReports } from '~/actions/report/dismiss-user';
import { itemsOfKeys, keyOfReport, type ReportFilter } from '~/data/report-list';
import { readAllReports } from '~/data/reports';
import { useSession } from '~/data/session';
import type { Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { showToast } from '~/ui/toasts';
import { ExportFirst } from './ExportReports';

/** Dismisses what is selected, by a plan of its own for each kind. */
export function SelectedReports({ selected }: { selected: Selected<ReportFilter> }) {
  if ('ids' in selected) return <Dismiss keys={selected.ids} />;
  return <ReadFirst filter={selected.filter} />;
}

function Dismiss({ keys }: { keys: readonly string[] }) {
  const openWith = useOpenWith();
  const items = itemsOfKeys(keys);
  const [ofMessages, ofUsers] = [items.report.length, items['user-report'].length];
  const look = { size: 'xs', leftSection: <IconFlagOff size={14} aria-hidden /> } as const;
  return (
    <>
      {ofMessages > 0 && (
        <Button
          {...look}
          onClick={() => openWith(paths.bulk(dismissReport.kind), { things: { entity: 'report', ids: items.report } })}
        >
          {t`Dismiss ${plural(ofMessages, { one: '# message report', other: '# message reports' })}…`}
        </Button>
      )}
      {ofUsers > 0 && (
        <Button
          {...look}
          variant={ofMessages > 0 ? 'default' : 'filled'}
          onClick={() =>
            openWith(paths.bulk(dismissUserReports.kind), {
              things: { entity: 'user-report', ids: items['user-report'] },
            })
          }
        >
          {t`Dismiss ${plural(ofUsers, { one: '# user report', other: '# user reports' })}…`}
        </Button>
      )}
      <ExportFirst keys={keys} />
    </>
  );
}

/** All that match are known once they were read. */
function ReadFirst({ filter }: { filter: ReportFilter }) {
  const { homeserver } = useSession();
  const { mutate, isPending, data } = useMutation({
    mutationFn: () => readAllReports(homeserver, filter),
    onError: (error) =>
      showToast({
        tone: 'warning',
        title: t`Could not load the reports`,
        body: wordsOf(textOfError(error)),
        actions: [],
      }),
  });
  if (data) return <Dismiss keys={data.reports.map(keyOfReport)} />;
  return (
    <Button
      size="xs"
      leftSection={<IconFlagOff size={14} aria-hidden />}
      loading={isPending}
      onClick={() => mutate()}
    >{t`Dismiss…`}</Button>
  );
}
