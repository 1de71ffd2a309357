import { Text as Line } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { has } from '~/api/since';
import { UserLink } from '~/entities/user/UserLink';
import { ownerOf } from '~/job-store/jobs';
import { useSession, type Session } from '~/data/session';
import { formatBytes } from '~/lib/bytes';
import { plural } from '~/lib/numbers';
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
import { makePlan } from './plan';
import { fileRows, minute, sizeText, TABLE_WORDS, type FileRow } from './plan-table';
import type { Planned } from './planning';
import { KeptFiles, PlanNotes, PlanPlots } from './PlanSummary';
import { sliceName, type Slice } from './slices';

interface ReviewStepProps<Of extends Planned = Planned> {
  planned: Of;
  /** What was chosen. */
  rule: Text;
  /** With exactly what runs. */
  onRun(planned: Planned, count: number): void;
}

type Local = Extract<Planned, { kind: 'local' }>;
type Remote = Extract<Planned, { kind: 'remote' }>;

const BACK = { label: 'Back to choosing', to: paths.deleteMedia('choose') };

/** Media info of one file: only then can a file be looked at again just before. */
const canLook = (session: Pick<Session, 'version'>): boolean => has(session.version, 'media-info');

/** What exactly goes, what stays and why, and the last click. */
export function ReviewStep({ planned, ...props }: ReviewStepProps) {
  return planned.kind === 'local' ? (
    <LocalReview planned={planned} {...props} />
  ) : (
    <RemoteReview planned={planned} {...props} />
  );
}

function LocalReview({ planned, rule, onRun }: ReviewStepProps<Local>) {
  const session = useSession();
  const { plan, choice, slices, notes, madeAt } = planned;
  const rows = useMemo(() => fileRows(plan), [plan]);
  const left = useLeftIn(plan, rows);
  const sweeps = choice.method === 'sweep';
  const bytes = useBytes(left);
  const exactly = (): Local => (sweeps || left.out === 0 ? planned : withOnly(planned, left.runs()));
  return (
    <Review
      sentence={`Delete ${plural(left.count, 'file')}, ${formatBytes(bytes)}, ${wordsOf(rule)}.`}
      nothing="No file fits what you chose. Go back and choose another date or size."
      undo="This can’t be undone."
      touches={[
        ...(sweeps
          ? [
              `${session.serverName} sweeps its own media in ${plural(slices.length, 'call')}, oldest first. It chooses again by the same rule, so a file that is opened by then is spared; each answer is compared with the plan.`,
              'Single files can’t be left out of a sweep. Choose “Exactly the planned files” for that.',
            ]
          : [looksAgain(session)]),
        'Messages that hold these files show nothing any more, here and on servers without a copy. Objects in a storage provider such as S3 stay there, without a record.',
        `Frees ${plural(bytes, 'byte')} on the homeserver’s disk, thumbnails not counted.`,
        ...(sweeps && plan.byVerdict.delete.some((index) => plan.files[index]?.isLinkPreview)
          ? ['Of link previews only the record goes; their files stay on the disk.']
          : []),
        sweeps
          ? 'To keep a file, protect it before. To hide one so that it can come back, quarantine it before: a sweep spares both.'
          : 'To keep a file, leave it out or protect it. To hide one so that it can come back, quarantine it instead.',
      ]}
      madeAt={madeAt}
      left={left}
      canLeaveOut={!sweeps}
      table={{
        label: 'What would happen to each file',
        columns: COLUMNS,
        verdicts: TABLE_WORDS,
        fileStem: 'delete-media-plan',
        empty: 'These users have no files on this homeserver.',
      }}
      script={scriptOf(exactly, session)}
      back={BACK}
      act={`Delete ${plural(left.count, 'file')}`}
      counted={plural(left.count, 'file')}
      typed
      onRun={(count) => onRun(exactly(), count)}
      plots={<PlanPlots plan={plan} />}
    >
      <KeptFiles plan={plan} />
      <PlanNotes notes={notes} />
    </Review>
  );
}

const looksAgain = (session: Session): string =>
  canLook(session)
    ? 'Just before each file Glia looks at it again. Files that were opened, protected, quarantined or deleted since the plan are skipped and listed in the report.'
    : `Synapse ${isolatedWords(session.version)} can’t tell about a single file (1.140 can), so a file that was opened or protected since the plan was made is still deleted.`;

