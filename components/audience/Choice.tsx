import { Button } from '../shared/Button.tsx';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly of: readonly T[];
  readonly text: (one: T) => string;
  readonly chosen: T;
  readonly onChosen: (one: T) => void;
}

/** One of a few values, as buttons side by side. */
export function Choice<T extends string>({ label, of, text, chosen, onChosen }: ChoiceProps<T>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {of.map((one) => (
        <Button
          key={one}
          size="small"
          variant="quiet"
          aria-pressed={one === chosen}
          onClick={() => {
            onChosen(one);
          }}
        >
          {text(one)}
        </Button>
      ))}
    </div>
  );
}
