/** The texts of sample accounts. Every surname means "example" in some language, so that no real person is meant. */

export type Words = readonly [string, ...string[]];

/** Texts in one language. The surname is its word for "example". */
export interface Language {
  readonly code: string;
  readonly given: Words;
  readonly surname: string;
  readonly places: Words;
  /** Short sentences, of which a bio has one or two. */
  readonly bios: Words;
}

function split(text: string): Words {
  const [first = '', ...others] = text.split(' / ');
  return [first, ...others];
}

const language = (code: string, given: string, surname: string, places: string, bios: string): Language => ({
  code,
  given: split(given),
  surname,
  places: split(places),
  bios: split(bios),
});

/** English comes first, and is the most frequent. */
export const LANGUAGES: readonly [Language, ...Language[]] = [
  language(
    'en',
    'Ada / Noah / Grace / Theo / Ivy / Max / Maya / Liam / Priya / Kwame / Ruby / Oscar',
    'Example',
    'London / New York / Toronto / Lagos, Nigeria / Dublin / Sydney / Chicago / Nairobi / Bengaluru',
    'Data journalist. / Teacher and runner. / Software engineer. / Local news editor. / Views my own. / Maps, mostly. / PhD student in statistics. / Bread, and nothing else. / Climate policy. / Photographer. / Librarian. Ask me anything. / Coffee and long walks. / Football, mostly losing. / Slow trains. / Nurse turned founder. / Here for the science.',
  ),
  language(
    'de',
    'Jörg / Käthe / Lena / Felix / Hanna',
    'Beispiel',
    'Berlin / Hamburg / Wien / Zürich',
    'Datenjournalistin. / Sammelt Straßennamen mit ß. / Meinung privat. / Lehrer und Läufer. / Rad statt Auto.',
  ),
  language(
    'fr',
    'Élodie / Benoît / Zoé / François',
    'Exemple',
    'Paris / Lyon / Montréal',
    'Écrit des lettres à la mer. / Journaliste. / Prof de maths. / Propos personnels. / Café et vélo.',
  ),
  language(
    'es',
    'Íñigo / Lucía / Ángel / Begoña',
    'Ejemplo',
    'Madrid / Ciudad de México / Bogotá',
    '¿Quién cuenta las olas? Yo. / Periodista de datos. / Profesora. / Opiniones propias. / Ciencia abierta.',
  ),
  language(
    'pt',
    'João / Inês / Thiago / Luísa',
    'Exemplo',
    'São Paulo / Lisboa / Porto',
    'Jornalista. / Café e livros. / Opiniões minhas. / Ciência de dados.',
  ),
  language(
    'pl',
    'Łucja / Grażyna / Wojciech',
    'Przykład',
    'Warszawa / Kraków / Łódź',
    'Zażółć gęślą jaźń. / Dziennikarka danych. / Rower i góry. / Poglądy własne.',
  ),
  language(
    'tr',
    'Işıl / İdil / Çağrı',
    'Örnek',
    'İstanbul / Ankara',
    'Noktalı ve noktasız harfler. / Gazeteci. / Görüşler bana ait. / Çay ve kitap.',
  ),
  language(
    'el',
    'Ελένη / Νίκος / Δάφνη',
    'Παράδειγμα',
    'Αθήνα / Θεσσαλονίκη',
    'Μετράει γλάρους. / Δημοσιογράφος. / Καφές και χάρτες.',
  ),
  language(
    'uk',
    'Їжак / Ґанна / Євген',
    'Приклад',
    'Київ / Львів',
    'Любить літеру ї. / Журналістка даних. / Кава і книжки.',
  ),
  language(
    'ar',
    'ليلى / يوسف / نور',
    'مثال',
    'القاهرة / الرياض',
    'تجمع أسماء النجوم (٢٠٢٦). / صحفية بيانات. / قهوة وكتب وخرائط.',
  ),
  language('he', 'נועה / דוד / תמר', 'דוגמה', 'תל אביב / חיפה', 'אוסף כוכבים. / עיתונאית. / 100% דעותיי.'),
  language(
    'hi',
    'आशा / रवि / मीरा',
    'उदाहरण',
    'नई दिल्ली / मुंबई',
    'चाय पर चर्चा। / शिक्षक। / पत्रकार। शहर और लोग।',
  ),
  language('th', 'สมชาย / มะลิ', 'ตัวอย่าง', 'กรุงเทพฯ / เชียงใหม่', 'ชอบฝนตกตอนบ่าย / นักข่าวข้อมูล / กาแฟกับแผนที่'),
  language('zh', '小 / 大 / 老', '示例', '上海 / 台北', '记录没有发生的事。 / 数据记者。 / 喜欢散步和地图。'),
  language(
    'ja',
    'さくら / 太郎 / カナ',
    '見本',
    '東京 / 大阪 / 京都',
    'ﾊﾝｶｸも使います。 / データと珈琲。 / 意見は個人のものです。 / 写真と散歩。',
  ),
  language('ko', '하늘 / 민준 / 서연', '예시', '서울 / 부산', '구름을 셉니다. / 데이터 기자. / 커피와 산책.'),
];

export const DECORATIONS: Words = ['🌱', '✨', '🏳️‍🌈', '👩🏽‍🔬', '🦜', '☕️', '🇺🇳', '📚', '🚲', '𝓢', '№'];

export const HASHTAGS: Words = [
  '#opendata',
  '#openscience',
  '#localnews',
  '#running',
  '#photography',
  '#maps',
];

/** The beginnings of handles. */
export const HANDLES: Words = split(
  'north / atlas / blue / quiet / paper / moon / river / data / city / lab',
);

/** The names of accounts that nobody filled in. */
export const PLAIN: Words = split('emma / kevin / sofia / daniel / laura / robert / jenny / lucas');
