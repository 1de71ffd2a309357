import { has } from '~/api/since';
import type { Session } from '~/data/session';
import { formatBytes } from '~/lib/bytes';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isolatedWords } from '~/lib/shown-text';
import { Moment } from '~/ui/Moment';
import { ConfirmStep } from '~/ui/wizard/ConfirmStep';
import type { Plan, Verdict } from './plan';
import type { Planned } from './planning';

interface ConfirmDeletionProps {
  planned: Planned;
  session: Session;
  onConfirm(count: number): void;
}

/** Media info of one file: only then can a file be looked at again just before. */
export const canLook = (session: Pick<Session, 'version'>): boolean => has(session.version, 'media-info');

export function ConfirmDeletion({ planned, session, onConfirm }: ConfirmDeletionProps) {
  const backTo = paths.deleteMedia('plan');
  if (planned.kind === 'remote') {
    return (
      <ConfirmStep
        what={`${session.serverName} deletes its copies of other servers’ files that nobody opened since ${planned.choice.date}, in ${plural(planned.slices.length, 'slice')} of time.`}
        breakdown={[
          { name: 'Slices', value: planned.slices.length },
          { name: 'Copies', value: 'known afterwards' },
        ]}
        irreversible="There is no undo: a copy comes back only if its own server still has it when someone opens it. Servers that are gone give nothing back."
        undoTitle="What stays"
        undo="Quarantined copies are kept."
        count={planned.slices.length}
        noun={['slice', 'slices']}
        verb="Delete"
        backTo={backTo}
        onConfirm={onConfirm}
      />
    );
  }
  const { plan, choice } = planned;
  const { files, bytes } = plan.totals.delete;
  return (
    <ConfirmStep
      what={whatLocal(planned, session)}
      breakdown={[
        { name: 'Files to delete', value: files },
        { name: 'Size', value: formatBytes(bytes) },
        { name: 'In bytes', value: bytes },
        { name: 'Owners', value: plan.owners.length },
        ...kept(plan),
        { name: 'Plan made', value: <Moment ms={planned.madeAt} /> },
      ]}
      irreversible={
        <>
          The files are gone for good, and there is no undo: messages that hold them show nothing any more, here and on
          servers without a copy. Objects in a storage provider such as S3 stay there without a record.
          {choice.method === 'sweep' && plan.byVerdict.delete.some((index) => plan.files[index]?.isLinkPreview)
            ? ' Of link previews only the record goes; their files stay on the disk.'
            : ''}
        </>
      }
      undoTitle="What you can do instead"
      undo={
        <>
          Quarantine hides a file from everyone and can be lifted again; deleting can’t. Protecting a file keeps it from
          this and from every sweep. Not sure about some of them? Do that first, then make a new plan.
        </>
      }
      count={files}
      noun={['file', 'files']}
      verb="Delete"
      backTo={backTo}
      onConfirm={onConfirm}
    />
  );
}

function whatLocal({ choice, slices }: Extract<Planned, { kind: 'local' }>, session: Session): string {
  if (choice.method === 'sweep') {
    return `${session.serverName} sweeps its own media in ${plural(slices.length, 'call')}, oldest first. It chooses anew by the same rule, and answers which files it deleted; each answer is compared with the plan.`;
  }
  return canLook(session)
    ? 'Each file of the plan is looked at again and then deleted, one by one. Files that were opened, protected, quarantined or deleted since then are skipped and listed in the report.'
    : `Each file of the plan is deleted, one by one. Synapse ${isolatedWords(session.version)} can’t tell about a single file (1.140 can), so a file that was opened or protected since the plan was made is still deleted.`;
}

const KEPT: readonly [Verdict, string][] = [
  ['avatar', 'Kept: avatars'],
  ['protected', 'Kept: protected'],
  ['quarantined', 'Kept: quarantined'],
  ['link-preview', 'Kept: link previews'],
  ['odd-date', 'Kept: date can’t be right'],
];

function kept(plan: Plan) {
  return KEPT.flatMap(([verdict, name]) =>
    plan.totals[verdict].files > 0 ? [{ name, value: plan.totals[verdict].files }] : [],
  );
}
