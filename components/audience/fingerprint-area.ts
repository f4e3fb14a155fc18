/** Areas of the fingerprint: between filters, boxes on screen, and their words. Pure. */
import { i18n } from '#i18n';
import type { Fingerprint, FingerprintAxis } from '../../lib/insight/answers.ts';
import type { AreaCondition } from '../../lib/insight/selection.ts';
import type { Between } from '../../lib/lists/conditions.ts';
import { count } from '../../lib/words/numbers.ts';
import { createdDay } from '../../lib/words/times.ts';

/** A part of a fingerprint, in the units of its axes. */
export interface Area {
  readonly across: Between;
  readonly created: Between;
}

/** A rectangle in shares of the plot's width and height, from the top left. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function areaOfCondition(condition: AreaCondition): Area & { readonly axis: FingerprintAxis } {
  return condition.kind === 'area'
    ? { axis: 'order', across: condition.positions, created: condition.created }
    : { axis: 'time', across: condition.followed, created: condition.created };
}

export function conditionOfArea(axis: FingerprintAxis, { across, created }: Area): AreaCondition {
  return axis === 'order'
    ? { kind: 'area', positions: across, created }
    : { kind: 'followArea', followed: across, created };
}

function at(span: Between, share: number): number {
  return span.from + Math.min(1, Math.max(0, share)) * (span.to - span.from);
}

/** The area of a box, rounded outward where it isn't a place in the list. */
export function areaOfBox(
  { axis, across, created }: Pick<Fingerprint, 'axis' | 'across' | 'created'>,
  { x0, y0, x1, y1 }: Box,
): Area {
  const [left, right] = [at(across, Math.min(x0, x1)), at(across, Math.max(x0, x1))];
  return {
    across:
      axis === 'order'
        ? { from: Math.round(left), to: Math.round(right) }
        : { from: Math.floor(left), to: Math.ceil(right) },
    created: {
      from: Math.floor(at(created, 1 - Math.max(y0, y1))),
      to: Math.ceil(at(created, 1 - Math.min(y0, y1))),
    },
  };
}

export function boxOfArea({ across, created }: Pick<Fingerprint, 'across' | 'created'>, area: Area): Box {
  const share = (span: Between, value: number): number =>
    (value - span.from) / Math.max(1, span.to - span.from);
  return {
    x0: share(across, area.across.from),
    x1: share(across, area.across.to),
    y0: 1 - share(created, area.created.to),
    y1: 1 - share(created, area.created.from),
  };
}

/** A value of the axis from left to right, as text. Places count from 1. */
export function acrossText(axis: FingerprintAxis, value: number): string {
  return axis === 'order' ? count(value + 1) : createdDay(value);
}

/** The labels of the two ends of the axis from left to right. */
export function endTexts({ axis, across }: Pick<Fingerprint, 'axis' | 'across'>): readonly [string, string] {
  const [from, to] = [acrossText(axis, across.from), acrossText(axis, across.to)];
  return axis === 'order'
    ? [i18n.t('audience.newest', { n: from }), i18n.t('audience.oldest', { n: to })]
    : [i18n.t('audience.oldest', { n: from }), i18n.t('audience.newest', { n: to })];
}

/** What the axis from bottom to top shows, at one of its ends. */
export function createdText(time: number): string {
  return `${i18n.t('audience.facet.created')}: ${createdDay(time)}`;
}

/** For how many accounts a fingerprint shows both times, in words. */
export function knownText({ axis, known, total }: Pick<Fingerprint, 'axis' | 'known' | 'total'>): string {
  const created = i18n.t('audience.facet.created');
  const field = axis === 'order' ? created : `${created}, ${i18n.t('audience.axis.time')}`;
  return i18n.t('audience.known', { field, n: count(known), of: count(total) });
}
