/** The parts of an Excel file around its rows. */
import { cellName } from './xlsx-text.ts';

/** A sheet has 1,048,576 rows including the header. */
export const ROWS_PER_SHEET = 1_048_575;

/** Indexes of cell formats. */
export const STYLE = { time: 1, header: 2, text: 3 } as const;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The path of a sheet in the archive. Numbers start at 1. */
export function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

const WIDTHS: Readonly<Record<string, number>> = {
  position: 10,
  id: 22,
  handle: 20,
  name: 28,
  bio: 48,
  location: 20,
  website: 28,
  profile_url: 32,
  created_at: 20,
  followed_after: 20,
  followed_before: 20,
  collected_at: 20,
  source_id: 22,
};

const styles = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** The first entry of the archive, by which programs recognize the file type. */
export const firstPart: readonly [string, string] = [
  '_rels/.rels',
  `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
];

/** The last cell of a sheet's accounts, as letters and row. Row 1 is the header. */
function lastCell(names: readonly string[], rows: number): readonly [string, number] {
  return [cellName(Math.max(0, names.length - 1)), rows + 1];
}

/** The parts that depend on all sheets, with their paths. `sheets` contains the number of accounts of each sheet. */
export function lastParts(
  names: readonly string[],
  sheets: readonly number[],
): readonly (readonly [string, string])[] {
  const titles = [
    ...sheets.map((_, index) => (index === 0 ? 'accounts' : `accounts ${index + 1}`)),
    'receipt',
  ];
  const overrides = titles.map(
    (_, index) => `<Override PartName="/${sheetPath(index + 1)}" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  const relations = titles.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const entries = titles.map(
    (title, index) => `<sheet name="${title}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  // Excel also stores the range of a filter under this name.
  const filters = sheets.map((rows, index) => {
    const [letters, row] = lastCell(names, rows);
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${titles[index] ?? ''}'!$A$1:$${letters}$${row}</definedName>`;
  });
  const n = titles.length;
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${entries.join('')}</sheets><definedNames>${filters.join('')}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}<Relationship Id="rId${n + 1}" Type="${DOCUMENT}/styles" Target="styles.xml"/><Relationship Id="rId${n + 2}" Type="${DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${overrides.join('')}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/></Types>`,
    ],
  ];
}

function cols(widths: readonly number[]): string {
  const each = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<cols>${each.join('')}</cols>`;
}

const BEGIN = `${XML}<worksheet xmlns="${MAIN}">`;

/** The XML before a sheet's rows. The first sheet is the selected one. */
export function head(names: readonly string[], first: boolean): string {
  const widths = names.map((name) => WIDTHS[name] ?? 14);
  const selected = first ? ' tabSelected="1"' : '';
  return `${BEGIN}<sheetViews><sheetView${selected} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>${cols(widths)}<sheetData>`;
}

/** The XML after a sheet's rows. It turns off Excel's warning about numbers stored as text for IDs. */
export function tail(names: readonly string[], rows: number): string {
  const [letters, row] = lastCell(names, rows);
  const ids = names.flatMap((name, index) =>
    name === 'id' || name === 'source_id' ? [`${cellName(index)}1:${cellName(index)}${row}`] : [],
  );
  const ignored =
    ids.length === 0
      ? ''
      : `<ignoredErrors><ignoredError sqref="${ids.join(' ')}" numberStoredAsText="1"/></ignoredErrors>`;
  return `</sheetData><autoFilter ref="A1:${letters}${row}"/>${ignored}</worksheet>`;
}

/** The XML around the rows of the receipt's sheet. */
export const receiptHead = `${BEGIN}${cols([26, 80])}<sheetData>`;
export const receiptTail = '</sheetData></worksheet>';

/** The XML around the shared strings. */
export function sharedHead({ uses, size }: { readonly uses: number; readonly size: number }): string {
  return `${XML}<sst xmlns="${MAIN}" count="${uses}" uniqueCount="${size}">`;
}
export const SHARED_TAIL = '</sst>';
