import { readFormatted, type FormattedText } from './matrix-html';

/** Reads HTML in a document that nobody shows: a parser runs no script and loads no picture. */
export const parseHtml = (html: string): FormattedText =>
  readFormatted(new DOMParser().parseFromString(html, 'text/html').body);
