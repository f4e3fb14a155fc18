/** Generated avatars: a figure on a colored background, with colors derived from the address. */
import { hash } from '../population/random.ts';

/** An SVG image of 400 × 400, always the same for the same address. */
export function picture(address: string): string {
  const draw = hash(address);
  const hue = draw % 360;
  const skin = ['#f2d3b8', '#d9a47a', '#a86e45', '#6f4427'][(draw >>> 9) % 4] ?? '#d9a47a';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="hsl(${String(hue)} 62% 66%)"/>
<stop offset="1" stop-color="hsl(${String((hue + 48) % 360)} 56% 42%)"/></linearGradient></defs>
<rect width="400" height="400" fill="url(#g)"/>
<path d="M60 400c0-86 60-132 140-132s140 46 140 132z" fill="hsl(${String((hue + 190) % 360)} 34% 30%)"/>
<circle cx="200" cy="168" r="82" fill="${skin}"/>
<path d="M112 168c-6-76 38-112 90-112s96 36 88 108c-30-6-52-24-66-46-26 30-66 46-112 50z" fill="hsl(${String((hue + 20) % 360)} 30% 18%)"/>
</svg>`;
}
