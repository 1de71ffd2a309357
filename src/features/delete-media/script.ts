import { deleteMedia } from '~/actions/media/delete';
import { actionScript } from '~/actions/script';
import { sweepPath } from '~/api/media';
import { scriptText } from '~/api/script';
import type { Owner } from '~/data/session';
import { english } from '~/lib/english';
import type { ScriptLanguage } from '~/lib/script-languages';
import { withValues } from '~/lib/text';
import { ruleText } from './choice';
import { exactPlan } from './exact';
import type { Plan } from './plan';
import type { LocalPlanned, Planned } from './planning';
import { REMOTE, SWEEP } from './run';
import remoteBash from './script-remote.sh?raw';
import remotePython from './script-remote.py?raw';
import sweepBash from './script-sweep.sh?raw';
import sweepPython from './script-sweep.py?raw';
import { sliceName, type LocalSlice } from './slices';
import { titleOf } from './titles';

interface Ground {
  owner: Owner;
  /** Of Synapse, as read at sign-in. */
  version: string;
  serverName: string;
}

/** The plan as a script that does what the job of `media.delete`, `sweepJob` or `remoteJob` does. */
export function mediaScript(planned: Planned, ground: Ground, language: ScriptLanguage): Iterable<string> {
  if (planned.kind === 'remote') return remoteScript(planned, ground, language);
  return planned.choice.method === 'sweep'
    ? sweepScript(planned, ground, language)
    : exactScript(planned, ground, language);
}

// In English, as all that a script says.
const NO_UNDO = /*i18n*/ { id: 'media.script.no-undo', message: 'Deleted files can’t be restored.' };
const FETCHED_AGAIN = /*i18n*/ {
  id: 'media.script.fetched-again',
  message: 'A deleted file is fetched again when someone opens it, if its own homeserver still has it.',
};

function exactScript(planned: LocalPlanned, { owner, serverName, version }: Ground, language: ScriptLanguage) {
  const exact = exactPlan(planned.plan, serverName);
  const title = english(titleOf(planned, exact.items.length, ruleText(planned.choice, serverName)));
  return actionScript(
    deleteMedia,
    { ...exact, title, owner, server: { serverName, version, mas: false }, isUndo: false },
    language,
  );
}

/** Seconds between two looks at a homeserver that may still be deleting. */
const WAIT_SECONDS = 5;

function sweepScript({ plan, slices }: LocalPlanned, { owner, serverName, version }: Ground, language: ScriptLanguage) {
  return scriptText(
    {
      title: english(withValues(SWEEP, { count: plan.totals.delete.files, serverName })),
      owner,
      notes: [english(NO_UNDO)],
      code: { bash: sweepBash, python: sweepPython },
      constants: {
        SWEEP_PATH: sweepPath({ version }, serverName),
        LARGER_THAN: plan.rule.largerThan,
        KEEP_PROFILES: String(plan.rule.keepAvatars),
        WAIT_SECONDS,
      },
      // Synapse continues after a proxy timed out, so a second request would run beside the first.
      repeatable: false,
      items: sliceLines(slices, plan.files),
      count: slices.length,
    },
    language,
  );
}

/** For each slice: its end, its name and its planned IDs by owner, whose lists tell what is left if no answer comes. */
function* sliceLines(slices: readonly LocalSlice[], files: Plan['files']): Generator {
  for (const slice of slices) {
    const byOwner = Map.groupBy(
      slice.planned.flatMap((index) => files[index] ?? []),
      ({ owner }) => owner,
    );
    const planned = [...byOwner].map(([owner, own]) => [owner, own.map(({ id }) => id)] as const);
    yield [slice.beforeTs, english(sliceName(slice)), Object.fromEntries(planned)];
  }
}

function remoteScript(
  { slices }: Extract<Planned, { kind: 'remote' }>,
  { owner, serverName }: Ground,
  language: ScriptLanguage,
) {
  return scriptText(
    {
      title: english(withValues(REMOTE, { serverName })),
      owner,
      notes: [english(FETCHED_AGAIN)],
      code: { bash: remoteBash, python: remotePython },
      constants: {},
      repeatable: false,
      items: slices.map((slice) => [slice.beforeTs, english(sliceName(slice))]),
      count: slices.length,
    },
    language,
  );
}
