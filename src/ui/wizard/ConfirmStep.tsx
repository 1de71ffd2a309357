import { Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconListNumbers, IconPlayerPlay, IconShieldCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { formatCount, plural } from '~/lib/numbers';
import { Notice } from '~/ui/Notice';
import { isTypedNumber, isWrongNumber } from './confirmation';
import classes from './ConfirmStep.module.css';
import { StepActions } from './StepActions';

interface ConfirmStepProps {
  /** The first look, what happens: a sentence. */
  what: ReactNode;
  /** The second look, to what exactly: the plan's numbers, the largest parts first. */
  breakdown: readonly { name: string; value: ReactNode }[];
  /** The third look, what can't be undone; null: all of it can. */
  irreversible: ReactNode | null;
  /** How it can be undone, or what there is instead. */
  undo?: ReactNode;
  /** What stands above that. */
  undoTitle?: string;
  /** How many items will run, exactly. */
  count: number;
  /** `['file', 'files']` */
  noun: readonly [one: string, many: string];
  /** The verb on the button: “Delete”. */
  verb: string;
  /** Where “Back to the plan” leads. */
  backTo: string;
  /** Why it can't begin yet, besides the typing: a box not ticked, a file not saved. */
  blocked?: string | null;
  /** Called once, with the number that was confirmed. */
  onConfirm(count: number): void;
  /** Boxes to tick and files to save first. */
  children?: ReactNode;
}

/** Three looks before anything irreversible: what happens, to what exactly, what can't be undone. */
export function ConfirmStep(props: ConfirmStepProps) {
  const { count, noun, verb, irreversible, blocked = null } = props;
  const [typed, setTyped] = useState('');
  const [began, setBegan] = useState(false);
  const [tried, setTried] = useState(false);
  const needsTyping = irreversible !== null;
  const typedRight = !needsTyping || isTypedNumber(typed, count);
  const number = formatCount(count);
  // Not while it is only begun: “1” is on the way to “1204”.
  const wrong = needsTyping && !typedRight && typed.trim() !== '' && (tried || isWrongNumber(typed, count));
  const reason =
    count === 0
      ? 'The plan has nothing to do.'
      : (blocked ??
        (typedRight ? null : wrong ? `Type ${number}, not ${typed.trim()}.` : `Type ${number} to confirm first.`));
  const confirm = () => {
    if (reason !== null || began) return;
    setBegan(true);
    props.onConfirm(count);
  };

  return (
    <Stack gap="md">
      <ol className={classes.looks}>
        <Look icon={<IconPlayerPlay size={18} />} title="What happens">
          {props.what}
        </Look>
        <Look icon={<IconListNumbers size={18} />} title="To what exactly">
          <dl className={classes.breakdown}>
            {props.breakdown.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === 'number' ? formatCount(value) : value}</dd>
              </div>
            ))}
          </dl>
        </Look>
        <Look
          icon={needsTyping ? <IconArrowBackUp size={18} /> : <IconShieldCheck size={18} />}
          title={needsTyping ? 'What can’t be undone' : 'All of it can be undone'}
          danger={needsTyping}
        >
          {irreversible}
          {props.undo !== undefined && (
            <div className={classes.undo}>
              {needsTyping && <b>{props.undoTitle ?? 'How to undo it'}: </b>}
              {props.undo}
            </div>
          )}
        </Look>
      </ol>
      {props.children}
      {count === 0 ? (
        <Notice>The plan has nothing to do.</Notice>
      ) : (
        needsTyping && (
          <TextInput
            label={`Type ${number} to confirm`}
            description={`It is the number of ${noun[1]} in the plan, and the number that will run.`}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setTried(false);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.repeat) return;
              setTried(true);
              confirm();
            }}
            error={wrong ? `The plan has ${plural(count, noun[0], noun[1])}, not ${typed.trim()}.` : null}
            inputMode="numeric"
            autoComplete="off"
            maw={360}
          />
        )
      )}
      <StepActions
        back={{ label: 'Back to the plan', to: props.backTo }}
        next={{
          label: `${verb} ${plural(count, noun[0], noun[1])}`,
          disabled: reason,
          danger: needsTyping,
          loading: began,
          onClick: confirm,
        }}
      />
    </Stack>
  );
}

interface LookProps {
  icon: ReactNode;
  title: string;
  danger?: boolean;
  children: ReactNode;
}

function Look({ icon, title, danger = false, children }: LookProps) {
  return (
    <li className={classes.look} data-danger={danger}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div className={classes.body}>
        <Text component="h3" fw={600} size="sm">
          {title}
        </Text>
        <Text component="div" size="sm">
          {children}
        </Text>
      </div>
    </li>
  );
}
