import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { Button, type ButtonLook } from '../shared/Button.tsx';
import { useCommands, type Entry } from '../shared/commands/registry.ts';
import { Icon } from '../shared/Icon.tsx';
import type { ExportMenuProps } from './ExportMenu.tsx';
import '../styles/exports.css';

const load = () => import('./ExportMenu.tsx');
// Loaded separately: the menu is not needed until the user exports.
const ExportMenu = lazy(load);

function preload(): void {
  // If this fails, the click shows the error.
  load().catch(console.error);
}

interface ExportButtonProps extends Omit<ExportMenuProps, 'open' | 'onOpen' | 'anchor'>, ButtonLook {
  /** The accessible name, if it says more than the text. It starts with the text. */
  readonly label?: string;
}

/**
 * The Export button. It is one element from the start, also while its menu is loaded: a click whose button was replaced
 * between press and release would be lost.
 */
export function ExportButton({ label, variant, size, ...menu }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const title = label ?? i18n.t('export.button');
  useCommands(
    useMemo(
      (): readonly Entry[] => [
        {
          kind: 'command',
          id: `export ${title}`,
          group: 'actions',
          title,
          run: () => {
            button.current?.click();
          },
        },
      ],
      [title],
    ),
  );
  return (
    <>
      <Button
        ref={button}
        variant={variant}
        size={size}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => {
          setWanted(true);
          setOpen((last) => !last);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setWanted(true);
          setOpen(true);
        }}
      >
        {i18n.t('export.button')}
        <Icon name="down" />
      </Button>
      {isWanted && (
        <Suspense fallback={null}>
          <ExportMenu {...menu} open={open} onOpen={setOpen} anchor={button} />
        </Suspense>
      )}
    </>
  );
}
