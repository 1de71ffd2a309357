/**
 * Formatted text as Matrix clients show it: what stands on the allow-list, and nothing else. The list is the one of the Matrix
 * specification, Client-Server API, `m.room.message` (https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes).
 * Reads a document that a parser made and nobody shows, and makes a tree of plain data from it: no attribute and no address passes
 * that is not named here.
 */

const TAGS = [
  'del',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'p',
  'a',
  'ul',
  'ol',
  'sup',
  'sub',
  'li',
  'b',
  'i',
  'u',
  'strong',
  'em',
  's',
  'code',
  'hr',
  'br',
  'div',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'caption',
  'pre',
  'span',
  'img',
  'details',
  'summary',
] as const;
export type Tag = (typeof TAGS)[number];

const KNOWN: ReadonlySet<string> = new Set(TAGS);

/** In place of these, older clients still send the ones on the left. */
const RENAMED: Readonly<Record<string, Tag>> = { font: 'span', strike: 's' };

/** With these, what stands inside goes, too: it is no text for anybody, or the reply to which a client already shows. */
const WITH_CONTENT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'object',
  'embed',
  'noscript',
  'svg',
  'math',
  'title',
  'head',
  'mx-reply',
  'select',
  'textarea',
  'audio',
  'video',
  'canvas',
]);

/** The parser adds these around any text. */
const AROUND: ReadonlySet<string> = new Set(['html', 'body']);

const HOLDERS: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tr', 'ul', 'ol']);
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img']);

/** Where a link may lead, as the specification says. */
const SCHEMES: ReadonlySet<string> = new Set(['https:', 'http:', 'ftp:', 'mailto:', 'magnet:']);

/** How deep elements may stand in each other, as the specification says. */
const DEEPEST = 100;

export type Formatted = string | FormattedElement;
export interface FormattedElement {
  readonly tag: Tag;
  /** Of a link, checked; of others none. */
  readonly href?: string;
  /** Of a picture, which is never loaded: what it shows, in words. */
  readonly alt?: string;
  /** Of an ordered list. */
  readonly start?: number;
  /** `#rrggbb` */
  readonly color?: string;
  readonly background?: string;
  /** Hidden until it is clicked; the reason, or ''. */
  readonly spoiler?: string;
  readonly children: readonly Formatted[];
}

/** What of a node of a document is read: a test makes its own. */
export interface ReadNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: Iterable<ReadNode>;
  getAttribute?(name: string): string | null;
}

const ELEMENT = 1;
const TEXT = 3;

export interface FormattedText {
  readonly nodes: readonly Formatted[];
  /** Tags that clients leave out, each once. */
  readonly leftOut: readonly string[];
}

/** @param root its children are read */
export function readFormatted(root: ReadNode): FormattedText {
  const leftOut = new Set<string>();
  return { nodes: childrenOf(root, leftOut, 0), leftOut: [...leftOut] };
}

function childrenOf(node: ReadNode, leftOut: Set<string>, depth: number): Formatted[] {
  return [...node.childNodes].flatMap((child) => one(child, leftOut, depth));
}

function one(node: ReadNode, leftOut: Set<string>, depth: number): Formatted[] {
  if (node.nodeType === TEXT) return node.nodeValue === null || node.nodeValue === '' ? [] : [node.nodeValue];
  // Comments and the like.
  if (node.nodeType !== ELEMENT) return [];
  const name = node.nodeName.toLowerCase();
  if (AROUND.has(name)) return childrenOf(node, leftOut, depth);
  const tag = RENAMED[name] ?? name;
  if (WITH_CONTENT.has(tag) || depth >= DEEPEST) {
    // The parser makes an empty head where none was written.
    if (name !== 'head' || [...node.childNodes].length > 0) leftOut.add(name);
    return [];
  }
  if (!isTag(tag)) {
    leftOut.add(name);
    // The text stays where only the tag is unknown.
    return childrenOf(node, leftOut, depth + 1);
  }
  const children = childrenOf(node, leftOut, depth + 1);
  // Blanks between the rows of a table are nothing to show.
  const shown = HOLDERS.has(tag)
    ? children.filter((child) => typeof child !== 'string' || child.trim() !== '')
    : children;
  return [{ tag, ...attributesOf(tag, node), children: VOID.has(tag) ? [] : shown }];
}

const isTag = (name: string): name is Tag => KNOWN.has(name);

function attributesOf(tag: Tag, node: ReadNode): Omit<FormattedElement, 'tag' | 'children'> {
  const value = (name: string) => node.getAttribute?.(name) ?? null;
  if (tag === 'a') {
    const href = safeLink(value('href'));
    return href === null ? {} : { href };
  }
  if (tag === 'img') return { alt: value('alt') ?? value('title') ?? '' };
  if (tag === 'ol') {
    const start = Number(value('start') ?? 1);
    return Number.isSafeInteger(start) ? { start } : {};
  }
  if (tag !== 'span') return {};
  const color = safeColor(value('data-mx-color'));
  const background = safeColor(value('data-mx-bg-color'));
  const spoiler = value('data-mx-spoiler');
  return {
    ...(color !== null && { color }),
    ...(background !== null && { background }),
    ...(spoiler !== null && { spoiler }),
  };
}

/** An address with one of the schemes, as the parser of addresses understands it: it reads `java\nscript:` as browsers do. */
function safeLink(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return SCHEMES.has(protocol) ? href : null;
}

const safeColor = (text: string | null): string | null => (text !== null && /^#[0-9a-f]{6}$/i.test(text) ? text : null);

const BLOCKS: ReadonlySet<Tag> = new Set([
  ...(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'p', 'ul', 'ol', 'li', 'hr', 'br', 'div', 'table'] as const),
  ...(['tr', 'caption', 'pre', 'details', 'summary'] as const),
]);

/** The same as plain text, for clients that show no formatted text: a line for each block. */
export function plainText(nodes: readonly Formatted[]): string {
  return lines(nodes)
    .replaceAll(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

const lines = (nodes: readonly Formatted[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node.replaceAll(/\s+/g, ' ');
      const text = node.tag === 'img' ? (node.alt ?? '') : lines(node.children);
      const shown = node.tag === 'a' && node.href !== undefined && node.href !== text ? `${text} (${node.href})` : text;
      if (node.tag === 'li') return `\n- ${shown.trim()}`;
      return BLOCKS.has(node.tag) ? `\n${shown}\n` : shown;
    })
    .join('');
