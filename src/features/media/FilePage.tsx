import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { protect, unprotect } from '~/actions/media/protect';
import { quarantine, unquarantine } from '~/actions/media/quarantine';
import { HomeserverError } from '~/api/errors';
import type { ShownFile } from '~/api/media';
import { files } from '~/data/files';
import { useLacks } from '~/data/lacks';
import { useSession } from '~/data/session';
import { ActionButton } from '~/entities/action/ActionButton';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { JobsOn } from '~/entities/job/JobsOn';
import { fileBadges } from '~/entities/media/badges';
import { aboutThing } from '~/job-store/jobs-on';
import { parseMxc } from '~/lib/mxc';
import { paths } from '~/lib/paths';
import { isolated, shownTitle } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Headline } from '~/ui/Headline';
import { Marks } from '~/ui/Marks';
import { OddFieldNote } from '~/ui/OddRowsNote';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { FileCopies } from './FileCopies';
import { FileFacts } from './FileFacts';
import { FilePreview } from './FilePreview';
import classes from './FilePreview.module.css';

const MEDIA = { label: msg`Media`, to: paths.media() };

export function FilePage() {
  const { serverName = '', mediaId = '' } = useParams();
  const mxc = `mxc://${serverName}/${mediaId}`;
  if (!parseMxc(mxc)) {
    return (
      <Page title={t`Not a file`} parent={MEDIA}>
        <EmptyNote title={t`This is not the address of a file`}>{t`A file looks like mxc://server/id.`}</EmptyNote>
      </Page>
    );
  }
  // With a key of its own, so that nothing of the file shown before stays on the page.
  return <OneFile key={mxc} mxc={mxc} />;
}

function OneFile({ mxc }: { mxc: string }) {
  const { homeserver } = useSession();
  const lacking = useLacks('media-info');
  const reading = useQuery({ ...files.one(homeserver, mxc), enabled: lacking === null });
  const { error } = reading;
  const absent = error instanceof HomeserverError && error.notFound;
  // A file that was deleted a moment ago is not shown as it was.
  const file = absent ? undefined : reading.data?.value;
  const { mediaId = '' } = parseMxc(mxc) ?? {};
  return (
    <Page
      title={shownTitle(file?.upload_name) ?? isolated(mediaId)}
      parent={MEDIA}
      about={<Headline id={mxc} marks={file && <Marks marks={fileBadges(file)} />} />}
      {...(file && { actions: <Actions mxc={mxc} file={file} />, reading: { of: reading, refresh: t`Refresh file` } })}
    >
      {lacking === null ? (
        <TabsInUrl
          label={t`About this file`}
          tabs={[
            {
              id: 'file',
              label: t`File`,
              content: absent ? (
                <NoFile mxc={mxc} />
              ) : (
                <Section unread={t`Could not load the file`} reading={reading}>
                  {({ value, problem }) => (
                    <>
                      <OddFieldNote problem={problem} />
                      <div className={classes.split}>
                        <div className={classes.facts}>
                          <FileFacts mxc={mxc} file={value} />
                        </div>
                        <FilePreview mxc={mxc} file={value} />
                      </div>
                    </>
                  )}
                </Section>
              ),
            },
            ...(file ? [{ id: 'copies', label: t`Copies`, content: <FileCopies file={file} /> }] : []),
            { id: 'activity', label: t`Activity`, content: <FileActivity mxc={mxc} /> },
          ]}
        />
      ) : (
        <EmptyNote title={t`This homeserver’s Synapse can’t be asked about a single file`}>
          {wordsOf(lacking)} {t`Its owner’s Media tab lists the file.`}
        </EmptyNote>
      )}
    </Page>
  );
}

function Actions({ mxc, file }: { mxc: string; file: ShownFile }) {
  const seen = { media_info: file };
  return (
    <>
      <ActionButton actions={[quarantine, unquarantine]} id={mxc} seen={seen} />
      {file.media_origin == null && <ActionButton actions={[protect, unprotect]} id={mxc} seen={seen} />}
      <ActionMenu entity="media" id={mxc} look="page" />
    </>
  );
}

function NoFile({ mxc }: { mxc: string }) {
  const { serverName } = useSession();
  const isLocal = parseMxc(mxc)?.serverName === serverName;
  return (
    <EmptyNote title={t`File not found`}>
      {isLocal ? (
        <Trans>
          This homeserver has no file <Outside as="id" text={mxc} />. It may have been deleted.
        </Trans>
      ) : (
        <Trans>
          This homeserver has no copy of <Outside as="id" text={mxc} />. It keeps a copy of another homeserver’s file
          only after a user here has opened it.
        </Trans>
      )}
    </EmptyNote>
  );
}

/** What jobs of this browser did to this file. */
function FileActivity({ mxc }: { mxc: string }) {
  const of = useMemo(() => aboutThing(mxc), [mxc]);
  return (
    <JobsOn
      id={mxc}
      of={of}
      outcome={msg`For this file`}
      none={t`No job of this browser has changed this file by its address. Deletions by date are listed under Activity.`}
    />
  );
}
