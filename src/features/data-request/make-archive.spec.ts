import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '~/data/session';
import { addMedia, addRoom, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { planMade } from '~/testing/signed-in';
import { textIn, unzip } from '~/testing/unzip';
import { FIRST_CHOICE, isComplete, type Choice, type Saved, OF_LINK } from './archive';
import { beginArchive } from './make-archive';
import type { Target } from './zip';

let model: MockHomeserver;
let session: Session;
modelForEach((made, signedIn) => {
  model = made;
  session = signedIn;
});

const ANNA = '@anna:demo.example';

beforeEach(() => {
  const { name } = addUser(model, { localpart: 'anna', displayname: 'Anna' });
  addRoom(model, { creator: model.adminId, members: { [model.adminId]: 'join', [name]: 'join' } });
});

function inMemory(limit: number | null = null) {
  const kept: { bytes: Uint8Array | null } = { bytes: null };
  const target: Target = {
    limit,
    async save(zip) {
      const bytes = new Uint8Array(await new Response(zip).arrayBuffer());
      kept.bytes = bytes;
      return bytes.length;
    },
  };
  return { target, files: () => unzip(kept.bytes ?? new Uint8Array()) };
}

interface Made {
  saved: Saved;
  files: Map<string, Uint8Array>;
  manifest: {
    complete: boolean;
    parts: { name: string; state: string; why: unknown }[];
    files: { path: string | null }[];
  };
}

async function make(choice: Choice, limit: number | null = null): Promise<Made> {
  const { target, files } = inMemory(limit);
  const saved = await planMade<Saved>((making) =>
    beginArchive({ session, userId: ANNA, choice, fileName: 'x.zip', target }, making),
  );
  return { saved, files: files(), manifest: JSON.parse(textIn(files(), 'manifest.json')) as Made['manifest'] };
}

describe('the archive of a user', () => {
  it('has what the homeserver answered about them, unchanged, and says what it is', async () => {
    const { saved, files, manifest } = await make(FIRST_CHOICE);
    expect([...files.keys()]).toEqual([
      'account.json',
      'profile.json',
      'rooms.json',
      'sessions.json',
      'ip-addresses.json',
      'pushers.json',
      'account-data.json',
      'media.json',
      'reports-by-user.json',
      'reports-about-user.json',
      'manifest.json',
      'README.md',
    ]);
    expect(JSON.parse(textIn(files, 'account.json'))).toMatchObject({ name: ANNA, displayname: 'Anna' });
    expect(Object.values((JSON.parse(textIn(files, 'rooms.json')) as { memberships: object }).memberships)).toEqual([
      'join',
    ]);
    expect(isComplete(saved)).toBe(true);
    expect(manifest).toMatchObject({ complete: true, user: ANNA, read_by: model.adminId, messages: null, files: null });
    const readme = textIn(files, 'README.md');
    expect(readme).toContain('Everything that was asked for is in it.');
    expect(readme).toContain('Messages. Synapse’s admin API can’t list');
    expect(readme).toContain('The files themselves: they were not asked for.');
  });

  it('never has the token of the admin', async () => {
    const { saved, files } = await make({ ...FIRST_CHOICE, files: true });
    const all = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n');
    expect(all).not.toContain(model.adminToken);
    expect(JSON.stringify(saved)).not.toContain(model.adminToken);
  });

  it('has the files under names that stay in their folder, whatever they were called', async () => {
    for (const [at, upload_name] of ['../../etc/passwd', 'CON', 'A.png', 'a.png', null].entries()) {
      addMedia(model, { user_id: ANNA, upload_name, media_type: 'application/pdf', media_length: 500, created_ts: at });
    }
    const { files, saved } = await make({ ...FIRST_CHOICE, files: true });
    const names = [...files.keys()].filter((name) => name.startsWith('files/')).toSorted();
    expect(names).toEqual([
      'files/0001-_.._etc_passwd',
      'files/0002-CON',
      'files/0003-A.png',
      'files/0004-a.png',
      'files/0005-unnamed',
    ]);
    expect(files.get('files/0002-CON')).toHaveLength(500);
    expect(isComplete(saved)).toBe(true);
  });

  it('leaves out quarantined files and previews of links, and is incomplete without the files', async () => {
    addMedia(model, { user_id: ANNA, quarantined_by: model.adminId });
    addMedia(model, { user_id: ANNA, url_cache: 'https://example.org' });
    const { files, saved } = await make({ ...FIRST_CHOICE, files: true });
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toEqual([]);
    expect(textIn(files, 'README.md')).toContain('Quarantined');
    expect(isComplete(saved)).toBe(false);
    // A link preview is nothing that the user uploaded.
    const previews = (saved.files ?? []).filter(({ refused }) => refused === OF_LINK);
    expect(previews.length).toBeGreaterThan(0);
    expect(isComplete({ ...saved, files: previews })).toBe(true);
  });

  it('takes no more files than fit, and names the others', async () => {
    for (const [at, upload_name] of ['first', 'second'].entries()) {
      addMedia(model, { user_id: ANNA, upload_name, media_type: 'application/pdf', media_length: 900, created_ts: at });
    }
    const { files, manifest, saved } = await make({ ...FIRST_CHOICE, files: true }, 1000);
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toEqual(['files/0001-first']);
    expect(manifest.complete).toBe(false);
    expect(manifest.files.map(({ path }) => path)).toEqual(['files/0001-first', null]);
    expect(isComplete(saved)).toBe(false);
    expect(textIn(files, 'README.md')).toContain('This archive is not complete.');
  });

  it('has no part that was not wanted, and says that it was not asked for', async () => {
    const { files, manifest } = await make({ without: ['reports-about-user'], files: false });
    expect(files.has('reports-about-user.json')).toBe(false);
    expect(manifest.complete).toBe(true);
    expect(manifest.parts.at(-1)).toMatchObject({ name: 'reports-about-user', state: 'left-out' });
  });
});

describe('an archive of which something could not be read', () => {
  it('names it, with the homeserver’s reason, and is not called complete', async () => {
    model.state.users.delete(ANNA);
    const { files, manifest } = await make(FIRST_CHOICE);
    expect(files.has('account.json')).toBe(false);
    expect(manifest.complete).toBe(false);
    expect(manifest.parts[0]).toMatchObject({ name: 'account', state: 'not-read' });
    expect(JSON.stringify(manifest.parts[0]?.why)).toContain('User not found');
    expect(textIn(files, 'README.md')).toContain('account.json (Account):');
  });
});
