import { describe, expect, it } from 'vitest';
import { readText } from './text-file';
import { wordsOf } from './words';
import { inWords } from '~/testing/in-words';

const bytes = (...values: number[]) => new Uint8Array(values).buffer;
const utf16 = (text: string) => bytes(...Array.from(text, (character) => [character.charCodeAt(0), 0]).flat());
const ascii = (text: string) => bytes(...Array.from(text, (character) => character.charCodeAt(0)));

describe('a text file', () => {
  it('is read as UTF-8, with or without a byte order mark, and as UTF-16 of both kinds', () => {
    expect(readText(bytes(0x40, 0xc3, 0xa4))).toEqual({ ok: true, text: '@ä', note: null });
    expect(readText(bytes(0xef, 0xbb, 0xbf, 0x40))).toMatchObject({ text: '@' });
    expect(readText(bytes(0xff, 0xfe, 0x40, 0x00))).toMatchObject({ text: '@' });
    expect(readText(bytes(0xfe, 0xff, 0x00, 0x40))).toMatchObject({ text: '@' });
  });

  it.each([
    ['empty', bytes()],
    ['empty', bytes(0xef, 0xbb, 0xbf)],
    ['empty', bytes(0xff, 0xfe)],
    ['empty', bytes(0x20, 0x0a)],
    ['spreadsheet (.xlsx, .ods)', bytes(0x50, 0x4b, 3, 4, 20, 0)],
    ['old spreadsheet', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1)],
    ['PDF', bytes(0x25, 0x50, 0x44, 0x46, 0x2d)],
    ['compressed', bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
    ['rich text', ascii(String.raw`{\rtf1\ansi @a:example.org}`)],
    ['web page', ascii('\r\n<html xmlns:x="urn:x"><table><tr><td>@a:example.org</td></tr></table>')],
    ['web page', ascii('<!DOCTYPE html><p>@a:example.org</p>')],
    ['web page', ascii('<html><td>José @a:example.org')],
    ['web page', ascii('<table><tr><td>@a:example.org')],
    ['UTF-16 without a byte order mark', utf16('@a:example.org\n')],
    ['not a text file', bytes(0x89, 0x50, 0x4e, 0x47, 0, 0, 0)],
    ['not a text file', bytes(0xff, 0xfe, 0, 0, 0x40, 0, 0, 0)],
    ['damaged', bytes(0xff, 0xfe, 0x40)],
  ])('is refused where it is none, or nothing: %s', (reason, file) => {
    const read = readText(file);
    expect(read.ok ? '' : wordsOf(read.reason)).toContain(reason);
  });

  it('that is not UTF-8 is read as Latin-1, and that is said, with the lines to check', () => {
    const file = bytes(...Array.from('name;id\nJosé;@j:x.org\nAnna;@a:x.org', (character) => character.charCodeAt(0)));
    const read = readText(file);
    expect(read).toMatchObject({ ok: true, text: 'name;id\nJosé;@j:x.org\nAnna;@a:x.org' });
    expect(inWords(read.ok && read.note)).toBe(
      'The file is not UTF-8, so Glia read it as Latin-1 (Windows-1252). Accented letters may be wrong on line 2.',
    );
  });
});
