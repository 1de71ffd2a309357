import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What apt is told to fetch from where, in either of its formats: `deb http://… suite main`, or fields in stanzas (deb822). */
export interface AptSource {
  uri: string;
  suite: string;
}

function ofOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    // `deb [arch=amd64 signed-by=/…] http://… bookworm main contrib`
    const found = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line);
    return found?.[1] && found[2] ? [{ uri: found[1], suite: found[2] }] : [];
  });
}

function ofStanzas(text: string): AptSource[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const lines = stanza.split('\n').filter((line) => !line.startsWith('#'));
    const unfolded = lines.join('\n').replaceAll(/\n[ \t]+/g, ' ');
    const words = (name: string): string[] =>
      new RegExp(`^${name}:(.*)$`, 'im').exec(unfolded)?.[1]?.trim().split(/\s+/) ?? [];
    if (!words('Types').includes('deb') || /^(no|false|off|0)$/i.test(words('Enabled')[0] ?? 'yes')) return [];
    return words('URIs').flatMap((uri) => words('Suites').map((suite) => ({ uri, suite })));
  });
}

/** @param name of the file: what is not called `.sources` has a source in each line */
export const aptSources = (name: string, text: string): AptSource[] =>
  name.endsWith('.sources') ? ofStanzas(text) : ofOneLine(text);

/**
 * The mirror of Debian's own archive among these, or undefined. Neither the archive of security updates nor another
 * vendor's packages have all that a whole Debian needs.
 */
export function debianMirror(sources: readonly AptSource[]): string | undefined {
  const found = sources.find(({ uri, suite }) => {
    const path = /^(?:https?|mirror\+file):\/*(.*)$/.exec(uri)?.[1] ?? '';
    return /\bdebian(\.list)?\/*$/.test(path) && !/security/.test(`${path} ${suite}`);
  });
  return found?.uri;
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** The mirror of Debian that this machine's own apt uses, or undefined: it is another system, or has none. */
export async function machinesDebianMirror(etc = '/etc/apt'): Promise<string | undefined> {
  const folder = join(etc, 'sources.list.d');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(list|sources)$/.test(name)).toSorted();
  const files = [join(etc, 'sources.list'), ...names.map((name) => join(folder, name))];
  const sources = await Promise.all(files.map(async (file) => aptSources(file, await textOf(file))));
  const uri = debianMirror(sources.flat());
  if (!uri?.startsWith('mirror+file:')) return uri;
  // Debian's cloud images name a file with a list of mirrors, which debootstrap does not read.
  const list = await textOf(uri.slice('mirror+file:'.length));
  return list.split(/\s+/).find((word) => /^https?:/.test(word));
}
