import { Comments } from './comments';
import { ALREADY, COMMENT, entriesOf, isAmongWords, isSentence, SENTENCE, type Entry, type Removed } from './entries';
import { headProblem, isJsonLine, isJsonMember, isReportLine, isTableHead, JSON_REASON, REPORT_REASON } from './heads';
import { atOnce, linesInPieces } from './in-turns';
import { hasInvisible } from './invisible';
import { isUserId, named } from './recognise';
import { withValues, type Text } from './text';

/** Matrix user IDs: `@localpart:server`. Rules: spec, “User Identifiers”; historical IDs may hold any character but `:`. */

/** The server part; null when it is no user ID. Room IDs of version 12 have none: never use this on them. */
export function serverOf(userId: string): string | null {
  const colon = userId.indexOf(':');
  return userId.startsWith('@') && colon > 1 && colon < userId.length - 1 ? userId.slice(colon + 1) : null;
}

export interface LineProblem {
  /** From 1. */
  line: number;
  text: string;
  reason: Text;
  /** A word that would be a user of this server, if somebody says so. */
  waits?: true;
}

export interface ParsedUserIds {
  /** Good ones, each once, in the order of their first line. */
  ids: string[];
  /** From an ID to the line that names it first. */
  lines: ReadonlyMap<string, number>;
  /** Every entry that is not used, with its reason. */
  problems: LineProblem[];
  /** IDs of other servers: they are among `ids`, and what they can't do is the plan's to say. */
  remote: number;
  /** Those among `ids` that were bare words, and got the server's own name. */
  completed: string[];
  /** Bare words that would be users of this server; they are completed only when somebody says so. */
  waiting: string[];
  /** The lines where they stand. */
  waitingLines: ReadonlySet<number>;
  /** IDs with capitals: historical ones exist, but most are typed wrong, since new ones are lower case. */
  capitals: number;
  removed: Removed;
  /** The text begins as a table does: its column of users should be chosen. */
  table: boolean;
}

/**
 * `alone`: bare words become IDs of this server where the text holds nothing else. In a job that can be undone, a list of them
 * is enough. `never`: somebody has to say so first.
 */
export type Completion = 'alone' | 'never';

