import { parseMxc } from '~/lib/mxc';

/** A file that a message names. */
export interface NamedFile {
  readonly mxc: string;
  /** What the message says that it is. */
  readonly type: string | null;
  readonly isEncrypted: boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (value: unknown, key: string): string | null => {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : null;
};

/** The files of a message: the file itself and its small picture, each once. What is no address of a file is none. */
export function filesIn(content: unknown): NamedFile[] {
  if (!isObject(content)) return [];
  const { info } = content;
  const type = textIn(info, 'mimetype');
  const smallType = isObject(info) ? textIn(info['thumbnail_info'], 'mimetype') : null;
  const named: [string | null, string | null, boolean][] = [
    [textIn(content, 'url'), type, false],
    [textIn(content['file'], 'url'), type, true],
    [textIn(info, 'thumbnail_url'), smallType ?? 'image/jpeg', false],
    [isObject(info) ? textIn(info['thumbnail_file'], 'url') : null, smallType, true],
  ];
  const files = new Map<string, NamedFile>();
  for (const [mxc, kind, isEncrypted] of named) {
    if (mxc !== null && parseMxc(mxc) !== null && !files.has(mxc)) files.set(mxc, { mxc, type: kind, isEncrypted });
  }
  return [...files.values()];
}
