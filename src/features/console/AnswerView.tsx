import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, SegmentedControl, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconCopy, IconDownload, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import type { AnswerAsIs } from '~/api/request';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { download, fileName } from '~/ui/download';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { TextLines } from '~/ui/TextLines';
import { lineOf, linesWith, type LaidOut } from './laid-out';
import { LARGE, useLaidOut } from './use-laid-out';
import { statusDot, statusWords } from './status';

const JsonTree = lazy(async () => ({ default: (await import('~/ui/JsonTree')).JsonTree }));

/** What came back: status, time, headers, and the text as folded JSON or line by line. */
export function AnswerView({ answer }: { answer: AnswerAsIs }) {
  const { t } = useLingui();
  const { status, ms, headers, text } = answer;
  const time = formatCount(Math.round(ms));
  const made = useLaidOut(text);
  return (
    <Stack gap="xs" component="section" aria-label={t`Answer`}>
      <Group gap="md">
        <Title order={2} size="h4">
          <Trans>Answer</Trans>
        </Title>
        <StateTag dot={statusDot(status)}>{statusWords(status)}</StateTag>
        <Text size="sm" c="dimmed">
          {t`${time} ms`}
          {made && ` · ${formatBytes(made.bytes)}`}
        </Text>
      </Group>
      <details>
        <summary>
          <Trans>Headers that the browser can read</Trans>
        </summary>
        {headers.length === 0 ? (
          <Text size="sm" c="dimmed">
            <Trans>None</Trans>
          </Text>
        ) : (
          headers.map(([name, value]) => (
            <Text key={name} size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              <Outside as="id" text={name} />
              {': '}
              <Outside as="id" text={value} />
            </Text>
          ))
        )}
      </details>
      {text === '' ? (
        <Text c="dimmed">
          <Trans>The answer is empty.</Trans>
        </Text>
      ) : (
        <Content text={text} made={made} />
      )}
    </Stack>
  );
}

/** A number that JavaScript would round: the tree would not show what came. */
const TOO_LONG = /(?<![\w."])-?\d{16,}(?![\w"])/;

function Content({ text, made }: { text: string; made: LaidOut | null }) {
  const { t } = useLingui();
  const canFold = text.length <= LARGE && made?.isJson === true && !TOO_LONG.test(text) && /^\s*[[{]/.test(text);
  const value = useMemo(() => (canFold ? (JSON.parse(text) as object) : null), [canFold, text]);
  const [wanted, want] = useState<'folded' | 'text'>('folded');
  const [search, setSearch] = useState('');
  const isText = wanted === 'text' || value === null || search !== '';
  if (!made) return <Skeleton h={240} aria-busy role="status" aria-label={t`Laying out the answer`} />;
  return (
    <>
      <Group gap="xs" justify="space-between" align="flex-end">
        <Find made={made} search={search} onSearch={setSearch}>
          {value !== null && (
            <SegmentedControl
              size="xs"
              aria-label={t`View`}
              value={isText ? 'text' : 'folded'}
              onChange={(next) => {
                want(next);
                if (next === 'folded') setSearch('');
              }}
              data={[
                { value: 'folded', label: t`Folded` },
                { value: 'text', label: t`Text` },
              ]}
            />
          )}
          <Take text={text} isJson={made.isJson} />
        </Find>
      </Group>
      {!isText && value !== null && (
        <Suspense fallback={<Skeleton h={160} />}>
          <JsonTree label={t`Answer`} value={value} />
        </Suspense>
      )}
      {isText && search === '' && (
        <TextLines label={t`Answer`} count={made.starts.length} line={(index) => lineOf(made, index)} />
      )}
    </>
  );
}

interface FindProps {
  made: LaidOut;
  search: string;
  onSearch(text: string): void;
  children: React.ReactNode;
}

/** The search field with what it finds. The lines are shown here while something is sought. */
function Find({ made, search, onSearch, children }: FindProps) {
  const { t } = useLingui();
  const sought = useDeferredValue(search);
  const { lines: found, isCut } = useMemo(() => linesWith(made, sought), [made, sought]);
  const marked = useMemo(() => new Set(found), [found]);
  const [at, setAt] = useState(0);
  const count = found.length;
  const step = (by: number) => setAt((at + by + count) % Math.max(count, 1));
  const place = formatCount(Math.min(at, Math.max(count - 1, 0)) + 1);
  const total = formatCount(count);
  return (
    <Stack gap="xs" w="100%">
      <Group gap="xs" align="flex-end">
        <TextInput
          type="search"
          label={t`Search the answer`}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => {
            onSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => event.key === 'Enter' && count > 0 && step(event.shiftKey ? -1 : 1)}
          style={{ flex: '1 1 12rem' }}
          maw={360}
        />
        {search !== '' && (
          <>
            <Text size="sm" role="status" c="dimmed" pb={8}>
              {count === 0
                ? t`Not found`
                : isCut
                  ? t`Line ${place} of the first ${total}`
                  : t`Line ${place} of ${total}`}
            </Text>
            <ActionIcon variant="default" size="lg" aria-label={t`Previous line`} onClick={() => step(-1)}>
              <IconChevronUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={t`Next line`} onClick={() => step(1)}>
              <IconChevronDown size={16} aria-hidden />
            </ActionIcon>
          </>
        )}
        <Group gap="xs" ms="auto">
          {children}
        </Group>
      </Group>
      {search !== '' && (
        <TextLines
          label={
            isCut
              ? t`Answer, the first ${total} lines found`
              : t`${plural(count, { one: 'Answer, # line found', other: 'Answer, # lines found' })}`
          }
          count={made.starts.length}
          line={(index) => lineOf(made, index)}
          found={marked}
          current={found[Math.min(at, count - 1)]}
        />
      )}
    </Stack>
  );
}

function Take({ text, isJson }: { text: string; isJson: boolean }) {
  const { t } = useLingui();
  const clipboard = useClipboard({ timeout: 1500 });
  const save = () =>
    download(
      new Blob([text], { type: isJson ? 'application/json' : 'text/plain' }),
      fileName('answer', isJson ? 'json' : 'txt'),
    );
  return (
    <>
      {'clipboard' in navigator && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => clipboard.copy(text)}
        >
          {clipboard.copied ? t`Copied` : t`Copy`}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>
        <Trans>Save as a file</Trans>
      </Button>
    </>
  );
}
