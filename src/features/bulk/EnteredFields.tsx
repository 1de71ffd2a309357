import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Title } from '@mantine/core';
import type { Entered, Field, Form } from '~/actions/form';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import type { Json } from '~/jobs/job';
import { wordsOf } from '~/lib/words';
import { Facts } from '~/ui/Facts';
import classes from './EnteredFields.module.css';

interface EnteredFieldsProps {
  form: Form<Json, never>;
  values: Entered;
}

/** What was entered on the step before, field by field: it is the same for each item of the plan, whose rows don’t tell it. */
export function EnteredFields({ form, values }: EnteredFieldsProps) {
  const { version } = useSession();
  const facts = form.fields
    .filter(({ feature, onlyIf }) => {
      const isHere = feature === undefined || lacks(version, feature) === null;
      return isHere && (!onlyIf || values[onlyIf.field] === onlyIf.is);
    })
    .map((field) => ({ name: wordsOf(field.label), value: shown(field, values[field.name] ?? '') }));
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        <Trans>What you entered</Trans>
      </Title>
      <Facts facts={facts} />
    </section>
  );
}

function shown(field: Field, value: Entered[string]) {
  if (field.kind === 'switch') return value === true ? t`yes` : t`no`;
  const text = String(value).trim();
  if (field.kind === 'choice') {
    const chosen = field.options.find((option) => option.value === value);
    return chosen ? wordsOf(chosen.label) : text;
  }
  if (text === '') return t`empty`;
  if (field.kind !== 'lines') return <bdi>{text}</bdi>;
  return (
    // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.lines} role="region" aria-label={wordsOf(field.label)} tabIndex={0} dir="auto">
      {text}
    </div>
  );
}
