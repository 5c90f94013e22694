/** The subject of whoever calls in tests, where nothing else is said. */
export const caller = "caller";

/** The subject of somebody else, who owns nothing that is the caller's. */
export const stranger = "stranger";
