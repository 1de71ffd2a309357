import type { Ask } from '~/api/ask';
import { DEFAULT_TIMEOUT_MS, queryString } from '~/api/request';
import { scriptText } from '~/api/script';
import type { Json } from '~/jobs/job';
import type { Place } from '~/lib/places';
import type { ScriptLanguage } from '~/lib/script-languages';
import { wordsOf } from '~/lib/words';
import { undoWords, type AnyAction, type Refusal, type Server } from './action';
import type { ActionItem } from './plan';
import { refusalsOf } from './reading';
import { actionFor } from './under-mas';
import bash from './script.sh?raw';
import python from './script.py?raw';

/** What a script of an action is made of. */
export interface ScriptOf {
  readonly items: readonly ActionItem[];
  readonly input: Json;
  /** “Lock 12 users” */
  readonly title: string;
  readonly owner: { readonly baseUrl: string; readonly userId: string };
  readonly server: Server;
  /** It puts back what was there: what the action itself brings about is not said. */
  readonly isUndo: boolean;
}

/** The plan as a script that does what `actionJob` does: the same looks, the one request, judged the same way. */
export function actionScript(given: AnyAction, plan: ScriptOf, language: ScriptLanguage): Iterable<string> {
  const { items, input, title, owner, server, isUndo } = plan;
  const action = actionFor(given, server);
  // In words where the plan has words for it; gathered while the items are written.
  const words = new Map<string, readonly [Json, string]>();
  const [first] = items;
  const isMyself = items.some(({ id }) => id === owner.userId);
  const shape = {
    watch: action.watch,
    identity: action.identity ?? null,
    subject: (first && action.look(first.id, server).about?.at) ?? null,
    refuse: refusalsOf(action, input).map(spoken),
    absent: action.absent ?? null,
    blindly: action.isThere !== undefined,
    list: listOf(action),
  };
  const longest = first
    ? (action.write(first.id, first.goal, { server, input, now: first.planned, identity: first.identity }).request
        .timeoutMs ?? DEFAULT_TIMEOUT_MS)
    : 0;

  function* lines(): Generator<ScriptItem> {
    for (const item of items) {
      // A list is said as it is: each has another one, and a table of them would be as long as the plan.
      if (shape.list === null) {
        for (const state of [item.planned, item.goal])
          words.set(JSON.stringify(state), [state, bare(wordsOf(action.words(state)))]);
      }
      const by = { server, input, now: item.planned, identity: item.identity };
      const claims = action.claims?.(item).map(({ what, holder }) => [what, pathOf(holder)] as const) ?? [];
      yield [...lineOf(item, action.look(item.id, server), action.write(item.id, item.goal, by)), claims];
    }
  }
  return scriptText(
    {
      title,
      owner,
      notes: [
        ...(isUndo ? [] : [...action.consequences(input, true, { server, isMyself }), undoWords(action)].map(wordsOf)),
        'The first table lists the state before. Keep this file if you may want to restore it.',
        ...(server.mas ? tokenNotes(action) : []),
      ],
      code: { bash, python },
      constants: {
        ...(action.at === 'mas' && { MAS: server.masUrl ?? '' }),
        SECONDS_TO_WAIT: longest / 1000,
        SEND_AGAIN: action.repeatable,
      },
      // A look is always repeatable, and comes before anything is sent again: `SEND_AGAIN` says whether it is.
      repeatable: true,
      items: lines(),
      count: items.length,
      tables: {
        SHAPE: [shape],
        get WORDS() {
          return [...words.values()];
        },
      },
    },
    language,
  );
}

/** What a script needs where Matrix Authentication Service (MAS) makes the tokens: it finds out first whose token it has. */
const tokenNotes = ({ at }: AnyAction): readonly string[] => [
  '',
  'This homeserver has Matrix Authentication Service (MAS). A token of a sign-in works for about five minutes. For more time,',
  'issue a personal access token for the admin named above, on their page in Glia. It needs these scopes:',
  `  urn:matrix:client:api:* urn:synapse:admin:*${at === 'mas' ? ' urn:mas:admin' : ''}`,
];

/** Where a state is a list and nothing else: its name, the names in it, and the words for an empty one. */
function listOf({ watch, words }: AnyAction): readonly [name: string, of: readonly string[], none: string] | null {
  const parts = Object.entries(watch) as [string, Partial<Place>][];
  const [name, place] = parts[0] ?? [];
  if (name === undefined || parts.length > 1 || place?.as !== 'list') return null;
  return [name, place.of ?? [], wordsOf(words({ [name]: [] }))];
}

/** An item as the scripts read it. */
type ScriptItem = readonly [...ScriptLine, claims: readonly (readonly [what: string, path: string])[]];
type ScriptLine = readonly [
  id: string,
  lookPath: string,
  /** What an answer about it says at the place of the subject. */
  subject: string | null,
  planned: Json,
  goal: Json,
  identity: Json,
  method: string,
  writePath: string,
  body: unknown,
  success: Ask<unknown>['success'] | null,
];

function lineOf({ id, planned, goal, identity }: ActionItem, look: Ask<unknown>, write: Ask<unknown>): ScriptLine {
  const { method = 'GET', body = null } = write.request;
  const subject = look.about?.is ?? null;
  return [id, pathOf(look), subject, planned, goal, identity, method, pathOf(write), body, write.success ?? null];
}

/** A script says why in words. */
const spoken = ({ because, ...refusal }: Refusal) => ({ because: wordsOf(because), ...refusal });

/** A terminal shows the marks around a name as blanks. */
const bare = (words: string): string => words.replaceAll(/[\u2066-\u2069]/g, '');

/** Behind `mas:` where it is for MAS. */
const pathOf = ({ request }: Ask<unknown>): string =>
  `${request.api === 'mas' ? 'mas:' : ''}${request.path}${queryString(request.query)}`;
