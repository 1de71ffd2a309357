import { describe, expect, it } from 'vitest';
import { userFilter, userPageQuery, USUAL_USER_LIST } from './user-list';

const own = { mas: false };
const mas = { mas: true };

describe('what the users list asks of the server', () => {
  it('shows all but guests and bridged users as usual: locked users too, which Synapse would hide', () => {
    expect(userFilter(USUAL_USER_LIST, own)).toEqual({ locked: true, guests: false, bridged: false });
    expect(userFilter({ ...USUAL_USER_LIST, guests: 'any', bridged: 'any' }, own)).toEqual({ locked: true });
  });

  it.each([
    ['any', undefined],
    ['only', true],
    ['none', false],
  ] as const)('deactivated “%s” is %s', (deactivated, expected) => {
    expect(userFilter({ ...USUAL_USER_LIST, deactivated }, own).deactivated).toBe(expected);
  });

  it.each([
    ['any', undefined],
    ['only', true],
    ['none', false],
  ] as const)('admins “%s” is %s', (admins, expected) => {
    expect(userFilter({ ...USUAL_USER_LIST, admins }, own).admins).toBe(expected);
  });

  it('never sends guests=true, and always guests=false behind MAS', () => {
    expect(userFilter({ ...USUAL_USER_LIST, guests: 'any' }, own)).not.toHaveProperty('guests');
    expect(userFilter({ ...USUAL_USER_LIST, guests: 'none' }, own).guests).toBe(false);
    expect(userFilter({ ...USUAL_USER_LIST, guests: 'any' }, mas).guests).toBe(false);
    expect(userFilter({ ...USUAL_USER_LIST, guests: 'none' }, mas).guests).toBe(false);
  });

  it('leaves locked users out only where that is wished', () => {
    expect(userFilter({ ...USUAL_USER_LIST, locked: 'none' }, own)).toEqual({ guests: false, bridged: false });
  });

  it('tells people from accounts with a type', () => {
    expect(userFilter({ ...USUAL_USER_LIST, user_type: 'people' }, own).not_user_type).toEqual(['bot', 'support']);
    expect(userFilter({ ...USUAL_USER_LIST, user_type: 'typed' }, own).not_user_type).toEqual(['']);
  });

  it('is one page: sorted by the server, from its first row', () => {
    const state = { ...USUAL_USER_LIST, name: 'ann', page: 3, size: 500, order_by: 'creation_ts', dir: 'b' } as const;
    expect(userPageQuery(state, own)).toEqual({
      name: 'ann',
      locked: true,
      guests: false,
      order_by: 'creation_ts',
      dir: 'b',
      from: 1000,
      limit: 500,
    });
  });
});
