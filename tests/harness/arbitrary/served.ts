/** Chooses the response to each request of a provider's adapter. */
import { detailsOf, lookUpOf, pageOf, type ArbitraryList } from './answers.ts';
import { Random } from './random.ts';

const LIST = /\/followers(?:\/ids\.json)?$/;

/** Serves one list: the pages in order, a lookup, and the details of accounts. */
export function createServed(list: ArbitraryList, seed: number) {
  const random = new Random(seed);
  let page = 0;

  return (url: URL): string => {
    if (url.pathname.endsWith('/users/lookup.json')) {
      return detailsOf((url.searchParams.get('user_id') ?? '').split(','), random);
    }
    if (!LIST.test(url.pathname)) return lookUpOf(list, random);
    page += 1;
    return pageOf(list, page - 1, random);
  };
}
