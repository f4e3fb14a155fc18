import { Fragment, type ReactNode } from 'react';
import { matchRanges } from '../../lib/lists/match-ranges.ts';

interface MarkedProps {
  readonly text: string;
  /** The search, folded by `foldText`; empty marks nothing. */
  readonly needle: string;
}

/** A text in which the matches of a search are marked. */
export function Marked({ text, needle }: MarkedProps): ReactNode {
  const ranges = matchRanges(text, needle);
  if (ranges.length === 0) return text;
  return (
    <>
      {ranges.map(({ start, end }, at) => (
        <Fragment key={start}>
          {text.slice(ranges[at - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.end ?? 0)}
    </>
  );
}
