import { Component, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { storageErrorOf } from '../../lib/store/storage-error.ts';

interface ErrorBoundaryProps {
  /** Shown where the children cannot be drawn; without it, a few words for a row. */
  readonly instead?: ReactNode;
  readonly children: ReactNode;
}

interface Failed {
  readonly error: Error | null;
}

/** What cannot be drawn, whatever damaged the data it shows, takes nothing beside it away. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Failed> {
  override state: Failed = { error: null };

  static getDerivedStateFromError(thrown: unknown): Failed {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidUpdate({ children }: ErrorBoundaryProps): void {
    // It may be given something else to show by now.
    if (this.state.error !== null && children !== this.props.children) this.setState({ error: null });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    // A database that is gone is the whole page's concern.
    if (storageErrorOf(error) !== null) throw error;
    return (
      this.props.instead ?? <span className="muted unreadable-row">{i18n.t('list.row_unreadable')}</span>
    );
  }
}
