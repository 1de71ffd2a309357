import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutInvisible } from './invisible';
import { parseRoomRefs } from './room-refs';
import { wordsOf } from './words';

const V12 = `!${'aB3-_'.repeat(8)}xyz`;

describe('parseRoomRefs', () => {
  it('takes aliases, ids and ids without a server part (room version 12)', () => {
    expect(parseRoomRefs(`#a:example.org\n!x:example.org, ${V12}`)).toMatchObject({
      refs: [
        { ref: '#a:example.org', via: [] },
        { ref: '!x:example.org', via: [] },
        { ref: V12, via: [] },
      ],
      problems: [],
    });
  });

  it('reads matrix.to links, encoded or not, and keeps the servers to join through', () => {
    const text = [
      'https://matrix.to/#/#a:example.org',
      'https://matrix.to/#/%23b%3Aexample.org?via=one.org&via=two.org',
      'https://matrix.to/#/!x:example.org/$event?via=one.org',
    ].join('\n');
    expect(parseRoomRefs(text).refs).toEqual([
      { ref: '#a:example.org', via: [] },
      { ref: '#b:example.org', via: ['one.org', 'two.org'] },
      { ref: '!x:example.org', via: ['one.org'] },
    ]);
  });

  it('reads matrix: URIs', () => {
    expect(parseRoomRefs('matrix:r/a:example.org\nmatrix:roomid/x:example.org?via=one.org').refs).toEqual([
      { ref: '#a:example.org', via: [] },
      { ref: '!x:example.org', via: ['one.org'] },
    ]);
  });

  it('names line and reason of what is no room, and keeps the good lines', () => {
    const parsed = parseRoomRefs('#a:example.org\n@anna:example.org\n#nameonly\n!short\nlobby\n#a:example.org');
    expect(parsed.refs).toHaveLength(1);
    expect(parsed.problems.map(({ line, reason }) => `${line} ${wordsOf(reason)}`)).toEqual([
      '2 This is a user, not a room.',
      '3 A room alias looks like #name:server.',
      '4 A room ID looks like !id:server or, since room version 12, like ! and 43 characters.',
      '5 Name a room by its alias (#name:server), its room ID (!…) or a link to it.',
      '6 Already on line 1.',
    ]);
  });

  it('reads links of Element and other clients, with what an event or a page adds to them', () => {
    const text = [
      'https://app.element.io/#/room/#a:example.org',
      'https://app.element.io/#/room/!x:example.org?via=one.org',
      `https://chat.example.org/#/room/${V12}/$event?via=two.org`,
      'https://matrix.to/#/%23c%3Aexample.org',
      `matrix:roomid/${V12.replace('xyz', 'xyw').slice(1)}?via=one.org`,
    ].join('\n');
    const parsed = parseRoomRefs(text);
    expect(parsed.problems).toEqual([]);
    expect(parsed.refs).toEqual([
      { ref: '#a:example.org', via: [] },
      { ref: '!x:example.org', via: ['one.org'] },
      { ref: V12, via: ['two.org'] },
      { ref: '#c:example.org', via: [] },
      { ref: V12.replace('xyz', 'xyw'), via: ['one.org'] },
    ]);
  });

  it('takes off what stands around a room, and what nobody sees, and counts it', () => {
    const parsed = parseRoomRefs(
      '`#a:example.org`\nGeneral (#b:example.org)\n<#c:exam\u200Bple.org>.\n\uFEFF#d:example.org',
    );
    expect(parsed.refs.map(({ ref }) => ref)).toEqual([
      '#a:example.org',
      '#b:example.org',
      '#c:example.org',
      '#d:example.org',
    ]);
    expect(parsed).toMatchObject({ problems: [], removed: { around: 2, names: 1, invisible: 2 } });
  });

  it('names users, e-mail addresses, links and heads that are no rooms', () => {
    const parsed = parseRoomRefs(
      'room_id,name\n@a:example.org\na@example.org\nhttps://example.org/#/x\ngeneral #a:example.org',
    );
    expect(parsed.refs).toHaveLength(1);
    expect(parsed.problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(['# #a:example.org', '##a:example.org', '-- #a:example.org', '~~#a:example.org~~', '#old: !a:example.org'])(
    'leaves out and names what is in a comment or struck out: %s',
    (line) => {
      const { refs, problems } = parseRoomRefs(`${line}\n#b:example.org`);
      expect(refs.map(({ ref }) => ref)).toEqual(['#b:example.org']);
      expect(problems).toMatchObject([{ line: 1, text: line }]);
    },
  );

  it('yields no room that does not stand in the text, whatever it is', () => {
    const piece = constantFrom('#', '!', ':', 'a', 'x.org', ' ', '\n', ',', '(', '"', '<', '>', '#r:x.org', '!r:x.org');
    assert(
      property(array(oneof(piece, string()), { maxLength: 20 }), (parts) => {
        const plain = withoutInvisible(parts.join('')).replaceAll(/(?<=[#!:])\p{Zs}+|\p{Zs}+(?=:)/gu, '');
        for (const { ref } of parseRoomRefs(parts.join('')).refs) expect(plain).toContain(ref);
      }),
      { numRuns: 2000 },
    );
  });
});
