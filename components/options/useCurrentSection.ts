import { useEffect, useState } from 'react';
import { SECTIONS, type SectionId } from './sections.ts';

/** A section counts as reached once its top is this close to the top of the window, in pixels. */
const REACHED = 96;

/** The last section whose top has been scrolled to; at the end of the page, the last one. */
function sectionInView(): SectionId {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  const isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
  if (isAtEnd) return SECTIONS.at(-1) ?? SECTIONS[0];
  const reached = SECTIONS.filter((id) => {
    const element = document.getElementById(id);
    return element !== null && element.getBoundingClientRect().top <= REACHED;
  });
  return reached.at(-1) ?? SECTIONS[0];
}

/** The section of an address such as `#spending`, or of something within a section, such as `#sociavault`. */
function sectionOf(hash: string): SectionId | null {
  const name = hash.slice(1);
  const target = name === '' ? null : document.getElementById(name);
  return SECTIONS.find((id) => target?.closest(`#${id}`) != null) ?? null;
}

/** Scrolling within this time after a jump to a section is part of the jump. Milliseconds. */
const JUMP = 200;

/**
 * The section being read. A section that was opened by its address stays current until the user scrolls: at the end of
 * the page, short sections can't be scrolled to the top.
 */
export function useCurrentSection(): SectionId {
  const [current, setCurrent] = useState<SectionId>(SECTIONS[0]);
  useEffect(() => {
    let jumpedAt = -Infinity;
    const onJump = (): void => {
      const section = sectionOf(location.hash);
      if (section === null) return;
      jumpedAt = performance.now();
      setCurrent(section);
    };
    const onScroll = (): void => {
      if (performance.now() - jumpedAt > JUMP) setCurrent(sectionInView());
    };
    onJump();
    addEventListener('scroll', onScroll, { passive: true });
    addEventListener('hashchange', onJump);
    return () => {
      removeEventListener('scroll', onScroll);
      removeEventListener('hashchange', onJump);
    };
  }, []);
  return current;
}
