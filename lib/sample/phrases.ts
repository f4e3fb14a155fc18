/** The texts of sample accounts. Every surname means "example" in some language, so that no real person is meant. */

/** Texts in one language. The surname is its word for "example". */
export interface Language {
  readonly code: string;
  readonly given: readonly [string, ...string[]];
  readonly surname: string;
  readonly place: string;
  readonly bio: string;
}

export const LANGUAGES: readonly [Language, ...Language[]] = [
  {
    code: 'en',
    given: ['Ada', 'Noah', 'Grace', 'Theo', 'Ivy', 'Max'],
    surname: 'Example',
    place: 'Sampleton',
    bio: 'Fictional account. Draws maps of places that are not there.',
  },
  {
    code: 'de',
    given: ['Jörg', 'Käthe', 'Änne', 'Lübbe'],
    surname: 'Beispiel',
    place: 'Musterstadt',
    bio: 'Erfundenes Konto. Sammelt Straßennamen mit ß.',
  },
  {
    code: 'fr',
    given: ['Élodie', 'Benoît', 'Zoé', 'François'],
    surname: 'Exemple',
    place: 'Exempleville-sur-Mer',
    bio: 'Compte fictif. Écrit des lettres à la mer, sans réponse.',
  },
  {
    code: 'es',
    given: ['Íñigo', 'Lucía', 'Ángel', 'Begoña'],
    surname: 'Ejemplo',
    place: 'Villa Ejemplo',
    bio: 'Cuenta ficticia. ¿Quién cuenta las olas? Yo.',
  },
  {
    code: 'pl',
    given: ['Łucja', 'Grażyna', 'Wojciech'],
    surname: 'Przykład',
    place: 'Przykładowo',
    bio: 'Konto fikcyjne. Zażółć gęślą jaźń.',
  },
  {
    code: 'tr',
    given: ['Işıl', 'İdil', 'Çağrı'],
    surname: 'Örnek',
    place: 'Örnekköy',
    bio: 'Kurgusal hesap. Noktalı ve noktasız harfler.',
  },
  {
    code: 'vi',
    given: ['Nguyệt', 'Đức', 'Thảo'],
    surname: 'Ví Dụ',
    place: 'Làng Ví Dụ',
    bio: 'Tài khoản hư cấu. Thích trà và mưa.',
  },
  {
    code: 'el',
    given: ['Ελένη', 'Νίκος', 'Δάφνη'],
    surname: 'Παράδειγμα',
    place: 'Παραδειγματούπολη',
    bio: 'Φανταστικός λογαριασμός. Μετράει γλάρους.',
  },
  {
    code: 'ru',
    given: ['Ольга', 'Фёдор', 'Юлия'],
    surname: 'Пример',
    place: 'Примерск',
    bio: 'Вымышленный аккаунт. Пишет о погоде, которой не было.',
  },
  {
    code: 'uk',
    given: ['Їжак', 'Ґанна', 'Євген'],
    surname: 'Приклад',
    place: 'Прикладівка',
    bio: 'Вигаданий обліковий запис. Любить літеру ї.',
  },
  {
    code: 'ka',
    given: ['ნინო', 'გიორგი'],
    surname: 'მაგალითი',
    place: 'მაგალითისი',
    bio: 'გამოგონილი ანგარიში.',
  },
  {
    code: 'ar',
    given: ['ليلى', 'يوسف', 'نور'],
    surname: 'مثال',
    place: 'مدينة المثال',
    bio: 'حساب خيالي. يجمع أسماء النجوم (٢٠٢٦).',
  },
  {
    code: 'he',
    given: ['נועה', 'דוד', 'תמר'],
    surname: 'דוגמה',
    place: 'עיר הדוגמה',
    bio: 'חשבון בדיוני. אוסף כוכבים, 100% המצאה.',
  },
  {
    code: 'fa',
    given: ['آرش', 'پریسا'],
    surname: 'نمونه',
    place: 'نمونه‌آباد',
    bio: 'حساب ساختگی. می‌نویسد و پاک می‌کند.',
  },
  {
    code: 'hi',
    given: ['आशा', 'रवि', 'मीरा'],
    surname: 'उदाहरण',
    place: 'उदाहरणपुर',
    bio: 'काल्पनिक खाता। चाय पर चर्चा।',
  },
  {
    code: 'ta',
    given: ['கவின்', 'மாலதி'],
    surname: 'எடுத்துக்காட்டு',
    place: 'மாதிரியூர்',
    bio: 'கற்பனைக் கணக்கு.',
  },
  {
    code: 'th',
    given: ['สมชาย', 'มะลิ'],
    surname: 'ตัวอย่าง',
    place: 'เมืองตัวอย่าง',
    bio: 'บัญชีสมมติ ชอบฝนตกตอนบ่าย',
  },
  {
    code: 'zh',
    given: ['小', '大', '老'],
    surname: '示例',
    place: '示例市',
    bio: '虚构账号。记录没有发生的事。',
  },
  {
    code: 'ja',
    given: ['さくら', '太郎', 'カナ'],
    surname: '見本',
    place: '見本町',
    bio: '架空のアカウントです。ﾊﾝｶｸも使います。',
  },
  {
    code: 'ko',
    given: ['하늘', '민준'],
    surname: '예시',
    place: '예시동',
    bio: '가상의 계정. 구름을 셉니다.',
  },
  {
    code: 'am',
    given: ['ሰላም', 'አበበ'],
    surname: 'ምሳሌ',
    place: 'ምሳሌ ከተማ',
    bio: 'ምናባዊ መለያ።',
  },
];

export const DECORATIONS = ['🌱', '✨', '🏳️‍🌈', '👩🏽‍🔬', '🦜', '☕️', '🇺🇳', '𝓢', '№'] as const;

export const SUBJECTS = [
  'data journalism',
  'open science',
  'slow trains',
  'metadata',
  'bread, and nothing else',
  'maps of clouds',
  'quiet music',
  'spreadsheets\nand their ends',
] as const;
