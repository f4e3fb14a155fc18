import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { RuleResult } from '../../lib/insight/answers.ts';
import { thresholdOf, type RuleName } from '../../lib/insight/rule-names.ts';
import type { RuleSetting } from '../../lib/lists/conditions.ts';
import { ruleText } from '../lists/audience-text.ts';
import { count, percent } from '../../lib/words/numbers.ts';
import { Button } from '../shared/Button.tsx';
import type { ChosenRules } from './rule-files.ts';
import { SavedRules } from './SavedRules.tsx';

interface RulesProps {
  readonly settings: readonly RuleSetting[];
  readonly onSettings: (settings: readonly RuleSetting[]) => void;
  readonly results: readonly RuleResult[];
  readonly onFilter: (rules: readonly RuleSetting[], atLeast: number) => void;
}

/** Observations that anyone can check, with their thresholds and how many accounts each matches. */
export function Rules({ settings, onSettings, results, onFilter }: RulesProps) {
  const id = useId();
  const [chosen, setChosen] = useState<readonly RuleName[]>([]);
  const [atLeast, setAtLeast] = useState(1);
  const rules = settings.filter(({ rule }) => chosen.includes(rule));
  const needed = Math.min(Math.max(1, atLeast), Math.max(1, rules.length));
  const load = (saved: ChosenRules): void => {
    onSettings(settings.map((one) => saved.rules.find(({ rule }) => rule === one.rule) ?? one));
    setChosen(saved.rules.map(({ rule }) => rule));
    setAtLeast(saved.atLeast);
  };
  return (
    <section className="facet rules" aria-labelledby={id}>
      <header className="facet-head">
        <h2 id={id}>{i18n.t('audience.rules')}</h2>
        <SavedRules
          chosen={rules.length === 0 ? null : { kind: 'rules', rules, atLeast: needed }}
          onChoose={load}
        />
      </header>
      <p className="meta">{i18n.t('audience.rules_about')}</p>
      <ul className="rule-list">
        {settings.map((setting) => (
          <RuleLine
            key={setting.rule}
            setting={setting}
            result={results.find((one) => one.setting.rule === setting.rule) ?? null}
            isChosen={chosen.includes(setting.rule)}
            onChosen={(isChosen) => {
              setChosen(
                isChosen ? [...chosen, setting.rule] : chosen.filter((rule) => rule !== setting.rule),
              );
            }}
            onThreshold={(n) => {
              onSettings(settings.map((one) => (one.rule === setting.rule ? { ...one, n } : one)));
            }}
          />
        ))}
      </ul>
      <div className="buttons">
        <label className="at-least">
          {i18n.t('audience.at_least')}
          <input
            className="input"
            type="number"
            min={1}
            max={Math.max(1, rules.length)}
            value={needed}
            onChange={({ target }) => {
              setAtLeast(Number(target.value));
            }}
          />
          {i18n.t('audience.of_chosen', rules.length, { n: count(rules.length) })}
        </label>
        <Button
          aria-disabled={rules.length === 0}
          onClick={() => {
            if (rules.length > 0) onFilter(rules, needed);
          }}
        >
          {i18n.t('audience.filter_rules')}
        </Button>
      </div>
    </section>
  );
}

interface RuleLineProps {
  readonly setting: RuleSetting;
  readonly result: RuleResult | null;
  readonly isChosen: boolean;
  readonly onChosen: (isChosen: boolean) => void;
  readonly onThreshold: (n: number) => void;
}

function RuleLine({ setting, result, isChosen, onChosen, onThreshold }: RuleLineProps) {
  const threshold = thresholdOf(setting.rule);
  const text = ruleText(setting);
  return (
    <li className="rule">
      <label className="rule-name">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={({ target }) => {
            onChosen(target.checked);
          }}
        />
        {text}
      </label>
      {threshold !== null && (
        <input
          className="input rule-threshold"
          type="number"
          min={threshold.min}
          max={threshold.max}
          aria-label={i18n.t('audience.threshold', { rule: text })}
          value={setting.n}
          onChange={({ target }) => {
            const n = Number(target.value);
            if (target.value !== '' && n >= threshold.min && n <= threshold.max) onThreshold(n);
          }}
        />
      )}
      <span className="rule-share">
        {result === null
          ? ''
          : result.known === 0
            ? i18n.t('audience.undecided')
            : i18n.t('audience.matched', {
                n: count(result.matched),
                of: count(result.known),
                share: percent(result.matched / result.known),
              })}
      </span>
    </li>
  );
}
