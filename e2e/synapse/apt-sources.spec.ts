import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { aptSources, debianMirror, machinesDebianMirror } from './apt-sources';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A folder like /etc/apt with these files; `ETC` in a text stands for the folder. */
async function etcApt(files: Record<string, string>): Promise<string> {
  const etc = await mkdtemp(join(tmpdir(), 'glia-apt-'));
  folders.push(etc);
  await mkdir(join(etc, 'sources.list.d'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(etc, name), text.replaceAll('ETC', etc));
  return etc;
}

it('the mirror is the one of the machine’s own apt, in lines', async () => {
  const etc = await etcApt({
    'sources.list': [
      '# deb http://old.example/debian buster main',
      'deb-src http://src.example/debian trixie main',
      'deb http://mirror.example/debian-security trixie-security main',
      'deb [arch=amd64 signed-by=/usr/share/keyrings/d.gpg] http://mirror.example:3142/debian/ trixie main contrib',
    ].join('\n'),
  });
  expect(await machinesDebianMirror(etc)).toBe('http://mirror.example:3142/debian/');
});

it('the mirror is the one of the machine’s own apt, in stanzas', async () => {
  const etc = await etcApt({
    'sources.list.d/debian.sources': `Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: trixie
Components: main

Types: deb
# http://snapshot.example/archive/debian/20250520T000000Z
URIs: https://proxy.example/repository/debian
Suites: trixie
  trixie-updates
Components: main
`,
    'sources.list.d/a-vendor.list': 'deb https://vendor.example/apt trixie main',
  });
  expect(await machinesDebianMirror(etc)).toBe('https://proxy.example/repository/debian');
});

it('a file of mirrors is read, as Debian’s cloud images have it', async () => {
  const etc = await etcApt({
    'sources.list.d/debian.sources':
      'Types: deb\nURIs: mirror+file:ETC/debian.list\nSuites: trixie\nComponents: main\n',
    'debian.list': 'https://cdn.example/debian\thttps://other.example/debian\n',
  });
  expect(await machinesDebianMirror(etc)).toBe('https://cdn.example/debian');
});

it('another system’s archive, security updates alone or nothing at all is no mirror of Debian', async () => {
  expect(debianMirror(aptSources('ubuntu.list', 'deb http://archive.example/ubuntu noble main'))).toBeUndefined();
  expect(debianMirror(aptSources('s.list', 'deb http://x.example/debian trixie-security main'))).toBeUndefined();
  expect(await machinesDebianMirror('/nowhere')).toBeUndefined();
});
