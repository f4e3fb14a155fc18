import { Component, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { storageErrorOf } from '../../lib/store/storage-error.ts';

interface ErrorBoundaryProps {
  /** Shown if the children cannot be rendered; the default is a short text that fits into a row. */
  readonly instead?: ReactNode;
  readonly children: ReactNode;
}

interface Failed {
  readonly error: Error | null;
}

/** Contains rendering errors caused by damaged data, so that the rest of the page still works. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Failed> {
  override state: Failed = { error: null };

  static getDerivedStateFromError(thrown: unknown): Failed {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidUpdate({ children }: ErrorBoundaryProps): void {
    // Try again when the content changes.
    if (this.state.error !== null && children !== this.props.children) this.setState({ error: null });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    // Database errors concern the whole page.
    if (storageErrorOf(error) !== null) throw error;
    return (
      this.props.instead ?? <span className="muted unreadable-row">{i18n.t('list.row_unreadable')}</span>
    );
  }
}
