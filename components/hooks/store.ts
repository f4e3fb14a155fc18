/** The page's only database connection. It opens with the first query. */
import { openStore } from '../../lib/store/index.ts';

export const store = openStore();
