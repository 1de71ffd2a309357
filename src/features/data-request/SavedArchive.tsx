import { plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Text, Title } from '@mantine/core';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { isComplete, type FileResult, type PartResult, type PartState, type Saved } from './archive';
import classes from './data-request.module.css';
import { PART_WORDS } from './part-words';

/** So many files that are missing are listed here; the archive itself lists all. */
const SHOWN = 50;

/** What is in the archive that was saved, and what is not and why. */
export function SavedArchive({ saved, onAgain }: { saved: Saved; onAgain(): void }) {
  const { t } = useLingui();
  const { parts, files, bytes, fileName } = saved;
  const size = formatBytes(bytes);
  const whole = isComplete(saved);
  return (
    <>
      <Notice
        role="status"
        tone={whole ? 'good' : 'warning'}
        title={whole ? t`The archive is saved` : t`The archive is saved, but not complete`}
      >
        <span>
          <Outside as="id" text={fileName} />, {size}.{' '}
          {whole
            ? t`Everything that was asked for is in it.`
            : t`What could not be read is named below, and in the archive.`}
        </span>
      </Notice>
      <section className={classes.card}>
        <Title order={2} size="h4" mb="sm">
          <Trans>What is in it</Trans>
        </Title>
        <ul className={classes.results}>
          {parts.map((part) => (
            <li key={part.id} className={classes.result}>
              <span>{wordsOf(PART_WORDS[part.id].label)}</span>
              <span>
                <StateTag dot={DOTS[part.state]}>{stateWords(part)}</StateTag>
                {part.state !== 'left-out' && part.reason !== '' && (
                  <Text size="sm" c="dimmed">
                    {wordsOf(part.reason)}
                  </Text>
                )}
              </span>
            </li>
          ))}
          <li className={classes.result}>
            <span>
              <Trans>Files</Trans>
            </span>
            <span>
              <StateTag dot={files === null ? DOTS['left-out'] : missingOf(files).length > 0 ? DOTS.partly : DOTS.read}>
                {files === null ? t`left out` : filesWords(files)}
              </StateTag>
            </span>
          </li>
        </ul>
      </section>
      {files !== null && missingOf(files).length > 0 && <MissingFiles files={missingOf(files)} />}
      <Text size="sm" maw={820}>
        <Trans>
          The archive names other people and holds addresses. README.md in it says what to check before you hand it
          over.
        </Trans>
      </Text>
      <Group>
        <Button variant="default" onClick={onAgain}>
          <Trans>Make another archive</Trans>
        </Button>
      </Group>
    </>
  );
}

const missingOf = (files: readonly FileResult[]): readonly FileResult[] => files.filter(({ bytes }) => bytes === null);

function MissingFiles({ files }: { files: readonly FileResult[] }) {
  const { t } = useLingui();
  const more = files.length - SHOWN;
  return (
    <section className={classes.card}>
      <Title order={2} size="h4" mb="sm">
        {plural(files.length, { one: '# file is not in it', other: '# files are not in it' })}
      </Title>
      <ul className={classes.results}>
        {files.slice(0, SHOWN).map(({ mxc, path, name, reason }) => (
          <li key={path} className={classes.result}>
            <span>{name === null ? <Id value={mxc} /> : <Outside text={name} />}</span>
            <span>{wordsOf(reason)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Text size="sm" mt="xs">
          {t`${plural(more, { one: '# more file is', other: '# more files are' })} listed in README.md and manifest.json.`}
        </Text>
      )}
    </section>
  );
}

const DOTS: Readonly<Record<PartState, string>> = {
  read: 'var(--mantine-color-teal-6)',
  partly: 'var(--mantine-color-orange-5)',
  'not-read': 'var(--mantine-color-red-6)',
  'left-out': 'var(--mantine-color-gray-5)',
};

function stateWords({ state, count }: PartResult): string {
  if (state === 'not-read') return t`not read`;
  if (state === 'left-out') return t`left out`;
  if (count === null) return t`read`;
  return state === 'partly'
    ? t`read in part, ${plural(count, { one: '# entry', other: '# entries' })}`
    : t`read, ${plural(count, { one: '# entry', other: '# entries' })}`;
}

function filesWords(files: readonly FileResult[]): string {
  const there = files.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  const size = formatBytes(there.reduce((sum, bytes) => sum + bytes, 0));
  const number = formatCount(there.length);
  return t`${number} of ${plural(files.length, { one: '# file', other: '# files' })}, ${size}`;
}
