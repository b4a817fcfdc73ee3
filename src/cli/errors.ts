/** The command line cannot be followed as it is written: exit 64. */
export class UsageError extends Error {}

/** A path or a stream cannot be read or written: exit 1. */
export class FileError extends Error {}
