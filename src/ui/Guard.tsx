import { Component, type ReactNode } from 'react';
import { ErrorNote } from './ErrorNote';
import { wordsOfError } from '~/lib/words';

interface GuardProps {
  /** What is guarded: with another value it is tried anew. */
  of: unknown;
  children: ReactNode;
  /** What it is, where it is more than a cell, as in “The devices can’t be shown”. A cell shows “–”, with the reason on hover. */
  what?: string;
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
    const { what } = this.props;
    if (what !== undefined) return <ErrorNote title={`The ${what} can’t be shown`} error={problem} />;
    return <span title={`This can’t be shown: ${problem}`}>–</span>;
  }
}
