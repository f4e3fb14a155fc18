import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readStorageFigures } from '../../../components/hooks/storage-figures.ts';
import { deletedText } from '../../../components/options/deleted-text.ts';
import { speakEnglish } from '../words/english.ts';

beforeEach(speakEnglish);
afterEach(() => {
  vi.unstubAllGlobals();
});

function browserSays(estimate: object): void {
  vi.stubGlobal('navigator', { storage: { estimate: () => Promise.resolve(estimate) } });
}

describe('what is stored', () => {
  it("doesn't include the browser's copy of the extension's code", async () => {
    browserSays({ usage: 320_963, usageDetails: { indexedDB: 10_932, serviceWorkerRegistrations: 310_031 } });
    expect(await readStorageFigures()).toEqual({ data: 10_932, code: 310_031 });
  });

  it('is the whole figure where the browser has only one', async () => {
    browserSays({ usage: 50_000, quota: 1 });
    expect(await readStorageFigures()).toEqual({ data: 50_000, code: null });
  });

  it('is unknown where the browser says nothing', async () => {
    browserSays({});
    expect(await readStorageFigures()).toBeNull();
  });
});

describe('after everything was deleted', () => {
  it.each([
    [null, 'Everything was deleted.'],
    [
      { data: 614_480, code: null },
      'Everything was deleted. The browser still reports 614 kB, the size of an empty database.',
    ],
    [
      { data: 9_000_000, code: null },
      "Everything was deleted. The browser's files still take up 9 MB; it frees them when it restarts.",
    ],
    [
      { data: 13_000, code: 310_031 },
      "Everything was deleted. The browser's own copy of the extension's code remains (310 kB).",
    ],
    [
      { data: 2_431_018, code: 310_031 },
      "Everything was deleted. The browser's files still take up 2.4 MB; it frees them when it restarts. The browser's own copy of the extension's code remains (310 kB).",
    ],
  ])('%j', (figures, message) => {
    expect(deletedText(figures)).toBe(message);
  });
});
