import { msg, plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Text as Line } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { has } from '~/api/since';
import { UserLink } from '~/entities/user/UserLink';
import { ownerOf } from '~/job-store/jobs';
import { useSession, type Session } from '~/data/session';
import { formatBytes } from '~/lib/bytes';
import { paths } from '~/lib/paths';
import { isolatedWords } from '~/lib/shown-text';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { useLeftIn, type LeftIn } from '~/ui/wizard/left-out';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import { fileRows, minute, sizeText, TABLE_WORDS, type FileRow } from './plan-table';
import { withOnly, type LocalPlanned as Local, type Planned } from './planning';
import { KeptFiles, PacksFound, PlanNotes, PlanPlots } from './PlanSummary';
import { ProtectInstead } from './ProtectInstead';
import { sliceName, type Slice } from './slices';
import { verbatim } from '~/ui/verbatim';

interface ReviewStepProps<Of extends Planned = Planned> {
  planned: Of;
  /** What was chosen. */
  rule: Text;
  /** Given exactly what will run. */
  onRun(planned: Planned, count: number): void;
}

type Remote = Extract<Planned, { kind: 'remote' }>;

/** What will be deleted, what is kept and why, and the button that starts it. */
export function ReviewStep({ planned, ...props }: ReviewStepProps) {
  return planned.kind === 'local' ? (
    <LocalReview planned={planned} {...props} />
  ) : (
    <RemoteReview planned={planned} {...props} />
  );
}

function LocalReview({ planned, rule, onRun }: ReviewStepProps<Local>) {
  const { t } = useLingui();
  const session = useSession();
  const { plan, choice, slices, notes, packs = [], copies = 0, madeAt } = planned;
  const rows = useMemo(() => fileRows(plan), [plan]);
  const left = useLeftIn(plan, rows);
  const sweeps = choice.method === 'sweep';
  const bytes = useBytes(left);
  const exactly = (): Local =>
    sweeps || left.out === 0
      ? planned
      : withOnly(
          planned,
          left.runs().map(({ file }) => file),
        );
  const { count } = left;
  const requests = slices.length;
  const size = formatBytes(bytes);
  const chosen = wordsOf(rule);
  const hasPreviews = sweeps && plan.byVerdict.delete.some((index) => plan.files[index]?.isLinkPreview);
  const isRoom = choice.where === 'room';
  const touches = [
    ...(isRoom
      ? [
          t`Only files that unencrypted messages of the room name are in this plan. Synapse can’t list files in encrypted messages.`,
          ...(copies > 0
            ? [
                t`${plural(copies, { one: '# file of another homeserver in this room is not deleted: only its copy is here.', other: '# files of other homeservers in this room are not deleted: only their copies are here.' })}`,
              ]
            : []),
        ]
      : []),
    ...(sweeps
      ? [
          t`Synapse deletes them in ${plural(requests, { one: '# request', other: '# requests' })}, oldest files first. It chooses again by the same rule, so a file that is opened in the meantime is kept. Glia compares each answer with the plan.`,
          t`You can’t leave out single files here. To do that, choose “Exactly the planned files, one by one”.`,
        ]
      : [<LooksAgain key="looks" session={session} />]),
    t`Messages that contain these files no longer show them, here and on homeservers that have no copy. Files in a storage provider such as S3 stay there, with no record of them.`,
    t`Frees ${plural(bytes, { one: '# byte', other: '# bytes' })} of disk space, not counting thumbnails.`,
    ...(hasPreviews ? [t`For link previews, only the record is deleted. Their files stay on the disk.`] : []),
    sweeps
      ? t`To keep a file, protect it before you continue. To hide one so that it can come back, quarantine it. Synapse keeps both.`
      : t`To keep a file, leave it out or protect it. To hide one so that it can come back, quarantine it instead.`,
  ];
  return (
    <Review
      sentence={t`Delete ${plural(count, { one: '# file', other: '# files' })} (${size}) ${chosen}.`}
      nothing={t`No file matches what you chose. Go back and choose another date or size.`}
      undo={t`This can’t be undone.`}
      touches={touches}
      madeAt={madeAt}
      left={left}
      canLeaveOut={!sweeps}
      table={{
        label: t`What would happen to each file`,
        columns: COLUMNS,
        verdicts: TABLE_WORDS,
        fileStem: planned.isPartial ? 'delete-media-plan-partial' : 'delete-media-plan',
        empty: isRoom
          ? t`No unencrypted message of this room names a file of this homeserver.`
          : t`These users have no files on this homeserver.`,
      }}
      script={scriptOf(exactly, session)}
      back={{ label: t`Back to choosing`, to: paths.deleteMedia('choose') }}
      act={t`Delete ${plural(count, { one: '# file', other: '# files' })}`}
      counted={t`${plural(count, { one: '# file', other: '# files' })}`}
      typed
      onRun={(confirmed) => onRun(exactly(), confirmed)}
      plots={<PlanPlots plan={plan} />}
    >
      <KeptFiles plan={plan} />
      <PacksFound packs={packs} />
      {count > 0 && <ProtectInstead count={count} idsNow={() => left.runs().map(({ id }) => id)} />}
      <PlanNotes notes={notes} />
    </Review>
  );
}

