/* global window, document, location */
// A look-alike of TikTok: its anchors and its navigation. Titles hold what they hold in 2026: handle first, name second.
'use strict';

(() => {
  const { data, h, icon, short, profile, link, start } = window.site;
  const ICONS = { dots: 'M5 12h.01M12 12h.01M19 12h.01', play: 'M8 5v14l11-7z' };

  function rail() {
    return h(
      'nav',
      { class: 'rail' },
      link('/foryou', { class: 'mark' }, 'TikTok'),
      link('/foryou', {}, 'For You'),
      link('/explore', {}, 'Explore'),
      data.others.map(({ handle, name }) => link(`/@${handle}`, {}, name)),
      h('p', { class: 'note' }, 'An emulated page for tests and pictures. Nothing here is real.'),
    );
  }

  function video(of, index) {
    const hue = (of.handle.length * 41 + index * 57) % 360;
    const look = `background:linear-gradient(160deg,hsl(${hue} 50% 62%),hsl(${(hue + 60) % 360} 46% 28%))`;
    return link(
      `/@${of.handle}/video/${index + 1}`,
      { class: 'video', style: look, 'data-e2e': 'user-post-item' },
      icon(ICONS.play),
      ` ${short(1_200 * (index + 2))}`,
    );
  }

  function count(mark, number, label) {
    return h(
      'div',
      {},
      h('strong', { 'data-e2e': mark, title: label }, short(number)),
      ' ',
      h('span', {}, label),
    );
  }

  async function drawProfile(main, handle, step) {
    main.replaceChildren(
      h(
        'div',
        { class: 'head', 'aria-busy': 'true' },
        h('div', { class: 'avatar' }),
        h('div', { class: 'bone', style: 'width:260px;height:30px' }),
      ),
    );
    const of = await profile(handle);
    await step(60);
    if (of === null) {
      document.title = 'TikTok';
      main.replaceChildren(
        h(
          'div',
          { class: 'empty' },
          h('h2', {}, 'Couldn’t find this account'),
          h('p', {}, 'Looking for videos? Try browsing our trending creators.'),
        ),
      );
      return;
    }
    document.title = `${of.name} (@${of.handle}) | TikTok`;
    const row = h('div', { class: 'actions' });
    main.replaceChildren(
      h(
        'div',
        { 'data-e2e': 'user-page' },
        h(
          'div',
          { class: 'head' },
          h('div', { class: 'avatar', 'data-e2e': 'user-avatar' }, h('img', { src: of.avatar, alt: '' })),
          h(
            'div',
            {},
            h(
              'div',
              { class: 'titles' },
              h('h1', { 'data-e2e': 'user-title' }, of.handle),
              h('h2', { 'data-e2e': 'user-subtitle' }, of.name),
            ),
            row,
            h(
              'div',
              { class: 'counts' },
              count('following-count', of.following, 'Following'),
              count('followers-count', of.followers, 'Followers'),
              count('likes-count', of.likes, 'Likes'),
            ),
            h('div', { class: 'bio', 'data-e2e': 'user-bio' }, of.bio),
          ),
        ),
        of.locked
          ? h(
              'div',
              { class: 'empty' },
              h('h2', {}, 'This account is private'),
              h('p', {}, 'Follow this account to see their contents and likes'),
            )
          : h(
              'div',
              { class: 'videos', 'data-e2e': 'user-post-item-list' },
              [0, 1, 2, 3, 4, 5, 6, 7].map((index) => video(of, index)),
            ),
      ),
    );
    await step(80);
    row.append(
      h('div', {}, h('button', { class: 'follow', type: 'button', 'data-e2e': 'follow-button' }, 'Follow')),
      h('button', { class: 'message', type: 'button', 'data-e2e': 'message-button' }, 'Message'),
      h(
        'button',
        { class: 'more', type: 'button', 'data-e2e': 'user-more', 'aria-label': 'More' },
        icon(ICONS.dots),
      ),
    );
  }

  async function drawVideo(main, handle, step) {
    const of = await profile(handle);
    await step(60);
    document.title = 'Video | TikTok';
    if (of === null) return;
    main.replaceChildren(
      h(
        'div',
        { class: 'player', 'data-e2e': 'browse-video' },
        video(of, 0),
        h(
          'div',
          {},
          link(`/@${of.handle}`, { 'data-e2e': 'browse-username' }, h('b', {}, of.handle)),
          h('p', {}, of.bio),
        ),
      ),
    );
  }

  async function drawFeed(main, step) {
    await step(60);
    document.title = 'TikTok';
    const people = [];
    for (const { handle } of data.others) people.push(await profile(handle));
    await step(40);
    main.replaceChildren(
      h(
        'div',
        { class: 'videos', 'data-e2e': 'recommend-list-item-container' },
        people.map((of, index) => video(of, index)),
      ),
    );
  }

  start(async (step) => {
    const main = h('main', {});
    document.getElementById('app').replaceChildren(rail(), main);
    const found = /^(?:\/[a-z]{2}(?:-[A-Za-z]{2,4})?)?\/@([^/]+)(\/.+)?/.exec(decodeURI(location.pathname));
    if (found === null) await drawFeed(main, step);
    else if (found[2] === undefined) await drawProfile(main, found[1], step);
    else await drawVideo(main, found[1], step);
  });
})();
