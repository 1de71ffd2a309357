import { english } from '~/lib/english';
import { READ_TOKEN, SCRIPT_FACTS, type ScriptLanguage } from '~/lib/script-languages';
import { withValues } from '~/lib/text';
import { TextError } from '~/lib/text-error';
import { bashWord, commentText, pythonText, scriptJson, shellCanCarry } from '~/lib/script-text';
import bashShared from './script-shared.sh?raw';
import pythonShared from './script-shared.py?raw';

/**
 * A plan as a script that does the same as its job (promise 13). What changes from plan to plan is data: words of the language
 * (`constants`) and tables of JSON, a value a line, which the script reads as JSON and never as code. The code is in `.sh` and
 * `.py` files beside the wizard's own run, and what all of them share is here: the request, the outcomes, when to stop.
 */

export interface ScriptPlan {
  /** As its job is called: “Remove the oidc-x ids of 4 users”. */
  title: string;
  owner: { baseUrl: string; userId: string };
  /** What to know before one runs it, for the head; each a line. */
  notes: readonly string[];
  /** `prepare` and `attempt` (bash), `label` and `attempt` (Python). */
  code: Readonly<Record<ScriptLanguage, string>>;
  constants: Readonly<Record<string, string | number | boolean>>;
  /** Whether an item may be sent again that got no answer. */
  repeatable: boolean;
  /** What is done, one after the other. Gone through once: they may be made as one goes. */
  items: Iterable<unknown>;
  count: number;
  /** What the code looks up. Written last: they may be gathered while the items are made. */
  tables?: Readonly<Record<string, readonly unknown[]>>;
}

/** The plan has a character that a script of this language would change on its way to the homeserver. */
export class NotCarriedError extends TextError {
  override readonly name = 'NotCarriedError';

  /** @param where the line of the plan, or the name of the value */
  constructor(where: string) {
    super(withValues(NOT_CARRIED, { where }));
  }
}

const NOT_CARRIED = /*i18n*/ {
  id: 'script.not-carried',
  message:
    'This plan can’t be a bash script: {where} has a zero byte or half of a character, which bash can’t pass on. Use the Python script.',
} as const;

/**
 * The script's text in pieces: it may have 100,000 lines, and whoever writes it lets the page work in between.
 * @throws NotCarriedError while its pieces are taken: then none of it may be handed over
 */
export function* scriptText(plan: ScriptPlan, language: ScriptLanguage): Generator<string> {
  const speech = SPEECH[language];
  const { title, owner, items, count, repeatable } = plan;
  const constants = {
    // It is shown: on one line, whatever it contains.
    TITLE: commentText(title),
    HOMESERVER: owner.baseUrl,
    ADMIN: owner.userId,
    COUNT: count,
    REPEATABLE: repeatable,
    ...plan.constants,
  };
  yield `#!/usr/bin/env ${SCRIPT_FACTS[language].command}\n${head(plan, language)}\n`;
  for (const [name, value] of Object.entries(constants)) {
    if (!speech.carries(value)) throw new NotCarriedError(name);
    yield `${name}=${speech.word(value)}\n`;
  }
  yield `\n${speech.shared}\n${plan.code[language]}\n`;
  yield* tableText('ITEMS', items, count, speech);
  for (const [name, lines] of Object.entries(plan.tables ?? {})) yield* tableText(name, lines, lines.length, speech);
  yield speech.last;
}

function* tableText(name: string, lines: Iterable<unknown>, count: number, speech: Speech): Generator<string> {
  const { begin, end, carries } = speech;
  yield begin(name, count);
  for (const line of lines) {
    if (!carries(line)) throw new NotCarriedError(scriptJson(line).slice(0, 200));
    yield `${scriptJson(line)}\n`;
  }
  yield end(name, count);
}

interface Speech {
  shared: string;
  /** Whether such a value reaches the homeserver as it is. */
  carries(value: unknown): boolean;
  word(value: string | number | boolean): string;
  begin(table: string, count: number): string;
  end(table: string, count: number): string;
  last: string;
}

const SPEECH: Readonly<Record<ScriptLanguage, Speech>> = {
  bash: {
    shared: bashShared,
    carries: shellCanCarry,
    word(value) {
      if (typeof value === 'boolean') return value ? '1' : "''";
      return typeof value === 'number' ? String(value) : bashWord(value);
    },
    // The quotes around its end keep bash from looking into what follows, and no line of JSON can be that end.
    begin: (table, count) => `load ${table} ${count} <<'GLIA_${table}'\n`,
    end: (table) => `GLIA_${table}\n`,
    last: 'prepare\nrun\n',
  },
  python: {
    shared: pythonShared,
    carries: () => true,
    word(value) {
      if (typeof value === 'boolean') return value ? 'True' : 'False';
      return typeof value === 'number' ? String(value) : pythonText(value);
    },
    // Raw, so that the escapes are JSON's; no line has a single quote.
    begin: (table) => `${table} = load("${table}", r'''\n`,
    end: (_table, count) => `''', ${count})\n`,
    last: 'run()\n',
  },
};

function head({ title, owner, notes, count }: ScriptPlan, language: ScriptLanguage): string {
  const { command, extension, needs, install } = SCRIPT_FACTS[language];
  const lines = [
    title,
    `on ${owner.baseUrl}, as ${owner.userId}`,
    '',
    'Written by Glia from a plan. It does exactly that plan, one request at a time, and looks again just before each',
    'change: what changed since the plan is skipped and reported. Running it twice is harmless.',
    ...notes,
    '',
    english(needs),
    english(install),
    '',
    'It reads the access token from the environment; the token is not in this file. Type the first line, paste the token',
    'and press Enter. The token is not shown.',
    `  ${READ_TOKEN}`,
    `  ${command} script.${extension}`,
    '',
    'It ends with counts, and with exit code 0 if everything is done or had nothing to do, 1 if something failed or got no',
    'answer, 2 if it could not start, 3 if the access token is not accepted, 4 if it stopped because of too many failures',
    '(set GLIA_GO_ON=1 in the environment to continue anyway), 130 if it was stopped.',
    `Items: ${count}.`,
  ];
  return lines.map((line) => `${`# ${commentText(line)}`.trimEnd()}\n`).join('');
}
