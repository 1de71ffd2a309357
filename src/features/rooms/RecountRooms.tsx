import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { startJob } from '~/actions/background/start';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { wordsOf } from '~/lib/words';

/** Lets Synapse count members and state again, for every room. */
export function RecountRooms() {
  const { version } = useSession();
  const [open, setOpen] = useState(false);
  const lacking = lacks(version, 'background-updates');
  if (lacking !== null) return wordsOf(lacking);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t`Recount rooms…`}
      </Button>
      {open && <ActionDialog action={startJob} id="populate_stats_process_rooms" onClose={() => setOpen(false)} />}
    </>
  );
}
