import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconShield } from '@tabler/icons-react';
import { protect } from '~/actions/media/protect';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';

interface ProtectInsteadProps {
  count: number;
  /** Media IDs of the files that are not left out, as it is now. */
  idsNow(): readonly string[];
}

/** Takes exactly the planned files to the bulk action that protects them: a plan of what must stay is made in the same way. */
export function ProtectInstead({ count, idsNow }: ProtectInsteadProps) {
  const { t } = useLingui();
  const { serverName } = useSession();
  const openWith = useOpenWith();
  const open = () =>
    openWith(paths.bulk(protect.kind), {
      media: { ids: idsNow().map((id) => `mxc://${serverName}/${id}`), from: 'plan' },
    });
  return (
    <Group gap="sm">
      <Button size="xs" variant="default" leftSection={<IconShield size={14} aria-hidden />} onClick={open}>
        {t`Protect ${plural(count, { one: 'this # file', other: 'these # files' })} instead…`}
      </Button>
      <Text size="sm" c="dimmed">
        {t`Nothing is deleted then. A later plan keeps them.`}
      </Text>
    </Group>
  );
}
