import { isolated } from './shown-text';

/** Words of others in a Markdown file: on one line, and none of their characters means anything. */
export const mdText = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);

/** An ID as code, each of its characters seen. */
export const mdCode = (id: string): string => `\`${isolated(id).replaceAll(/[`\n\r]/g, '�')}\``;
