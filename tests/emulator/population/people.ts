/** Plausible people: names, bios, and places that belong together, by language. */
import { BIOS } from './phrases.ts';

export interface Person {
  readonly language: string;
  readonly regions: readonly string[];
  readonly first: readonly string[];
  readonly last: readonly string[];
  /** Whether the last name comes first, without a space. */
  readonly lastFirst?: boolean;
  readonly places: readonly string[];
  readonly bios: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ');
const lines = (text: string): readonly string[] => text.split(' / ');

const ENGLISH: Person = {
  language: 'en',
  regions: words('US US US GB GB CA AU IE NG KE IN'),
  first: words(
    'Maya Jonas Priya Liam Noah Oscar Grace Ada Iris Paul Hanna Kwame Amara Ethan Ruby Dylan Nia Theo',
  ),
  last: words(
    "Okafor Sharma O'Neill Brown Mensah Clarke Walker Nguyen Bennett Murphy Fraser Otieno Patel Reid",
  ),
  places: lines(
    'London / London, UK / New York, NY / Brooklyn, NY / Toronto, Canada / Lagos, Nigeria / Nairobi, Kenya / Dublin / Sydney, Australia / Austin, TX / Chicago / Bengaluru, India / Manchester, England / Seattle, WA / Accra, Ghana',
  ),
  bios: [
    ...BIOS,
    'Data journalist. Open data, maps, long reads.',
    'Teacher, runner, mother of three.',
    'Software engineer. Rust and rain.',
    'Public health researcher at a university you know.',
    'Local news editor. Send me your council minutes.',
    'Photographer. Film when I can afford it.',
    'Climate policy. Views my own.',
    'Librarian. Ask me anything.',
    'Founder, formerly a nurse. Health tech.',
    'Football, mostly losing. Season ticket holder.',
    'Statistics PhD student. Causal inference and cats.',
    'Novelist. The second one is always late.',
  ],
};

/** English is listed more than once, because it is the most frequent. */
export const PEOPLE: readonly Person[] = [
  ENGLISH,
  ENGLISH,
  ENGLISH,
  ENGLISH,
  {
    language: 'de',
    regions: words('DE DE DE AT CH'),
    first: words('Jonas Hanna Lukas Mia Anna Felix Jörg Käthe Søren Lena'),
    last: words('Müller Schmidt Weber Fischer Wagner Köhler Lindqvist Andersen Hofmann'),
    places: lines('Berlin / Hamburg / München / Köln / Wien / Zürich / Leipzig / Berlin, Deutschland'),
    bios: lines(
      'Schreibt über Städte und die Menschen darin. / Datenjournalismus und Kaffee. / Lehrerin in Leipzig. Mathe, meistens. / Fährt Rad, liest Zeitung. / Forscht zu Netzwerken. Hier privat. / Zwei Kinder, drei Katzen, eine Meinung. / Lokalredaktion. Hinweise gern per Mail.',
    ),
  },
  {
    language: 'fr',
    regions: words('FR FR BE CA SN'),
    first: words('Chloé Zoé Benoît Inès Louis Camille Élodie Karim Léa'),
    last: words('Dubois Moreau Lefèvre Haddad Girard Laurent Diop Roux'),
    places: lines('Paris / Paris, France / Lyon, France / Marseille / Bruxelles / Montréal / Dakar / Nantes'),
    bios: lines(
      'Journaliste. Les données et les gens. / Prof de maths, coureuse du dimanche. / Ici pour la science. / Doctorante en sociologie. Mes propos n’engagent que moi. / Café, vélo, bibliothèque. / Développeur. Logiciel libre et fromage.',
    ),
  },
  {
    language: 'es',
    regions: words('ES MX AR CO CL'),
    first: words('Mateo Rosa Lucía Íñigo Valentina Diego Camila Sofía'),
    last: words('García Ferreira Costa Hernández Morales Rojas Castillo Peña'),
    places: lines(
      'Madrid / Barcelona / Ciudad de México / Buenos Aires / Bogotá, Colombia / Santiago de Chile / Sevilla',
    ),
    bios: lines(
      'Periodista de datos. Mapas y mates. / Profe de historia. / Ingeniera. Bicis y libros. / Papá de dos. Opiniones mías. / Ciencia abierta, café cerrado. / Fotógrafo. Barrio, luz, gente.',
    ),
  },
  {
    language: 'pt',
    regions: words('BR BR BR PT AO'),
    first: words('Bruno Ines João Beatriz Tiago Larissa Caio Mariana'),
    last: words('Costa Ferreira Silva Almeida Souza Pereira Lima'),
    places: lines('São Paulo / Rio de Janeiro / Lisboa / Belo Horizonte, Brasil / Porto / Recife'),
    bios: lines(
      'Jornalismo de dados. / Professora. Café e cidade. / Engenheiro de software, pai de gêmeos. / Pesquisadora em saúde pública. / Futebol e planilhas. / Música, sempre.',
    ),
  },
  {
    language: 'tr',
    regions: words('TR TR DE'),
    first: words('Elif Emre Işıl Deniz Çağrı Zeynep'),
    last: words('Yılmaz Kaya Demir Öztürk Şahin'),
    places: lines('İstanbul / Ankara / İzmir, Türkiye / Berlin'),
    bios: lines(
      'Veri gazetecisi. / Öğretmen. Kitap ve çay. / Yazılım mühendisi. / Şehir plancısı, bisikletli.',
    ),
  },
  {
    language: 'ja',
    regions: words('JP'),
    first: words('さくら 健太 美咲 翔太 葵 蓮'),
    last: words('田中 佐藤 鈴木 高橋 渡辺'),
    lastFirst: true,
    places: lines('東京 / 大阪 / 京都 / 福岡市 / 札幌'),
    bios: lines(
      'データと珈琲。 / 大学院生。ネットワーク科学。 / 二児の父。意見は個人のものです。 / 写真と散歩が好きです。 / エンジニア。週末は登山。',
    ),
  },
  {
    language: 'ar',
    regions: words('SA EG AE MA'),
    first: words('ليلى يوسف نور فاطمة خالد سلمى'),
    last: words('حداد صالح العتيبي منصور الشريف'),
    places: lines('القاهرة / الرياض / دبي / الدار البيضاء'),
    bios: lines('صحفية بيانات. / مهندس برمجيات وقارئ. / معلمة رياضيات. / قهوة وكتب وخرائط.'),
  },
  {
    language: 'hi',
    regions: words('IN'),
    first: words('Priya आशा रवि Rohan मीरा Ananya'),
    last: words('Sharma शर्मा वर्मा Gupta Iyer'),
    places: lines('Mumbai, India / नई दिल्ली / Bengaluru / Pune, India / Kolkata'),
    bios: lines(
      'चाय, किताबें, क्रिकेट। / Engineer. Cricket on weekends. / शिक्षक। अपने विचार। / Data for public good. / पत्रकार। शहर और लोग।',
    ),
  },
  {
    language: 'pl',
    regions: words('PL'),
    first: words('Tomasz Nadia Łucja Wojciech Kasia'),
    last: words('Kowalski Nowak Wiśniewska Zieliński'),
    places: lines('Warszawa / Kraków / Wrocław, Polska'),
    bios: lines(
      'Dziennikarka danych. / Rower, góry, kawa. / Programista. Poglądy własne. / Doktorantka socjologii.',
    ),
  },
];

/** Names of accounts that nobody filled in. Short, so that handles of a name and eight digits are allowed. */
export const PLAIN_NAMES = words('Emma Olivia James Lucas Sofia Mia Daniel David Laura Kevin Jenny Robert');

export const EMOJI = words('🌱 ✨ 📚 🚲 🎧 🌍 ☕️ 📷 🏳️‍🌈 🧶 ⚽️ 🐈 🔭');

export const TAGS = words(
  '#opendata #journalism #ClimateAction #datascience #localnews #running #photography #OpenScience #education #rstats',
);
