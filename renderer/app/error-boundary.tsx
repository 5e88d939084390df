import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** Something else is shown after this changes: a new page gets a new try. */
  readonly resetKey: string;
  readonly onFault?: ((message: string, componentStack: string) => void) | undefined;
}

interface ErrorBoundaryState {
  readonly failedKey: string | undefined;
}

/** A page that has a fault takes only itself down: the frame stays, and with it the way out. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failedKey: undefined };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failedKey: '' };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    if (state.failedKey === '') return { failedKey: props.resetKey };
    if (state.failedKey !== undefined && state.failedKey !== props.resetKey) return { failedKey: undefined };
    return null;
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onFault?.(error.message, info.componentStack ?? '');
  }

  override render(): ReactNode {
    if (this.state.failedKey === undefined) return this.props.children;
    return (
      <EmptyState
        title="This page has a fault"
        action={
          <Button
            variant="primary"
            icon="refresh"
            onPress={() => {
              this.setState({ failedKey: undefined });
            }}
          >
            Draw the page again
          </Button>
        }
      >
        Nothing was changed in AWS or on this computer. Sessions go on, and the other places work.
      </EmptyState>
    );
  }
}
