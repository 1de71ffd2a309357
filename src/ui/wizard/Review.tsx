import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { ActsAs } from '~/ui/ActsAs';
import { Moment } from '~/ui/Moment';
import { Notice, type NoticeTone } from '~/ui/Notice';
import { wouldRun, type LeftIn } from './left-out';
import type { PlanRow } from './plan-rows';
import { PlanTable, type PlanTableProps } from './PlanTable';
import classes from './Review.module.css';
import { RunBar } from './RunBar';
import { ScriptButton, type ScriptButtonProps } from './ScriptButton';

/** What there is to know before: said beside the plan, and where it is about some of its rows, these can be shown and left out. */
export interface Warning<Row> {
  title: ReactNode;
  tone?: NoticeTone;
  text?: ReactNode;
  rows?: {
    /** On the button: “Show the 2 users who lose their last ID”. */
    show(this: void, count: number): string;
    /** While only they are shown: “Only users who lose their last ID”. */
    only: string;
    /** Keep the function (outside the component, or in a memo): with another one all rows are looked through again. */
    fits(row: Row): boolean;
  };
}

interface ReviewProps<Row extends PlanRow> {
  /** What happens, in one sentence: the verb, the number of what is left in, and the target. */
  sentence: ReactNode;
  /** Said in its place where nothing would run. */
  nothing: ReactNode;
  /** Whether it can be undone, and how: said right after it. */
  undo: ReactNode;
  /** What else it touches, and what it does not, in sentences. */
  touches: readonly ReactNode[];
  warnings?: readonly Warning<Row>[];
  /** Epoch ms: when the plan was made. */
  madeAt: number;
  /** Choices that the plan itself offers, boxes to tick, files to save. */
  children?: ReactNode;
  /** Below the table: what shows the plan in another way. */
  plots?: ReactNode;
  /** The rows, with what is left in. */
  left: LeftIn<Row>;
  /** Whether rows can be left out; unless said they can. */
  canLeaveOut?: boolean;
  table: Pick<PlanTableProps<Row>, 'label' | 'columns' | 'verdicts' | 'fileStem' | 'empty'>;
  /** Missing: it can't be taken along as a script. */
  script?: ScriptButtonProps;
  back?: { label: string; to?: string; onClick?: () => void };
  /** On the button, verb and number: “Delete 34 files”. */
  act: string;
  /** How many will run, where that is not the number of rows. */
  count?: number;
  /** What will run, in words: “34 files”. */
  counted: string;
  /** The number is typed first, since it can't be undone. */
  typed: boolean;
  /** Why it can't begin, besides having nothing to do. */
  blocked?: string | null;
  onRun(count: number): void;
}

/** Plan and confirmation on one page: what happens, to what exactly, what else it touches, what can't be undone. */
export function Review<Row extends PlanRow>(props: ReviewProps<Row>) {
  const { left, canLeaveOut = true, table, count = left.count, warnings = [] } = props;
  const [only, setOnly] = useState<Warning<Row>['rows'] | null>(null);
  const plan = useRef<HTMLDivElement>(null);
  const isEmpty = count === 0 && left.out === 0;
  const show = (rows: Warning<Row>['rows'] | null) => {
    setOnly(rows);
    if (rows) plan.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Stack gap="md">
      <ActsAs />
      <Text fw={700} size="lg" className={classes.sentence} data-review>
        {isEmpty ? (
          props.nothing
        ) : (
          <>
            {props.sentence} {props.undo}
          </>
        )}
      </Text>
      {!isEmpty && (
        <List size="sm" spacing={4} className={classes.touches}>
          {props.touches.map((one, index) => (
            // Sentences of one page: they neither move nor come twice.
            // oxlint-disable-next-line react/no-array-index-key
            <List.Item key={index}>{one}</List.Item>
          ))}
        </List>
      )}
      {warnings.map((warning, index) => (
        <WarningNote
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          warning={warning}
          left={left}
          canLeaveOut={canLeaveOut}
          isShown={only !== null && only?.fits === warning.rows?.fits}
          onShow={show}
        />
      ))}
      {props.children}
      <div ref={plan}>
        <PlanTable
          {...table}
          rows={left.rows}
          {...(canLeaveOut && { left })}
          only={only ? { label: only.only, fits: only.fits, onClear: () => show(null) } : null}
        >
          {props.script && <ScriptButton {...props.script} disabled={nothing(left, count) ?? props.script.disabled} />}
        </PlanTable>
      </div>
      {props.plots}
      <Text size="xs" c="dimmed">
        <Trans>
          Plan made <Moment ms={props.madeAt} />. Nothing has been changed yet.
        </Trans>
      </Text>
      <RunBar
        {...(props.back && { back: props.back })}
        act={props.act}
        count={count}
        counted={props.counted}
        typed={props.typed}
        blocked={nothing(left, count) ?? props.blocked ?? null}
        onRun={props.onRun}
      />
    </Stack>
  );
}

/** Why there is nothing to run. */
function nothing({ out }: LeftIn<PlanRow>, count: number): string | null {
  if (count > 0) return null;
  return out > 0 ? t`Every item is left out.` : t`There is nothing to do.`;
}

interface WarningNoteProps<Row extends PlanRow> {
  warning: Warning<Row>;
  left: LeftIn<Row>;
  canLeaveOut: boolean;
  isShown: boolean;
  onShow(rows: Warning<Row>['rows'] | null): void;
}

function WarningNote<Row extends PlanRow>({ warning, left, canLeaveOut, isShown, onShow }: WarningNoteProps<Row>) {
  const { rows: about } = warning;
  const fits = about?.fits;
  const found = useMemo(() => (fits ? left.rows.filter((row) => wouldRun(row) && fits(row)) : []), [left.rows, fits]);
  const isOut = found.length > 0 && found.every(({ id }) => left.leftOut.has(id));
  const count = found.length;
  return (
    <Notice tone={warning.tone ?? 'warning'} title={warning.title}>
      {warning.text}
      {about && found.length > 0 && (
        <Group gap="xs" mt={4}>
          <Button
            variant="default"
            size="compact-sm"
            className={classes.show}
            aria-pressed={isShown}
            onClick={() => onShow(isShown ? null : about)}
          >
            {isShown ? t`Show all items` : about.show(count)}
          </Button>
          {canLeaveOut && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() =>
                left.leftOut.set(
                  found.map(({ id }) => id),
                  !isOut,
                )
              }
            >
              {isOut
                ? plural(count, { one: 'Include it again', other: 'Include them again' })
                : plural(count, { one: 'Leave it out', other: 'Leave them out' })}
            </Button>
          )}
        </Group>
      )}
    </Notice>
  );
}
