import { i18n } from '#i18n';
import { count } from '../../../lib/words/numbers.ts';
import type { Bound } from './combinations.ts';

/** A figure with how far it holds, in words: `at least 120`. */
export function figureText(n: number, bound: Bound): string {
  switch (bound) {
    case 'exact':
      return count(n);
    case 'atLeast':
      return i18n.t('compare.at_least', { n: count(n) });
    case 'collected':
      return i18n.t('compare.of_collected', { n: count(n) });
  }
}

/** The same in few characters: `≥ 120`, `120*`. */
export function shortFigure(n: number, bound: Bound): string {
  switch (bound) {
    case 'exact':
      return count(n);
    case 'atLeast':
      return `≥ ${count(n)}`;
    case 'collected':
      return `${count(n)}*`;
  }
}

interface FigureProps {
  readonly n: number;
  readonly bound: Bound;
}

/** A short figure, for the eye only. In text that runs from right to left, ≥ would become ≤. */
export function ShortFigure({ n, bound }: FigureProps) {
  return (
    <bdi dir="ltr" aria-hidden="true">
      {shortFigure(n, bound)}
    </bdi>
  );
}

/** A figure, short on screen and in words for screen readers. */
export function Figure({ n, bound }: FigureProps) {
  if (bound === 'exact') return count(n);
  return (
    <>
      <ShortFigure n={n} bound={bound} />
      <span className="visually-hidden">{figureText(n, bound)}</span>
    </>
  );
}

interface FigureButtonProps extends FigureProps {
  /** Its accessible name. */
  readonly label: string;
  readonly onShow: () => void;
}

/** A figure that opens its accounts; 0 opens nothing. */
export function FigureButton({ n, bound, label, onShow }: FigureButtonProps) {
  if (n === 0) {
    return (
      <span className="muted">
        <Figure n={0} bound={bound} />
      </span>
    );
  }
  return (
    <button type="button" className="figure-button" onClick={onShow}>
      <ShortFigure n={n} bound={bound} />
      <span className="visually-hidden">{label}</span>
    </button>
  );
}