function LooksAgain({ session }: { session: Session }) {
  const version = verbatim(isolatedWords(session.version));
  return has(session.version, 'media-info') ? (
    <Trans>
      Just before Glia deletes a file, it looks at it again. Files that were opened, protected, quarantined or deleted
      since the plan are skipped and listed in the report.
    </Trans>
  ) : (
    <Trans>
      Synapse {version} can’t report on a single file (1.140 and newer can), so a file that was opened or protected
      since the plan is still deleted.
    </Trans>
  );
}

/** The size of the included files. Deferred, so that a click in a plan of 100,000 files doesn't wait for it. */
function useBytes(left: LeftIn<FileRow>): number {
  const settled = useDeferredValue(left);
  return useMemo(() => settled.runs().reduce((sum, { file }) => sum + (file.bytes ?? 0), 0), [settled]);
}

interface SliceRow extends PlanRow {
  slice: Slice;
}

function RemoteReview({ planned, rule, onRun }: ReviewStepProps<Remote>) {
  const { t } = useLingui();
  const session = useSession();
  const { slices, madeAt } = planned;
  const rows = useMemo(
    () => slices.map((slice): SliceRow => ({ id: String(slice.beforeTs), verdict: 'will', reason: '', slice })),
    [slices],
  );
  const left = useLeftIn(slices, rows);
  const requests = slices.length;
  const chosen = wordsOf(rule);
  return (
    <Review
      sentence={t`Delete cached remote files ${chosen}, in ${plural(requests, { one: '# request', other: '# requests' })}.`}
      nothing={t`There is nothing to delete.`}
      undo={t`This can’t be undone.`}
      touches={[
        t`The number of files is not known in advance: Synapse can’t list them. It only reports how many it deleted.`,
        t`A deleted file is fetched again when someone opens it, if its own homeserver still has it.`,
        t`Quarantined files are kept.`,
        t`Each request covers about a month, so that no proxy times out. It also deletes what an earlier one left, so you can’t leave any out.`,
      ]}
      madeAt={madeAt}
      left={left}
      canLeaveOut={false}
      table={{
        label: t`Requests to delete cached files`,
        columns: SLICE_COLUMNS,
        verdicts: SLICE_WORDS,
        fileStem: 'delete-media-plan',
      }}
      script={scriptOf(() => planned, session)}
      back={{ label: t`Back to choosing`, to: paths.deleteMedia('choose') }}
      act={t`Delete cached files in ${plural(requests, { one: '# request', other: '# requests' })}`}
      counted={t`${plural(requests, { one: '# request', other: '# requests' })}`}
      typed
      onRun={(confirmed) => onRun(planned, confirmed)}
    />
  );
}

function scriptOf(exactly: () => Planned, session: Session) {
  const { serverName, demo, version } = session;
  const ground = { owner: ownerOf(session), serverName, version };
  return {
    fileStem: 'delete-media',
    disabled: null,
    demo,
    write: async (language: 'bash' | 'python') => (await import('./script')).mediaScript(exactly(), ground, language),
  };
}

const SLICE_WORDS = {
  will: /*i18n*/ { id: 'media.plan.will-be-sent', message: 'will be sent' },
  nothing: /*i18n*/ { id: 'media.plan.not-needed', message: 'not needed' },
  cannot: /*i18n*/ { id: 'media.plan.cannot-be-sent', message: 'can’t be sent' },
} as const;

const SLICE_COLUMNS: readonly PlanColumn<SliceRow>[] = [
  {
    id: 'slice',
    header: msg`Last opened`,
    width: 'minmax(14rem, 1fr)',
    text: ({ slice }) => wordsOf(sliceName(slice)),
  },
  { id: 'files', header: msg`Files`, width: 'minmax(10rem, 1fr)', text: () => t`not known in advance` },
];

const COLUMNS: readonly PlanColumn<FileRow>[] = [
  {
    id: 'file',
    header: msg`File`,
    width: 'minmax(10rem, 2fr)',
    // No preview: it would count as opening the file, and keep it.
    cell: ({ file }) => (
      <>
        {file.name !== null && (
          <Line size="sm" truncate="end" title={isolatedWords(file.name)}>
            <Outside text={file.name} none={t`no name`} />
          </Line>
        )}
        <Id value={file.id} />
      </>
    ),
    text: ({ file }) => (file.name === null ? file.id : `${file.name} (${file.id})`),
  },
  {
    id: 'owner',
    header: msg`Owner`,
    width: 'minmax(8rem, 1.5fr)',
    cell: ({ file }) => <UserLink userId={file.owner} />,
    text: ({ file }) => file.owner,
  },
  { id: 'type', header: msg`Type`, width: '6.5rem', text: ({ file }) => file.type ?? '' },
  {
    id: 'size',
    header: msg`Size`,
    width: '4.5rem',
    align: 'end',
    text: ({ file }) => sizeText(file.bytes),
  },
  {
    id: 'uploaded',
    header: msg`Uploaded`,
    width: '5.5rem',
    cell: ({ file }) => <Moment ms={file.createdTs} />,
    text: ({ file }) => minute(file.createdTs),
  },
  {
    id: 'opened',
    header: msg`Last opened`,
    width: '5.5rem',
    cell: ({ file }) => <Moment ms={file.lastAccessTs} none={t`never`} />,
    text: ({ file }) => (file.lastAccessTs === null ? t`never` : minute(file.lastAccessTs)),
  },
];
