/** How many lists can be compared, or filtered by. Combinations of them fit into the bits of a number. */
export const MOST_LISTS = 20;
/** How many lists can be saved at once, in one file or in one each: those of a whole batch. */
export const MOST_SAVED_LISTS = 1000;
