/** CSV separated by semicolons, as Excel expects it in locales with a decimal comma. */
import { createDelimitedEncoder } from '../encoding/delimited.ts';

export const encode = createDelimitedEncoder(';');
