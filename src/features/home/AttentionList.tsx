import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, List, Skeleton, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { clock } from '~/lib/dates';
import { pathOfThing } from '~/lib/paths';
import { wordsOf, wordsOfError } from '~/lib/words';
import { IdLink } from '~/ui/IdLink';
import { together } from '~/ui/reading';
import classes from './Attention.module.css';
import type { Check } from './checks';
import type { Attention } from './found';

const ICONS = { danger: IconExclamationCircle, warning: IconAlertTriangle, plain: IconInfoCircle } as const;
const WEIGHT = { danger: 0, warning: 1, plain: 2 } as const;

/** What needs the admin, the gravest first; or, said plainly, that nothing does. Then what was looked at, and when. */
export function AttentionList({ checks }: { checks: readonly Check[] }) {
  const found = checks.flatMap((check) => check.found ?? []).toSorted((a, b) => WEIGHT[a.tone] - WEIGHT[b.tone]);
  const usable = checks.filter(({ lacking = null }) => lacking === null);
  // What was read before stays, and the page says how old it is.
  const failed = usable.filter(({ reading, found: known }) => known === undefined && reading?.error != null);
  const isLooking = usable.some(
    ({ found: known, reading, onDemand }) => known === undefined && !onDemand && reading?.error == null,
  );
  const isQuiet = found.length === 0 && failed.length === 0 && !isLooking;
  return (
    <section aria-labelledby="attention" className={classes.section}>
      <Title order={2} size="h4" id="attention">
        {found.length > 0 ? (
          <Trans>
            Needs your attention <span className={classes.count}>{found.length}</span>
          </Trans>
        ) : (
          <Trans>Needs your attention</Trans>
        )}
      </Title>
      <div className={classes.card}>
        {isQuiet && <Nothing checks={usable} />}
        {(found.length > 0 || failed.length > 0) && (
          <ul className={classes.list}>
            {found.map((one) => (
              <Item key={one.id} item={one} />
            ))}
            {failed.map((check) => (
              <Unread key={check.id} check={check} />
            ))}
          </ul>
        )}
        {isLooking && (
          <div className={classes.looking} aria-busy>
            <Skeleton h={14} w="45%" />
            <Skeleton h={14} w="30%" />
          </div>
        )}
        <LookedAt checks={checks} />
      </div>
    </section>
  );
}

function Nothing({ checks }: { checks: readonly Check[] }) {
  const { dataUpdatedAt } = together(checks.flatMap(({ reading }) => reading ?? []));
  const time = clock(dataUpdatedAt);
  return (
    <div className={classes.nothing} role="status">
      <IconCircleCheck size={28} stroke={1.6} aria-hidden className={classes.good} />
      <div>
        <Text fw={600}>{t`Nothing needs your attention`}</Text>
        <Text size="sm" c="dimmed">{t`Looked at ${time}.`}</Text>
      </div>
    </div>
  );
}

function Item({ item }: { item: Attention }) {
  const { tone, title, about, things = [], points = [], more, to, action } = item;
  const Icon = ICONS[tone];
  return (
    <li className={classes.item} data-tone={tone}>
      <Icon size={20} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text fw={600} size="sm">
          {title}
        </Text>
        {about !== undefined && (
          <Text size="sm" c="dimmed">
            {about}
          </Text>
        )}
        {things.length > 0 && (
          <div className={classes.things}>
            {things.map((thing) => (
              <IdLink key={thing.id} value={thing.id} to={pathOfThing(thing)} />
            ))}
          </div>
        )}
        {points.length > 0 && (
          <List size="sm" className={classes.points}>
            {points.map(({ text, source }) => (
              <List.Item key={text}>
                {text}{' '}
                {source !== undefined && (
                  <Anchor href={source} target="_blank" rel="noreferrer" size="sm" aria-label={t`Source: ${text}`}>
                    <Trans>Source</Trans>
                  </Anchor>
                )}
              </List.Item>
            ))}
          </List>
        )}
        {more && (
          <>
            <Text size="sm">{more.label}</Text>
            <List size="sm" className={classes.points}>
              {more.points.map((text) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
          </>
        )}
      </div>
      {to !== undefined && (
        <Button component={Link} to={to} size="xs" variant="default" className={classes.act}>
          {action}
        </Button>
      )}
    </li>
  );
}

/** A part that could not be read: nobody knows whether it needs something. */
function Unread({ check: { name, reading } }: { check: Check }) {
  return (
    <li className={classes.item} data-tone="unread">
      <IconAlertTriangle size={20} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.words} role="alert">
        <Text fw={600} size="sm">{t`Not looked at: ${name}`}</Text>
        <Text size="sm" c="dimmed">
          <bdi>{wordsOfError(reading?.error)}</bdi>
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        className={classes.act}
        loading={reading?.isFetching ?? false}
        onClick={() => void reading?.refetch()}
        aria-label={t`Try again: ${name}`}
      >
        <Trans>Try again</Trans>
      </Button>
    </li>
  );
}

function LookedIcon({ found }: { found: readonly Attention[] }) {
  const look = { size: 14, stroke: 1.8, role: 'img' } as const;
  if (found.length === 0) return <IconCircleCheck {...look} aria-label={t`Fine:`} />;
  const Icon = found.some(({ tone }) => tone !== 'plain') ? IconAlertTriangle : IconInfoCircle;
  return <Icon {...look} aria-label={t`See above:`} data-tone={Icon === IconInfoCircle ? 'plain' : undefined} />;
}

/** Each thing by name: what was not looked at must not pass for fine. */
function LookedAt({ checks }: { checks: readonly Check[] }) {
  const looked = checks.filter(({ found, lacking = null }) => found !== undefined && lacking === null);
  const waiting = checks.filter(
    ({ found, lacking = null, onDemand, reading }) =>
      onDemand === true && found === undefined && lacking === null && reading?.error == null,
  );
  const absent = checks.filter(({ lacking = null }) => lacking !== null);
  const requests = plural(waiting.length, { one: '# request', other: '# requests' });
  const names = waiting.map(({ name }) => name).join(', ');
  return (
    <div className={classes.foot}>
      <ul className={classes.looked} aria-label={t`Looked at`}>
        {looked.map(({ id, name, found = [] }) => (
          <li key={id} data-fine={found.length === 0 || undefined}>
            <LookedIcon found={found} />
            {name}
          </li>
        ))}
        {absent.map(({ id, name, lacking = null }) => (
          <li key={id} title={lacking === null ? undefined : wordsOf(lacking)} className={classes.absent}>
            {name}: {t`not available here`}
          </li>
        ))}
      </ul>
      {waiting.length > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          classNames={{ root: classes.also, label: classes.alsoWords }}
          loading={waiting.some(({ reading }) => reading?.isFetching)}
          onClick={() => waiting.forEach(({ reading }) => void reading?.refetch())}
        >
          {t`Also check: ${names} (${requests})`}
        </Button>
      )}
    </div>
  );
}
