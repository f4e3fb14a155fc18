/** CSV as Excel opens it by a double click where the comma is the decimal sign. */
import { createDelimitedEncoder } from '../encoding/delimited.ts';

export const encode = createDelimitedEncoder(';');
