/**
 * The words, hashtags, and emoji of a bio. Words are what white space and punctuation separate, so texts in scripts
 * without spaces are not split. Pure.
 */

/** Addresses, mentions, hashtags, and words of a folded text. The first alternative keeps addresses from being split. */
const TOKENS = /https?:\/\/\S+|[#@]?[\p{L}\p{M}\p{N}_]+/gu;
/** The same for a text of ASCII characters. It is several times faster, and most bios are such texts. */
const ASCII_TOKENS = /https?:\/\/\S+|[#@]?[a-z0-9_]+/g;
const ASCII = /^[\x20-\x7E]*$/;
const LETTER = /\p{L}/u;
const EMOJI = /\p{RGI_Emoji}/gv;
/** Anything an emoji begins with, apart from digits. Texts without it need not be searched for emoji. */
const MAYBE_EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3]/u;

const SHORTEST = 2;
const LONGEST = 40;

/** Words that say nothing about a person, in the languages in which most bios are written. Folded. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about all also am an and any are as at be been but by can com de do does doing for from get got had has have he her
  here him his how http https if in into is it its just la le les like ll me more my no not now of off on one only or our
  out over own re she so some such than that the their them then there these they this those to too up us ve very was we
  were what when where which who why will with www you your
  al como con cuando del donde el ella ellos en era eres es esta estoy ha hay lo los las mas me mi mis muy nos nosotros o
  para pero por porque que quien se si sin sobre son soy su sus te tu tus un una unas uno unos y ya yo
  ao aos as com da das do dos e ele em eu foi isso mais mas meu meus minha na nao nas no nos nossa num o os ou para pela
  pelo por quando que sem ser seu seus so sou sua suas tem um uma voce
  au aux avec ce ces c d dans des du elle en est et eux il ils j je l leur lui ma mais mes moi mon ne notre nous on ou par
  pas pour qu qui sa sans ses son suis sur ta tes toi ton tu un une vos votre vous
  aber als am auch auf aus bei bin bis das dass dein dem den der des die dir doch ein eine einem einen einer er es fur hat
  ich ihr im ist ja kein mein mich mir mit nach nicht noch nur oder sein sich sie sind um und uns von vor war was wenn wer
  wie wir zu zum zur
  che chi ci con cui da dal dei del della delle di e gli ho i il io la le lo ma mi mia mio ne nel nella non per piu se si
  sono su ti tra un una
  bir bu da ben bana cok daha de gibi her icin ile ki mi ne o olan sen siz ve
  di yang dan ini itu untuk dengan aku saya kamu tidak ada adalah ke dari
  и в во на не я с со что как по но за от из к у о а это мы все`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What a term is. Each kind has a facet of its own. */
export type TermKind = 'words' | 'hashtags' | 'emoji';

/** The kind of a term, which its characters tell. */
export function termKind(term: string): TermKind {
  if (term.startsWith('#') && term.length > 1 && /^#[\p{L}\p{M}\p{N}_]+$/u.test(term)) return 'hashtags';
  return LETTER.test(term) ? 'words' : 'emoji';
}

function isWord(token: string): boolean {
  return token.length >= SHORTEST && token.length <= LONGEST && LETTER.test(token) && !STOP_WORDS.has(token);
}

/**
 * Calls `found` with every term of a bio. A term that occurs twice is found twice.
 * @param bio as stated, for its emoji
 * @param folded the same text, folded by `foldText`: words that differ only in case or accents are one term
 */
export function eachTerm(bio: string, folded: string, found: (term: string) => void): void {
  const isAscii = ASCII.test(folded);
  for (const token of folded.match(isAscii ? ASCII_TOKENS : TOKENS) ?? []) {
    if (token.startsWith('@') || token.includes('://')) continue;
    if (token.startsWith('#')) found(token);
    else if (isWord(token)) found(token);
  }
  if (isAscii && ASCII.test(bio)) return;
  if (!MAYBE_EMOJI.test(bio)) return;
  for (const emoji of bio.match(EMOJI) ?? []) found(emoji);
}
