import { useRef } from 'react';
import { i18n } from '#i18n';
import { saveText } from '../../lib/export/files/save.ts';
import { count } from '../../lib/words/numbers.ts';
import { changePreferences, usePreferences } from '../hooks/usePreferences.ts';
import { SavedMenu } from '../lists/saved/SavedMenu.tsx';
import { Button } from '../shared/Button.tsx';
import { showFailure, showMessage } from '../shared/page-message.ts';
import { readRules, rulesOf, savedRules, withRules, writeRules, type ChosenRules } from './rule-files.ts';

interface SavedRulesProps {
  /** What is chosen now; `null` if nothing is. */
  readonly chosen: ChosenRules | null;
  readonly onChoose: (rules: ChosenRules) => void;
}

/** Adds the rules of a file. @throws what the browser throws if the file can't be read */
async function importRules(file: File): Promise<void> {
  const added = readRules(await file.text());
  if (added === null) {
    showMessage(i18n.t('saved.not_rules'), 'error');
    return;
  }
  let isNew = 0;
  await changePreferences(({ rules }) => {
    const next = withRules(rules, added, () => crypto.randomUUID());
    isNew = Object.keys(next).length - Object.keys(rules).length;
    return { rules: next };
  });
  showMessage(i18n.t('saved.imported', isNew, { n: count(isNew) }));
}

/** A menu of rules that were saved under names, with their thresholds, and their files. */
export function SavedRules({ chosen, onChoose }: SavedRulesProps) {
  const saved = usePreferences()?.rules ?? {};
  const input = useRef<HTMLInputElement>(null);
  return (
    <SavedMenu
      title={i18n.t('saved.rules')}
      saved={saved}
      isActive={({ query }) => chosen !== null && savedRules('', chosen).query === query}
      onChoose={(item) => {
        const rules = rulesOf(item);
        if (rules !== null) onChoose(rules);
      }}
      onChange={(change) => {
        changePreferences(({ rules }) => ({ rules: change(rules) })).catch(showFailure);
      }}
      make={chosen === null ? null : (name) => savedRules(name, chosen)}
      nothing={i18n.t('saved.no_rules')}
      more={
        <div className="buttons">
          {Object.keys(saved).length > 0 && (
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                saveText(writeRules(saved), 'followledger_rules.json', 'application/json');
              }}
            >
              {i18n.t('saved.export')}
            </Button>
          )}
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              input.current?.click();
            }}
          >
            {i18n.t('saved.import')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".json,application/json"
            onChange={({ target }) => {
              const file = target.files?.[0];
              // The same file can be chosen again.
              target.value = '';
              if (file === undefined) return;
              importRules(file).catch(showFailure);
            }}
          />
        </div>
      }
    />
  );
}
