/** CSV: separated by commas, as programs read it. */
import { createDelimitedEncoder } from '../encoding/delimited.ts';

export const encode = createDelimitedEncoder(',');
