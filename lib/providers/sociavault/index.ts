/** SociaVault, `https://api.sociavault.com`: X and TikTok, one credit per request. */
import { providerIdSchema } from '../../model/ids.ts';
import { RELATIONS } from '../../model/platform.ts';
import { z } from '../../zod.ts';
import { defineAdapter } from '../adapter.ts';
import { failure } from '../failure.ts';
import { count } from '../fields.ts';
import { cursorTimes } from '../cursor-times.ts';
import { advances } from './cursor.ts';
import { CREDITS, open } from './envelope.ts';
import { fetchTikTokPage } from './tiktok.ts';
import { resolveOnTikTok } from './tiktok-profile.ts';
import { fetchXPage, resolveOnX } from './x.ts';

const creditsSchema = z.object({ credits: count });

export const sociavault = defineAdapter({
  id: providerIdSchema.parse('sociavault'),
  name: 'SociaVault',
  origin: 'https://api.sociavault.com',
  key: {
    header: (key) => ['X-API-Key', key],
    clean: (pasted) => pasted.trim(),
    prefix: 'sk_live_',
    placeholder: 'sk_live_…',
    url: 'https://sociavault.com/dashboard',
  },
  price: { unit: 'credits', perRequest: CREDITS, perRow: 0, resolve: CREDITS, perFill: 0 },
  note: null,
  documentation: { month: '2026-03', confirmed: false },
  lacks: [],
  topUpUrl: 'https://sociavault.com/dashboard',
  fillSize: 0,
  platforms: {
    x: {
      relations: RELATIONS,
      pages: { most: 70, adjustable: false, seconds: 1.25, withoutNewUntilStalled: 3 },
      resolve: resolveOnX,
      fetchPage: fetchXPage,
    },
    tiktok: {
      relations: RELATIONS,
      pages: { most: 20, adjustable: false, seconds: 1.25, withoutNewUntilStalled: 2 },
      resolve: resolveOnTikTok,
      fetchPage: fetchTikTokPage,
    },
  },
  listsBy: 'id',
  fillIn: () => Promise.reject(new Error('SociaVault pages contain complete accounts.')),

  /** `/v1/credits` is free and returns no envelope. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/v1/credits' });
    if (!sent.ok) return sent;
    if (sent.response.status !== 200) {
      const opened = open(sent.response, connection, null);
      if (!opened.ok) return opened;
    }
    const parsed = creditsSchema.safeParse(sent.response.json);
    return parsed.success
      ? { ok: true, value: { balance: parsed.data.credits } }
      : failure(
          { kind: 'unreadable', status: sent.response.status, why: 'the response has no balance' },
          { charged: 0 },
        );
  },

  advances,

  followTime: cursorTimes.sociavault,
});
