import { describe, expect, it } from 'vitest';
import type { Session } from '~/data/session';
import { paths } from '~/lib/paths';
import { commandsFor, rankOf, type Command, type Ground } from './commands';
import { foundIn } from './found';

const session: Session = {
  homeserver: { baseUrl: 'https://demo.example', token: 't', version: '1.163.2' },
  userId: '@admin:demo.example',
  serverName: 'demo.example',
  version: '1.163.2',
  mas: false,
  demo: false,
};
const ground: Ground = {
  session,
  screens: [
    { to: paths.users(), label: 'Users', group: 'Directory', reason: null },
    { to: paths.federation(), label: 'Federation', group: 'Server', reason: null },
    { to: paths.registrationTokens(), label: 'Registration tokens', group: 'Access', reason: 'MAS is there.' },
  ],
  here: null,
  recent: [
    { kind: 'user', id: '@anna:demo.example' },
    { kind: 'destination', id: 'far.example' },
  ],
};
const SERVER = 'demo.example';
const labels = (commands: readonly Command[], group: Command['group']) =>
  commands.filter((command) => command.group === group).map(({ label }) => label);
const opened = (command: Command | undefined) => (command && 'to' in command.opens ? command.opens.to : null);

const on = (id: string) => commandsFor('gdpr', { ...ground, here: { kind: 'user', id } });

describe('what is typed or pasted into the palette', () => {
  it.each([
    ['@anna:demo.example', 'user', paths.user('@anna:demo.example')],
    ['https://matrix.to/#/@anna:demo.example', 'user', paths.user('@anna:demo.example')],
    ['@anna', 'user', paths.user('@anna:demo.example')],
    ['@ben:far.example', 'user', '/users?name=%40ben%3Afar.example'],
    ['!abc:demo.example', 'room', paths.room('!abc:demo.example')],
    ['#team:demo.example', 'room', '/rooms?search_term=%23team%3Ademo.example'],
    ['anna@example.org', 'email', '/users?name=anna%40example.org'],
    ['$abc', 'event', paths.event('$abc')],
    ['https://matrix.to/#/!r:demo.example/$abc', 'event', paths.event('$abc')],
    ['far.example', 'server', paths.destination('far.example')],
    ['mxc://demo.example/abc', 'file', '/media/demo.example/abc'],
    ['https://hs.example/_matrix/media/v3/download/far.example/abc', 'file', '/media/far.example/abc'],
  ])('%s is taken for a %s', (typed, kind, to) => {
    expect(foundIn(typed, SERVER)).toMatchObject({ kind, to });
  });

  it.each(['', 'anna', 'lock anna', '1.5', 'mxc://demo.example'])('“%s” names nothing whole', (typed) => {
    expect(foundIn(typed, SERVER)?.kind ?? null).toBe(typed === '1.5' ? 'server' : null);
  });

  it('leads from the page of a user to their data request, and from that of a user of another server not', () => {
    expect(on('@anna:demo.example').map(opened)).toContain(paths.dataRequest('@anna:demo.example'));
    expect(labels(on('@anna:far.example'), 'here')).toEqual([]);
  });

  it('offers what can be done with a user or a file that was pasted, but not with the users of other servers', () => {
    const local = commandsFor('@anna:demo.example', ground);
    expect(labels(local, 'found')).toContain('Lock…');
    expect(local[0]).toMatchObject({ hint: 'User ID', opens: { to: paths.user('@anna:demo.example') } });
    expect(labels(commandsFor('@anna:far.example', ground), 'found')).toEqual(['@anna:far.example']);
    expect(labels(commandsFor('mxc://demo.example/abc', ground), 'found')).toContain('Quarantine…');
  });
});

describe('what the palette lists', () => {
  it('begins with what was looked at last, then all screens', () => {
    const all = commandsFor('', ground);
    expect(labels(all, 'recent')).toEqual(['@anna:demo.example', 'far.example']);
    expect(all[0]?.group).toBe('recent');
    expect(labels(all, 'go')).toEqual(['Users', 'Federation', 'Registration tokens']);
    expect(labels(all, 'do')).toEqual([]);
  });

  it('leads to a screen that is not there: its page says why', () => {
    const [tokens] = commandsFor('registration', ground);
    expect(tokens).toMatchObject({ hint: 'Not available on this homeserver', reason: null });
    expect(opened(tokens)).toBe(paths.registrationTokens());
  });

  it('offers the changes of the page that is open as dialogs, and those of many as their page', () => {
    const all = commandsFor('lock', { ...ground, here: { kind: 'user', id: '@anna:demo.example' } });
    const here = all.find(({ group }) => group === 'here');
    expect(here?.opens).toMatchObject({ id: '@anna:demo.example', action: { kind: 'user.lock' } });
    expect(opened(all.find(({ group }) => group === 'do'))).toBe(paths.bulk('user.lock'));
  });

  it('offers what can be done with the selection, which goes to the page of the change', () => {
    const ids = ['@anna:demo.example', '@ben:demo.example'];
    const all = commandsFor('lock', { ...ground, selected: { entity: 'user', ids } });
    const one = all.find(({ group }) => group === 'selected');
    expect(one).toMatchObject({
      label: 'Lock 2 users…',
      opens: { to: paths.bulk('user.lock'), handing: { users: { ids } } },
    });
    expect(labels(commandsFor('lock', { ...ground, selected: { entity: 'user', ids: [] } }), 'selected')).toEqual([]);
  });

  it('leads to the requests of the page', () => {
    expect(opened(commandsFor('requests of', ground)[0])).toBe('/console?tab=glia');
  });

  it('finds an action by other words for it', () => {
    expect(labels(commandsFor('throttle', ground), 'do')).toContain('Set the rate limit of users…');
  });

  it('says why an action can’t be chosen here', () => {
    const behindMas = { ...ground, session: { ...session, mas: true } };
    const lock = commandsFor('lock users', behindMas).find(({ key }) => key === 'do user.lock');
    expect(lock?.reason).toMatch(/Matrix Authentication Service/);
  });

  it('always lets one search for what it does not know', () => {
    const all = commandsFor('nothing like it', ground);
    expect(labels(all, 'search')).toEqual(['Search users', 'Search rooms', 'Search servers']);
    expect(opened(all[0])).toBe('/users?name=nothing%20like%20it');
  });

  it('offers to search for a name with a dot in it, though a server could be called so', () => {
    expect(labels(commandsFor('anna.smith', ground), 'search')).toContain('Search users');
    expect(labels(commandsFor('@anna.smith', ground), 'search')).toEqual([]);
  });

  it('puts first what begins with the words that were typed', () => {
    expect(rankOf('lock', 'Lock users…', [])).toBe(0);
    expect(rankOf('users lock', 'Lock users…', [])).toBe(1);
    expect(rankOf('ban', 'Lock users…', ['ban', 'block'])).toBe(2);
    expect(rankOf('ock', 'Lock users…', [])).toBe(3);
    expect(rankOf('kick', 'Lock users…', ['ban'])).toBeNull();
  });
});
