import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import type { ShownFile } from '~/api/media';
import { useOpenWith } from '~/entities/list/use-open-with';
import { UserLink } from '~/entities/user/UserLink';
import { formatBytes } from '~/lib/bytes';
import { formatCount, isCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { Facts, type Fact } from '~/ui/Facts';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';

/** Everything that the homeserver says about a file. */
export function FileFacts({ mxc, file }: { mxc: string; file: ShownFile }) {
  return <Facts facts={factsOf(mxc, file)} />;
}

function factsOf(mxc: string, file: ShownFile): Fact[] {
  const { media_origin: origin, user_id: owner, quarantined_by: by, url_cache: link, sha256 } = file;
  const isCopy = origin != null;
  return [
    { name: t`Address`, value: <Id value={mxc} /> },
    { name: t`Name`, value: <Outside text={file.upload_name} none={t`none`} longest={500} /> },
    { name: t`Type`, value: <Outside text={file.media_type} none={t`unknown`} /> },
    { name: t`Size`, value: sizeWords(file.media_length) },
    ...(isCopy
      ? [{ name: t`Comes from`, value: <Id value={origin} /> }]
      : [{ name: link == null ? t`Uploaded by` : t`Asked for by`, value: <Owner userId={owner} /> }]),
    ...(link == null ? [] : [{ name: t`Link preview of`, value: <Outside as="id" text={link} longest={500} /> }]),
    { name: isCopy ? t`Copied` : t`Uploaded`, value: <Moment ms={file.created_ts} /> },
    { name: t`Last opened`, value: <Moment ms={file.last_access_ts} none={t`never`} /> },
    { name: t`Quarantined`, value: by == null ? t`no` : quarantinedBy(by) },
    ...(isCopy ? [] : [{ name: t`Protected`, value: file.safe_from_quarantine ? t`yes` : t`no` }]),
    { name: t`SHA-256 of its content`, value: sha256 == null ? t`unknown` : <Id value={sha256} /> },
  ];
}

function sizeWords(bytes: number | null | undefined): string {
  if (bytes == null) return t`unknown: the upload is not finished`;
  const size = formatBytes(bytes);
  const count = formatCount(bytes);
  return bytes < 1000 || !isCount(bytes) ? size : t`${size} (${count} bytes)`;
}

function quarantinedBy(userId: string) {
  const who = userId.startsWith('@') ? <UserLink userId={userId} /> : <Outside text={userId} />;
  return <Trans>yes, by {who}</Trans>;
}

function Owner({ userId }: { userId: string | null | undefined }) {
  const openWith = useOpenWith();
  if (userId == null || userId === '') return <Trans>unknown</Trans>;
  return (
    <Group gap="sm">
      <UserLink userId={userId} />
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => openWith(paths.deleteMedia(), { users: { ids: [userId] } })}
      >
        <Trans>Delete old files of this user…</Trans>
      </Button>
    </Group>
  );
}
