/** Names and labels of facets, rules, and the conditions that they make. */
import { i18n } from '#i18n';
import type { Bar } from '../../lib/insight/answers.ts';
import { facetOf, type FacetName } from '../../lib/insight/facets.ts';
import type { HandleShape } from '../../lib/insight/handle-shape.ts';
import type { RuleName } from '../../lib/insight/rule-names.ts';
import type { ValueField } from '../../lib/lists/columns.ts';
import { comparedText } from './changes-text.ts';
import type { Condition, RuleSetting } from '../../lib/lists/conditions.ts';
import { yesOrNo } from '../../lib/words/account.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';

export function facetTitle(name: FacetName): string {
  return i18n.t(`audience.facet.${name}`);
}

function shapeText(shape: HandleShape): string {
  return i18n.t(`audience.shape.${shape}`);
}

const FACETS_OF_FIELDS = {
  location: 'location',
  language: 'language',
  region: 'region',
  verifiedType: 'verifiedKind',
  script: 'script',
} as const satisfies Readonly<Record<ValueField, FacetName>>;

/** The name of a code in the browser's language, after the code itself. */
function named(type: 'language' | 'region', code: string): string {
  try {
    const name = new Intl.DisplayNames(undefined, { type, fallback: 'none' }).of(code);
    return name === undefined ? code : `${name} (${code})`;
  } catch (error) {
    // Not every stated text is a code.
    if (error instanceof RangeError) return code;
    throw error;
  }
}

function isShape(key: string): key is HandleShape {
  return ['digits', 'manyDigits', 'fewDigits', 'digitsInside', 'separators', 'letters'].includes(key);
}

/** A value of a field as text. */
function valueText(field: ValueField, value: string): string {
  switch (field) {
    case 'language':
      return named('language', value);
    case 'region':
      return named('region', value.toUpperCase());
    case 'script':
      return scriptText(value);
    case 'location':
    case 'verifiedType':
      return value;
  }
}

const SCRIPT_CODES: Readonly<Record<string, string>> = {
  latin: 'Latn',
  cyrillic: 'Cyrl',
  greek: 'Grek',
  arabic: 'Arab',
  hebrew: 'Hebr',
  devanagari: 'Deva',
  bengali: 'Beng',
  tamil: 'Taml',
  thai: 'Thai',
  hangul: 'Hang',
  kana: 'Jpan',
  han: 'Hani',
};

const scriptNames = new Intl.DisplayNames(undefined, { type: 'script', fallback: 'code' });

function scriptText(script: string): string {
  const code = SCRIPT_CODES[script];
  return code === undefined ? script : (scriptNames.of(code) ?? script);
}

/** The label of a bar. */
export function barLabel(name: FacetName, { key, spelled, from, to }: Bar): string {
  const facet = facetOf(name);
  switch (facet.kind) {
    case 'counts':
      if (to === null) return i18n.t('audience.and_more', { n: count(from ?? 0) });
      return from === to ? count(to) : `${count(from ?? 0)}–${count(to)}`;
    case 'months':
    case 'arrivals':
      return timeLabel(from ?? 0, to ?? 0);
    case 'flag':
    case 'picture':
      return yesOrNo(key === 'yes');
    case 'values':
      return valueText(facet.field, spelled);
    case 'terms':
      return key;
    case 'shapes':
      return isShape(key) ? shapeText(key) : key;
  }
}

const DAY = 86_400_000;
const utc = { timeZone: 'UTC' } as const;
const monthYear = new Intl.DateTimeFormat(undefined, { ...utc, month: 'short', year: 'numeric' });
const year = new Intl.DateTimeFormat(undefined, { ...utc, year: 'numeric' });

/** A day, week, month, or year, in UTC. */
function timeLabel(from: number, to: number): string {
  const days = (to + 1 - from) / DAY;
  if (days <= 1) return createdDay(from);
  if (days <= 7) return `${createdDay(from)} – ${createdDay(to)}`;
  if (days <= 31) return monthYear.format(from);
  return days > 360 ? year.format(from) : `${monthYear.format(from)} – ${monthYear.format(to)}`;
}

/** Each rule as a statement about an account. A rule without words does not compile. */
const RULE_TEXTS: Readonly<Record<RuleName, (n: string) => string>> = {
  neverPosted: () => i18n.t('audience.rule.neverPosted'),
  pictureAndBio: () => i18n.t('audience.rule.pictureAndBio'),
  emptyProfile: () => i18n.t('audience.rule.emptyProfile'),
  followsTimes: (n) => i18n.t('audience.rule.followsTimes', { n }),
  fewFollowers: (n) => i18n.t('audience.rule.fewFollowers', { n }),
  trailingDigits: (n) => i18n.t('audience.rule.trailingDigits', { n }),
  sameBio: (n) => i18n.t('audience.rule.sameBio', { n }),
  createdBeforeFollowing: (n) => i18n.t('audience.rule.createdBeforeFollowing', { n }),
  createdBeforeCollecting: (n) => i18n.t('audience.rule.createdBeforeCollecting', { n }),
  postsPerDay: (n) => i18n.t('audience.rule.postsPerDay', { n }),
};

/** A rule with its threshold. */
export function ruleText({ rule, n }: RuleSetting): string {
  return RULE_TEXTS[rule](count(n));
}

function list(texts: readonly string[]): string {
  return texts.join(', ');
}

function ends(from: number | null, to: number | null): string {
  return `${from === null ? '' : count(from)}–${to === null ? '' : count(to)}`;
}

/** A condition as text, for its chip and for receipts. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'posts':
      return `${facetTitle('posts')}: ${ends(condition.from, condition.to)}`;
    case 'values': {
      const { field, values } = condition;
      return `${facetTitle(FACETS_OF_FIELDS[field])}: ${list(values.map((value) => valueText(field, value)))}`;
    }
    case 'terms':
      return i18n.t('audience.chip.terms', { terms: list(condition.terms) });
    case 'handle':
      return `${facetTitle('handle')}: ${list(condition.shapes.map(shapeText))}`;
    case 'picture':
      return `${facetTitle('picture')}: ${yesOrNo(condition.isDefault)}`;
    case 'area': {
      const { positions, created } = condition;
      return i18n.t('audience.chip.area', {
        from: count(positions.from + 1),
        to: count(positions.to + 1),
        since: createdDay(created.from),
        until: createdDay(created.to),
      });
    }
    case 'followArea': {
      const { followed, created } = condition;
      return i18n.t('audience.chip.follow_area', {
        from: createdDay(followed.from),
        to: createdDay(followed.to),
        since: createdDay(created.from),
        until: createdDay(created.to),
      });
    }
    case 'compared':
      return comparedText(condition);
    case 'rules': {
      const rules = list(condition.rules.map(ruleText));
      if (condition.rules.length === 1) return rules;
      if (condition.atLeast === condition.rules.length) return i18n.t('audience.chip.all', { rules });
      if (condition.atLeast === 1) return i18n.t('audience.chip.any', { rules });
      return i18n.t('audience.chip.several', { n: count(condition.atLeast), rules });
    }
  }
}
