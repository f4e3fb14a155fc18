/** CSV: separated by commas, as programs read it. */
import { delimitedBy } from '../encoding/delimited.ts';

export const encode = delimitedBy(',');
