import { expect, test } from 'vitest';
import { profileUrl } from '../../../lib/platforms/index.ts';
import { pictureAt } from '../../../lib/platforms/pictures.ts';

test.each([
  'https://pbs.twimg.com/profile_images/1/a_normal.jpg',
  'https://abs.twimg.com/sticky/default.png',
  'https://p16-common-sign.tiktokcdn.com/avatar/a~720x720.webp?x-expires=1',
  'https://p19-sign.tiktokcdn-us.com/a.jpeg',
  'https://p77.eu.tiktokcdn-eu.com/a.jpeg',
])('%s is a platform’s picture', (address) => {
  expect(pictureAt(address)).toBe(address);
});

test.each([
  null,
  '',
  'pbs.twimg.com/a.jpg',
  '//pbs.twimg.com/a.jpg',
  'http://pbs.twimg.com/a.jpg',
  'https://pbs.twimg.com:8443/a.jpg',
  'https://pbs.twimg.com@tracker.example/a.jpg',
  'https://me@pbs.twimg.com/a.jpg',
  'https://pbs.twimg.com.tracker.example/a.jpg',
  'https://tracker.example/pbs.twimg.com/a.jpg',
  'https://tracker.example\\@pbs.twimg.com/a.jpg',
  'https://eviltiktokcdn.com/a.jpg',
  'https://tiktokcdn.com/a.jpg',
  'https://twimg.com/a.jpg',
  'data:image/png;base64,AAAA',
  'javascript:alert(1)',
])('%j is not a platform’s picture', (address) => {
  expect(pictureAt(address)).toBeNull();
});

test('the profile address of any handle is on its platform', () => {
  expect(profileUrl('x', 'jack')).toBe('https://x.com/jack');
  expect(profileUrl('tiktok', 'khaby.lame')).toBe('https://www.tiktok.com/@khaby.lame');
  for (const handle of [
    'i/flow?to=//tracker.example',
    '../intent/post',
    '\\\\tracker.example',
    '#',
    'a b',
    '\ud800',
  ]) {
    for (const platform of ['x', 'tiktok'] as const) {
      const url = new URL(profileUrl(platform, handle));
      expect(url.host).toBe(platform === 'x' ? 'x.com' : 'www.tiktok.com');
      expect(url.pathname.split('/')).toHaveLength(2);
      expect(url.search + url.hash).toBe('');
    }
  }
});