const LONGEST = 255;
/** A line that is one plain ID, as nearly all are: told at a glance, which keeps 100,000 of them quick. */
const PLAIN = /^@[A-Za-z0-9._=+-]{1,180}:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,58}[A-Za-z0-9])?(?::\d{1,5})?$/;
const CAPITAL = /^@[^:]*\p{Lu}/u;
/** What Synapse lets a new account be called, and not a number alone: that is a guest's or a table's. */
const LOCALPART = /^(?!\d+$)[a-z0-9._=+-][a-z0-9._=/+-]*$/;
export const isSureLocalpart = (word: string): boolean => LOCALPART.test(word);
const QUOTES = /^["'`´“”„‘’«»]+|["'`´“”„‘’«»]+$/g;

/** A word without the quotes around it, and without its @. */
export const bareName = (text: string): string => text.replaceAll(QUOTES, '').replace(/^@/, '');

/** Longer than an ID may be? Up to 3 bytes a UTF-16 unit: short ones, nearly all, need no encoding to be told. */
const isTooLong = (id: string): boolean => id.length * 3 > LONGEST && new TextEncoder().encode(id).length > LONGEST;

/**
 * An ID as a line that is read back as exactly this ID: a link where the ID itself holds separators, blanks, or characters
 * that are taken off what people paste.
 */
export function exactLine(id: string): string {
  if (PLAIN.test(id) || !/^[@#!]/.test(id)) return id;
  const found = /[\s,;]/.test(id) || hasInvisible(id) ? null : named(id);
  if (found && found.kind !== 'email' && found.id === id) return id;
  return id.isWellFormed() ? `https://matrix.to/#/${encodeURIComponent(id)}` : id;
}

/** A word without a server that may become an ID. */
interface Candidate {
  line: number;
  text: string;
  localpart: string;
  /** As Synapse names new accounts, and an entry of its own: not one of several words between separators. */
  sure: boolean;
}

interface Found {
  line: number;
  text: string;
  id: string;
}

/**
 * Reads pasted user IDs: one a line, or set apart by commas, semicolons or spaces, with or without a display name, as links,
 * in quotes or brackets. What is not used is named with line and reason. No word becomes an ID unless `completion` lets it.
 * Case is kept: historical IDs have capitals.
 */
export function parseUserIds(text: string, serverName: string, completion: Completion = 'never'): ParsedUserIds {
  return atOnce(userIdsIn(text, serverName, completion));
}

/** Lines or IDs between two looks at the clock. */
const STEP = 200;

/** The same, for long texts: see `inTurns`. */
export function* userIdsIn(text: string, serverName: string, completion: Completion): Generator<void, ParsedUserIds> {
  const reading = new Reading(completion);
  const single = !/[\r\n]/.test(text.trim());
  let line = 0;
  for (const lines of linesInPieces(text)) {
    for (const content of lines) {
      line += 1;
      if (!reading.comments.open && PLAIN.test(content)) reading.found.push({ line, text: content, id: content });
      else reading.readLine(content, line, single);
      if (line % STEP === 0) yield;
    }
  }
  return yield* reading.result(serverName);
}

class Reading {
  readonly found: (Found | Candidate)[] = [];
  readonly comments = new Comments();
  private readonly problems: LineProblem[] = [];
  private readonly removed: Removed = { invisible: 0, around: 0, names: 0 };
  private table = false;
  /** Between the first line of a report and its table. */
  private report = false;
  /** Heads say nothing about whether the entries below are bare words. */
  private heads = 0;
  /** How many lines of words have so many cells. */
  private readonly widths = new Map<number, number>();
  private readonly completion: Completion;

  constructor(completion: Completion) {
    this.completion = completion;
  }

  readLine(content: string, line: number, single: boolean): void {
    const entries = entriesOf(content);
    if (this.isAside(content, entries, line)) return;
    const head = headProblem(entries, this.found.length === 0);
    if (head !== null) {
      this.problems.push({ line, text: content.trim(), reason: head });
      this.heads += 1;
      this.report = false;
      this.table ||= isTableHead(entries);
      return;
    }
    if (this.comments.has(content)) {
      if (entries.length > 0) this.problems.push({ line, text: content.trim(), reason: COMMENT });
      return;
    }
    const isCell = this.table && entries.length > 1;
    const beside = entries.some(({ words }) => words.some((word) => word.named?.kind === 'user'));
    if (!beside && entries.length > 1) {
      const width = content.split(/[,;\t]/).length;
      this.widths.set(width, (this.widths.get(width) ?? 0) + 1);
    }
    const cells: string[] = [];
    for (const entry of entries) {
      if (isJsonMember(entry.text)) {
        this.problems.push({ line, text: entry.text, reason: JSON_REASON });
        continue;
      }
      const rest = this.readNamed(entry, line);
      if (rest.length === 0) continue;
      if (beside || isCell) cells.push(rest.join(' '));
      else this.readWords(rest, entry, line, single);
    }
    if (cells.length > 0) {
      this.problems.push({ line, text: cells.join(', '), reason: beside ? BESIDE : CELL });
    }
  }

  /** Whether the line is about the text and no part of its list. */
  private isAside(content: string, entries: readonly Entry[], line: number): boolean {
    if (isReportLine(content)) this.report = true;
    else if (entries.length === 0) this.report = false;
    const isFact = this.report && !isTableHead(entries);
    if (!isFact && !isJsonLine(content)) return false;
    if (entries.length > 0) {
      this.problems.push({ line, text: content.trim(), reason: isFact ? REPORT_REASON : JSON_REASON });
    }
    return true;
  }

  /** @returns the words of the entry that name nothing. */
  private readNamed(entry: Entry, line: number): string[] {
    const users = entry.words.filter(({ named }) => named?.kind === 'user');
    // Where somebody has to say so first, words beside an ID may as well say that it is not meant.
    const isAmong = isSentence(entry) || (this.completion === 'never' && isAmongWords(entry));
    if (users.length > 0 && isAmong) {
      this.problems.push({ line, text: entry.text, reason: SENTENCE });
      return [];
    }
    const rest: string[] = [];
    for (const { word, named, wrapped } of entry.words) {
      if (named === null) rest.push(word);
      else if (named.kind !== 'user') this.problems.push({ line, text: word, reason: REASONS[named.kind] });
      else if (/^@[^:]*[\s@]/.test(word)) this.problems.push({ line, text: word, reason: TWO_SIGNS });
      else {
        this.found.push({ line, text: word, id: named.id });
        if (wrapped && rest.length === 0) this.removed.around += 1;
      }
    }
    if (entry.invisible) this.removed.invisible += 1;
    const isName = users.length === 1 && (users[0]?.wrapped === true || rest.every((word) => /^\d+$/.test(word)));
    if (!isName || rest.length === 0) return rest;
    this.removed.names += 1;
    return [];
  }

  private readWords(rest: readonly string[], entry: Entry, line: number, single: boolean): void {
    const words = rest.length === 1 ? [entry.text] : entry.text.split(/\s+/);
    const alone = rest.length === 1 && entry.words.length === 1;
    if (!alone && !(single && entry.words.length === rest.length)) {
      this.problems.push({ line, text: rest.join(' '), reason: SEVERAL });
      return;
    }
    for (const text of words) {
      const localpart = bareName(text);
      const reason = problemOf(text.replaceAll(QUOTES, ''), localpart);
      if (reason !== null) this.problems.push({ line, text, reason });
      else this.found.push({ line, text, localpart, sure: alone && LOCALPART.test(localpart) });
      if (reason === null && localpart !== text && `@${localpart}` !== text) this.removed.around += 1;
    }
  }

  *result(serverName: string): Generator<void, ParsedUserIds> {
    // Lines with equally many cells are a table, and not each of its columns holds users.
    const isTable = [...this.widths.values()].some((lines) => lines > 1);
    const all =
      !isTable &&
      this.completion === 'alone' &&
      this.problems.length === this.heads &&
      this.found.every((one) => 'sure' in one && one.sure);
    const lines = new Map<string, number>();
    const waiting = new Set<string>();
    const waitingLines = new Set<number>();
    const parsed = { ids: [] as string[], remote: 0, completed: [] as string[], capitals: 0 };
    let count = 0;
    for (const one of this.found) {
      count += 1;
      if (count % STEP === 0) yield;
      const { line, text } = one;
      const isWord = 'localpart' in one;
      if (isWord && !all) {
        waiting.add(one.localpart);
        waitingLines.add(line);
        this.problems.push({ line, text, reason: withValues(NO_SERVER, { serverName }), waits: true });
        continue;
      }
      const id = isWord ? `@${one.localpart}:${serverName}` : one.id;
      const first = lines.get(id);
      if (first !== undefined || isTooLong(id)) {
        const reason =
          first === undefined ? withValues(TOO_LONG, { most: LONGEST }) : withValues(ALREADY, { line: first });
        this.problems.push({ line, text, reason });
        continue;
      }
      lines.set(id, line);
      parsed.ids.push(id);
      if (isWord) parsed.completed.push(id);
      if (serverOf(id) !== serverName) parsed.remote += 1;
      if (CAPITAL.test(id)) parsed.capitals += 1;
    }
    const problems = this.problems.toSorted((a, b) => a.line - b.line);
    return {
      ...parsed,
      lines,
      waiting: [...waiting],
      waitingLines,
      problems,
      removed: this.removed,
      table: this.table || isTable,
    };
  }
}

const ROOM = /*i18n*/ { id: 'paste.room-for-user', message: 'This is a room, not a user.' };
const EMAIL = /*i18n*/ {
  id: 'paste.email-for-user',
  message: 'This looks like an email address. A user ID looks like @name:server.',
};
const REASONS = { room: ROOM, alias: ROOM, email: EMAIL } as const;
const TOO_LONG = /*i18n*/ {
  id: 'paste.too-long',
  message: 'Longer than {most, number} bytes, which is the most that a user ID can have.',
} as const;
const TWO_SIGNS = /*i18n*/ {
  id: 'paste.two-signs',
  message: 'This has two @ signs. Is it an email address, or two IDs?',
};
const BESIDE = /*i18n*/ {
  id: 'paste.beside',
  message: 'Ignored because it is next to a user ID. If it is a user too, put it on a line of its own.',
};
const CELL = /*i18n*/ {
  id: 'paste.cell',
  message: 'A cell of a table. Choose the column that contains the user IDs.',
};
const SEVERAL = /*i18n*/ {
  id: 'paste.several',
  message: 'Several words without a user ID. Is it a display name? A user ID looks like @name:server.',
};
export const NO_SERVER = /*i18n*/ {
  id: 'paste.no-server',
  message: 'This has no server name. If it is a user on {serverName}, complete it.',
} as const;
const NO_LINK = /*i18n*/ { id: 'paste.user-link', message: 'This link does not point to a user.' };
const NO_SIGIL = /*i18n*/ {
  id: 'paste.no-sigil',
  message: 'A user ID starts with @ and looks like @name:server.',
};
const NO_ID = /*i18n*/ { id: 'paste.user-id', message: 'A user ID looks like @name:server.' };
const ODD_SERVER = /*i18n*/ { id: 'paste.odd-server', message: '“{serverId}” is not a valid server name.' } as const;
const ODD_ID = /*i18n*/ { id: 'paste.odd-user-id', message: 'Not a valid user ID.' };

/** Why this word can't even become an ID of this server, or null. */
function problemOf(word: string, localpart: string): Text | null {
  if (/^[!#]/.test(word)) return ROOM;
  if (/^(?:https?:|matrix:)/i.test(word)) return NO_LINK;
  if (word.includes(':')) {
    if (!word.startsWith('@')) return NO_SIGIL;
    const server = serverOf(word);
    if (server === null) return NO_ID;
    return isUserId(word) ? TWO_SIGNS : withValues(ODD_SERVER, { serverId: server });
  }
  if (localpart.includes('@')) return EMAIL;
  return /^[A-Za-z0-9._=+-][A-Za-z0-9._=/+-]*$/.test(localpart) ? null : ODD_ID;
}
