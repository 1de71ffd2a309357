import { plural, t } from '@lingui/core/macro';
import { formatBytes } from '~/lib/bytes';
import { mdCode, mdText } from '~/lib/markdown';
import { isoTime } from '~/lib/times';
import { wordsOf } from '~/lib/words';
import { fileOfPart, isComplete, type Archive, type FileResult, type PartResult } from './archive';
import { PART_WORDS } from './part-words';

/** What is in the archive, what is not and why: for the person who gets it. In the language of who made it. */
export function readmeOf(archive: Archive): string {
  const { parts, files } = archive;
  return [
    ...headOf(archive),
    ...section(t`What is in it`, [
      ...parts.filter(({ readAt }) => readAt !== null).map(partLine),
      ...(files === null ? [] : [filesLine(files)]),
      t`manifest.json: the same as this text, for programs, with a line for each file.`,
    ]),
    ...section(t`What is missing, and why`, [
      ...parts.filter(({ readAt }) => readAt === null).map(missingLine),
      ...(files === null ? [t`The files themselves: they were not asked for.`] : missingFiles(files)),
    ]),
    ...section(t`What no such archive has`, neverIn(archive)),
    ...section(t`Before you hand it over`, [
      t`It names other people: who reported whom, ignored users, direct chats, file names. Check whether they may be passed on.`,
      t`It has IP addresses, email addresses and push keys. Send it in a way that nobody else can read.`,
    ]),
  ].join('\n');
}

function headOf(archive: Archive): string[] {
  const { userId, baseUrl, version, readBy, startedAt, endedAt } = archive;
  const [user, homeserver, admin] = [mdCode(userId), mdCode(baseUrl), mdCode(readBy)];
  const [started, ended] = [isoTime(startedAt) ?? '', isoTime(endedAt) ?? ''];
  const release = mdText(version);
  return [
    t`# Data of ${user}`,
    '',
    t`Read from the homeserver ${homeserver} (Synapse ${release}) as ${admin}, from ${started} to ${ended}.`,
    '',
    isComplete(archive)
      ? t`Everything that was asked for is in it.`
      : t`**This archive is not complete.** Not everything that was asked for could be read. See below.`,
    '',
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''];

function partLine({ id, state, count, reason }: PartResult): string {
  const { about } = PART_WORDS[id];
  const [file, what] = [fileOfPart(id), wordsOf(about)];
  const entries = count === null ? '' : ` ${plural(count, { one: '# entry.', other: '# entries.' })}`;
  const lacks = state === 'partly' ? ` **${mdText(wordsOf(reason))}**` : '';
  return `${file}: ${what}${entries}${lacks}`;
}

function missingLine({ id, reason }: PartResult): string {
  const [file, label, why] = [fileOfPart(id), wordsOf(PART_WORDS[id].label), mdText(wordsOf(reason))];
  return `${file} (${label}): ${why}`;
}

function filesLine(files: readonly FileResult[]): string {
  const there = files.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  const size = formatBytes(there.reduce((sum, bytes) => sum + bytes, 0));
  return t`files/: ${plural(there.length, { one: '# file', other: '# files' })} that the user uploaded, ${size}.`;
}

function missingFiles(files: readonly FileResult[]): string[] {
  return files
    .filter(({ bytes }) => bytes === null)
    .map(({ mxc, name, reason }) => {
      const named = name === null ? '' : ` (${mdText(name)})`;
      return `${mdCode(mxc)}${named}: ${mdText(wordsOf(reason))}`;
    });
}

function neverIn({ mas }: Archive): string[] {
  return [
    t`Messages. Synapse’s admin API can’t list what one user sent, and nobody but the people in a room can read encrypted messages. The user can export their chats in their own app, for example in Element: room settings, “Export chat”.`,
    t`The password, access tokens, encryption keys and key backups. The admin API doesn’t give them out.`,
    t`What was deleted before, and messages that were redacted.`,
    t`What other homeservers stored: messages and files in shared rooms are copied to the homeserver of each person there.`,
    t`Log files and backups of the homeserver, and what bridges, bots, identity servers and push services stored.`,
    ...(mas
      ? [
          t`What Matrix Authentication Service (MAS) has of the account: email addresses, linked accounts, browser sessions. It manages the accounts of this homeserver.`,
        ]
      : []),
  ];
}
