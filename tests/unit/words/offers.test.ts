import { beforeEach, describe, expect, it } from 'vitest';
import { offerDetail, offerLabel, type OfferFacts } from '../../../lib/words/offers.ts';
import { speakEnglish } from './english.ts';

const FACTS: OfferFacts = {
  relation: 'followers',
  count: 5_000,
  providerName: 'SociaVault',
  price: { unit: 'credits', perRequest: 1, perRow: 0, resolve: 1, perFill: 0 },
  most: 70,
  thousand: 15,
  amount: 72,
  seconds: 90,
  likely: null,
  creditPrice: null,
  needsApproval: false,
  isInTrash: false,
};
const UNKNOWN = { ...FACTS, count: null, amount: null, seconds: null };
const TWO_DOLLARS = { currency: 'USD', perThousand: 2_000_000 };

beforeEach(speakEnglish);

describe('the page button', () => {
  it('states the price of the whole list, in money too where that is known', () => {
    expect(offerLabel(FACTS)).toBe('Get 5,000 followers · ~72 credits');
    expect(offerLabel({ ...FACTS, creditPrice: TWO_DOLLARS })).toBe(
      'Get 5,000 followers · ~72 credits · about $0.14',
    );
    expect(offerLabel({ ...FACTS, relation: 'following', count: 81, amount: 3 })).toBe(
      'Get 81 following · ~3 credits',
    );
  });

  it('states the rate where no count is known', () => {
    expect(offerLabel(UNKNOWN)).toBe('Get followers · 1 credit per 70');
    const perRow = { unit: 'usd', perRequest: 0, perRow: 10_000, resolve: 10_000, perFill: 0 } as const;
    expect(offerLabel({ ...UNKNOWN, price: perRow })).toBe('Get followers · $0.01 per account');
    const filled = { unit: 'requests', perRequest: 1, perRow: 0, resolve: 1, perFill: 1 } as const;
    expect(offerLabel({ ...UNKNOWN, price: filled, most: 5_000, thousand: 11 })).toBe(
      'Get followers · 11 requests per 1,000',
    );
  });

  it('states what TikTok likely costs, and the maximum beside it', () => {
    const likely = { ...FACTS, count: 9_400_000, amount: 470_000, likely: { from: 250, to: 500 } };
    expect(offerLabel(likely)).toBe('Get 9,400,000 followers · likely 250 to 500 credits');
    expect(offerDetail({ ...likely, needsApproval: true })).toBe(
      'via SociaVault · at most 470,000 credits · needs your approval',
    );
  });

  it('says whether a click starts immediately', () => {
    expect(offerDetail(FACTS)).toBe('via SociaVault · about 2 min · starts immediately');
  });

  it('says if such a list is in the trash', () => {
    expect(offerDetail({ ...FACTS, isInTrash: true })).toBe(
      'via SociaVault · about 2 min · starts immediately · such a list is in the trash',
    );
  });
});
