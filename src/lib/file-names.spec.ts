import { describe, expect, it } from 'vitest';
import { safeFileName, safeStem } from './file-names';

describe('the name of a file in an archive', () => {
  it.each<[string | null, string]>([
    ['holiday.jpg', '0001-holiday.jpg'],
    [null, '0001-unnamed'],
    ['', '0001-unnamed'],
    ['../../etc/passwd', '0001-_.._etc_passwd'],
    ['..\\..\\boot.ini', '0001-_.._boot.ini'],
    ['/etc/passwd', '0001-_etc_passwd'],
    ['C:\\x.txt', '0001-C_x.txt'],
    ['..', '0001-unnamed'],
    ['CON', '0001-CON'],
    ['nul.txt', '0001-nul.txt'],
    ['.htaccess', '0001-htaccess'],
    ['ends in dots...', '0001-ends in dots'],
    ['line\nbreak\0.txt', '0001-line_break_.txt'],
    ['\u202Egpj.exe', '0001-_gpj.exe'],
    ['half \uD83D.png', '0001-half _.png'],
    ['a?b*c<d>e|f"g.png', '0001-a_b_c_d_e_f_g.png'],
    ['Grüße 🎉.png', '0001-Grüße 🎉.png'],
    ['x.', '0001-x'],
    ['archive.tar.gz', '0001-archive.tar.gz'],
    ['a.not-an-extension', '0001-a.not-an-extension'],
  ])('of %j is %s', (name, safe) => {
    expect(safeFileName(0, name, 1)).toBe(safe);
  });

  it('is short enough for every file system, and keeps its extension', () => {
    const long = safeFileName(0, `${'🎉'.repeat(300)}.jpeg`, 1);
    expect(new TextEncoder().encode(long).length).toBeLessThan(255);
    expect(long).toMatch(/\.jpeg$/);
  });

  it('is no other file’s, and sorts as the list does', () => {
    const names = Array.from({ length: 12_000 }, (_, index) => safeFileName(index, 'A.png', 12_000));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(12_000);
    expect(names.toSorted()).toEqual(names);
  });
});

it('a user ID makes a word that file systems take', () => {
  expect(safeStem('@anna:example.org')).toBe('anna-example.org');
  expect(safeStem('@../../x:y')).toBe('x-y');
  expect(safeStem('@:')).toBe('user');
});
