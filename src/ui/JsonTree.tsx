import { t } from '@lingui/core/macro';
import { JsonView, type Props } from 'react-json-view-lite';
import { visibleJson } from '~/lib/shown-json';
import classes from './JsonTree.module.css';

interface JsonTreeProps {
  /** “Answer” */
  label: string;
  value: object;
  /** So many levels are open at first. */
  open?: number;
}

/** JSON from outside, in colours, with folds. For what is not too large for a page: each open line is an element of it. */
export function JsonTree({ label, value, open = 3 }: JsonTreeProps) {
  const style: Props['style'] = {
    container: classes.tree ?? '',
    basicChildStyle: classes.node ?? '',
    childFieldsContainer: classes.children ?? '',
    label: classes.label ?? '',
    clickableLabel: classes.label ?? '',
    nullValue: classes.word ?? '',
    undefinedValue: classes.word ?? '',
    numberValue: classes.number ?? '',
    stringValue: classes.text ?? '',
    booleanValue: classes.word ?? '',
    otherValue: classes.word ?? '',
    punctuation: classes.sign ?? '',
    expandIcon: `${classes.fold} ${classes.folded}`,
    collapseIcon: `${classes.fold} ${classes.open}`,
    collapsedContent: classes.hidden ?? '',
    quotesForFieldNames: true,
    ariaLables: { collapseJson: t`Fold`, expandJson: t`Unfold` },
  };
  return (
    // In no language: names and values as the homeserver has them.
    <div dir="ltr" lang="zxx">
      <JsonView
        aria-label={label}
        data={visibleJson(value) as object}
        style={style}
        shouldExpandNode={(level, one) => level < open && (!Array.isArray(one) || one.length <= MANY || level === 0)}
      />
    </div>
  );
}

/** A longer list within an answer is folded at first. */
const MANY = 100;
