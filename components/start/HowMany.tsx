import { useEffect, useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { count } from '../../lib/words/numbers.ts';
import type { Startable } from './LimitAndProvider.tsx';

/** The current choice: a number of the newest accounts, all accounts, or a number being entered. */
export type Wanted =
  | { readonly kind: 'newest'; readonly rows: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'number'; readonly text: string };

const OFFERED = [1_000, 10_000];

/**
 * Converts the choice to a number of accounts; `null` is all.
 * @returns `undefined` if the entered text is not a valid number of accounts
 */
export function howManyOf(wanted: Wanted): number | null | undefined {
  switch (wanted.kind) {
    case 'newest':
      return wanted.rows;
    case 'all':
      return null;
    case 'number': {
      const rows = Number(wanted.text);
      return wanted.text.trim() !== '' && Number.isSafeInteger(rows) && rows > 0 ? rows : undefined;
    }
  }
}

interface HowManyProps {
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  readonly startable: readonly [Startable, ...Startable[]];
}

interface SegmentProps {
  readonly group: string;
  readonly text: string;
  /** The accessible name, if it says more than the text. It contains the text. */
  readonly label?: string;
  readonly checked: boolean;
  /** @param isPointed whether it was chosen by a pointer */
  readonly onChoose: (isPointed: boolean) => void;
}

function Segment({ group, text, label, checked, onChoose }: SegmentProps) {
  return (
    <label className="segment">
      <input
        type="radio"
        name={group}
        aria-label={label ?? text}
        checked={checked}
        onChange={({ nativeEvent }) => {
          // The arrow keys choose by a click without a pointer.
          onChoose(nativeEvent instanceof UIEvent && nativeEvent.detail > 0);
        }}
      />
      <span aria-hidden="true">{text}</span>
    </label>
  );
}

interface NumberFieldProps extends Pick<HowManyProps, 'onWanted'> {
  readonly text: string;
  /** Whether it takes the focus. After the arrow keys, it doesn't: they may lead to the next choice. */
  readonly isFocused: boolean;
}

function NumberField({ text, isFocused, onWanted }: NumberFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  return (
    <input
      ref={field}
      type="number"
      className="input"
      min={1}
      step={1}
      inputMode="numeric"
      aria-label={i18n.t('popup.number_of_accounts')}
      placeholder={i18n.t('popup.number_of_accounts')}
      value={text}
      onChange={({ target }) => {
        onWanted({ kind: 'number', text: target.value });
      }}
    />
  );
}

/** Chooses how many accounts to collect. */
export function HowMany({ wanted, onWanted, startable }: HowManyProps) {
  const group = useId();
  const [isPointed, setPointed] = useState(false);
  const counts = startable.map(({ known }) => known.count);
  const isOffered = (rows: number): boolean => counts.some((all) => all === null || rows < all);
  return (
    <div className="field">
      <span className="label" aria-hidden="true">
        {i18n.t('popup.how_many')}
      </span>
      <div role="radiogroup" aria-label={i18n.t('popup.how_many')} className="segments">
        {OFFERED.filter(isOffered).map((rows) => (
          <Segment
            key={rows}
            group={group}
            text={count(rows)}
            label={i18n.t('popup.newest', { n: count(rows) })}
            checked={wanted.kind === 'newest' && wanted.rows === rows}
            onChoose={() => {
              onWanted({ kind: 'newest', rows });
            }}
          />
        ))}
        <Segment
          group={group}
          text={i18n.t('popup.all')}
          checked={wanted.kind === 'all'}
          onChoose={() => {
            onWanted({ kind: 'all' });
          }}
        />
        <Segment
          group={group}
          text={i18n.t('popup.number')}
          checked={wanted.kind === 'number'}
          onChoose={(pointed) => {
            setPointed(pointed);
            onWanted({ kind: 'number', text: '' });
          }}
        />
      </div>
      {wanted.kind === 'number' && (
        <NumberField text={wanted.text} isFocused={isPointed} onWanted={onWanted} />
      )}
    </div>
  );
}
