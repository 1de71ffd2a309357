import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconFile, IconPhoto } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ShownMedia } from '~/api/media';
import { usePreview } from '~/data/previews';
import { useSession } from '~/data/session';
import { formatBytes } from '~/lib/bytes';
import { isolated, shownText } from '~/lib/shown-text';
import { wordsOfError } from '~/lib/words';
import { BlobImage } from '~/ui/BlobImage';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { Tick } from '~/ui/Tick';
import { fileBadges } from './badges';
import { LocalFileLink } from './FileLink';
import classes from './MediaGrid.module.css';
import { isPicture as isPictureType } from './pictures';

interface MediaCardProps {
  file: ShownMedia;
  /** The pictures of all files were asked for. */
  isAsked: boolean;
  isSelected: boolean;
  isDisabled: boolean;
  onToggle(selected: boolean): void;
  menu: ReactNode;
}

export function MediaCard({ file, isAsked, isSelected, isDisabled, onToggle, menu }: MediaCardProps) {
  const { media_id: mediaId, media_length: bytes } = file;
  return (
    <li className={classes.card} data-selected={isSelected || undefined}>
      <FilePicture file={file} isAsked={isAsked} />
      <div className={classes.head}>
        <Tick label={selectWords(mediaId)} checked={isSelected} disabled={isDisabled} onChange={onToggle} />
        <Outside
          text={shownText(file.upload_name) === null ? file.url_cache : file.upload_name}
          none={t`no name`}
          longest={80}
          className={classes.name}
        />
        {menu}
      </div>
      <LocalFileLink mediaId={mediaId} />
      <div className={classes.facts}>
        <span>{bytes == null ? t`size unknown` : formatBytes(bytes)}</span>
        <Moment ms={file.created_ts} />
      </div>
      <Marks marks={fileBadges(file)} />
    </li>
  );
}

function selectWords(mediaId: string): string {
  const id = isolated(mediaId);
  return t`Select ${id}`;
}

function FilePicture({ file, isAsked }: { file: ShownMedia; isAsked: boolean }) {
  const { homeserver, serverName } = useSession();
  const [isOneAsked, askOne] = useState(false);
  const isPicture = isPictureType(file.media_type);
  const isHidden = file.quarantined_by != null;
  const wanted = isPicture && !isHidden && (isAsked || isOneAsked);
  const { blob, error } = usePreview(homeserver, `mxc://${serverName}/${file.media_id}`, wanted);
  if (blob) return <BlobImage blob={blob} className={classes.picture} />;
  const Icon = isPicture ? IconPhoto : IconFile;
  return (
    <div className={classes.picture}>
      <Icon size={28} stroke={1.4} aria-hidden />
      <Outside text={file.media_type} none={t`type unknown`} longest={40} />
      {isHidden && <Trans>Quarantined: can’t be shown</Trans>}
      {error && <bdi>{wordsOfError(error)}</bdi>}
      {isPicture && !isHidden && !wanted && (
        <Button size="compact-xs" variant="default" onClick={() => askOne(true)}>
          <Trans>Show picture</Trans>
        </Button>
      )}
    </div>
  );
}
