import { t } from '@lingui/core/macro';
import { Component, type ReactNode } from 'react';
import { ErrorNote } from './ErrorNote';
import { wordsOfError } from '~/lib/words';

interface GuardProps {
  /** What is guarded: with another value it is tried anew. */
  of: unknown;
  children: ReactNode;
  /** It is a part of a page, which says so. A cell shows “–”, with the reason on hover. */
  isPart?: boolean;
}

interface GuardState {
  problem: string | null;
  of: unknown;
}

/**
 * The last guard: what can’t be shown costs its own cell or section, never the page. React keeps nothing of a tree that threw,
 * so without it one value that nobody thought of would leave a blank page.
 */
export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { problem: null, of: this.props.of };

  static getDerivedStateFromError(error: unknown): Partial<GuardState> {
    return { problem: wordsOfError(error) };
  }

  static getDerivedStateFromProps(props: GuardProps, state: GuardState): GuardState | null {
    return Object.is(props.of, state.of) ? null : { problem: null, of: props.of };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    if (this.props.isPart) return <ErrorNote title={t`This part of the page can’t be shown`} error={problem} />;
    return <span title={t`This can’t be shown: ${problem}`}>–</span>;
  }
}