/** Of what is left in. It follows a click; the click itself does not wait for it. */
function useBytes(left: LeftIn<FileRow>): number {
  const settled = useDeferredValue(left);
  return useMemo(() => settled.runs().reduce((sum, { file }) => sum + (file.bytes ?? 0), 0), [settled]);
}

/** The same plan of these files alone. */
const withOnly = (planned: Local, rows: readonly FileRow[]): Local => ({
  ...planned,
  plan: makePlan(
    rows.map(({ file }) => file),
    planned.plan.rule,
    planned.avatars,
  ),
});

interface SliceRow extends PlanRow {
  slice: Slice;
}

function RemoteReview({ planned, rule, onRun }: ReviewStepProps<Remote>) {
  const session = useSession();
  const { slices, madeAt } = planned;
  const rows = useMemo(
    () => slices.map((slice): SliceRow => ({ id: String(slice.beforeTs), verdict: 'will', reason: '', slice })),
    [slices],
  );
  const left = useLeftIn(slices, rows);
  const requests = plural(slices.length, 'request');
  return (
    <Review
      sentence={`Delete ${session.serverName}’s copies of other servers’ files ${wordsOf(rule)}, in ${requests}.`}
      nothing="There is nothing to ask for."
      undo="This can’t be undone."
      touches={[
        'How many files that is, is not known in advance: Synapse can’t list them, it only counts what it has deleted.',
        'A copy is fetched again when someone opens it, if its own server still has it. Servers that are gone give nothing back.',
        'Quarantined copies are kept.',
        'Each request covers about a month, so that no proxy gives up on it. It also takes what an earlier one left, so none can be left out.',
      ]}
      madeAt={madeAt}
      left={left}
      canLeaveOut={false}
      table={{
        label: 'Requests to the remote cache',
        columns: SLICE_COLUMNS,
        verdicts: { will: 'will be sent', nothing: 'not needed', cannot: 'can’t be sent' },
        fileStem: 'delete-media-plan',
      }}
      script={scriptOf(() => planned, session)}
      back={BACK}
      act={`Delete cached files in ${requests}`}
      counted={requests}
      typed
      onRun={(count) => onRun(planned, count)}
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

const SLICE_COLUMNS: readonly PlanColumn<SliceRow>[] = [
  { id: 'slice', header: 'Last opened', width: 'minmax(14rem, 1fr)', text: ({ slice }) => sliceName(slice) },
  { id: 'files', header: 'Files', width: 'minmax(10rem, 1fr)', text: () => 'not known in advance' },
];

const COLUMNS: readonly PlanColumn<FileRow>[] = [
  {
    id: 'file',
    header: 'File',
    width: 'minmax(10rem, 2fr)',
    // The name only: a picture would count as opening the file, and keep it alive.
    cell: ({ file }) => (
      <>
        {file.name !== null && (
          <Line size="sm" truncate="end" title={isolatedWords(file.name)}>
            <Outside text={file.name} none="no name" />
          </Line>
        )}
        <Id value={file.id} />
      </>
    ),
    text: ({ file }) => (file.name === null ? file.id : `${file.name} (${file.id})`),
  },
  {
    id: 'owner',
    header: 'Owner',
    width: 'minmax(8rem, 1.5fr)',
    cell: ({ file }) => <UserLink userId={file.owner} />,
    text: ({ file }) => file.owner,
  },
  { id: 'type', header: 'Type', width: '6.5rem', text: ({ file }) => file.type ?? '' },
  {
    id: 'size',
    header: 'Size',
    width: '4.5rem',
    align: 'end',
    text: ({ file }) => sizeText(file.bytes),
  },
  {
    id: 'uploaded',
    header: 'Uploaded',
    width: '5.5rem',
    cell: ({ file }) => <Moment ms={file.createdTs} />,
    text: ({ file }) => minute(file.createdTs),
  },
  {
    id: 'opened',
    header: 'Last opened',
    width: '5.5rem',
    cell: ({ file }) => <Moment ms={file.lastAccessTs} none="never" />,
    text: ({ file }) => (file.lastAccessTs === null ? 'never' : minute(file.lastAccessTs)),
  },
];
