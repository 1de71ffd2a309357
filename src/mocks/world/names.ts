/** [as written, as it goes into a user id] */
type Name = readonly [string, string];
interface Script {
  given: readonly [Name, ...Name[]];
  family: readonly [Name, ...Name[]];
  familyFirst?: boolean;
  /** Between the two: nothing in Chinese, Japanese and Korean. */
  glue: string;
}

/** As it goes into a user id: without marks, lower case, a to z. */
const pair = (name: string): Name => [
  name,
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('đ', 'd')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, ''),
];

const same = (names: string): [Name, ...Name[]] => {
  const [first = '', ...rest] = names.split(' ');
  return [pair(first), ...rest.map(pair)];
};

const pairs = (names: string): [Name, ...Name[]] => {
  const list = names.split(' ').map((name): Name => {
    const [native = '', latin = ''] = name.split('/');
    return [native, latin];
  });
  return [list[0] ?? ['', ''], ...list.slice(1)];
};

const european: Script = {
  given: same(
    'Ada Alice Amélie Anna Anton Ásgeir Björn Bob Carla Chloé Daniel Dilara Eero Elif Emma Fatma Felix Florian Gustav Hanna Hélène Ines Ivo Jakob Jana João José Jürgen Katarzyna Lars Laura Leonie Łukasz Maëlle Marie Márton Matteo Mia Minh Nadia Noah Olivia Øystein Paula Pedro Priya Rasmus René Rosa Samir Sofia Søren Thảo Tomáš Ümit Valentina Yusuf Zoë',
  ),
  family: same(
    'Almeida Andersson Bakker Bauer Becker Brown Costa Dupont Eriksen Fernández Fischer García Gómez Hansen Hoffmann Jónsdóttir Jovanović Kaya Kowalski Kovács Krüger Lambert Larsen Lehmann Mäkinen Martin Meyer Moreau Müller Nguyễn Nilsson Novák Okafor Öztürk Papadopoulos Patel Petrov Popescu Ribeiro Rossi Santos Schäfer Schmidt Silva Smith Szabó Taylor Virtanen Wagner Weber Weiß Wójcik Yılmaz Zimmermann',
  ),
  glue: ' ',
};

const cyrillic: Script = {
  given: pairs(
    'Олена/olena Андрій/andrii Иван/ivan Мария/maria Дмитрий/dmitri Ольга/olga Сергей/sergei Наталія/nataliia',
  ),
  family: pairs(
    'Шевченко/shevchenko Коваленко/kovalenko Смирнов/smirnov Кузнецова/kuznetsova Петров/petrov Бондар/bondar',
  ),
  glue: ' ',
};
const greek: Script = {
  given: pairs('Ελένη/eleni Γιώργος/giorgos Μαρία/maria Νίκος/nikos Σοφία/sofia'),
  family: pairs('Παπαδάκης/papadakis Οικονόμου/oikonomou Νικολάου/nikolaou Γεωργίου/georgiou'),
  glue: ' ',
};
const arabic: Script = {
  given: pairs('محمد/mohammed فاطمة/fatima أحمد/ahmad ليلى/layla يوسف/yusuf مريم/maryam'),
  family: pairs('الحسن/alhassan خوري/khoury منصور/mansour حداد/haddad النجار/alnajjar'),
  glue: ' ',
};
const hebrew: Script = {
  given: pairs('נועה/noa דוד/david תמר/tamar יוסי/yossi מאיה/maya'),
  family: pairs('כהן/cohen לוי/levi מזרחי/mizrahi פרידמן/friedman'),
  glue: ' ',
};
const chinese: Script = {
  given: pairs('伟/wei 芳/fang 娜/na 敏/min 静/jing 建国/jianguo 小明/xiaoming 丽华/lihua'),
  family: pairs('王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang'),
  familyFirst: true,
  glue: '',
};
const japanese: Script = {
  given: pairs('翔太/shota さくら/sakura 健一/kenichi 美咲/misaki 陽菜/hina 大輔/daisuke'),
  family: pairs('佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 渡辺/watanabe'),
  familyFirst: true,
  glue: '',
};
const korean: Script = {
  given: pairs('민준/minjun 서연/seoyeon 지훈/jihun 하은/haeun'),
  family: pairs('김/kim 이/lee 박/park 최/choi'),
  familyFirst: true,
  glue: '',
};
const indic: Script = {
  given: pairs('आरव/aarav अनन्या/ananya विवान/vivaan दीया/diya ரவி/ravi மீனா/meena'),
  family: pairs('शर्मा/sharma वर्मा/verma गुप्ता/gupta குமார்/kumar'),
  glue: ' ',
};
const others: Script = {
  given: pairs('გიორგი/giorgi ნინო/nino สมชาย/somchai มาลี/malee Արամ/aram'),
  family: pairs('ბერიძე/beridze ใจดี/jaidee Սարգսյան/sargsyan კაპანაძე/kapanadze'),
  glue: ' ',
};

