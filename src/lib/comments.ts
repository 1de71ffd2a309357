import { withoutInvisible } from './invisible';

/** Lines of a pasted list that somebody set aside: an ID in a comment, or struck out, is there to be left alone. */

/** What may stand before a mark and means nothing: blanks, quotes, bullets and numbers of a list. */
const BEFORE = String.raw`^(?:[\s"'“„>|]|[-*•·+]\s|\d+[.)]\s)*`;
const MARK = new RegExp(String.raw`${BEFORE}(?:\/\/|\/\*|--|<!--|~|!\s|rem\s)`, 'i');
const SEMICOLON = new RegExp(`${BEFORE};`);
/** Behind it stands what `#` comments out, or the rest of an alias. */
const HASH = new RegExp(`${BEFORE}#(.*)$`);
/** `#team:example.org`, and never `#@anna:example.org`: that is an ID with the mark before it. */
const ALIAS = /^[^\s@#!:,;][^\s:,;]*:[A-Za-z0-9[]/;
const MARK_INSIDE = /(?<![^\s,;(<["'])~|<!--|\s(?:#|\/\/|--|\/\*)\s/;
const ID = /[@#!][^\s:]{1,255}:|https?:|matrix:/i;
const OPENING = /<!--|(?:^|\s)\/\*/;

/** Which signs at the beginning of a line may mean something else. */
interface Signs {
  /** Aliases are what is listed, so a line may begin with one. */
  aliases?: boolean;
  /** The cells are set apart by semicolons, so the first may be empty. */
  semicolons?: boolean;
}

/** Reads the lines of one text in their order: a comment may span several of them. */
export class Comments {
  private end: string | null = null;
  private readonly signs: Signs;

  constructor(signs: Signs = {}) {
    this.signs = signs;
  }

  /** Inside a comment that spans lines: even a line that is nothing but an ID is part of it. */
  get open(): boolean {
    return this.end !== null;
  }

  has(line: string): boolean {
    const seen = withoutInvisible(line);
    if (this.end !== null) {
      if (seen.includes(this.end)) this.end = null;
      return true;
    }
    const opening = OPENING.exec(seen);
    const end = opening?.[0] === '<!--' ? '-->' : '*/';
    if (opening && !seen.includes(end, opening.index)) this.end = end;
    return opening !== null || this.begins(seen) || isInside(seen);
  }

  private begins(line: string): boolean {
    if (MARK.test(line) || (this.signs.semicolons !== true && SEMICOLON.test(line))) return true;
    const rest = HASH.exec(line)?.[1];
    if (rest === undefined || (this.signs.aliases === true && ALIAS.test(rest))) return false;
    // `#team` alone is an alias without its server.
    return /^(?:[\s@#!]|$)/.test(rest) || ID.test(rest);
  }
}

/** `@a:example.org # @b:example.org`: which of them is meant is not sure. */
function isInside(line: string): boolean {
  const mark = MARK_INSIDE.exec(line);
  return mark !== null && ID.test(line.slice(mark.index + 1));
}
