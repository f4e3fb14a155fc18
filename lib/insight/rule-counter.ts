/** Counts how many accounts a rule matches. Pure. */
import { UNKNOWN, YES } from '../lists/columns.ts';
import type { RuleSetting } from '../lists/conditions.ts';
import type { LoadedSegment } from '../lists/loaded.ts';
import type { RuleResult } from './answers.ts';
import { ruleOn, type RuleContext } from './rules.ts';

export class RuleCounter {
  readonly #setting: RuleSetting;
  #known = 0;
  #matched = 0;

  constructor(setting: RuleSetting) {
    this.#setting = setting;
  }

  add(segment: LoadedSegment, rows: Uint16Array, context: RuleContext): void {
    const { rule, n } = this.#setting;
    const decide = ruleOn(segment, rule, n, context);
    for (const at of rows) {
      const decision = decide(at);
      if (decision === UNKNOWN) continue;
      this.#known += 1;
      if (decision === YES) this.#matched += 1;
    }
  }

  result(): RuleResult {
    return { setting: this.#setting, known: this.#known, matched: this.#matched };
  }
}
