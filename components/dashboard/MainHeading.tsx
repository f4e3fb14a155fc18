import { useEffect, type ReactNode } from 'react';
import { focusHeadingIfLost } from '../shared/focus-heading.ts';

interface MainHeadingProps {
  readonly id?: string;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** Whether a heading was shown before: the first one must not take the focus from the start of the page. */
let isFirst = true;

/** The heading of what is shown. It takes the focus when what had it disappeared, for example a deleted list. */
export function MainHeading({ children, ...rest }: MainHeadingProps) {
  useEffect(() => {
    if (!isFirst) focusHeadingIfLost();
    isFirst = false;
  }, []);
  return (
    <h1 tabIndex={-1} dir="auto" {...rest}>
      {children}
    </h1>
  );
}
