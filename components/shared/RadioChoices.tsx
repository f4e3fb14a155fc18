import { useId } from 'react';

interface RadioChoicesProps<T extends string> {
  /** The accessible name. */
  readonly name: string;
  readonly values: readonly T[];
  readonly value: T;
  readonly textOf: (value: T) => string;
  readonly isDisabled?: (value: T) => boolean;
  readonly onValue: (value: T) => void;
}

/** A few values, of which one is chosen. */
export function RadioChoices<T extends string>(props: RadioChoicesProps<T>) {
  const { name, values, value, textOf, isDisabled = () => false, onValue } = props;
  const group = useId();
  return (
    <div role="radiogroup" aria-label={name} className="choices">
      {values.map((one) => (
        <label key={one} className="choice">
          <input
            type="radio"
            name={group}
            checked={one === value}
            disabled={isDisabled(one)}
            onChange={() => {
              onValue(one);
            }}
          />
          <span>{textOf(one)}</span>
        </label>
      ))}
    </div>
  );
}
