/** CSV separated by commas. */
import { createDelimitedEncoder } from '../encoding/delimited.ts';

export const encode = createDelimitedEncoder(',');
