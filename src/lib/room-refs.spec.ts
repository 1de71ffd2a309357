import { describe, expect, it } from 'vitest';
import { parseRoomRefs } from './room-refs';

const V12 = `!${'aB3-_'.repeat(8)}xyz`;

describe('parseRoomRefs', () => {
  it('takes aliases, ids and ids without a server part (room version 12)', () => {
    expect(parseRoomRefs(`#a:example.org\n!x:example.org, ${V12}`)).toEqual({
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
    expect(parsed.problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '2 This is a user, not a room.',
      '3 A room alias has the form #name:server.',
      '4 A room id has the form !id:server, or from room version 12 on ! and 43 characters.',
      '5 A room is named by its alias (#name:server), its id (!…) or a matrix.to link.',
      '6 Already named in line 1.',
    ]);
  });
});
