import { Component, type ReactNode } from 'react';

interface Props {
  /** Shown in the place of what broke. */
  fallback: (error: unknown) => ReactNode;
  children: ReactNode;
}

/** Without one, React takes the whole page away when a part can't be loaded. */
export class ErrorBoundary extends Component<Props, { error: unknown; isBroken: boolean }> {
  override state = { error: null, isBroken: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, isBroken: true };
  }

  override render() {
    return this.state.isBroken ? this.props.fallback(this.state.error) : this.props.children;
  }
}
