import { useEffect, useState } from 'react';
import { SECTIONS, type SectionId } from './sections.ts';

/** A section counts as reached once its top is this close to the top of the window, in pixels. */
const REACHED = 96;

function topOf(id: SectionId): number | null {
  return document.getElementById(id)?.getBoundingClientRect().top ?? null;
}

function isAtEnd(): boolean {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  return scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
}

/** The last section whose top has been scrolled to; at the end of the page, the last one. */
function sectionInView(): SectionId {
  if (isAtEnd()) return SECTIONS.at(-1) ?? SECTIONS[0];
  const reached = SECTIONS.filter((id) => (topOf(id) ?? Infinity) <= REACHED);
  return reached.at(-1) ?? SECTIONS[0];
}

/** Whether the page is where a jump to a section leads: at its top, or as far down as the page goes. */
function isWhereJumpLeads(id: SectionId): boolean {
  const top = topOf(id);
  return top !== null && top >= 0 && (top <= REACHED || isAtEnd());
}

/** The section of an address such as `#spending`, or of something within a section, such as `#sociavault`. */
function sectionOf(hash: string): SectionId | null {
  const name = hash.slice(1);
  const target = name === '' ? null : document.getElementById(name);
  return SECTIONS.find((id) => target?.closest(`#${id}`) != null) ?? null;
}

/**
 * The section being read. A section that was opened by its address stays current until the user scrolls away from it: at
 * the end of the page, short sections can't be scrolled to the top.
 */
export function useCurrentSection(): SectionId {
  const [current, setCurrent] = useState<SectionId>(SECTIONS[0]);
  useEffect(() => {
    let opened: SectionId | null = null;
    const onJump = (): void => {
      const section = sectionOf(location.hash);
      if (section === null) return;
      opened = section;
      setCurrent(section);
    };
    const onScroll = (): void => {
      if (opened === null) setCurrent(sectionInView());
    };
    const onScrollEnd = (): void => {
      if (opened !== null && isWhereJumpLeads(opened)) return;
      opened = null;
      setCurrent(sectionInView());
    };
    onJump();
    addEventListener('scroll', onScroll, { passive: true });
    document.addEventListener('scrollend', onScrollEnd);
    addEventListener('hashchange', onJump);
    return () => {
      removeEventListener('scroll', onScroll);
      document.removeEventListener('scrollend', onScrollEnd);
      removeEventListener('hashchange', onJump);
    };
  }, []);
  return current;
}
