import { useLingui } from '@lingui/react/macro';
import { Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import type { WizardStep } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { STEP_NAMES, STEPS, stepWords } from './steps';
import classes from './StepNav.module.css';

interface StepNavProps {
  current: WizardStep;
  /** Why there is nothing to review yet; null: there is. */
  blocked: string | null;
  pathOf(step: WizardStep): string;
}

/** Where one is in the wizard. A step that can't be shown yet says why. */
export function StepNav({ current, blocked, pathOf }: StepNavProps) {
  const { t } = useLingui();
  const at = STEPS.indexOf(current);
  return (
    <nav aria-label={stepWords(current)}>
      <ol className={classes.steps}>
        {STEPS.map((step, index) => {
          const reason = step === 'choose' ? null : blocked;
          const name = wordsOf(STEP_NAMES[step]);
          const inside = (
            <>
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              <span className={classes.name}>{name}</span>
            </>
          );
          return (
            <li key={step} className={classes.item} data-past={index < at} data-current={step === current}>
              {reason === null ? (
                <Link to={pathOf(step)} className={classes.step} aria-current={step === current ? 'step' : undefined}>
                  {inside}
                </Link>
              ) : (
                <Tooltip
                  label={reason}
                  withinPortal={false}
                  multiline
                  w={220}
                  events={{ hover: true, focus: true, touch: true }}
                >
                  {/* Reachable by keyboard though it leads nowhere: the reason is the point of it. */}
                  <span
                    className={classes.step}
                    role="link"
                    aria-disabled="true"
                    tabIndex={0}
                    aria-label={t`${name}, not available yet: ${reason}`}
                  >
                    {inside}
                  </span>
                </Tooltip>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
