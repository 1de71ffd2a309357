/** Users in one answer of the statistics; files in one answer of a user. */
const PAGE = 1000;

/** About as many requests as reading everyone’s files takes: the pages of the list of owners, and at least one for each of them. */
export const readingRequests = (owners: number): number => Math.max(1, Math.ceil(owners / PAGE)) + owners;
