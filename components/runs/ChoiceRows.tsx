import { useId } from 'react';
import { i18n } from '#i18n';
import type { Choice } from '../../lib/collector/choices.ts';
import type { CreditPrice, Unit } from '../../lib/model/money.ts';
import { choiceName, consequence, obstacleText } from '../../lib/words/choices.ts';

interface ChoiceRowsProps {
  readonly choices: readonly Choice[];
  readonly chosen: Choice | null;
  readonly onChoose: (choice: Choice) => void;
  readonly unit: Unit;
  readonly balance: number | null;
  readonly creditPrice: CreditPrice | null;
}

/** The choices as rows, each with its consequence. Those that cannot be made say why. */
export function ChoiceRows({ choices, chosen, onChoose, unit, balance, creditPrice }: ChoiceRowsProps) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={i18n.t('run.choices')} className="choice-rows">
      {choices.map((choice, index) => {
        const why = obstacleText(choice, unit, balance);
        const id = `${group}-${String(index)}`;
        return (
          <label key={`${choice.kind} ${String(choice.howMany)} ${String(choice.amount)}`} className="choice">
            <input
              type="radio"
              name={group}
              checked={choice === chosen}
              disabled={choice.obstacle !== null}
              aria-labelledby={`${id}-name`}
              aria-describedby={`${id}-means`}
              onChange={() => {
                onChoose(choice);
              }}
            />
            <span id={`${id}-name`} className="grow">
              {choiceName(choice, unit)}
            </span>
            <span id={`${id}-means`} className="meta">
              {consequence(choice, unit, creditPrice)}
              {why !== null && <span className="block tone-error">{why}</span>}
            </span>
          </label>
        );
      })}
    </div>
  );
}
