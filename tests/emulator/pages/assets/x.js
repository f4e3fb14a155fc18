/* global window, document, location, fetch */
// A look-alike of X: its anchors, its navigation, its habit of throwing the column away and building it anew.
'use strict';

(() => {
  const { data, h, icon, short, profile, link, start } = window.site;
  const NOT_PROFILES = new Set(
    (
      'home explore notifications messages i settings search bookmarks followers following logged_out ' +
      'premium_sign_up connect_people new_route_of_x'
    ).split(' '),
  );
  const TABS = ['', 'with_replies', 'highlights', 'media'];
  const LISTS = new Set(['followers', 'following', 'verified_followers']);
  const ICONS = {
    home: 'M4 11l8-7 8 7v9h-5v-6h-6v6H4z',
    explore: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm5 12l5 5',
    bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zm4 4h4',
    mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
    person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-5 4-7 8-7s8 2 8 7',
    logo: 'M4 4l16 16M20 4L4 20',
    dots: 'M5 12h.01M12 12h.01M19 12h.01',
    place: 'M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
    chain: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
    day: 'M5 6h14v14H5zM5 10h14M9 4v4M15 4v4',
    lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z',
    back: 'M20 12H5M11 6l-6 6 6 6',
  };
  const POSTS = [
    [
      '2h',
      'New chart: how fast a rumour outruns its correction, in eleven cities. The gap is smaller than we feared.',
    ],
    ['Mar 3', 'If your list of accounts has no date on it, it is not data yet. It is a memory.'],
    ['Feb 19', 'Slides from this morning are up. Thank you for the questions, especially the unkind ones.'],
  ];

  function bar() {
    const me = data.viewer || 'ada_research';
    const items = [
      ['/home', 'home', 'Home'],
      ['/explore', 'explore', 'Explore'],
      ['/notifications', 'bell', 'Notifications'],
      ['/messages', 'mail', 'Messages'],
      [`/${me}`, 'person', 'Profile'],
    ];
    return h(
      'header',
      { class: 'bar', role: 'banner' },
      link('/home', { 'aria-label': 'X' }, icon(ICONS.logo)),
      h(
        'nav',
        { 'aria-label': 'Primary' },
        items.map(([path, name, label]) =>
          link(path, { 'aria-label': label }, icon(ICONS[name]), h('span', {}, label)),
        ),
      ),
      link('/compose/post', { class: 'post' }, h('span', {}, 'Post')),
    );
  }

  function side() {
    const people = data.others.map(({ handle, name }) =>
      link(
        `/${handle}`,
        { class: 'who' },
        h('img', { src: `https://pbs.twimg.com/profile_images/${handle}/owner_400x400.jpg`, alt: '' }),
        h('div', {}, h('b', {}, name), h('div', { class: 'muted' }, `@${handle}`)),
      ),
    );
    return h(
      'aside',
      { 'data-testid': 'sidebarColumn' },
      h('div', { class: 'box' }, h('h2', {}, 'You might like'), people),
      h('div', { class: 'box muted' }, 'An emulated page for tests and pictures. Nothing here is real.'),
    );
  }

  function bones() {
    return h(
      'div',
      { 'aria-busy': 'true' },
      h('div', { class: 'top' }, h('div', { class: 'bone', style: 'width:160px;height:22px' })),
      h('div', { class: 'bone', style: 'height:200px;border-radius:0' }),
      h(
        'div',
        { class: 'card' },
        h('div', { class: 'bone', style: 'height:20px;width:220px;margin:80px 0 10px' }),
      ),
    );
  }

  function title(name, under) {
    return h(
      'div',
      { class: 'top' },
      link('/home', { 'aria-label': 'Back' }, icon(ICONS.back)),
      h('div', {}, h('h2', {}, name), under ? h('p', {}, under) : null),
    );
  }

  function posts(of) {
    return POSTS.map(([when, text], index) =>
      h(
        'article',
        { 'data-testid': 'tweet' },
        h('div', { class: 'small' }, h('img', { src: of.avatar, alt: '' })),
        h(
          'div',
          {},
          h(
            'div',
            {},
            link(`/${of.handle}`, {}, h('b', {}, of.name)),
            ' ',
            h(
              'span',
              { class: 'muted' },
              `@${of.handle} · `,
              link(`/${of.handle}/status/${index + 1}`, {}, when),
            ),
          ),
          h('div', {}, text),
          h(
            'div',
            { class: 'foot' },
            h('span', {}, `${index + 3} replies`),
            h('span', {}, '18 reposts'),
            h('span', {}, '240 likes'),
          ),
        ),
      ),
    );
  }

  function actions(of) {
    if (data.viewer && data.viewer.toLowerCase() === of.handle.toLowerCase()) {
      return [
        h(
          'button',
          { class: 'pill line', type: 'button', 'data-testid': 'editProfileButton' },
          'Edit profile',
        ),
      ];
    }
    const follow = h(
      'button',
      {
        class: 'pill',
        type: 'button',
        'aria-label': `Follow @${of.handle}`,
        'data-testid': `${of.id}-follow`,
      },
      'Follow',
    );
    return [
      h(
        'button',
        { class: 'round', type: 'button', 'aria-label': 'More', 'data-testid': 'userActions' },
        icon(ICONS.dots),
      ),
      h('div', { 'data-testid': 'placementTracking' }, h('div', {}, follow)),
    ];
  }

  function fact(name, content) {
    return content === '' ? null : h('span', {}, icon(ICONS[name]), content);
  }

  async function drawProfile(column, handle, tab, step) {
    column.replaceChildren(bones());
    const of = await profile(handle);
    await step(60);
    if (of === null) {
      document.title = 'Profile / X';
      column.replaceChildren(
        title('Profile'),
        h(
          'div',
          { class: 'empty', 'data-testid': 'emptyState' },
          h('h1', {}, 'This account doesn’t exist'),
          h('p', { class: 'muted' }, 'Try searching for another.'),
        ),
      );
      return;
    }
    document.title = `${of.name} (@${of.handle}) / X`;
    const row = h(
      'div',
      { class: 'actions' },
      h('div', { class: 'avatar' }, h('img', { src: of.avatar, alt: 'Opens profile photo' })),
    );
    const lock = of.locked ? icon(ICONS.lock, 'Protected account') : null;
    const names = h(
      'div',
      { 'data-testid': 'UserName' },
      h('div', { class: 'name' }, h('span', {}, of.name), lock),
      h('div', { class: 'muted' }, `@${of.handle}`),
    );
    const site =
      of.website === ''
        ? ''
        : h('a', { href: of.website, rel: 'nofollow' }, of.website.replace('https://', ''));
    const card = h(
      'div',
      { class: 'card' },
      row,
      names,
      h('div', { class: 'bio', 'data-testid': 'UserDescription' }, of.bio),
      h(
        'div',
        { class: 'facts', 'data-testid': 'UserProfileHeader_Items' },
        fact('place', of.location),
        fact('chain', site),
        fact('day', `Joined ${of.joined}`),
      ),
      h(
        'div',
        { class: 'counts' },
        link(`/${of.handle}/following`, { class: 'muted' }, h('b', {}, short(of.following)), ' Following'),
        link(
          `/${of.handle}/verified_followers`,
          { class: 'muted' },
          h('b', {}, short(of.followers)),
          ' Followers',
        ),
      ),
    );
    column.replaceChildren(title(of.name, `${short(of.posts)} posts`), h('div', { class: 'banner' }), card);
    // The action row comes after the names, as it does where whom one follows has to be asked for.
    await step(80);
    row.append(...actions(of));
    await step(60);
    const tabs = TABS.map((name) =>
      link(
        `/${of.handle}${name === '' ? '' : `/${name}`}`,
        { role: 'tab', 'aria-selected': String(name === tab) },
        { '': 'Posts', with_replies: 'Replies', highlights: 'Highlights', media: 'Media' }[name],
      ),
    );
    column.append(
      h('nav', { class: 'tabs', role: 'tablist', 'aria-label': 'Profile timelines' }, tabs),
      ...(of.locked
        ? [
            h(
              'div',
              { class: 'empty' },
              h('h1', {}, 'These posts are protected'),
              h('p', { class: 'muted' }, `Only approved followers can see @${of.handle}’s posts.`),
            ),
          ]
        : posts(of)),
    );
  }

  /** The lists' own tabs. Their entries carry the marks of a profile's header, once for every account. */
  async function drawList(column, handle, tab, step) {
    column.replaceChildren(bones());
    const of = await profile(handle);
    const answer = await fetch(`/api/list?handle=${encodeURIComponent(handle)}&relation=${tab}`);
    const people = await answer.json();
    await step(80);
    const whose = `${of?.name ?? handle} (@${handle})`;
    document.title = `People ${tab === 'following' ? 'followed by' : 'following'} ${whose} / X`;
    const names = ['verified_followers', 'followers', 'following'];
    const labels = ['Verified Followers', 'Followers', 'Following'];
    const tabs = names.map((name, index) =>
      link(`/${handle}/${name}`, { role: 'tab', 'aria-selected': String(name === tab) }, labels[index]),
    );
    const cells = people.map((person) =>
      h(
        'div',
        { 'data-testid': 'cellInnerDiv' },
        h(
          'article',
          { 'data-testid': 'UserCell' },
          h('div', { class: 'small' }, h('img', { src: person.avatar, alt: '' })),
          h(
            'div',
            { style: 'flex:1' },
            h('div', { 'data-testid': 'UserName' }, link(`/${person.handle}`, {}, h('b', {}, person.name))),
            h('div', { class: 'muted' }, `@${person.handle}`),
            h('div', {}, person.bio),
          ),
          h(
            'div',
            { 'data-testid': 'placementTracking' },
            h('button', { class: 'pill', type: 'button', 'data-testid': `${person.id}-follow` }, 'Follow'),
          ),
        ),
      ),
    );
    column.replaceChildren(
      title(of?.name ?? handle, `@${handle}`),
      h('nav', { class: 'tabs', role: 'tablist' }, tabs),
      ...(of?.locked ? [] : cells),
    );
  }

  async function drawFeed(column, name, step) {
    column.replaceChildren(bones());
    await step(60);
    document.title = `${name} / X`;
    const people = [];
    for (const { handle } of data.others.slice(0, 3)) people.push(await profile(handle));
    await step(40);
    column.replaceChildren(
      title(name),
      ...people.flatMap((of, index) => posts(of).slice(index % 3, (index % 3) + 1)),
    );
  }

  async function drawStatus(column, handle, step) {
    column.replaceChildren(bones());
    const of = await profile(handle);
    await step(60);
    document.title = 'Post / X';
    column.replaceChildren(title('Post'), ...(of === null ? [] : posts(of).slice(0, 1)));
  }

  start(async (step) => {
    const main = h('main', { role: 'main' });
    const column = h('div', { 'data-testid': 'primaryColumn' });
    main.append(column, side());
    document.getElementById('app').replaceChildren(bar(), main);
    const [first = '', second = ''] = location.pathname.split('/').filter((part) => part !== '');
    if (first === '' || NOT_PROFILES.has(first.toLowerCase())) {
      await drawFeed(column, first === 'explore' ? 'Explore' : 'Home', step);
    } else if (second === 'status') await drawStatus(column, first, step);
    else if (LISTS.has(second)) await drawList(column, first, second, step);
    else await drawProfile(column, first, second, step);
  });
})();
