import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

/** The button variants, as defined in `controls.css`. */
export interface ButtonLook {
  readonly variant?: 'default' | 'primary' | 'quiet' | undefined;
  readonly size?: 'default' | 'small' | undefined;
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'>, ButtonLook {
  /** An additional class, for a single place. */
  readonly extraClass?: string | undefined;
}

/** The class names of a button, also for elements that only look like one. */
export function buttonClass({ variant = 'default', size = 'default' }: ButtonLook = {}, extra = ''): string {
  return [
    'button',
    ...(size === 'default' ? [] : [size]),
    ...(variant === 'default' ? [] : [variant]),
    ...(extra === '' ? [] : [extra]),
  ].join(' ');
}

/** A button. It doesn't submit a form unless its `type` is `submit`. */
export function Button({ variant, size, extraClass, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass({ variant, size }, extraClass)} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children' | 'type'> {
  readonly icon: IconName;
  /** Its accessible name. */
  readonly label: string;
  readonly extraClass?: string;
}

/** A button that shows only an icon; its name is also its tooltip. */
export function IconButton({ icon, label, extraClass, ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={buttonClass({}, extraClass === undefined ? 'icon-only' : `icon-only ${extraClass}`)}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