/** European names are most of this homeserver, every other script has its share. */
export const SCRIPTS: readonly [Script, ...Script[]] = [
  european,
  european,
  european,
  european,
  european,
  european,
  european,
  european,
  european,
  cyrillic,
  greek,
  arabic,
  hebrew,
  chinese,
  japanese,
  korean,
  indic,
  others,
];

/** Names that have broken tables elsewhere. */
export const ODD_NAMES: readonly (readonly [string, string])[] = [
  ['bob.markup', '<b>Bob</b>'],
  ['script.kid', '<script>alert("hello")</script>'],
  ['img.tag', '<img src=x onerror=alert(1)>'],
  ['formula', '=HYPERLINK("https://example.com","click")'],
  ['rtl.mark', '\u202Etxt.exe'],
  ['rtl.mixed', 'عربي and English עברית 123'],
  ['very.long.name', 'long '.repeat(2000)],
  ['zalgo', 'Z̸̡͝ä̶́͜l̷̛͓g̵̳̾o̴̗͂'],
  ['emoji', '🧑‍🚀👩‍👩‍👧‍👦🏳️‍🌈🇺🇦'],
  ['newline', 'two\nlines'],
  ['spaces', '     '],
  ['zero.width', 'zero\u200Bwidth\u200Djoiner'],
  ['odd/slash', 'A slash in the id'],
  ['plus+equals=1', 'Plus and equals'],
  ['Historical.Capitals', 'From before ids were lower case'],
  ['percent%41', 'A percent sign in the id'],
  ['quote', `O'Brien "The Quote" \\ back`],
];

export const ROOM_TOPICS: readonly [string, ...string[]] = [
  'General',
  'Random',
  'Support',
  'Engineering',
  'Design',
  'Marketing',
  'Sales',
  'Operations',
  'Security',
  'Release planning',
  'Incidents',
  'Onboarding',
  'Book club',
  'Climbing',
  'Running',
  'Lunch',
  'Photography',
  'Board games',
  'Music',
  'Garden',
  'Parents',
  'Works council',
  'Legal',
  'Finance',
  'Hiring',
  'Data',
  'Mobile',
  'Web',
  'Backend',
  'Infrastructure',
  'Documentation',
  'Translations',
  'Accessibility',
  'Research',
  'Events',
  'Facilities',
];

export const ROOM_PLACES: readonly [string, ...string[]] = [
  '',
  ' Berlin',
  ' Wien',
  ' Paris',
  ' Kraków',
  ' São Paulo',
  ' 東京',
  ' Київ',
  ' القاهرة',
  ' Αθήνα',
  ' Tel Aviv',
  ' 2024',
  ' 2025',
  ' 2026',
  ' archive',
  ' (old)',
];

export const REMOTE_SERVERS: readonly [string, ...string[]] = [
  'matrix.example.org',
  'chat.university.example',
  'kde.example',
  'mozilla.example',
  'fosdem.example',
  'tchap.example',
  'bund.example',
  'riot.example',
  'xn--mnchen-3ya.example',
  'irc.bridge.example',
  'home-server-of-a-friend.example',
  'matrix.verein.example:8448',
];

export const CLIENTS: readonly [string, ...string[]] = [
  'Element Web',
  'Element Desktop',
  'Element X Android',
  'Element X iOS',
  'FluffyChat',
  'Nheko',
  'Cinny',
  'SchildiChat',
];
