/** CSV: separated by commas, as programs read it. */
import { delimitedBy } from '../delimited.ts';

export const encode = delimitedBy(',');
