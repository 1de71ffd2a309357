import { describe, expect, it } from 'vitest';
import { parseUserIds, serverOf } from './mxid';

const parse = (text: string) => parseUserIds(text, 'example.org');

describe('parseUserIds', () => {
  it('takes ids by line, comma, semicolon and space', () => {
    expect(parse('@a:example.org\r\n@b:example.org, @c:example.org;@d:example.org @e:example.org').ids).toHaveLength(5);
  });

  it('completes names with the server’s own name, and counts them', () => {
    expect(parse('anna\n@bob')).toMatchObject({ ids: ['@anna:example.org', '@bob:example.org'], completed: 2 });
  });

  it('reads matrix.to links and matrix: URIs', () => {
    expect(parse('https://matrix.to/#/%40anna%3Aexample.org\nmatrix:u/bob:example.org?action=chat').ids).toEqual([
      '@anna:example.org',
      '@bob:example.org',
    ]);
  });

  it('names line and reason of what is no user id, and keeps the good lines', () => {
    const parsed = parse('@a:example.org\n#room:example.org\nanna@example.org\n@:example.org\n@b:example.org');
    expect(parsed.ids).toEqual(['@a:example.org', '@b:example.org']);
    expect(parsed.problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(parsed.problems[0]?.reason).toContain('room');
    expect(parsed.problems[1]?.reason).toContain('e-mail');
  });

  it('names a repeated id with the line where it stood first', () => {
    expect(parse('@a:example.org\n\n@a:example.org').problems).toEqual([
      { line: 3, text: '@a:example.org', reason: 'Already named in line 1.' },
    ]);
  });

  it('keeps capitals, slashes and ports, and counts other servers’ users', () => {
    const parsed = parse('@Old.Name/x:example.org\n@c:other.org:8448');
    expect(parsed).toMatchObject({ ids: ['@Old.Name/x:example.org', '@c:other.org:8448'], remote: 1 });
  });

  it('counts ids with capitals, which are often typed wrong, and keeps them', () => {
    const parsed = parse('@Old.Name:example.org\n@new:example.org\nBerta');
    expect(parsed).toMatchObject({
      ids: ['@Old.Name:example.org', '@new:example.org', '@Berta:example.org'],
      capitals: 2,
    });
  });

  it('reads a line alike whether it stands alone or among others', () => {
    const odd = [
      '@a:other.example.org',
      '@b:example.org:8448',
      '@c:xexample.org',
      '@:example.org',
      `@${'x'.repeat(250)}:example.org`,
    ];
    const alone = odd.flatMap((line) => parse(line).ids);
    expect(parse(odd.map((line) => ` ${line}`).join(' ,')).ids).toEqual(alone);
    expect(parse(odd.join('\n'))).toMatchObject({ ids: alone, remote: 3 });
  });

  it('takes a byte order mark and quotes off', () => {
    expect(parse('\uFEFF"@a:example.org"').ids).toEqual(['@a:example.org']);
  });

  it('keeps up with 100,000 lines', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `@u${index}:example.org`).join('\n');
    expect(parse(text).ids).toHaveLength(100_000);
  });
});

describe('serverOf', () => {
  it('is null for what is no user id', () => {
    expect(serverOf('!room:example.org')).toBeNull();
    expect(serverOf('@a:')).toBeNull();
    expect(serverOf('@a:b:1')).toBe('b:1');
  });
});
