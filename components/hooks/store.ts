/** The pages' one connection to the database. It opens with the first query. */
import { openStore } from '../../lib/store/index.ts';

export const store = openStore();
