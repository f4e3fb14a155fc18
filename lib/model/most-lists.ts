/** How many lists can be compared, filtered by, or saved in one file. Combinations of them fit into the bits of a number. */
export const MOST_LISTS = 20;
