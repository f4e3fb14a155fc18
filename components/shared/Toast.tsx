import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { Icon } from './Icon.tsx';
import { Button, IconButton } from './Button.tsx';
import { useToastPlace } from './toast-stack.ts';

/** How long a message without an action is shown, in milliseconds. */
const STAYS = 8_000;

interface ToastProps {
  readonly tone: 'busy' | 'done' | 'error';
  /** Whether it disappears by itself. It doesn't while it is hovered or focused, or while its page is hidden. */
  readonly leaves: boolean;
  /** Called when it disappears or is dismissed. Without it, the toast cannot be dismissed. */
  readonly onLeave?: () => void;
  /** Shown beside the message. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function useIsInSight(): boolean {
  const [isInSight, setIsInSight] = useState(() => !document.hidden);
  useEffect(() => {
    const look = (): void => {
      setIsInSight(!document.hidden);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return isInSight;
}

/**
 * A message at the bottom of the page. The caller places it in a live region. Only the newest is shown, with the number of
 * the others, so that messages never cover the page.
 */
export function Toast({ tone, leaves: isTemporary, onLeave, action, children }: ToastProps) {
  const [isHeld, setIsHeld] = useState(false);
  const { isShown, others, showNext } = useToastPlace();
  const [wasShown, setWasShown] = useState(false);
  if (isShown && !wasShown) setWasShown(true);
  // A message that was seen leaves in time even if a newer one is in front of it, so that it doesn't come back.
  const isInSight = useIsInSight() && wasShown;
  const leave = useRef(onLeave);
  useLayoutEffect(() => {
    leave.current = onLeave;
  });
  /** The element that had the focus before the toast took it. */
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!isTemporary || isHeld || !isInSight) return undefined;
    const timer = setTimeout(() => leave.current?.(), STAYS);
    return () => {
      clearTimeout(timer);
    };
  }, [isTemporary, isHeld, isInSight]);

  function dismiss(): void {
    onLeave?.();
    if (before.current?.isConnected === true) before.current.focus();
  }
  if (!isShown) return null;
  return (
    <div
      className="toast"
      data-tone={tone}
      onPointerEnter={() => {
        setIsHeld(true);
      }}
      onPointerLeave={({ currentTarget }) => {
        setIsHeld(currentTarget.contains(document.activeElement));
      }}
      onFocus={({ currentTarget, relatedTarget }) => {
        setIsHeld(true);
        if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) {
          before.current = relatedTarget;
        }
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setIsHeld(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onLeave === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        dismiss();
      }}
    >
      {tone !== 'busy' && <Icon name={tone} />}
      <div className="toast-text">{children}</div>
      {action}
      {others > 0 && (
        <Button size="small" onClick={showNext}>
          {i18n.t('toast.more', { n: String(others) })}
        </Button>
      )}
      {onLeave !== undefined && <IconButton icon="close" label={i18n.t('toast.dismiss')} onClick={dismiss} />}
    </div>
  );
}
