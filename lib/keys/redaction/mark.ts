/** What stands where a key was. A separate file: reading a response must know it, without the code that redacts. */
export const REDACTED = '•••';
